#!/usr/bin/env python3
"""Random requests made from a server's own OpenAPI document: proper ones, ones that are nearly proper, and nonsense.
No answer
may be the program's fault (5xx), end the connection or take long; every refusal is a problem document.

    random_requests.py ADDRESS-PORT SECONDS [SEED] [LOGIN...]      logins have the demo's password, or VECHE_PASSWORD

`./dev soak api [MINUTES]` runs it for long against a fresh example union. The same seed sends the same requests to
the same union.
"""

import http.client
import json
import os
import random
import sys
import time
import urllib.parse

from served import Client

HOSTILE = ["", " ", "\u0000", "\u202e", "'", '"', "<script>", "../../etc/passwd", "%00", "\ud83d\ude00", "a" * 300,
           "a" * 70_000, "-1", "0",
           "9007199254740991", "9007199254740992", "-9007199254740992", "1e309", "NaN", "null", "true", "{}", "[]",
           "0000-00-00", "2026-02-30", "9999-12-31", "9999-12-31T23:59:59.999Z", "-0001-01-01",
           "1970-01-01T00:00:00.000Z", "Ⅳ", "ﬀ",
           "İ", "e\u0301", "\u0085", "\u2028", "=1+1", "{{1}}", "${7*7}", "%s%n", "\r\nX: y", "a/b/../c", "/", "//",
           ".", "..",
           "x" * 64, "x" * 65, "A.b_c/d-e"]
NUMBERS = [0, 1, -1, 2, 7, 100, 2**31 - 1, 2**31, -2**31, 2**32, 2**53 - 1, -(2**53 - 1), 2**53, 2**63, 2**64, 10**40,
           0.5, 1e308]
METHODS = ["GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "TRACE", "CONNECT", "get", "PROPFIND"]


def spread(value, into):
    """Every text that stands in a value: ids of what there is, so that requests reach something."""
    if isinstance(value, str):
        if 0 < len(value) <= 64:
            into.add(value)
    elif isinstance(value, list):
        for one in value:
            spread(one, into)
    elif isinstance(value, dict):
        for one in value.values():
            spread(one, into)


class Requests:
    def __init__(self, port, persons, seed):
        self.port, self.random = port, random.Random(seed)
        self.faults, self.statuses, self.sent, self.slowest = [], {}, 0, (0, "")
        self.clients = [Client(port)]
        for person in persons:
            client = Client(port)
            if client.log_in(person, os.environ.get("VECHE_PASSWORD", "correct horse battery")).status == 200:
                self.clients.append(client)
        self.api = self.clients[0].get("/api/openapi.json").json
        self.examples, known = {}, set()
        for path, ways in self.api["paths"].items():
            for way in ways.values():
                content = way.get("requestBody", {}).get("content", {}).get("application/json", {})
                for example in content.get("examples", {}).values():
                    self.examples.setdefault(path, []).append(example["value"])
                    spread(example["value"], known)
                for parameter in way.get("parameters", []):
                    spread(parameter.get("example"), known)
        self.known = sorted(known)
        self.paths = sorted(self.api["paths"])

    def close(self):
        for client in self.clients:
            client.close()

    def share(self, status):
        return self.statuses.get(status, 0) / max(1, self.sent)

    # --- Values ------------------------------------------------------------------------------------

    def text(self):
        pick = self.random.random()
        if pick < 0.7:
            return self.random.choice(self.known)
        if pick < 0.9:
            return self.random.choice(HOSTILE)
        return "".join(chr(self.random.choice((self.random.randrange(32, 127), self.random.randrange(0x400, 0x460))))
                       for _ in range(self.random.randrange(20)))

    def value(self, schema, depth=0):
        pick = self.random
        if pick.random() < 0.03:
            return pick.choice([None, [], {}, True, "x", 0, [[[[[[]]]]]], {"a": {"a": {"a": {}}}}])
        if "enum" in schema:
            return pick.choice(schema["enum"]) if pick.random() < 0.95 else self.text()
        for several in ("oneOf", "anyOf", "allOf"):
            if several in schema:
                return self.value(pick.choice(schema[several]), depth)
        kind = schema.get("type")
        kind = pick.choice(kind) if isinstance(kind, list) else kind
        if kind == "object":
            return self.object(schema, depth)
        if kind == "array":
            if depth > 6:
                return []
            return [self.value(schema.get("items", {}), depth + 1) for _ in range(pick.choice((0, 1, 1, 2, 3)))]
        if kind == "integer":
            return pick.choice(NUMBERS) if pick.random() < 0.4 else pick.randrange(0, 50)
        if kind == "boolean":
            return pick.random() < 0.5
        if kind == "number":
            return pick.choice(NUMBERS)
        if schema.get("format") == "date":
            return f"20{pick.randrange(20, 30)}-{pick.randrange(1, 13):02}-{pick.randrange(1, 29):02}"
        return self.text()

    def object(self, schema, depth):
        pick, out = self.random, {}
        if depth > 8:
            return out
        needed = set(schema.get("required", []))
        for name, inner in schema.get("properties", {}).items():
            if pick.random() < (0.97 if name in needed else 0.4):
                out[name] = self.value(inner, depth + 1)
        others = schema.get("additionalProperties")
        if isinstance(others, dict):
            for key in pick.sample(["en", "ru", "be", "xx", ""], pick.randrange(0, 4)):
                out[key] = self.value(others, depth + 1)
        if pick.random() < 0.03:
            out[pick.choice(HOSTILE)[:50]] = self.text()
        return out

    def spoilt(self, value):
        """An example with one of its values changed: nearly proper, so that it comes far."""
        places = []

        def walk(one, where):
            if isinstance(one, dict):
                for key in one:
                    places.append((one, key))
                    walk(one[key], where)
            elif isinstance(one, list):
                for index in range(len(one)):
                    places.append((one, index))
                    walk(one[index], where)

        value = json.loads(json.dumps(value))
        walk(value, ())
        for _ in range(self.random.choice((0, 1, 1, 1, 2, 3))):
            if not places:
                break
            holder, key = self.random.choice(places)
            now = holder[key] if not isinstance(holder, list) or key < len(holder) else None
            if isinstance(now, str):
                holder[key] = self.text()
            elif isinstance(now, int):
                holder[key] = self.random.choice(NUMBERS)
            elif isinstance(holder, dict) and self.random.random() < 0.3:
                holder.pop(key, None)
                places = [(h, k) for h, k in places if h is not holder or k in holder]
        return value

    # --- Requests ----------------------------------------------------------------------------------

    def body_for(self, path, way):
        pick, schema = self.random, way["requestBody"]["content"].get("application/json", {}).get("schema", {})
        if self.examples.get(path) and pick.random() < 0.6:
            body = self.spoilt(pick.choice(self.examples[path]))
            if pick.random() < 0.7:
                body.pop("idem", None)
        else:
            body = self.value(schema)
        data = json.dumps(body, ensure_ascii=pick.random() < 0.5).encode("utf-8", "surrogatepass")
        if pick.random() < 0.04:
            at = pick.randrange(len(data) + 1)
            data = data[:at] + bytes([pick.randrange(256)]) + data[at:]
        if pick.random() < 0.01:
            data = b"[" * pick.choice((10, 1000, 60_000))
        return data

    def one(self):
        pick = self.random
        path = pick.choice(self.paths)
        method, way = next(iter(self.api["paths"][path].items()))
        headers, body, query = {}, None, []
        for parameter in way.get("parameters", []):
            filled = parameter.get("example") if pick.random() < 0.5 else self.value(parameter.get("schema", {}))
            if parameter["in"] == "path":
                path = path.replace("{" + parameter["name"] + "}", urllib.parse.quote(str(filled or "x"), safe="",
                        errors="replace"))
            elif parameter.get("required") or pick.random() < 0.5:
                for one in filled if isinstance(filled, list) else [filled]:
                    text = one if isinstance(one, str) else json.dumps(one)
                    query.append((parameter["name"], text))
        if "requestBody" in way:
            body = self.body_for(path, way)
            headers["Content-Type"] = "application/json" if pick.random() < 0.97 else pick.choice(
                ("text/plain", "multipart/form-data; boundary=x", "application/json; charset=utf-16", "image/png"))
        if path == "/api/stream":
            query = [("after", pick.choice(("x", "-1", "99999999999999999999"))), ("vote", "none")]
        if query:
            path += "?" + urllib.parse.urlencode(query, errors="surrogatepass")
        if pick.random() < 0.03:
            method = pick.choice(METHODS)
        if pick.random() < 0.05:
            headers[pick.choice(("If-None-Match", "Accept-Language", "Accept-Encoding", "Range", "Last-Event-ID",
                                 "Cookie"))] = pick.choice(
                ("*", '"x"', ";;;", "gzip;q=0", "be,ru;q=x", "bytes=0-", "9" * 30, "veche=" + "f" * 64))
        if len(path) > 7000:
            path = path[:7000].rsplit("%", 1)[0]
        return method.upper() if method.islower() and pick.random() < 0.99 else method, path, body, headers

    def send(self, count=None, until=None):
        while (count is None or self.sent < count) and (until is None or time.monotonic() < until):
            method, path, body, headers = self.one()
            client = self.random.choice(self.clients)
            self.sent += 1
            began = time.monotonic()
            try:
                answer = client.ask(method, path, body, headers)
            except (http.client.HTTPException, OSError, ValueError, UnicodeError) as why:
                if method != "CONNECT":
                    self.faults.append(
                        f"{method} {path[:200]}: {type(why).__name__} {why}; sent {(body or b'')[:300]!r}")
                continue
            took = time.monotonic() - began
            self.slowest = max(self.slowest, (took, f"{method} {path[:120]}"))
            self.statuses[answer.status] = self.statuses.get(answer.status, 0) + 1
            if answer.status >= 500 and answer.code != "api.busy":
                self.faults.append(
                    f"{method} {path[:300]}: {answer.status} {answer.text[:300]}; sent {(body or b'')[:600]!r}")
            elif answer.status >= 400 and method != "HEAD" and answer.type not in ("application/problem+json",
                    "text/html"):
                self.faults.append(f"{method} {path[:300]}: a refusal that is no problem document ({answer.type})")


def main():
    port, seconds = int(sys.argv[1]), float(sys.argv[2])
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    run = Requests(port, sys.argv[4:], seed)
    run.send(until=time.monotonic() + seconds)
    run.close()
    print(f"{run.sent} requests with seed {seed}, by status {dict(sorted(run.statuses.items()))}; "
          f"the slowest took {run.slowest[0]:.2f} s: {run.slowest[1]}")
    for fault in run.faults[:50]:
        print(fault)
    print(f"{1 if not run.faults else 0} passed, {len(run.faults)} failed")
    return 1 if run.faults else 0


if __name__ == "__main__":
    sys.exit(main())
