"""Amendments and the texts they make: paragraphs, changes, and what a text comes out as.

Made from the description of paragraphs and merging in the room's README; shares no code with the server.
"""

import hashlib
import re


def paragraphs(text):
    lines = [line.rstrip(" \t\r") for line in text.split("\n")]
    return [p.strip("\n") for p in re.split(r"\n\n+", "\n".join(lines)) if p.strip("\n")]


def language_of_record(languages, text):
    known = [row["id"] for row in languages] + sorted(text)
    return next((tag for tag in known if paragraphs(text.get(tag, ""))), None)


def merge(text, changes, languages):
    """(text by language, languages left behind); a change is (kind, place, words by language)."""
    record = language_of_record(languages, text)
    count = len(paragraphs(text.get(record, "")))
    merged, left = {}, []
    for language in sorted(text):
        now = [[]] + [[p] for p in paragraphs(text[language])]
        after = [[] for _ in now]
        follows = len(now) - 1 == count and all(
            kind == "delete" or paragraphs(words.get(language, "")) for kind, _, words in changes)
        if language != record and not follows:
            left.append(language)
            continue
        for kind, place, words in changes:
            new = paragraphs(words.get(language, ""))
            if kind == "insert_after":
                after[place] += new
            else:
                now[place] = [] if kind == "delete" else new
        merged[language] = "\n\n".join(p for pair in zip(now, after) for part in pair for p in part)
    return merged, left


def fingerprints(text):
    return {language: hashlib.sha256(words.encode()).hexdigest()
            for language, words in text.items()}


class Amended:
    """A text and what was adopted to change it: of a motion, or of an amendment."""

    def __init__(self, text):
        self.original, self.text, self.left, self.adopted = text, text, [], []
        self.amendments, self.dropped = [], []

    def adopt(self, amendment, languages):
        self.adopted.append(amendment)
        self.merge_again(languages)

    def merge_again(self, languages):
        changes = [(a.kind, a.place, a.text) for a in self.adopted if a.kind != "replace_enactment"]
        changes += [("delete", place, {}) for place in self.dropped]
        self.text, self.left = merge(self.original, changes, languages)


class Amendment(Amended):
    def __init__(self, c):
        super().__init__(c.get("text", {}))
        self.name, self.motion, self.amends = c["amendment"], c["motion"], c.get("amends")
        self.kind, self.place, self.order = c["kind"], c["paragraph"], c.get("order")
        self.status = "tabled"
        self.needed, self.supporters = 0, []

    def may_be_voted_on(self):
        return self.status == "tabled" and len(self.supporters) >= self.needed

    def competes(self, other):
        orders = {self.kind == "replace_enactment", other.kind == "replace_enactment"}
        return (len(orders) == 1 and self.place == other.place
                and "insert_after" not in (self.kind, other.kind))
