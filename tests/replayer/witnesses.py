"""Policies of witnesses (c2sp.org/tlog-policy), cosignatures (c2sp.org/tlog-cosignature) and proofs of
two histories, from the published formats alone."""

import base64
import hashlib

import ed25519
import publiclog
from publiclog import Fault


def parse_key(text, kind):
    """"name+hash+base64(kind, key)" -> (name, public key)."""
    name, short, encoded = text.split("+", 2)
    data = base64.b64decode(encoded, validate=True)
    if data[0] != kind or len(data) != 33 or publiclog.key_id(name, kind, data[1:]).hex() != short:
        raise Fault(None, f"{text!r} is no key of kind {kind}")
    return name, data[1:]


class Policy:
    def __init__(self, text):
        self.logs, self.witnesses, self.groups, self.quorum = [], {}, {}, None
        grouped = set()
        for line in text.decode(errors="surrogateescape").splitlines():
            words = line.split()
            if not words or words[0].startswith("#"):
                continue
            if words[0] == "log":
                self.logs.append(parse_key(words[1], 1))
            elif words[0] == "witness":
                self.define(words[1])
                key = parse_key(words[2], 4)
                if key[1] in [k for _, k in self.witnesses.values()]:
                    raise Fault(None, "the policy names one key twice")
                self.witnesses[words[1]] = key
            elif words[0] == "group":
                name, many, parts = words[1], words[2], words[3:]
                for part in parts:
                    self.known(part)
                    if part in grouped:
                        raise Fault(None, f"{part} is in groups twice")
                    grouped.add(part)
                least = {"all": len(parts), "any": 1}.get(many) or int(many)
                if not 1 <= least <= len(parts):
                    raise Fault(None, f"the group {name} cannot be reached")
                self.define(name)
                self.groups[name] = (least, parts)
            elif words[0] == "quorum" and self.quorum is None:
                if words[1] != "none":
                    self.known(words[1])
                self.quorum = words[1]
            else:
                raise Fault(None, f"the policy has a line {line!r}")
        if self.quorum is None:
            raise Fault(None, "the policy names no quorum")

    def define(self, name):
        if name == "none" or name in self.witnesses or name in self.groups:
            raise Fault(None, f"the name {name} is taken")

    def known(self, name):
        if name not in self.witnesses and name not in self.groups:
            raise Fault(None, f"the policy knows no {name}")

    def reached(self, name, signed):
        if name in self.groups:
            least, parts = self.groups[name]
            return sum(self.reached(part, signed) for part in parts) >= least
        return name in signed

    def check(self, note):
        """Names of the witnesses that cosigned; Fault where they are no quorum."""
        text, _, block = note.decode().rpartition("\n\n")
        text = (text + "\n").encode()
        lines = publiclog.signature_lines(block)
        origin = text.split(b"\n")[0].decode()
        if self.logs and not any(name == origin and publiclog.signed_by(text, lines, name, key)
                                 for name, key in self.logs):
            raise Fault(None, "no log of the policy has signed the checkpoint")
        signed = {}
        for name, (key_name, key) in self.witnesses.items():
            wanted = publiclog.key_id(key_name, 4, key)
            for line_name, key_id, data in lines:
                if (line_name, key_id) != (key_name, wanted):
                    continue
                time = int.from_bytes(data[:8], "big")
                message = b"cosignature/v1\ntime %d\n" % time + text
                if not ed25519.verify(key, message, data[8:]):
                    raise Fault(None, f"the cosignature of {name} is wrong")
                signed.setdefault(name, time)
        if self.quorum != "none" and not self.reached(self.quorum, signed):
            raise Fault(None, f"cosigned by {', '.join(sorted(signed)) or 'nobody'}: no quorum")
        return sorted(signed)


# --- Two histories --------------------------------------------------------------------------------

def hash_pair(left, right):
    return hashlib.sha256(b"\1" + left + right).digest()


def consistent(old, old_root, new, new_root, proof):
    """RFC 9162 2.1.4.2, for 0 < old < new."""
    if not 0 < old < new or not proof:
        return False
    path = ([old_root] if old & (old - 1) == 0 else []) + proof
    fn, sn = old - 1, new - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = path[0]
    for part in path[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            fr, sr = hash_pair(part, fr), hash_pair(part, sr)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = hash_pair(sr, part)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and fr == old_root and sr == new_root


def check_fork(data, key):
    """(shorter size, longer size) of two histories that the file proves."""
    head, _, rest = data.partition(b"\n\n")
    lines = head.split(b"\n")
    if lines[0] != b"veche/fork-proof/v1":
        raise Fault(None, "the file does not begin as a proof of two histories")
    root, proof = None, []
    for line in lines[1:]:
        if line.startswith(b"root "):
            root = base64.b64decode(line[5:], validate=True)
        else:
            proof.append(base64.b64decode(line, validate=True))
    # A note: its text, an empty line, lines of signatures.
    text, _, tail = rest.partition(b"\n\n")
    signatures = []
    tail = tail.split(b"\n")
    while tail and tail[0].startswith("— ".encode()):
        signatures.append(tail.pop(0))
    first = text + b"\n\n" + b"\n".join(signatures) + b"\n"
    if not tail or tail[0]:
        raise Fault(None, "the first checkpoint is cut")
    _, old, old_root = publiclog.checkpoint(first, key)
    _, new, new_root = publiclog.checkpoint(b"\n".join(tail[1:]), key)
    if old == new:
        if old_root == new_root:
            raise Fault(None, "both checkpoints are of one history")
    elif root is None or root == old_root or not consistent(old, root, new, new_root, proof):
        raise Fault(None, "nothing shows two histories")
    return old, new
