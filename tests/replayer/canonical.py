"""The journal's narrow JSON: RFC 8785, keys [a-z0-9_], integers below 2^53, depth 16, no floats."""

import json
import re

KEY = re.compile(r"[a-z0-9_]+")


def no_float(text):
    raise ValueError(f"the number {text} is not an integer")


def no_duplicates(pairs):
    if len({key for key, _ in pairs}) != len(pairs):
        raise ValueError("a key occurs twice")
    return dict(pairs)


def check(value, depth):
    if depth > 16:
        raise ValueError("deeper than 16")
    if isinstance(value, dict):
        for key, below in value.items():
            if not KEY.fullmatch(key):
                raise ValueError(f"the key {key!r} is not of the form")
            check(below, depth + 1)
    elif isinstance(value, list):
        for below in value:
            check(below, depth + 1)
    elif isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 2**53:
        raise ValueError("an integer beyond 2^53")


def text(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def parse(line):
    """The value of canonical bytes; ValueError where they are not canonical."""
    value = json.loads(line.decode(), parse_float=no_float, parse_constant=no_float,
                       object_pairs_hook=no_duplicates)
    check(value, 0)
    if text(value).encode() != line:
        raise ValueError("the bytes are not in canonical form")
    return value
