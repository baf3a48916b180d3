"""Passkeys (WebAuthn) as signatures of an event line, in plain Python: ES256, EdDSA and RS256.

Follows docs/format/journal.md and the WebAuthn specification, section 7.2."""

import base64
import hashlib
import json

import ed25519

KIND = b"\xffveche/webauthn/v1"
PRESENT, VERIFIED, SYNCED = 1, 4, 8

# P-256 (FIPS 186-4, D.1.2.3).
P = 2**256 - 2**224 + 2**192 + 2**96 - 1
N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
G = (0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
     0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5)
P256 = bytes.fromhex("3059301306072a8648ce3d020106082a8648ce3d03010703420004")
ED25519 = bytes.fromhex("302a300506032b6570032100")
RSA_OID = bytes.fromhex("06092a864886f70d010101")
SHA256_INFO = bytes.fromhex("3031300d060960864801650304020105000420")


def key_id(name, spki):
    return hashlib.sha256(name.encode() + b"\n" + KIND + spki).digest()[:4]


# --- DER --------------------------------------------------------------------------------------------

def der(data, tag):
    """(content, rest) of the first value, which must have that tag."""
    if len(data) < 2 or data[0] != tag:
        raise ValueError("not the DER that was expected")
    size, at = data[1], 2
    if size >= 128:
        at += size - 128
        size = int.from_bytes(data[2:at], "big")
    if at + size > len(data):
        raise ValueError("DER ends too early")
    return data[at:at + size], data[at + size:]


def integers(data):
    """The two integers of a sequence that holds nothing else."""
    body, rest = der(data, 0x30)
    one, body = der(body, 2)
    two, body = der(body, 2)
    if rest or body:
        raise ValueError("more than two integers")
    return int.from_bytes(one, "big", signed=True), int.from_bytes(two, "big", signed=True)


# --- The three kinds of keys ------------------------------------------------------------------------

def add(p, q):
    """Affine addition on P-256; None is the point at infinity."""
    if p is None or q is None:
        return q if p is None else p
    if p[0] == q[0]:
        if (p[1] + q[1]) % P == 0:
            return None
        slope = (3 * p[0] * p[0] - 3) * pow(2 * p[1], -1, P)
    else:
        slope = (q[1] - p[1]) * pow(q[0] - p[0], -1, P)
    x = (slope * slope - p[0] - q[0]) % P
    return x, (slope * (p[0] - x) - p[1]) % P


def times(k, point):
    out = None
    while k:
        if k & 1:
            out = add(out, point)
        point, k = add(point, point), k >> 1
    return out


def es256(point, message, signature):
    """ECDSA (FIPS 186-4, 6.4.2) with SHA-256; the signature is DER."""
    x, y = int.from_bytes(point[:32], "big"), int.from_bytes(point[32:], "big")
    r, s = integers(signature)
    if (y * y - x * x * x + 3 * x - B) % P or not (0 < r < N and 0 < s < N):
        return False
    digest = int.from_bytes(hashlib.sha256(message).digest(), "big")
    w = pow(s, -1, N)
    found = add(times(digest * w % N, G), times(r * w % N, (x, y)))
    return found is not None and found[0] % N == r


def rs256(key, message, signature):
    """RSASSA-PKCS1-v1_5 (RFC 8017, 8.2.2) with SHA-256."""
    modulus, exponent = integers(key)
    size = (modulus.bit_length() + 7) // 8
    if modulus.bit_length() < 2048 or len(signature) != size:
        return False
    shown = pow(int.from_bytes(signature, "big"), exponent, modulus).to_bytes(size, "big")
    tail = SHA256_INFO + hashlib.sha256(message).digest()
    return shown == b"\0\1" + b"\xff" * (size - len(tail) - 3) + b"\0" + tail


def signature_good(spki, message, signature):
    if spki.startswith(ED25519):
        return ed25519.verify(spki[len(ED25519):], message, signature)
    if spki.startswith(P256) and len(spki) == len(P256) + 64:
        return es256(spki[len(P256):], message, signature)
    body, _ = der(spki, 0x30)
    algorithm, rest = der(body, 0x30)
    bits, _ = der(rest, 3)
    return algorithm.startswith(RSA_OID) and rs256(bits[1:], message, signature)


# --- The answer of an authenticator -----------------------------------------------------------------

def parts_of(blob):
    """The three parts, each after its length in 16 bits."""
    found = []
    for _ in range(3):
        size = int.from_bytes(blob[:2], "big")
        found.append(blob[2:2 + size])
        blob = blob[2 + size:]
    if blob:
        raise ValueError("more than three parts")
    return found


def unique(pairs):
    names = [name for name, _ in pairs]
    if len(set(names)) != len(names):
        raise ValueError("a member stands twice")
    return dict(pairs)


def answers(blob, line, spki, terms):
    """Whether the answer is a good signature of the event line (without its newline)."""
    try:
        data, client, signature = parts_of(blob)
        said = json.loads(client, object_pairs_hook=unique)
        challenge = hashlib.sha256(b"veche/event/v1\0" + line).digest()
        wanted = base64.urlsafe_b64encode(challenge).rstrip(b"=").decode()
        return (said["type"] == "webauthn.get" and said["challenge"] == wanted
                and said["origin"] in terms["origins"]
                and said.get("crossOrigin", False) is False
                and len(data) >= 37
                and data[:32] == hashlib.sha256(terms["relying_party"].encode()).digest()
                and data[32] & PRESENT and data[32] & VERIFIED
                and bool(data[32] & SYNCED) == terms["synced"]
                and signature_good(spki, data + hashlib.sha256(client).digest(), signature))
    except (ValueError, KeyError, TypeError):
        return False


def signed_by(line, signatures, name, spki, terms):
    """Whether one of the signature lines is a good one by this passkey."""
    wanted = key_id(name, spki)
    return any(n == name and i == wanted and answers(blob, line, spki, terms)
               for n, i, blob in signatures)
