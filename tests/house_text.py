"""Reading source texts roughly, for the house rules: where functions begin and end."""

import ast
import re

# What stands before the brace of something that is not a function.
NOT_A_FUNCTION = re.compile(
    r"^\s*(inline\s+)?(namespace|class|struct|union|enum|extern|concept)\b|=\s*$|^\s*$", re.S)
TOKEN = re.compile(
    r'//[^\n]*|/\*.*?\*/|R"([^()\s]{0,16})\(.*?\)\1"|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)+\'',
    re.S)


def blanked(text):
    """The text with comments and literals blanked, line breaks kept."""
    # A digit separator is no character literal.
    text = re.sub(r"(?<=[0-9a-fA-F])'(?=[0-9a-fA-F])", "_", text)
    blank = lambda found: re.sub(r"[^\n]", " ", found.group(0))  # noqa: E731
    return re.sub(r"(?m)^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", blank, TOKEN.sub(blank, text))


def cpp_functions(text):
    """(first line, last line) of every outermost brace block with a parameter list before it."""
    text = blanked(text)
    depth_inside = 0
    begin_of_head = 0
    first = 0
    for at, c in enumerate(text):
        if depth_inside:
            depth_inside += (c == "{") - (c == "}")
            if depth_inside == 0:
                yield first, text.count("\n", 0, at) + 1
                begin_of_head = at + 1
        elif c == "{":
            head = text[begin_of_head:at]
            if ")" in head and not NOT_A_FUNCTION.search(head):
                depth_inside = 1
                first = text.count("\n", 0, begin_of_head + len(head) - len(head.lstrip())) + 1
            else:
                begin_of_head = at + 1
        elif c in ";}":
            begin_of_head = at + 1


def python_functions(text):
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.lineno, node.end_lineno


def shell_functions(text):
    first = None
    for number, line in enumerate(text.splitlines(), 1):
        if re.match(r"^\w+\(\) \{$", line):
            first = number
        elif line == "}" and first:
            yield first, number
            first = None


def functions(name, text):
    if name.endswith((".cpp", ".hpp")):
        return list(cpp_functions(text))
    if name.endswith(".py"):
        return list(python_functions(text))
    if name.endswith(".sh") or "." not in name.rsplit("/", 1)[-1]:
        return list(shell_functions(text))
    return []


def flat_keys(table, prefix=""):
    """Dotted names of all leaves of nested tables."""
    keys = set()
    for name, value in table.items():
        if isinstance(value, dict):
            keys |= flat_keys(value, f"{prefix}{name}.")
        else:
            keys.add(prefix + name)
    return keys
