#!/usr/bin/env python3
"""Our model of a homomorphic secret ballot, judged by an election that another program held: a verifier
of Belenios' public record (version 1, group BELENIOS-2048), written for this test, accepts the shared
record of 20 weighted ballots with its result, and rejects it with any value changed. The rules are those of
that program's public specification; how its hashes are spelled in this version was found by trying the
record itself.

Needs the shared data (VECHE_SHARED, or ../shared); says so and passes where it is not there.
"""

import base64
import copy
import hashlib
import json
import os
import sys
import tarfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RECORD = "data/assembly/belenios/a4FqAKz1ts1Bhv.bel"

# The group's public parameters: p and q prime, q divides p - 1, g of order q.
P = int(
    "20694785691422546401013643657505008064922989295751104097100884787057374219242717401922237254497684"
    "33812906663313807895840496005438963628979639303877390572280360597374942767137677761889858987273586"
    "50490811670993105358677809800307904916540637771737641986785272734744763418356000356983051931442845"
    "61701911000786737307333564123971732897913240474578834468260652327974647951137672658693582180046317"
    "92207366886005262718636338608879688212076943236614949100292344434637322214588410058642105024212036"
    "54335612013204811188524087310770141516662001623131771693721892480785077118278423174980732765988288"
    "25169183103125680162072880719")
G = int(
    "24023526775018522092276877035323999327122876573783649165100753187876632741463532193202856761552696"
    "78799694668298749389095083896573425601900601068477164491735474137283104610458681314511781646755400"
    "52740288984613986453266121505579709716201616827031288643245666383486363578210615491841998253431518"
    "97406581868686511513585764101388822153960160432288436039309893336627728484065931384060102316750957"
    "63777982665103606822406635076697764025346253773085133173495194248967754052573659049492477631475991"
    "57519877517771148149092045660020547812705472823814097251863985833411570056835369555342378147558249"
    "1896050296680037745308460627")
Q = 78571733251071885079927659812671450121821421258408794611510081919805623223441


class Wrong(Exception):
    pass


def need(condition, what):
    if not condition:
        raise Wrong(what)


def element(text):
    """A number below p, of order q and not 1."""
    need(text == str(int(text)), "a number is written in one way")
    x = int(text)
    need(1 < x < P and pow(x, Q, P) == 1, "an element of the group")
    return x


def exponent(text):
    need(text == str(int(text)) and 0 <= int(text) < Q, "an exponent below q")
    return int(text)


def challenge(text):
    return int.from_bytes(hashlib.sha256(text.encode()).digest(), "big") % Q


def b64(text):
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode().rstrip("=")


def commitment(base, image, proof):
    return pow(base, exponent(proof["response"]), P) * pow(image, exponent(proof["challenge"]), P) % P


def check_one_of(statement, key, alpha, beta, values, proofs):
    need(len(proofs) == len(values), "a proof for each value")
    made = []
    for m, proof in zip(values, proofs):
        shifted = beta * pow(pow(G, m, P), -1, P) % P
        made += [commitment(G, alpha, proof), commitment(key, shifted, proof)]
    total = sum(int(proof["challenge"]) for proof in proofs) % Q
    text = f"prove|{statement}|{alpha},{beta}|{','.join(map(str, made))}"
    need(challenge(text) == total, "a proof of one of several values")


def check_ballot(election, election_hash, weights, ballot):
    need(ballot["election_uuid"] == election["uuid"], "the election's name")
    need(ballot["election_hash"] == election_hash, "the election's hash")
    credential = element(ballot["credential"])
    need(ballot["credential"] in weights, "a credential of the list")
    key = element(election["public_key"])
    statement = f"{election_hash}|{credential}"
    need(len(ballot["answers"]) == len(election["questions"]), "an answer to each question")
    for question, answer in zip(election["questions"], ballot["answers"]):
        need(len(answer["choices"]) == len(answer["individual_proofs"]) == len(question["answers"]),
             "a ciphertext and its proof for each choice")
        alphas = betas = 1
        for choice, proofs in zip(answer["choices"], answer["individual_proofs"]):
            alpha, beta = element(choice["alpha"]), element(choice["beta"])
            check_one_of(statement, key, alpha, beta, (0, 1), proofs)
            alphas, betas = alphas * alpha % P, betas * beta % P
        # The proof over the sum is bound to every ciphertext that is summed.
        sealed = ",".join(f"{choice['alpha']},{choice['beta']}" for choice in answer["choices"])
        check_one_of(f"{statement}|{sealed}", key, alphas, betas,
                     range(question["min"], question["max"] + 1), answer["overall_proof"])
    unsigned = {k: v for k, v in ballot.items() if k != "signature"}
    signature = ballot["signature"]
    need(signature["hash"] == b64(json.dumps(unsigned, separators=(",", ":"))), "the signed hash")
    a = commitment(G, credential, signature["proof"])
    need(challenge(f"sig|{signature['hash']}|{a}") == int(signature["proof"]["challenge"]), "the signature")


def check_trustees(election, trustees):
    product = 1
    for kind, trustee in trustees:
        need(kind == "Single", "a trustee that decrypts alone")
        key = element(trustee["public_key"])
        a = commitment(G, key, trustee["pok"])
        need(challenge(f"pok|{election['group']}|{key}|{a}") == int(trustee["pok"]["challenge"]),
             "a trustee's proof that it knows its key")
        product = product * key % P
    need(product == element(election["public_key"]), "the product of the trustees' keys")


def check_tally(weights, ballots, tally):
    last = {ballot["credential"]: ballot for ballot in ballots}
    for q, question in enumerate(tally["sums"]):
        for n, stated in enumerate(question):
            for part in ("alpha", "beta"):
                product = 1
                for credential, ballot in last.items():
                    x = int(ballot["answers"][q]["choices"][n][part])
                    product = product * pow(x, weights[credential], P) % P
                need(str(product) == stated[part], "the product of the ballots")
    need(tally["num_tallied"] == len(last), "the number of ballots")
    need(tally["total_weight"] == sum(weights[c] for c in last), "the weight of the ballots")


def check_decryption(election_hash, trustees, sums, partial):
    key = trustees[partial["owner"] - 1][1]["public_key"]
    for question, factors, proofs in zip(sums, partial["decryption_factors"], partial["decryption_proofs"]):
        need(len(question) == len(factors) == len(proofs), "a decryption of each choice")
        for total, factor, proof in zip(question, factors, proofs):
            a = commitment(G, int(key), proof)
            b = commitment(int(total["alpha"]), element(factor), proof)
            need(challenge(f"decrypt|{election_hash}|{key}|{a},{b}") == exponent(proof["challenge"]),
                 "a trustee's proof of its decryption")


def check_result(trustees, sums, partials, result):
    need(sorted(p["owner"] for p in partials) == list(range(1, len(trustees) + 1)), "every trustee")
    for q, question in enumerate(sums):
        need(len(result[q]) == len(question), "a total for each choice")
        for n, total in enumerate(question):
            mask = 1
            for partial in partials:
                mask = mask * int(partial["decryption_factors"][q][n]) % P
            need(pow(G, result[q][n], P) * mask % P == int(total["beta"]), "the total")


def check(record, ballots=None):
    """All of a record; of its ballots only those with these numbers, where they are given."""
    check_trustees(record["election"], record["trustees"])
    for n, ballot in enumerate(record["ballots"]):
        if ballots is None or n in ballots:
            check_ballot(record["election"], record["election_hash"], record["weights"], ballot)
    check_tally(record["weights"], record["ballots"], record["tally"])
    sums = record["tally"]["sums"]
    for partial in record["partials"]:
        check_decryption(record["election_hash"], record["trustees"], sums, partial)
    check_result(record["trustees"], sums, record["partials"], record["result"])


def read(path):
    """The events in their order, each naming the one before; payloads by their hash."""
    data, events = {}, {}
    with tarfile.open(path) as archive:
        for entry in archive:
            content = archive.extractfile(entry).read()
            name, _, kind = entry.name.partition(".")
            if kind:
                need(hashlib.sha256(content).hexdigest() == name, "a file is named by its hash")
                (events if kind == "event.json" else data)[name] = content.decode()
    chain = sorted(events, key=lambda name: json.loads(events[name])["height"])
    before, record = None, {"ballots": [], "partials": []}
    for height, name in enumerate(chain):
        event = json.loads(events[name])
        need(event["height"] == height and event.get("parent") == before, "each event names its parent")
        before = name
        body = json.loads(data[event["payload"]]) if event.get("payload") else None
        if event["type"] == "Setup":
            text = data[body["election"]]
            weights = dict(line.split(",") for line in json.loads(data[body["credentials"]]))
            record |= {"election": json.loads(text), "election_hash": b64(text),
                       "trustees": json.loads(data[body["trustees"]]),
                       "weights": {k: int(v) for k, v in weights.items()}}
        elif event["type"] == "Ballot":
            record["ballots"].append(body)
        elif event["type"] == "EncryptedTally":
            record["tally"] = body | {"sums": json.loads(data[body["encrypted_tally"]])}
        elif event["type"] == "PartialDecryption":
            record["partials"].append({"owner": body["owner"], **json.loads(data[body["payload"]])})
        elif event["type"] == "Result":
            record["result"] = body["result"]
    return record


def leaves(value, path=()):
    """Paths to all numbers, in text or not."""
    if isinstance(value, dict):
        for key in value:
            yield from leaves(value[key], (*path, key))
    elif isinstance(value, list):
        for n, item in enumerate(value):
            yield from leaves(item, (*path, n))
    elif isinstance(value, int) or (isinstance(value, str) and value.isdigit()):
        yield path


def changed(value, path):
    out = copy.deepcopy(value)
    at = out
    for key in path[:-1]:
        at = at[key]
    old = at[path[-1]]
    at[path[-1]] = old + 1 if isinstance(old, int) else str(int(old) + 1)
    return out


def rejected(call):
    try:
        call()
    except (Wrong, KeyError, IndexError, ValueError):
        return True
    return False


def forgeries(record):
    """What is changed, and a call that must not accept it."""
    election, own_hash = record["election"], record["election_hash"]
    weights, ballot = record["weights"], record["ballots"][0]
    for path in leaves(ballot):
        forged = changed(ballot, path)
        yield f"ballot {path}", lambda f=forged: check_ballot(election, own_hash, weights, f)
    for path in leaves(record["trustees"]):
        forged = changed(record["trustees"], path)
        yield f"trustees {path}", lambda f=forged: check_trustees(election, f)
    for part in ("tally", "partials", "result"):
        for path in leaves(record[part]):
            forged = record | {part: changed(record[part], path)}
            yield f"{part} {path}", lambda f=forged: check(f, ballots=())
    first = next(iter(weights))
    yield "a weight", lambda: check(record | {"weights": weights | {first: weights[first] + 1}}, ())
    yield "a ballot left out", lambda: check(record | {"ballots": record["ballots"][1:]}, ())
    other = record["ballots"][1]["credential"]
    yield "another's ballot", lambda: check_ballot(election, own_hash, weights, ballot | {"credential": other})


def main():
    shared = Path(os.environ.get("VECHE_SHARED") or ROOT.parent / "shared")
    if not (shared / RECORD).is_file():
        print("skipped: the shared record is not here")
        print("1 passed, 0 failed")
        return 0
    failures, passed = [], 0
    record = read(shared / RECORD)
    try:
        check(record)
        need(record["result"] == [[27, 28, 28]] and len(record["ballots"]) == 20, "the known result")
        passed += 1
    except Wrong as wrong:
        failures.append(f"the record as it is: {wrong}")
    for what, call in forgeries(record):
        if rejected(call):
            passed += 1
        else:
            failures.append(f"a forged record holds: {what}")
    for failure in failures:
        print("FAILED", failure)
    print(f"{passed} passed, {len(failures)} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
