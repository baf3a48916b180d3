"""The public side of a journal: checkpoint, tiles and entry bundles, from a folder or an address.

Follows the published formats (C2SP signed-note, tlog-checkpoint, tlog-tiles; RFC 6962): nothing
here knows what the entries mean.
"""

import base64
import hashlib
import urllib.request
from pathlib import Path

import ed25519


class Fault(Exception):
    """The journal is wrong: at an entry (seq), or as a whole (seq is None)."""

    def __init__(self, seq, why):
        super().__init__(why)
        self.seq = seq


def source(place):
    """A function path -> bytes over a folder or an http address."""
    if place.startswith(("http://", "https://")):
        def fetch(path):
            with urllib.request.urlopen(f"{place.rstrip('/')}/{path}", timeout=30) as answer:
                return answer.read()
    else:
        def fetch(path):
            return (Path(place) / path).read_bytes()

    def read(path):
        try:
            return fetch(path)
        except OSError as error:
            raise Fault(None, f"cannot read {path}: {error}") from None
    return read


# --- Notes ----------------------------------------------------------------------------------------

def key_id(name, kind, public_key):
    return hashlib.sha256(name.encode() + b"\n" + bytes([kind]) + public_key).digest()[:4]


def parse_verifier_key(text):
    """"name+hash+base64(type byte, key)" -> (name, id, public key)."""
    name, short, encoded = text.strip().split("+", 2)
    data = base64.b64decode(encoded, validate=True)
    if data[0] != 1 or len(data) != 33 or key_id(name, 1, data[1:]).hex() != short:
        raise Fault(None, f"{text!r} is no Ed25519 verifier key")
    return name, data[1:]


def signature_lines(block, seq=None):
    """[(name, id, signature)] of the lines "— name base64"."""
    found = []
    for line in block.splitlines():
        parts = line.split(" ")
        if len(parts) != 3 or parts[0] != "—":
            raise Fault(seq, f"malformed signature line {line!r}")
        try:
            data = base64.b64decode(parts[2], validate=True)
        except ValueError:
            raise Fault(seq, "a signature is not base64") from None
        found.append((parts[1], data[:4], data[4:]))
    return found


def signed_by(text, signatures, name, public_key):
    """Whether one of the signature lines is a good one by this key."""
    wanted = key_id(name, 1, public_key)
    return any(n == name and i == wanted and ed25519.verify(public_key, text, s)
               for n, i, s in signatures)


def checkpoint(note, key):
    """(origin, size, root) of a checkpoint signed by the given verifier key."""
    text, split, block = note.decode().rpartition("\n\n")
    text += "\n"
    lines = text.split("\n")
    if not split or len(lines) != 4 or not lines[0] or str(int(lines[1])) != lines[1]:
        raise Fault(None, "the checkpoint is malformed")
    name, public_key = parse_verifier_key(key)
    if name != lines[0]:
        raise Fault(None, f"the key is for {name}, the checkpoint is of {lines[0]}")
    if not signed_by(text.encode(), signature_lines(block), name, public_key):
        raise Fault(None, "the checkpoint is not signed by the log's key")
    return lines[0], int(lines[1]), base64.b64decode(lines[2], validate=True)


# --- Tree -----------------------------------------------------------------------------------------

def leaf_hash(entry):
    return hashlib.sha256(b"\0" + entry).digest()


def parents(hashes):
    """The level above, over complete pairs; an odd last one moves up unchanged."""
    up = [hashlib.sha256(b"\1" + hashes[i] + hashes[i + 1]).digest()
          for i in range(0, len(hashes) - 1, 2)]
    return up + hashes[len(up) * 2:]


def root_of(hashes):
    if not hashes:
        return hashlib.sha256(b"").digest()
    while len(hashes) > 1:
        hashes = parents(hashes)
    return hashes[0]


def tile_path(level, index, width):
    digits = f"{index % 1000:03d}"
    while index >= 1000:
        index //= 1000
        digits = f"x{index % 1000:03d}/{digits}"
    return f"tile/{level}/{digits}" + (f".p/{width}" if width != 256 else "")


def bundles(read, size):
    """Every entry of the log, from its bundles."""
    for index in range((size + 255) // 256):
        width = min(256, size - index * 256)
        data = read(tile_path("entries", index, width))
        at = 0
        for number in range(width):
            seq = index * 256 + number
            length = int.from_bytes(data[at:at + 2], "big")
            entry = data[at + 2:at + 2 + length]
            if at + 2 > len(data) or len(entry) != length:
                raise Fault(seq, "the entry bundle is cut short")
            at += 2 + length
            yield seq, entry
        if at != len(data):
            raise Fault(index * 256 + width - 1, "the entry bundle has bytes left over")


def check_tree(read, leaves, root):
    """The root, and every tile that a log of this size serves."""
    level, hashes = 0, leaves
    while hashes:
        for index in range((len(hashes) + 255) // 256):
            part = hashes[index * 256:index * 256 + 256]
            data = read(tile_path(level, index, len(part)))
            if data == b"".join(part):
                continue
            first = next((i for i, h in enumerate(part) if data[i * 32:i * 32 + 32] != h), 0)
            seq = (index * 256 + first) * 256**level
            where = tile_path(level, index, len(part))
            raise Fault(seq, f"{where} does not hold the hash of the entry" if level == 0
                        else f"{where} does not hold the hash of the tile below")
        full = len(hashes) // 256
        above = []
        for index in range(full):
            above.append(root_of(hashes[index * 256:index * 256 + 256]))
        level, hashes = level + 1, above
    if root_of(leaves) != root:
        raise Fault(None, "the entries do not add up to the root of the signed checkpoint")
