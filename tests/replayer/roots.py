"""Records in their canonical bytes, and the roots that bind them (docs/format/calls.md)."""

import hashlib
import json


def canonical(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def given(**fields):
    """Fields as the journal writes them: what is empty is left out."""
    return {name: value for name, value in fields.items() if value not in (None, [], {})}


def sha(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def merkle(records):
    """RFC 6962, section 2.1."""
    if not records:
        return sha()
    if len(records) == 1:
        return sha(b"\0", records[0])
    left = 1
    while left * 2 < len(records):
        left *= 2
    return sha(b"\1", merkle(records[:left]), merkle(records[left:]))


def records_of(people, offers):
    """Of a result: each candidate, with what is offered."""
    return [canonical(given(applicant=name, group=offers.get(name, {}).get("group"),
                            offered=name in offers,
                            programme=offers.get(name, {}).get("programme")))
            for name in people]
