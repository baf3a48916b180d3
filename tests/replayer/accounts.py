"""Who is let in again after losing password and keys, and which keys sign checkpoints: two persons
each time, both with the power over accounts."""

import hashlib

DAY_MS = 24 * 60 * 60 * 1000


class Accounts:
    def __init__(self, revoke_all, may):
        self.revoke_all = revoke_all  # takes all keys of a person out of force
        self.may = may                # whether a person has the power under an office on that day
        self.recoveries = {}
        self.log_keys = []

    def act(self, name, body, actor, at, auth):
        own = name.startswith("withdraw") and self.proposer(body) == actor
        if name != "complete_recovery" and not own and not self.may(actor, auth, at):
            raise ValueError(f"{actor} has no power over accounts under {auth}")
        getattr(self, name)(body, actor, at)

    def proposer(self, body):
        if "person" in body:
            return self.recoveries.get(body["person"], {}).get("by")
        return next((k["by"] for k in self.log_keys if k["vkey"] == body["vkey"]), None)

    def propose_recovery(self, c, actor, at):
        open_one = self.recoveries.get(c["person"])
        if actor == c["person"] or (open_one and "second" not in open_one):
            raise ValueError("a recovery for oneself, or a second one beside an open one")
        self.recoveries[c["person"]] = {"by": actor}

    def confirm_recovery(self, c, actor, at):
        r = self.recoveries[c["person"]]
        if "second" in r or actor in (r["by"], c["person"]):
            raise ValueError("one person alone let somebody in")
        r.update(second=actor, at=at, hash=bytes.fromhex(c["code_hash"]), spent=False)
        self.revoke_all(c["person"])

    def withdraw_recovery(self, c, actor, at):
        if "second" in self.recoveries[c["person"]]:
            raise ValueError("a confirmed recovery cannot be withdrawn")
        del self.recoveries[c["person"]]

    def complete_recovery(self, c, actor, at):
        r = self.recoveries[actor]
        good = hashlib.sha256(c["code"].encode()).digest() == r.get("hash")
        if not good or r["spent"] or at >= r["at"] + DAY_MS:
            raise ValueError("the code is wrong, spent or too old")
        r["spent"] = True

    def propose_log_key(self, c, actor, at):
        if any(k["vkey"] == c["vkey"] or not k["taken"] for k in self.log_keys):
            raise ValueError("the key is known, or another one waits")
        self.log_keys.append({"vkey": c["vkey"], "by": actor, "second": None, "taken": False})

    def confirm_log_key(self, c, actor, at):
        key = self.key(c)
        if key["second"] or key["by"] == actor:
            raise ValueError("one person alone changed the key of the log")
        key["second"] = actor

    def withdraw_log_key(self, c, actor, at):
        if self.key(c)["taken"]:
            raise ValueError("a key in use cannot be withdrawn")
        self.log_keys.remove(self.key(c))

    def take_log_key(self, c, actor, at):
        key = self.key(c)
        if key["taken"] or not key["second"]:
            raise ValueError("the key was not confirmed, or is in use")
        key["taken"] = True

    def key(self, c):
        return next(k for k in self.log_keys if k["vkey"] == c["vkey"])
