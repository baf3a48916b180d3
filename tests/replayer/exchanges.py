"""Exchanges: seasons with sites, and who took part by pseudonym. Counts are made here from the
reports alone; who holds a place of a call is asked of the calls."""

import datetime
import re

ACTS = {"record_exchange", "record_season", "report_season"}
PSEUDONYM = re.compile(r"[0-9a-f]{16,64}")


def need(holds, what):
    if not holds:
        raise ValueError(what)


def day_of(text):
    return datetime.date.fromisoformat(text)


class Exchanges:
    def __init__(self, registry):
        self.registry, self.known = registry, {}

    def act(self, name, body, today):
        getattr(self, name)(body, today)

    def record_exchange(self, body, _):
        before = self.known.get(body["exchange"])
        need(not before or body.get("reason"), "it is corrected without a reason")
        if "link" in body:
            need(body["link"] in self.registry.links, "its link is not there")
        seasons = before["seasons"] if before else {}
        self.known[body["exchange"]] = {"asked": body, "seasons": seasons}

    def record_season(self, body, _):
        seasons = self.known[body["exchange"]]["seasons"]
        before = seasons.get(body["season"])
        need(not before or body.get("reason"), "it is corrected without a reason")
        need(body["from"] <= body["until"], "it runs backwards")
        sites = [one["site"] for one in body["sites"]]
        need(sites and len(set(sites)) == len(sites), "its sites are unclear")
        for one in body["sites"]:
            need("merged_into" not in self.registry.organisations[one["host"]], "a host was merged")
        parts = before["parts"] if before else []
        need(all(who["site"] in sites for part in parts for who in part), "a site is in use")
        seasons[body["season"]] = {"asked": body, "parts": parts}

    def report_season(self, body, today):
        season = self.known[body["exchange"]]["seasons"][body["season"]]
        asked, parts = season["asked"], season["parts"]
        who, nobody = body.get("participants", []), body.get("nobody", False)
        need(bool(who) != nobody, "a report is unclear")
        need(str(today) >= asked["from"] and not (nobody and str(today) <= asked["until"]),
             "the season is still to come")
        at = body.get("part", 1)
        need(1 <= at <= len(parts) + 1, "a part is out of order")
        need(at > len(parts) or body.get("reason"), "a part is corrected without a reason")
        need(not nobody or (at == 1 and len(parts) <= 1), "nobody came, in one part")
        need(at == 1 or parts[0], "nobody came, in one part")
        length = (day_of(asked["until"]) - day_of(asked["from"])).days + 1
        for one in who:
            need(PSEUDONYM.fullmatch(one["person"]) or "call" in asked, "that is no pseudonym")
            need(one["site"] in {site["site"] for site in asked["sites"]}, "the site is not there")
            need(1 <= one["days"] <= length, "a stay is longer than the season")
        others = [one["person"] for number, part in enumerate(parts, 1) if number != at
                  for one in part]
        all_here = others + [one["person"] for one in who]
        need(len(set(all_here)) == len(all_here), "a pseudonym is counted twice")
        parts[at - 1:at] = [who]

    def summary(self, holders):
        """`holders`: numbers of those who hold a place of a call."""
        shown = {}
        for name, one in sorted(self.known.items()):
            seasons, before, people = {}, set(), set()
            for season, told in sorted(one["seasons"].items(),
                                       key=lambda pair: pair[1]["asked"]["from"]):
                who = [person for part in told["parts"] for person in part]
                here = {person["person"] for person in who}
                reported = bool(told["parts"])
                seasons[season] = {
                    "people": len(here) if reported else None,
                    "days": sum(person["days"] for person in who) if reported else None,
                    "again": len(here & before) if reported else None,
                    "from_call": len(here & set(holders(told["asked"]["call"])))
                    if "call" in told["asked"] and told["parts"] else None}
                before |= here
                people |= here
            shown[name] = {"people": len(people), "seasons": seasons}
        return shown
