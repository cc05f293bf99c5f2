"""How the request came out, in the vocabulary of the outcomes, with the words that show it.

The rules, as careful readers apply them:

* **disclosed_full**: everything asked for is given, by enclosure, by an answer beside each question, or by a statement.
  That there are none, that the body has no such policy, post or plan, is an answer: nothing is missing.
* **disclosed_part**: something is given, and something is refused under any ground, not held, not recorded, masked for
  small numbers, or left to a public source. A refusal of the rest need name no provision.
* **withheld**: nothing is given and at least one ground is an exemption; a part that is neither confirmed nor denied
  beside a part that is refused is withheld too. What comes with the refusal (reasons, rights, a link) is no gift.
* **ncnd**, **cost_limit**, **vexatious_or_repeat**, **accessible_elsewhere**: nothing is given and the grounds are of
  that sort alone; section 21 beside cost or section 14 does not change them. EIR 12(4)(b) is
  vexatious where the letter says so, cost_limit where it estimates the hours, and else an exception like others.
* **not_held**: nothing is given since nothing is held, under EIR 12(4)(a) or FOISA 17 or none. Where the only answer is
  that the body has not the thing asked about, nothing is held; beside other answers it is a fact.
* **review_overturned**: a review after which anything more is given or a fault of substance or of time is found;
  **review_upheld**: nothing changes, even if another ground takes the place of the first.
* **other**: a reply put off, a fees notice, a message that only brings a letter along, a body outside the law.

The evidence is gathered piece by piece (``given``, ``declared``, ``pleas``, the citations) and put together here.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from parsers.law.table import lookup
from parsers.letters.outcomes import outcome_words as words
from parsers.letters.outcomes.body import body
from parsers.letters.outcomes.declared import declared
from parsers.letters.outcomes.given import amount_stated, answered, first_gift, first_refusal, stated
from parsers.letters.outcomes.goes_on import asks_on, goes_on
from parsers.letters.outcomes.kinds import Stance
from parsers.letters.outcomes.pleas import unnumbered
from parsers.letters.records import RELIED_ON, Citation, Evidence, Outcome
from parsers.letters.roles.roles import NOT_HELD, STAMP
from parsers.letters.text.clean import Letter
from parsers.letters.text.layout import Layout
from parsers.letters.text.phrases import Phrases, Words

Found = tuple[Outcome, Evidence | None]


def find_outcome(
    letter: Letter, layout: Layout, stance: Stance, citations: Sequence[Citation], own: Words, decided: int
) -> Found:
    """The outcome of a letter, and the words it rests on where it rests on words.

    ``decided`` is where the last refusal of the letter ends.
    """
    if not own.text.strip():
        return "other", None
    shown = letter.evidence(*stance.words) if stance.words else None
    if stance.bearing == "review":
        return _review(letter, own, shown)
    if stance.bearing == "holding" and grounds_of(citations) and (sent := first_gift(own, layout)):
        return "disclosed_part", letter.evidence(*sent)
    if stance.bearing != "answer":
        return _BY_BEARING[stance.bearing], shown
    return _answer(letter, layout, citations, own, decided)


_BY_BEARING: Mapping[str, Outcome] = {
    "acknowledgement": "acknowledgement",
    "auto_reply": "acknowledgement",
    "clarification": "clarification",
    "transfer": "transferred",
    "holding": "other",
    "fees_notice": "other",
    "bounce": "other",
    "cover": "other",
}


def _first(phrases: Phrases, own: Words, layout: Layout) -> re.Match[str] | None:
    """The first words that give something now, in a sentence that does not take it back or put it off."""
    for match in phrases.finditer(own):
        start, end = layout.sentence(match.start(), match.end())
        later = words.NOT_NOW.search(own, max(start, match.start() - 200), min(end, match.end() + 100))
        if not (later or _NOT.search(own.text, max(start, match.start() - 30), match.start())):
            return match
    return None


def _review(letter: Letter, own: Words, shown: Evidence | None) -> Found:
    overturned = next((each for each in words.OVERTURNS.finditer(own) if not _denied(own, each)), None)
    if overturned is not None:
        return "review_overturned", letter.evidence(*overturned.span())
    fault = words.FAULTS.search(own)
    if fault is not None and words.STAYS.search(own) is None:
        return "review_overturned", letter.evidence(*fault.span())
    upheld = words.UPHOLDS.search(own)
    return "review_upheld", letter.evidence(*upheld.span()) if upheld else shown


def _denied(own: Words, found: re.Match[str]) -> bool:
    """Whether a negation stands in front of words, or among them."""
    return " not " in found[0] or _NOT.search(own.text, max(0, found.start() - 30), found.start()) is not None


_NOT = re.compile(r"\b(?:not|cannot|nor|never|neither|unable to|no reason to)[ \n](?:[a-z]+[ \n]){0,2}$|n't[ ]$")


def _answer(letter: Letter, layout: Layout, citations: Sequence[Citation], own: Words, decided: int) -> Found:
    relied = grounds_of(citations)
    said = declared(own, layout, grounded=bool(relied))
    if not relied:
        return (said[0], letter.evidence(*said[1].span())) if said else _without_grounds(letter, layout, own)
    grounds = frozenset(_grounds(relied, own, layout))
    words_of = relied[0].evidence
    if grounds <= _WHOLLY_VEXATIOUS and grounds & {"vexatious", "repeat"}:
        return "vexatious_or_repeat", words_of
    if said:
        return said[0], letter.evidence(*said[1].span())
    if _gift(own, layout) or (grounds == {"accessible"} and _plainly(words.HARD_GAPS, own, layout)):
        return "disclosed_part", words_of
    return _refused(grounds, own, decided, stamped=any(citation.role_rule == STAMP for citation in relied)), words_of


_WHOLLY_VEXATIOUS = frozenset({"vexatious", "repeat", "accessible", "cost_limit"})


def _refused(grounds: frozenset[str], own: Words, decided: int, *, stamped: bool) -> Outcome:
    """The outcome of a refusal beside which nothing given was found: by its grounds, unless it goes on to answer."""
    fits = (each for kinds, each in _ALONE if grounds <= kinds and (each != "cost_limit" or each in grounds))
    alone = None if asks_on(own.text, decided) else next(fits, None)
    if alone is not None:
        return alone
    return "disclosed_part" if stamped or _partial(own) or goes_on(own.text, decided) else "withheld"


def _gift(own: Words, layout: Layout) -> tuple[int, int] | None:
    """What a letter that refuses something gives all the same."""
    return first_gift(own, layout) or answered(own) or stated(own, layout, first_refusal(own))


_ALONE: tuple[tuple[frozenset[str], Outcome], ...] = (
    (frozenset({"ncnd"}), "ncnd"),
    (frozenset({"not_held"}), "not_held"),
    (frozenset({"accessible"}), "accessible_elsewhere"),
    (frozenset({"cost_limit", "accessible", "ncnd"}), "cost_limit"),
)


_SAYS_NOTHING = 50
"""Words below which a letter that gives, refuses and misses nothing is no answer."""


def _without_grounds(letter: Letter, layout: Layout, own: Words) -> Found:
    outside = words.NO_AUTHORITY.search(own)
    if outside is not None:
        return "other", letter.evidence(*outside.span())
    gift = first_gift(own, layout) or answered(own)
    refused = unnumbered(own, layout)
    if refused is not None:
        outcome, span = refused
        partial = gift or _partial(own)
        return "disclosed_part" if partial else outcome, letter.evidence(*span)
    return _freely(letter, layout, own, gift)


def _freely(letter: Letter, layout: Layout, own: Words, gift: tuple[int, int] | None) -> Found:
    """The outcome of an answer that refuses nothing: all, a part, nothing held, or told where to look."""
    answers = _first(words.ANSWERS, own, layout)
    none_held = _plainly(words.NONE_HELD, own, layout)
    missing = none_held or _plainly(words.NOT_HELD, own, layout)
    gap = missing or _plainly(words.GAPS, own, layout)
    given = gift or amount_stated(own, layout, len(own.text))
    little = answers is None or len(own.text.split()) < _LITTLE
    if missing is not None and given is None and (none_held or little):
        return "not_held", letter.evidence(*missing.span())
    if gap is not None:
        return "disclosed_part", letter.evidence(*gap.span())
    if given is None and stated(own, layout, len(own.text)) is None:
        return _bare(letter, layout, own, answers)
    shown = gift or (answers.span() if answers else None)
    return "disclosed_full", letter.evidence(*shown) if shown else None


def _bare(letter: Letter, layout: Layout, own: Words, answers: re.Match[str] | None) -> Found:
    """The outcome of an answer in which nothing given was found: it may lack the thing, point elsewhere, or say
    nothing of the request."""
    lacking = _plainly(words.LACKS, own, layout)
    if lacking is not None:
        return "not_held", letter.evidence(*lacking.span())
    elsewhere = None if answers else _first(words.PUBLISHED, own, layout)
    if elsewhere is not None:
        return "accessible_elsewhere", letter.evidence(*elsewhere.span())
    if (
        answers is None
        and len(own.text.split()) < _SAYS_NOTHING
        and not (_COUNTS.search(own) or words.LISTS.search(own.text, *body(own)))
    ):
        return "other", None
    return "disclosed_full", letter.evidence(*answers.span()) if answers else None


_LITTLE = 200
"""Words up to which an answer that says that it misses something has hardly given anything."""


def _partial(own: Words) -> bool:
    """Whether only a part is kept back, and not merely might be one day."""
    return any(not _MAYBE.search(own, found.end(), found.end() + 60) for found in words.PARTIAL.finditer(own))


_MAYBE = Phrases("may|might|could|would")
_COUNTS = Phrases("there is|are|was|were|have|has", "the number|total|cost", "yes|none|nil|nothing", "no {4} was|were")


def _plainly(phrases: Phrases, own: Words, layout: Layout) -> re.Match[str] | None:
    """The first match that is not about the form of the information only, and not the requester's condition."""
    for match in phrases.finditer(own):
        if words.NOT_ALL.search(match[0]):
            continue
        start, end = layout.sentence(match.start(), match.end())
        form = words.FORMAT.search(own, max(start, match.start() - 200), min(end, match.end() + 120))
        if form and " cop" not in match[0]:
            continue
        if not _CONDITION.search(own.text, max(start, match.start() - 40), match.start()):
            return match
    return None


_CONDITION = re.compile(r"\b(?:if|please(?! note| be advised)|where|whether|should)\b[^.;:\n]{0,40}$")


def grounds_of(citations: Sequence[Citation]) -> list[Citation]:
    """The citations on which an answer refuses: those relied on that do more than hand a request over to the
    environmental regulations, under which it is then answered."""
    return [citation for citation in citations if citation.role in RELIED_ON and not _hands_over(citation)]


def _hands_over(citation: Citation) -> bool:
    return (citation.regime == "FOIA" and _section(citation) == "39") or (
        citation.regime == "FOISA" and citation.provision.startswith("39(2)")
    )


_ACCESSIBLE = frozenset({("FOIA", "21"), ("FOISA", "25"), ("EIR", "6"), ("EISR", "6")})
_UNREASONABLE = frozenset({("EIR", "12(4)(b)"), ("EISR", "10(4)(b)")})
_ESTIMATED = Phrases("take|taking|spend|estimate|estimated {8} hours|hrs|days|weeks")
_VEXATIOUS = Phrases("vexatious", "harass*", "obsessive")


def _grounds(relied: Sequence[Citation], own: Words, layout: Layout) -> Iterator[str]:
    """The sorts of grounds; a limb that only exempts beside one that is silent is silent too, unless something is
    confirmed."""
    confirmed = _plainly(words.CONFIRMS, own, layout) is not None
    silent = {_section(citation) for citation in relied if citation.role == "relied_on_ncnd"}
    whole = _secret(relied) and not confirmed
    for citation in relied:
        section = _section(citation)
        if section == "12" and citation.regime in {"FOIA", "FOISA"}:
            yield "cost_limit"
            continue
        quiet = whole or (section in silent and (not confirmed or citation.provision == section))
        yield "ncnd" if quiet or citation.role == "relied_on_ncnd" else _ground(citation, own)


def _secret(relied: Sequence[Citation]) -> bool:
    """Whether a Scottish answer is silent: section 18 stands with the exemption that would apply if it were held."""
    return any(citation.regime == "FOISA" and _section(citation) == "18" for citation in relied)


def _ground(citation: Citation, own: Words) -> str:
    """The sort of ground relied on, as far as outcomes tell them apart.

    A request can be manifestly unreasonable for what it costs or for what drives it; the letter says which. Only an
    estimate in hours or days is like a limit of cost, which the environmental regulations do not have.
    """
    section = _section(citation)
    if (citation.regime, section) in _ACCESSIBLE:
        return "accessible"
    if (citation.regime, citation.provision) in _UNREASONABLE:
        return "vexatious" if _VEXATIOUS.search(own) else "cost_limit" if _ESTIMATED.search(own) else "withheld"
    if (citation.regime, citation.provision) in NOT_HELD:
        return "not_held"
    row = lookup(citation.regime, citation.provision)
    return row.kind if row else "other"


def _section(citation: Citation) -> str:
    return citation.provision.split("(", maxsplit=1)[0]
