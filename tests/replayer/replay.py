#!/usr/bin/env python3
"""A second replayer: replay.py [--policy FILE] FOLDER [VERIFIER_KEY], or
replay.py [--policy FILE] https://SERVER/journal VERIFIER_KEY; or
replay.py --fork FILE VERIFIER_KEY, which checks a proof of two histories.

Reads only what a journal publishes, in an exported folder (with its file vkey) or at a server, checks
signatures, tree and form, computes every outcome, decision, consequence and balance anew and compares.
Prints a summary as JSON; at the first entry that is wrong it names it and exits with 1. Shares no code
with the server; made from the documents of the formats.
"""

import base64
import copy
import json
import sys
from pathlib import Path

import accounts
import assembly
import barriers
import beneficiaries
import calendar_text
import calls
import canonical
import contracts
import doses
import evidence
import fund
import passkey
import prevention
import programme
import publiclog
import registry
import sealed
import situation
import witnesses
from charter import Charter

ACT = {"actor", "auth", "body", "idem", "log", "type", "v"}
DERIVED = {"body", "by", "log", "type", "v"}
# What only the holder of a seat, or who represents it, or the candidate may do.
OWN_ACTS = {f"assembly.{name}" for name in (
    "cast_ballot", "cast_split_ballot", "object_to_silence", "correct_ballot", "give_proxy",
    "revoke_proxy", "cast_election_ballot", "nominate_candidate", "accept_candidacy",
    "withdraw_candidacy")}
# Where it counts who acts: the step after it takes another person.
FOUR_EYES = {f"fund.{name}" for name in (
    "reserve", "confirm_reservation", "submit_claim", "accept_claim", "reject_claim", "pay_claims",
    "pay_advance")}
# Failures that are computed here; another code stands for a rule that only the server knows.
COMPUTED = {"fund.line_taken", "fund.line_unknown", "fund.assessment_taken",
            "programme.measure_taken", "programme.measure_unknown", "programme.measure_closed",
            "programme.approval_taken", "programme.approval_unknown", "calls.call_taken"}


def signed_with(key, line, signatures, name):
    """Whether this key, of this name in signature lines, signed the event line."""
    if key["site"]:
        return passkey.signed_by(line, signatures, name, key["public"], key["site"])
    return publiclog.signed_by(line + b"\n", signatures, name, key["public"])


def parse_entry(seq, entry):
    """(at, event line, signature block) of an entry."""
    head, _, rest = entry.partition(b"\n")
    line, _, block = rest.partition(b"\n")
    meta = canonical.parse(head)
    if set(meta) != {"at", "seq"} or meta["seq"] != seq:
        raise ValueError("the entry does not carry its own number")
    if block and not (block.startswith(b"\n") and block.endswith(b"\n") and len(block) > 1):
        raise ValueError("the signature block is malformed")
    if not entry.endswith(b"\n"):
        raise ValueError("the entry does not end its last line")
    return calendar_text.instant(meta["at"]), line, block[1:].decode()


class Replay:
    def __init__(self, origin):
        self.origin = origin
        self.charter = Charter()
        self.programme = programme.Programme(self.charter)
        self.fund = fund.Fund(self.charter)
        self.assembly = assembly.Assembly(self.charter, self.carry_out, self.obstacle)
        self.sealed = sealed.Sealed()
        self.evidence = evidence.Evidence()
        self.registry = registry.Registry()
        self.beneficiaries = beneficiaries.Beneficiaries(self.registry)
        self.barriers = barriers.Barriers(self.charter)
        self.doses = doses.Doses()
        self.prevention = prevention.Prevention(self.charter)
        self.situation = situation.Situation(self.registry)
        self.calls = calls.Calls(self.charter)
        self.accounts = accounts.Accounts(self.revoke_all, self.charter.keeps_accounts)
        self.contracts = contracts.Contracts(self.fund, self.calls, self.charter)
        self.expected = []  # checks of the entries that must come next, the next one last
        self.cause, self.last_at, self.keys = 0, 0, {}
        self.signed = self.unsigned = self.not_recomputed = 0

    # --- Entries ----------------------------------------------------------------------------------

    def take(self, seq, entry):
        at, line, block = parse_entry(seq, entry)
        if at < self.last_at:
            raise ValueError("the time goes back")
        event = canonical.parse(line)
        if event["log"] != self.origin:
            raise ValueError("the entry is of another journal")
        if "by" in event:
            self.take_derived(seq, at, event, block)
        else:
            self.take_act(seq, at, event, line, block)
        self.last_at = at

    def take_derived(self, seq, at, event, block):
        if set(event) != DERIVED or block:
            raise ValueError("a derived entry has other fields, or is signed")
        if not self.expected:
            self.cause = seq
            self.expected = self.passed_deadline(at)
            if not self.expected:
                raise ValueError("the entry follows from nothing")
        elif at != self.last_at:
            raise ValueError("a consequence has another moment than its cause")
        assembly.equal("the cause", event["by"], self.cause)
        types, check = self.expected.pop()
        if event["type"] not in ((types,) if isinstance(types, str) else types):
            raise ValueError(f"{event['type']} stands where {types} must follow")
        self.expect(check(event["body"]))

    def take_act(self, seq, at, event, line, block):
        if self.expected:
            raise ValueError(f"{self.expected[-1][0]} must follow from entry {self.cause}")
        if self.passed_deadline(at, look=True):
            raise ValueError("a deadline had passed before this act and left no entry")
        if not ACT <= set(event) <= ACT | {"seen", "basis"}:
            raise ValueError("an act has other fields")
        self.cause = seq
        if seq == 0:
            self.charter.found(event["body"]["document"])
            return
        self.check_signature(at, event, line, block)
        self.check_authority(at, event)
        self.expect(self.act(event, at))

    def expect(self, follow):
        self.expected.extend(reversed(follow or []))

    def passed_deadline(self, at, look=False):
        """What the earliest deadline that has passed must leave; votes come first, then decisions
        whose day has come, then measures."""
        vote = self.assembly.due(at)
        if vote is not None:
            return [("assembly.vote_decided",
                     lambda e: self.assembly.vote_decided(e, vote, at))]
        decision = self.assembly.day_has_come(at)
        if decision is not None:
            return self.assembly.entry_into_force(decision, at)
        due = self.programme.due(at)
        if due is None:
            return (self.fund.due(at) or self.calls.due(at) or self.registry.due(at)
                    or self.barriers.due(at) or self.doses.due(at) or self.prevention.due(at, self.place_next_clash))
        kind, make, placed_with = due
        return [(kind, None if look else lambda e: self.passed(e, make(), placed_with))]

    def passed(self, e, computed, placed_with):
        """`placed_with`: which field names the body on whose next agenda it comes."""
        assembly.equal_fields(e, computed)
        if placed_with is None:
            return []
        return self.place_next(computed[placed_with], computed["measure"])

    def place_next(self, body, measure):
        session = self.assembly.next_session(body)
        return [] if session is None else self.place(session, measure)

    def place_next_clash(self, body, clash):
        session = self.assembly.next_session(body)
        return [] if session is None else self.place_clash(session, clash)

    def place_clash(self, session, clash):
        return self.assembly.place_case(session, f"prevention/clashes/{clash}")

    def place(self, session, measure):
        title = self.programme.measures[measure]["title"]
        return self.assembly.place(session, measure, title)

    # --- Who may ----------------------------------------------------------------------------------

    def check_signature(self, at, event, line, block):
        enrolled = [key for key in self.keys.get(event["actor"], {}).items()
                    if key[1]["until"] is None or at < key[1]["until"]]
        if not block:
            self.unsigned += 1
            if enrolled:
                raise ValueError(f"{event['actor']} has a key and did not sign")
            return
        signatures = publiclog.signature_lines(block)
        host = self.origin.split("/")[0]
        if not any(signed_with(key, line, signatures, f"{host}/{event['actor']}/{name}")
                   for name, key in enrolled):
            raise ValueError(f"no signature is by a key of {event['actor']}")
        self.signed += 1

    def check_authority(self, at, event):
        """A seat or an office under which somebody acts is held on that day."""
        auth, day = event["auth"], calendar_text.day_text(at)
        if auth == event["actor"]:
            return
        if not self.charter.holds(event["actor"], auth, day):
            raise ValueError(f"{event['actor']} does not hold {auth}")

    # --- Acts -------------------------------------------------------------------------------------

    def act(self, event, at):
        room, _, name = event["type"].partition(".")
        body, actor = event["body"], event["actor"]
        if room == "people":
            if "recovery" in name or "log_key" in name:
                return self.accounts.act(name, body, actor, at, event["auth"])
            return getattr(self, name)(body, actor)
        if event["type"] in OWN_ACTS:
            return getattr(self.assembly, name)(body, at, actor)
        if event["type"] == "assembly.sign_act":
            return self.assembly.sign_act(body, at, actor)
        if event["type"] == "assembly.convene_session":
            return self.convene(body, at)
        if event["type"] in ("assembly.plan_series", "assembly.extend_series"):
            return self.series(body, name)
        if event["type"] in ("assembly.close_session", "assembly.cancel_session"):
            getattr(self.assembly, name)(body, at)
            return self.carry_on(body["session"])
        if event["type"] == "assembly.add_sealed_paper":
            return self.sealed.keep(body, self.assembly.sessions[body["session"]]["bodies"])
        if event["type"] == "assembly.add_internal_item":
            self.assembly.add_item(body, at)
            return self.sealed.keep_item(body, self.assembly.sessions[body["session"]]["bodies"])
        if room == "assembly" and hasattr(self.assembly.secret, name):
            return getattr(self.assembly.secret, name)(body, at, actor)
        if room == "evidence":
            return self.evidence.act(name, body, actor)
        if room == "registry":
            self.registry.act(name, body, at, actor, event["auth"])
            return self.contacts(name, body)
        if room == "beneficiaries":
            return self.beneficiaries.act(name, body, at)
        if room == "barriers":
            return self.reported(name, body, at, actor, event["auth"])
        if room == "doses":
            return self.doses.act(name, body, at)
        if room == "prevention":
            follow = self.prevention.act(name, body, at, event["auth"]) or []
            if name == "refer_clash":
                return self.place_clash(body["session"], body["clash"])
            return follow
        if room == "situation":
            return self.situation.act(name, body, at)
        if room == "sealed":
            return self.sealed.act(name, body, actor, self.cause)
        if room == "calls":
            self.contracts.stands(name, body, actor)
            follow = self.calls.act(name, body, at, actor, event["auth"])
            if name == "conclude_call":
                return [(kind, lambda e, check=check: check(e) or self.released(e, at))
                        for kind, check in follow]
            return follow or self.calls.seals(name, body, actor, self.sealed)
        if room == "charter":
            return getattr(self.charter, name)(body)
        if room == "fund" and name in contracts.ACTS:
            return getattr(self.contracts, name)(body, at, actor)
        if room == "fund":
            four_eyes = [actor] if event["type"] in FOUR_EYES else []
            follow = getattr(self.fund, name)(body, at, *four_eyes)
            self.contracts.watch(name, body, at)
            self.beneficiaries.watch(name, body)
            return follow
        method = getattr(getattr(self, room), name, None)
        return method(body, at) if method else None

    def holders(self, call):
        """Numbers of those who hold a place of the call."""
        return [who for who, one in self.calls.known[call]["applications"].items()
                if not one["withdrawn"] and self.calls.held(one)]

    def contacts(self, name, body):
        """How to reach who is interested lies sealed with the body that keeps the record."""
        if name != "express_interest":
            return None
        partners = self.registry.partners
        keeper = self.registry.organisations[partners.owner(body["profile"])]["body"]
        origin = {"kind": "registry.interest", "of": body["profile"], "name": body["interest"]}
        title = partners.profiles[body["profile"]]["title"]
        return [follow for seal in body.get("sealed", [])
                for follow in self.sealed.keep_text({"sealed": seal, "title": title}, [keeper],
                                                    origin)]

    def reported(self, name, body, at, actor, auth):
        """What reporters of barriers seal is a text of the body that keeps the register."""
        follow = self.barriers.act(name, body, at, actor, auth) or []
        if name not in ("receive", "say") or "sealed" not in body:
            return follow
        if body["sealed"]["class"] != "personal":
            raise ValueError("what a reporter writes is personal")
        report = body.get("barrier", f"b-{len(self.barriers.cases)}")
        part = f"word-{body['n']}" if name == "say" else "report"
        origin = {"kind": "barriers.report", "name": part, "of": report}
        kept = {"sealed": body["sealed"], "title": None}
        return follow + self.sealed.keep_text(kept, [self.barriers.cases[report]["body"]], origin)

    def released(self, e, at):
        """What a call that is over gives back to the fund."""
        asked = self.calls.known[e["call"]]["asked"]
        if "commitment" not in asked:
            return []
        held = self.fund.book.held[asked["commitment"]]
        unit = next(u for u in self.charter.document["units"] if u["id"] == held["unit"])
        offered = self.calls.offered(asked, unit)
        if offered is None:
            return []
        others = sum(self.contracts.needed(call, unit) for name, call in self.calls.known.items()
                     if name != e["call"] and call["asked"].get("commitment") == asked["commitment"])
        others -= self.contracts.contracted(e["call"])
        return self.fund.backing(asked["commitment"], e["call"], offered,
                                 self.calls.taken(self.calls.known[e["call"]], unit), others, at)

    def convene(self, c, at):
        self.assembly.convene_session(c, at)
        late = [m for body in self.assembly.sessions[c["id"]]["bodies"]
                for m in self.programme.late_of(body)]
        # A measure owed by one body and known to another that sits stands on the agenda once.
        placed = [check for m in dict.fromkeys(late) for check in self.place(c["id"], m)]
        clashes = [x for body in self.assembly.sessions[c["id"]]["bodies"]
                   for x in self.prevention.late_of(body)]
        placed += [check for x in dict.fromkeys(clashes) for check in self.place_clash(c["id"], x)]
        return (placed + self.assembly.forwarded_for(c["id"])
                + self.assembly.returning_to(c["id"]))

    def series(self, c, name):
        """A session for each day of the rhythm; what is late goes to the next of a body's sessions."""
        return [("assembly.session_planned", lambda e, made=made: self.session_planned(e, made))
                for made in getattr(self.assembly.series, name)(c)]

    def session_planned(self, e, made):
        assembly.equal_fields(e, made)
        self.assembly.session_planned(made)
        session = made["session"]
        return (self.carry_on(session) + self.assembly.forwarded_for(session)
                + self.assembly.returning_to(session))

    def carry_on(self, session):
        """The first late measure that must be placed now, then the same again: each placing changes
        what is left to place."""
        for body in self.assembly.sessions[session]["bodies"]:
            following = self.assembly.next_session(body)
            if following is None or "series" not in self.assembly.sessions[following]:
                continue
            for measure in self.programme.late_of(body):
                if check := self.place(following, measure):
                    kind, judge = check[0]
                    return [(kind, lambda e, judge=judge: judge(e) + self.carry_on(session))]
            for clash in self.prevention.late_of(body):
                if check := self.place_clash(following, clash):
                    kind, judge = check[0]
                    return [(kind, lambda e, judge=judge: judge(e) + self.carry_on(session))]
        return []

    def enroll_key(self, c, actor):
        until = calendar_text.instant(c["until"]) if "until" in c else None
        self.keys.setdefault(actor, {})[c["key"]] = {
            "public": base64.b64decode(c["public_key"], validate=True), "until": until,
            "site": c.get("site")}

    def enroll_passkey(self, c, actor):
        self.enroll_key(c, actor)

    def revoke_key(self, c, actor):
        del self.keys[c["person"]][c["key"]]

    def revoke_all(self, person):
        self.keys.pop(person, None)

    # --- What decisions order ---------------------------------------------------------------------

    def carry_out(self, order, at):
        room, _, name = order["type"].partition(".")
        if order["type"] == "charter.amend":
            body = order["body"]
            return self.charter.amend(body["changes"], body.get("removals", []))
        if room == "charter":
            return getattr(self.charter, name)(order["body"])
        if room == "doses":
            return self.doses.act(name, order["body"], at)
        if room == "prevention":
            return self.prevention.decided(name, order["body"], at)
        return getattr(getattr(self, room), name)(order["body"], at)

    def obstacle(self, orders, at, stated):
        """(number, code, field) of the first order that cannot be carried out, or None. Where the
        journal states a code of a rule that is not computed here, that code is taken on trust."""
        scratch = copy.deepcopy((self.programme, self.fund, self.charter, self.calls))
        rooms = dict(zip(("programme", "fund", "charter", "calls"), scratch))
        for number, order in enumerate(orders):
            room, _, name = order["type"].partition(".")
            if room in ("charter", "assembly", "doses", "prevention"):
                continue
            if found := rooms[room].obstacle(name, order["body"]):
                return number, found[0], "body." + found[1]
            getattr(rooms[room], name)(order["body"], at)
        if stated and stated["code"] not in COMPUTED:
            self.not_recomputed += 1
            return stated["index"], stated["code"], stated["field"]
        return None

    # --- Summary ----------------------------------------------------------------------------------

    def summary(self):
        return {
            "signed": self.signed, "unsigned": self.unsigned,
            "not_recomputed": self.not_recomputed,
            "votes": {name: {"outcome": v.outcome, "counts": v.counts()}
                      for name, v in self.assembly.votes.items()},
            "elections": {name: {"outcome": e["outcome"], "elected": e["elected"]}
                          for name, e in self.assembly.elections.items() if "outcome" in e},
            "secret_votes": self.assembly.secret.summary(),
            "decisions": {name: d["fate"] for name, d in self.assembly.decisions.items()},
            "agendas": {name: s["measures"] for name, s in self.assembly.sessions.items()},
            "measures": {name: {"due": m["due"], "late": m["open"] and m["late"],
                                "seized": m["seized"], "open": m["open"],
                                "reminded": m["reminded"], "milestones": m["milestones"]}
                         for name, m in self.programme.measures.items()},
            "approvals": self.programme.approvals.summary(),
            "calls": self.calls.summary(),
            "balances": [{"account": a, "unit": u, "minor": str(m)}
                         for (a, u), m in sorted(self.fund.balances.items())],
            "lines": self.fund.summary_of_lines(),
            "money_of_measures": self.fund.summary_of_measures(),
            "claims": {name: claim["stands"] for name, claim in self.fund.claims.items()},
            "contracts": self.contracts.summary(),
            "evidence": self.evidence.summary(),
            "registry": self.registry.summary(),
            "exchanges": self.registry.exchanges.summary(self.holders),
            "partners": self.registry.partners.summary(self.evidence.pairs()),
            "beneficiaries": self.beneficiaries.summary(),
            "barriers": self.barriers.summary(),
            "doses": self.doses.summary(),
            "prevention": self.prevention.summary(),
            "situation": self.situation.summary(),
            "statements": self.fund.summary_of_statements()}


def replay(place, key=None, policy=None):
    """The summary of a journal; Fault at the first thing that is wrong."""
    read = publiclog.source(place)
    note = read("checkpoint")
    origin, size, root = publiclog.checkpoint(note, key or read("vkey").decode())
    cosigned = {"cosigned": policy.check(note)} if policy else {}
    entries = list(publiclog.bundles(read, size))
    publiclog.check_tree(read, [publiclog.leaf_hash(e) for _, e in entries], root)
    state = Replay(origin)
    for seq, entry in entries:
        try:
            state.take(seq, entry)
        except publiclog.Fault as fault:
            raise publiclog.Fault(seq, str(fault)) from None
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            why = str(error) if isinstance(error, ValueError) else f"{type(error).__name__} {error}"
            raise publiclog.Fault(seq, why) from None
    if state.expected:
        raise publiclog.Fault(size - 1, f"{state.expected[-1][0]} must follow and does not")
    return {"origin": origin, "entries": size, "root": base64.b64encode(root).decode(),
            **cosigned, **state.summary()}


def main(arguments):
    policy = fork = None
    if arguments[:1] == ["--policy"] and len(arguments) > 2:
        policy, arguments = arguments[1], arguments[2:]
    elif arguments[:1] == ["--fork"] and len(arguments) == 3:
        fork, arguments = arguments[1], arguments[2:]
    if len(arguments) not in (1, 2):
        print(__doc__)
        return 2
    try:
        if fork:
            old, new = witnesses.check_fork(Path(fork).read_bytes(), arguments[0])
            print(json.dumps({"shorter": old, "longer": new}))
            return 0
        policy = witnesses.Policy(Path(policy).read_bytes()) if policy else None
        print(json.dumps(replay(*arguments, policy=policy), ensure_ascii=False, indent=1))
    except publiclog.Fault as fault:
        where = "the journal" if fault.seq is None else f"entry {fault.seq}"
        print(f"{where}: {fault}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
