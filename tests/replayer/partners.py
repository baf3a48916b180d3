"""The partner search: profiles of organisations, their review and expiry, interest in them, and who
could fit whom for which reasons."""

import bisect
import datetime

import calendar_text

MOST_DAYS = 366
ACTS = {"name_agent", "submit_profile", "review_profile", "withdraw_profile", "express_interest",
        "answer_interest", "record_outcome"}
FOR_ONESELF = {"submit_profile", "withdraw_profile", "express_interest", "answer_interest"}


def need(holds, what):
    if not holds:
        raise ValueError(what)


def day_of(text):
    return datetime.date.fromisoformat(text)


def overlap(one, other):
    return one.startswith(other) or other.startswith(one)


class Partners:
    def __init__(self, registry):
        self.registry = registry
        self.agents, self.profiles, self.interests = {}, {}, {}
        self.named, self.merged_at = [], {}  # (organisation, person) in order; how many were before
        self.expiring = []  # (first day on which it stands no longer, profile)

    def act(self, name, body, today, actor, auth):
        need(name not in FOR_ONESELF or auth == actor, "who speaks for an organisation has no seat")
        getattr(self, name)(body, today, actor)

    def speaks(self, organisation, actor, today):
        """Of records that were merged whoever spoke for one speaks for the one that stands."""
        standing = self.registry.current(organisation)
        known = [until for (name, person), until in self.agents.items()
                 if person == actor and self.registry.current(name) == standing]
        need(any(until is None or until >= today for until in known),
             f"{actor} does not speak for {standing}")

    def name_agent(self, body, *_):
        need("merged_into" not in self.registry.organisations[body["organisation"]], "it was merged")
        key = body["organisation"], body["person"]
        self.agents[key] = day_of(body["until"]) if "until" in body else None
        self.named.append(key)

    def merged(self, name):
        self.merged_at[name] = len(self.named)

    def separated(self, kept, records):
        """Whose right to speak was ended meanwhile does not get it back."""
        for name, person in self.named[self.merged_at[records[0]]:]:
            until = self.agents[name, person]
            for one in records if name == kept and until else []:
                old = self.agents.get((one, person), datetime.date.min)
                if old is None or until < old:
                    self.agents[one, person] = until

    # --- Profiles ---------------------------------------------------------------------------------

    def stop(self, name):
        mark = (self.profiles[name]["until"] + datetime.timedelta(days=1), name)
        if mark in self.expiring:
            self.expiring.remove(mark)

    def submit_profile(self, body, today, actor):
        name, until = body["profile"], day_of(body["until"])
        self.speaks(body["organisation"], actor, today)
        need(today <= until <= today + datetime.timedelta(days=MOST_DAYS), "its last day is wrong")
        if name in self.profiles:
            need(self.owner(name) == self.registry.current(body["organisation"]), "the name is taken")
            self.stop(name)
        self.profiles[name] = body | {"until": until, "standing": "in_review"}
        bisect.insort(self.expiring, (until + datetime.timedelta(days=1), name))

    def owner(self, name):
        return self.registry.current(self.profiles[name]["organisation"])

    def review_profile(self, body, *_):
        one = self.profiles[body["profile"]]
        good = body["verdict"] == "published"
        need(one["standing"] == "in_review" or (one["standing"] == "published" and not good),
             "it does not wait for a review")
        need(good or body.get("reason"), "it is returned without a reason")
        one["standing"] = body["verdict"]

    def withdraw_profile(self, body, today, actor):
        one = self.profiles[body["profile"]]
        self.speaks(one["organisation"], actor, today)
        need(one["standing"] not in ("withdrawn", "expired"), "it is over")
        self.stop(body["profile"])
        one["standing"] = "withdrawn"

    def due(self, at):
        if not self.expiring or calendar_text.instant(f"{self.expiring[0][0]}T00:00:00.000Z") > at:
            return None
        return [("registry.profile_expired", self.profile_expired)]

    def profile_expired(self, e):
        _, name = self.expiring.pop(0)
        need(e == {"profile": name, "until": str(self.profiles[name]["until"])},
             "another profile expired")
        self.profiles[name]["standing"] = "expired"

    # --- Interest ---------------------------------------------------------------------------------

    def express_interest(self, body, today, actor):
        self.speaks(body["organisation"], actor, today)
        need(self.profiles[body["profile"]]["standing"] == "published", "it is not public")
        who = self.registry.current(body["organisation"])
        need(self.owner(body["profile"]) != who, "it is its own profile")
        need(body["interest"] not in self.interests, "the name is taken")
        for one in self.interests.values():
            same = one["profile"] == body["profile"] and \
                self.registry.current(one["organisation"]) == who
            need(not same or "answer" in one, "one waits for an answer already")
        self.interests[body["interest"]] = dict(body)

    def answer_interest(self, body, today, actor):
        one = self.interests[body["interest"]]
        self.speaks(self.profiles[one["profile"]]["organisation"], actor, today)
        need("answer" not in one, "it was answered")
        one["answer"] = body["answer"]

    def record_outcome(self, body, *_):
        one = self.interests[body["interest"]]
        need(one.get("answer") == "accepted", "it was not accepted")
        need(("link" in body) == (body["outcome"] == "link") and
             ("enterprise" in body) == (body["outcome"] == "enterprise"), "the outcome is unclear")
        if "link" in body:
            need(body["link"] in self.registry.links, "the link is not there")
        if "enterprise" in body:
            need(self.registry.held(body["enterprise"], "holders"), "it is no enterprise")
        one["outcome"] = body["outcome"]

    # --- Who could fit whom -----------------------------------------------------------------------

    def seeker(self, name):
        one, who = self.profiles[name], self.registry.organisations[self.owner(name)]
        around, at = [], who.get("place")
        while at is not None:
            around.append(at)
            at = self.registry.places[at].get("within")
        members = [self.registry.places[at]["member"] for at in around
                   if "member" in self.registry.places[at]]
        codes = {code["value"] for at in around for code in self.registry.places[at].get("codes", [])
                 if code["scheme"] == "iso-3166-2"}
        return {"profile": one, "around": around, "codes": codes,
                "member": members[0] if members else None,
                "works": set(one.get("sectors") or who.get("sectors", [])),
                "seeks": set(one.get("seeks", [])), "goods": one.get("headings", [])}

    def reasons(self, a, b, found):
        one, other = a["profile"], b["profile"]
        out = []
        if one["subject"] == other["subject"] and one["kind"] != other["kind"]:
            out.append("meets")
        if one["subject"] == other["subject"] == "cooperation":
            out.append("cooperation")
        meeting = len(out)
        shared = [("sought_sector", a["seeks"] & b["works"]), ("seeks_this", a["works"] & b["seeks"]),
                  ("same_sector", a["works"] & b["works"]),
                  ("same_heading", [1 for x in a["goods"] for y in b["goods"] if overlap(x, y)])]
        out += [name for name, on in shared if on]
        if not meeting or len(out) == meeting:
            return []
        if set(one.get("regions", [])) & set(b["around"]):
            out.append("region_wanted")
        if set(other.get("regions", [])) & set(a["around"]):
            out.append("region_wants")
        if any(self.registry.standing(link) in ("concluded", "active") and
               {link["a"].get("place"), link["b"].get("place")} & set(a["around"]) and
               {link["a"].get("place"), link["b"].get("place")} & set(b["around"])
               for link in self.registry.links.values()):
            out.append("regions_linked")
        goods = a["goods"] + b["goods"]
        for product, maker, partner in found:
            pair = (maker in a["codes"] and partner in b["codes"]) or \
                (maker in b["codes"] and partner in a["codes"])
            if pair and (not goods or any(overlap(x, product) for x in goods)):
                out.append("finding")
        return out

    def summary(self, found):
        public = [name for name, one in sorted(self.profiles.items())
                  if one["standing"] == "published"]
        seekers = {name: self.seeker(name) for name in self.profiles}
        fits = {}
        for name, here in sorted(seekers.items()):
            others = {other: self.reasons(here, seekers[other], found) for other in public
                      if other != name and here["member"] and seekers[other]["member"] and
                      here["member"] != seekers[other]["member"]}
            fits[name] = {other: why for other, why in others.items() if why}
        return {"profiles": {name: one["standing"] for name, one in sorted(self.profiles.items())},
                "fits": fits,
                "interests": {name: [one.get("answer"), one.get("outcome")]
                              for name, one in sorted(self.interests.items())}}
