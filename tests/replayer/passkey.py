"""Passkeys (WebAuthn) as signatures of an event line, in plain Python: ES256, EdDSA, RS256.

What is checked, and in what form it stands in a signature line, is docs/format/journal.md.
"""

import base64
import hashlib
import json

import ed25519

# P-256 (FIPS 186-5).
P = 2**256 - 2**224 + 2**192 + 2**96 - 1
N = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551
B = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b
G = (0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296,
     0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5)
P256 = bytes.fromhex("3059301306072a8648ce3d020106082a8648ce3d03010703420004")
ED25519 = bytes.fromhex("302a300506032b6570032100")
RSA = bytes.fromhex("300d06092a864886f70d0101010500")
SHA256_INFO = bytes.fromhex("3031300d060960864801650304020105000420")
KIND = b"\xffveche/webauthn/v1"


def add(p, q):
    """Affine points; None is the point at infinity."""
    if p is None or q is None:
        return q if p is None else p
    if p[0] == q[0]:
        if (p[1] + q[1]) % P == 0:
            return None
        slope = (3 * p[0] * p[0] - 3) * pow(2 * p[1], -1, P) % P
    else:
        slope = (q[1] - p[1]) * pow(q[0] - p[0], -1, P) % P
    x = (slope * slope - p[0] - q[0]) % P
    return x, (slope * (p[0] - x) - p[1]) % P


def times(k, p):
    out = None
    while k:
        if k & 1:
            out = add(out, p)
        p = add(p, p)
        k >>= 1
    return out


def der(data, tag):
    """One DER value: (its bytes, what follows it)."""
    if len(data) < 2 or data[0] != tag:
        raise ValueError("not the DER value expected")
    size, start = data[1], 2
    if size >= 0x80:
        start += size & 0x7f
        size = int.from_bytes(data[2:start], "big")
        if size < 0x80 or data[2] == 0:
            raise ValueError("a length is not in its shortest form")
    if len(data) < start + size:
        raise ValueError("a DER value is cut short")
    return data[start:start + size], data[start + size:]


def integer(data):
    """One DER integer in its shortest form: (its value, what follows it)."""
    inside, rest = der(data, 2)
    value = int.from_bytes(inside, "big", signed=True)
    if len(inside) != value.bit_length() // 8 + 1:
        raise ValueError("an integer is not in its shortest form")
    return value, rest


def integers(data):
    """The two integers of a DER sequence."""
    inside, rest = der(data, 0x30)
    first, inside = integer(inside)
    second, inside = integer(inside)
    if rest or inside:
        raise ValueError("more than two integers")
    return first, second


def ecdsa(point, message, signature):
    x, y = int.from_bytes(point[:32], "big"), int.from_bytes(point[32:], "big")
    if len(point) != 64 or max(x, y) >= P or (y * y - x * x * x + 3 * x - B) % P != 0:
        return False
    r, s = integers(signature)
    if not (0 < r < N and 0 < s < N):
        return False
    inverse = pow(s, -1, N)
    z = int.from_bytes(hashlib.sha256(message).digest(), "big")
    sum_ = add(times(z * inverse % N, G), times(r * inverse % N, (x, y)))
    return sum_ is not None and sum_[0] % N == r


def rsa(spki, message, signature):
    inside, rest = der(spki, 0x30)
    if rest or not inside.startswith(RSA):
        return False
    bits, rest = der(inside[len(RSA):], 3)
    n, e = integers(bits[1:])
    size = (n.bit_length() + 7) // 8
    if rest or n.bit_length() < 2048 or len(signature) != size:
        return False
    digest = SHA256_INFO + hashlib.sha256(message).digest()
    padded = b"\0\1" + b"\xff" * (size - 3 - len(digest)) + b"\0" + digest
    return pow(int.from_bytes(signature, "big"), e, n) == int.from_bytes(padded, "big")


def verify(spki, message, signature):
    try:
        if spki.startswith(ED25519):
            return ed25519.verify(spki[len(ED25519):], message, signature)
        if spki.startswith(P256):
            return ecdsa(spki[len(P256):], message, signature)
        return rsa(spki, message, signature)
    except ValueError:
        return False


def three_parts(data):
    parts = []
    for _ in range(3):
        size = int.from_bytes(data[:2], "big")
        if len(data) < 2 + size or len(data) < 2:
            return None
        parts.append(data[2:2 + size])
        data = data[2 + size:]
    return None if data else parts


def good(line, data, spki, site):
    """Whether the stored signature stands for this event line (no newline) and was made at the site."""
    parts = three_parts(data)
    if parts is None:
        return False
    authenticator, client, signature = parts
    challenge = hashlib.sha256(b"veche/event/v1\0" + line).digest()
    said = json.loads(client)
    host = site.split("://")[1].split(":")[0]
    return (said.get("type") == "webauthn.get" and said.get("origin") == site
            and said.get("challenge") == base64.urlsafe_b64encode(challenge).decode().rstrip("=")
            and not said.get("crossOrigin", False)
            and len(authenticator) >= 37
            and authenticator[:32] == hashlib.sha256(host.encode()).digest()
            and authenticator[32] & 5 == 5
            and verify(spki, authenticator + hashlib.sha256(client).digest(), signature))


def signed_by(line, signatures, name, spki, site):
    """Whether one of the signature lines is a good one by this passkey."""
    wanted = hashlib.sha256(name.encode() + b"\n" + KIND + spki).digest()[:4]
    return any(n == name and i == wanted and good(line, s, spki, site) for n, i, s in signatures)
