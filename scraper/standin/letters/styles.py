"""House styles: how a kind of body dates, numbers, greets, cites and lays out its letters."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from scraper.standin.data import table
from scraper.standin.dice import Dice
from scraper.standin.records import StandinAuthority

LAWS = {
    "FOIA": ("Freedom of Information Act 2000", "FOIA", "the Act"),
    "EIR": ("Environmental Information Regulations 2004", "EIR", "the Regulations"),
    "FOISA": ("Freedom of Information (Scotland) Act 2002", "FOISA", "the Act"),
    "EISR": ("Environmental Information (Scotland) Regulations 2004", "EISRs", "the Regulations"),
}
NOUNS = {
    "plain": ("section {}", "regulation {}"),
    "capital": ("Section {}", "Regulation {}"),
    "short": ("s.{}", "reg. {}"),
    "tight": ("s{}", "reg {}"),
    "spaced": ("Section {}", "Regulation {}"),
}
Layout = Literal["prose", "headed", "table", "annex"]


@dataclass(frozen=True, kw_only=True)
class Style:
    """One body's way of writing."""

    name: str
    body: str
    """What the body calls itself in a sentence: "the Council"."""
    noun: str
    layout: Layout
    reference_label: str
    reference_form: str
    date_form: Literal["long", "ordinal", "numeric", "weekday"]
    greeting: Literal["name", "sir", "first", "requester"]
    closing: str
    font: Literal["sans", "serif"]
    colour: str
    head: Literal["left", "right", "band", "centre"]
    phone: str
    address: tuple[str, ...]
    website: str
    cite_law: Literal["full", "short"]

    def cite(self, regime: str, provision: str, *, with_name: bool) -> str:
        """A provision in this body's form, such as ``s.40(2) FOIA``."""
        act = LAWS[regime]
        noun = NOUNS[self.noun][regime in {"EIR", "EISR"}]
        printed = provision.replace("(", " (", 1) if self.noun == "spaced" else provision
        cited = noun.format(printed)
        if not with_name:
            return cited
        if self.cite_law == "short":
            return f"{cited} {act[1]}" if self.noun in {"tight", "short"} else f"{cited} of the {act[1]}"
        return f"{cited} of the {act[0]}"

    def day(self, day: date) -> str:
        """A day in this body's form."""
        if self.date_form == "numeric":
            return day.strftime("%d/%m/%Y")
        if self.date_form == "weekday":
            return f"{day:%A} {day.day} {day:%B %Y}"
        if self.date_form == "ordinal":
            return f"{day.day}{ordinal(day.day)} {day:%B %Y}"
        return f"{day.day} {day:%B %Y}"

    def salutation(self, requester: str) -> str:
        """How the letter greets."""
        names = {
            "name": f"Dear {requester}",
            "first": f"Dear {requester.split(maxsplit=1)[0]}",
            "sir": "Dear Sir or Madam",
            "requester": "Dear requester",
        }
        return names[self.greeting]

    def subject_line(self, regime: str, title: str) -> str:
        """The bold line under the greeting."""
        law = LAWS[regime][0]
        return f"{law}: {title}" if self.layout != "prose" else f"Request for information – {title}"

    def reference(self, number: int, day: date) -> str:
        """A reference number as this body makes them."""
        return self.reference_form.format(n=number, y=day.year, yy=day.year % 100, m=day.month, d=day.day)


def ordinal(number: int) -> str:
    """``st``, ``nd``, ``rd`` or ``th``."""
    return "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


BODIES = {
    "department": "the Department",
    "agency": "the Agency",
    "council": "the Council",
    "parish": "the Council",
    "scottish_council": "the Council",
    "welsh_council": "the Council",
    "nhs": "the Trust",
    "ni_nhs": "the Trust",
    "scottish_nhs": "the Board",
    "police": "the Force",
    "university": "the University",
    "scottish_university": "the University",
    "school": "the School",
    "water": "the Company",
    "scottish_gov": "the Directorate",
    "ni": "the Department",
}
REFERENCES = {
    "department": ("FOI{y}/{n:05d}", "{yy:02d}{m:02d}{d:02d}{n:03d}", "IR-{n:06d}", "DFOI-{y}-{n}"),
    "council": ("FOI {n:05d}", "{n:06d}/FOI", "FOI-{y}-{n:04d}", "REQ{n:07d}", "RFI{n:05d}", "CAS-{n:06d}-{yy:02d}"),
    "nhs": ("FOI {yy:02d}-{n:04d}", "RFI/{y}/{n:03d}", "F{n:05d}", "FOI.{n:04d}.{yy:02d}"),
    "police": ("FOI {n:06d}/{yy:02d}", "{n:04d}/{y}", "01.FOI.{yy:02d}.{n:06d}"),
    "scottish": ("{y}00{n:06d}", "SFOI/{y}/{n:04d}", "FOISA-{n:05d}", "EF{n:05d}"),
    "other": ("IG-{n:04d}", "FOI/{yy:02d}/{n:03d}", "F{yy:02d}/{n:03d}", "INF{n:04d}"),
}
LABELS = ("Our ref:", "Our Ref:", "Reference:", "FOI reference number:", "Ref:", "Case reference:")
COLOURS = {
    "department": "#0b3d5c",
    "council": "#2b5d34",
    "nhs": "#1557a0",
    "police": "#12233f",
    "university": "#5b1f3c",
}


def style_of(authority: StandinAuthority, *, seed: int, street: str) -> Style:
    """The one style of a body; the same for all its letters."""
    dice = Dice(seed, "style", authority.url_name)
    kind = authority.kind
    family = next((name for name in ("council", "nhs", "university", "police") if name in kind), "department")
    forms = "scottish" if "scottish" in kind else family if family in REFERENCES else "other"
    place = dice.pick(table("names")["places"])
    return Style(
        name=kind,
        body=_self_name(authority),
        noun=dice.weighted({"plain": 6, "capital": 6, "short": 2, "tight": 2, "spaced": 1}),
        layout=dice.weighted(_layouts(family)),
        reference_label=dice.pick(LABELS),
        reference_form=dice.pick(REFERENCES[forms]),
        date_form=dice.weighted({"long": 7, "ordinal": 2, "numeric": 2, "weekday": 1}),
        greeting=dice.weighted({"name": 6, "sir": 2, "first": 2, "requester": 1}),
        closing=dice.pick(("Yours sincerely", "Yours sincerely", "Kind regards", "Yours faithfully")),
        font=dice.weighted({"sans": 3, "serif": 1}),
        colour=COLOURS[family],
        head=dice.pick(("left", "right", "band", "centre")),
        phone=f"01632 960{dice.between(100, 999)}",
        address=(f"{dice.between(1, 90)} {street}", place, f"ZZ{dice.between(1, 99)} {dice.between(1, 9)}QX"),
        website=f"www.{authority.domain}.example",
        cite_law=dice.weighted({"full": 2, "short": 1}),
    )


def _layouts(family: str) -> dict[Layout, float]:
    if family == "department":
        return {"annex": 5, "headed": 2, "prose": 1}
    if family == "police":
        return {"headed": 4, "annex": 2, "table": 1}
    return {"headed": 4, "prose": 4, "table": 3, "annex": 1}


def _self_name(authority: StandinAuthority) -> str:
    if authority.kind == "nhs" and ("Board" in authority.name):
        return "the Board"
    if authority.kind == "ni" and "Council" in authority.name:
        return "the Council"
    if authority.kind == "department" and authority.name.startswith(("Ministry", "Office", "Cabinet")):
        return "the Ministry" if authority.name.startswith("Ministry") else "the Office"
    return BODIES[authority.kind]
