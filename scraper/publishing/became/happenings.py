"""What moves the clock of a request, found in its messages and in what was read in them."""

from collections.abc import Iterator, Sequence
from datetime import date

from parsers.clock import AccessRegime
from parsers.clock.laws import REGULATIONS, ExtensionKind
from parsers.clock.records import Basis, Happening
from parsers.law.table import lookup
from parsers.letters.records import RELIED_ON
from scraper.publishing.became.basis import basis_of, day_of, day_of_message
from scraper.publishing.became.kinds import ANSWERS, answers_among, decisive
from scraper.publishing.request.placed import Placed
from scraper.publishing.request.readings import Fact, PublishedReading
from scraper.publishing.request.threads import Message

_OWN = frozenset({"procedural", "claimed_pending_pit", "relied_on", "relied_on_ncnd"})
"""Roles of a provision that the authority brings to bear on this request."""
_CLAIMED = frozenset({"claimed_pending_pit", "relied_on", "relied_on_ncnd"})
_PUBLIC_INTEREST = (("FOIA", "10(3)"), ("FOIA", "17(2)"))
_VOLUMINOUS = (("EIR", "7"), ("EISR", "7"))


def happenings(placed: Placed, *, received: date) -> Iterator[Happening]:
    """What happened, in the order of the thread."""
    first = True
    for message in placed.thread.messages:
        day = day_of_message(placed, message, after=received)
        own = placed.read_in(message)
        if message.direction == "outgoing":
            if not first and day:
                yield Happening(kind="requester_wrote", day=day, basis=basis_of(placed, message))
            first = False
        elif day:
            yield from _incoming(placed, message, own, day)


def _incoming(placed: Placed, message: Message, readings: Sequence[PublishedReading], day: date) -> Iterator[Happening]:
    if any(reading.kind == "bounce" for reading in readings):
        return
    answer = decisive(answers_among(readings))
    if answer is not None:
        yield Happening(kind="answered", day=day, basis=basis_of(placed, message, answer))
        return
    asks = next((one for one in readings if one.kind == "clarification" or one.kind in ANSWERS), None)
    fee = next((one for one in readings if one.kind == "fees_notice"), None)
    if asks is not None:
        number = _first(asks, (("FOIA", "1(3)"), ("FOISA", "1(3)"), ("EIR", "9"), ("EISR", "9")))
        basis = basis_of(placed, message, asks, citation=number)
        yield Happening(kind="clarification_asked", day=day, basis=basis)
    elif fee is not None:
        number = _first(fee, (("FOIA", "9"), ("FOISA", "9"), ("EIR", "8"), ("EISR", "8")))
        yield Happening(kind="fee_asked", day=day, basis=basis_of(placed, message, fee, citation=number))
    else:
        claims = [claim for reading in readings for claim in _more_time(placed, message, reading, day)]
        if claims:
            yield max(claims, key=lambda claim: (claim.exemption is not None, claim.ground is not None))


def _more_time(placed: Placed, message: Message, reading: PublishedReading, day: date) -> Iterator[Happening]:
    signal = next((n for n, fact in enumerate(reading.signals) if fact.told["name"] == "extended_until"), None)
    if reading.kind != "holding" and signal is None:
        return
    ground, cited = _ground(reading)
    named = _qualified(reading)
    if ground is None and signal is None and named is None:
        return
    number = named if named is not None else cited
    yield Happening(
        kind="more_time",
        day=day,
        basis=basis_of(placed, message, reading, citation=number, signal=signal),
        until=None if signal is None else day_of(reading.signals[signal].told["value"]),
        exemption=None if named is None else _name(reading.citations[named]),
        ground=ground,
    )


def _ground(reading: PublishedReading) -> tuple[ExtensionKind | None, int | None]:
    """The extension that a letter invokes, and the number of the citation by which it does."""
    number = _first(reading, _VOLUMINOUS)
    if number is not None:
        return "complex_and_voluminous", number
    number = _first(reading, _PUBLIC_INTEREST)
    if number is None:
        number = next(
            (n for n, fact in enumerate(reading.citations) if fact.told["role"] == "claimed_pending_pit"), None
        )
    return ("public_interest", number) if number is not None else (None, None)


def _first(reading: PublishedReading, wanted: Sequence[tuple[str, str]]) -> int | None:
    """The number of the first citation of one of these provisions, or a part of one, brought to bear."""
    for number, fact in enumerate(reading.citations):
        if fact.told["role"] in _OWN and any(_is_part(fact, *one) for one in wanted):
            return number
    return None


def _is_part(fact: Fact, regime: str, provision: str) -> bool:
    told: str = fact.told["provision"]
    return bool(fact.told["regime"] == regime) and (told == provision or told.startswith(f"{provision}("))


def _qualified(reading: PublishedReading) -> int | None:
    """The number of the first qualified exemption of FOIA that is claimed."""
    for number, fact in enumerate(reading.citations):
        if fact.told["role"] in _CLAIMED and fact.told["regime"] == "FOIA":
            row = lookup("FOIA", fact.told["provision"])
            if row is not None and row.test == "qualified":
                return number
    return None


def _name(fact: Fact) -> str:
    return f"{fact.told['regime']} {fact.told['provision']}"


def switched(placed: Placed, regime: AccessRegime) -> tuple[AccessRegime, date | None, Basis | None]:
    """The law under which the authority answers, and what says so where it is not the law asked under.

    The environmental regulations, where a letter up to the first answer says so, takes their extension, or relies on
    their exceptions alone, or names no provision but theirs as one by which it acts.
    """
    if regime in {"EIR", "EISR"}:
        return regime, None, None
    for message in placed.thread.messages:
        own = placed.read_in(message) if message.direction == "incoming" else ()
        for reading in own:
            found = _says_regulations(placed, message, reading)
            if found is not None:
                return REGULATIONS[regime], day_of_message(placed, message, after=None), found
        if answers_among(own):
            break
    return regime, None, None


def _says_regulations(placed: Placed, message: Message, reading: PublishedReading) -> Basis | None:
    signal = next((n for n, fact in enumerate(reading.signals) if fact.told["name"] == "regime_switched"), None)
    if signal is not None:
        return basis_of(placed, message, reading, signal=signal)
    number = _first(reading, _VOLUMINOUS)
    if number is None:
        own = [
            (n, fact) for n, fact in enumerate(reading.citations) if fact.told["role"] in _OWN and not _hands_over(fact)
        ]
        brought = [(n, fact) for n, fact in own if fact.told["role"] in RELIED_ON] or own
        if {fact.told["regime"] for _, fact in brought} <= {"EIR", "EISR"}:
            number = next((n for n, _ in brought), None)
    return None if number is None else basis_of(placed, message, reading, citation=number)


def _hands_over(fact: Fact) -> bool:
    """FOIA 39 and FOISA 39(2), which point to the regulations."""
    return (fact.told["regime"], fact.told["provision"].partition("(")[0]) in {("FOIA", "39"), ("FOISA", "39")}
