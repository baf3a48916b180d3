"""Sealed texts: what was sealed, and that nobody opens or destroys one alone. A disclosure is checked
against the commitment that stood on the journal before anybody could know the text."""

import base64
import hashlib

from assembly import equal_fields

PREFIX = b"veche/sealed/v1\0"


class Sealed:
    def __init__(self):
        self.texts = {}

    def keep(self, paper, bodies):
        """What must follow from an act that seals a paper in a session of these bodies."""
        origin = {"kind": "assembly.paper", "name": paper["paper"], "of": paper["session"]}
        if "item" in paper:
            origin["part"] = paper["item"]
        return self.keep_text(paper, bodies, origin)

    def keep_item(self, item, bodies):
        """The same of an internal item."""
        return self.keep_text(item, bodies, {"kind": "assembly.item", "name": item["item"],
                                             "of": item["session"]})

    def keep_text(self, act, bodies, origin):
        seal = act["sealed"]
        if seal["commit"] in self.texts or len(base64.b16decode(seal["commit"].upper())) != 32:
            raise ValueError("the seal is not new, or not one")
        if any(t["subject"] == seal["subject"] for t in self.texts.values()):
            raise ValueError("another text stands under this pseudonym")
        self.texts[seal["commit"]] = {"subject": seal["subject"], "proposal": None, "over": False}
        return [("sealed.text_kept", lambda e: equal_fields(e, {
            "sealed": seal, "bodies": bodies, "from": origin, "title": act["title"]}))]

    def act(self, name, body, actor, seq):
        text = self.texts[body["sealed"]]
        if text["over"]:
            raise ValueError("the text was published or destroyed before")
        verb, _, what = name.partition("_")
        if verb == "propose":
            if text["proposal"]:
                raise ValueError("a proposal is open already")
            text["proposal"] = (what, actor, seq)
        elif not text["proposal"]:
            raise ValueError("nobody proposed this")
        elif verb == "withdraw":
            text["proposal"] = None
        else:
            return self.confirm(text, what, body, actor)
        return None

    def confirm(self, text, what, body, actor):
        proposed, by, at = text["proposal"]
        if proposed != what:
            raise ValueError(f"a {proposed} was proposed, not a {what}")
        if by == actor:
            raise ValueError("one person alone proposed and confirmed")
        text["over"] = True
        follows = {"sealed": body["sealed"], "proposed": at}
        if what == "shredding":
            return [("sealed.shredded",
                     lambda e: equal_fields(e, {**follows, "subject": text["subject"]}))]
        said = body["text"].encode()
        salt = base64.b64decode(body["salt"], validate=True)
        if hashlib.sha256(PREFIX + salt + said).hexdigest() != body["sealed"]:
            raise ValueError("the disclosed text is not what was sealed")
        return [("sealed.disclosed",
                 lambda e: equal_fields(e, {**follows, "sha256": hashlib.sha256(said).hexdigest()}))]
