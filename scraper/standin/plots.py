"""What becomes of requests: each plot lives one kind of request through, from the first message to the last label."""

from collections.abc import Callable

from scraper.standin.data import table
from scraper.standin.dice import Dice
from scraper.standin.files import XLSX, FileSpec, csv_bytes, delivery_status, text_bytes, xlsx_bytes
from scraper.standin.letters import decisions, process, refusals, review
from scraper.standin.letters.draft import Case, Letter
from scraper.standin.letters.requester import COMMENTS, chaser, clarified, first_request, quoted, review_request
from scraper.standin.records import LetterTruth
from scraper.standin.thread import Thread


def begin(thread: Thread) -> None:
    """The first message, and in many threads an acknowledgement."""
    thread.officer = thread.dice.pick(table("names")["officers"])
    text = _first_words(thread, thread.dice)
    if thread.plan.together:  # in the same words to each body; the dice above are thrown as for any other request
        text = _first_words(thread, Dice(thread.seed, thread.plan.together))
    thread.write(text, event_type="sent")
    roll = thread.dice.fraction()
    if roll < 0.22:
        _automatic(thread)
    elif roll < 0.5:
        thread.later(1, 3)
        thread.answer(process.acknowledgement, carrier="body")
        thread.later(0, 2)
        thread.describe("waiting_response")


def _first_words(thread: Thread, dice: Dice) -> str:
    plan = thread.plan
    return first_request(dice, body=plan.authority.name, name=thread.author, items=plan.topic.items, law=thread.law)


def _automatic(thread: Thread) -> None:
    thread.later(0)
    truth = LetterTruth(kind="auto_reply", outcome="acknowledgement", letter_date=None)
    thread.receive(process.auto_reply(thread.case()), truth=truth)
    thread.later(0, 2)
    thread.describe("waiting_response")


def answered(write: Callable[[Case], Letter], state: str, *, data: float = 0.0) -> Callable[[Thread], None]:
    """A plot with one answer and one label."""

    def plot(thread: Thread) -> None:
        begin(thread)
        _wait_for_answer(thread)
        thread.answer(write, files=_data_file(thread) if thread.dice.chance(data) else ())
        close(thread, state)

    return plot


def _wait_for_answer(thread: Thread) -> None:
    """Most answers come in time, some late, and a late one is sometimes chased."""
    if thread.dice.chance(0.8):
        thread.later(5, 19)
        return
    thread.later(22, 30)
    thread.event("overdue")
    if thread.dice.chance(0.5):
        thread.write(chaser(thread.dice, body=thread.plan.authority.name, name=thread.author, asked=thread.asked))
    thread.later(3, 25)


def _data_file(thread: Thread) -> list[FileSpec]:
    year = thread.asked.year - 1
    if thread.dice.chance(0.4):
        return [
            FileSpec(
                name=f"Figures {year}.csv", media_type="text/csv", make=csv_bytes(thread.seed, thread.id, year=year)
            )
        ]
    return [FileSpec(name=f"Annex A {year}.xlsx", media_type=XLSX, make=xlsx_bytes(thread.seed, thread.id, year=year))]


def close(thread: Thread, state: str) -> None:
    """A label is given, and now and then somebody has a word to add."""
    thread.later(1, 9)
    thread.describe(state)
    if thread.dice.chance(0.12):
        thread.later(1, 40)
        thread.comment(thread.dice.pick(COMMENTS), thread.passer_by)


def _reviewed(write: Callable[[Case], Letter], *, stands: bool | None) -> Callable[[Thread], None]:
    """A refusal, a request for review and (unless ``stands`` is ``None``) its outcome."""

    def plot(thread: Thread) -> None:
        begin(thread)
        _wait_for_answer(thread)
        first = thread.answer(write)
        refused = "not_held" if first.outcome == "not_held" else "rejected"
        thread.later(1, 5)
        thread.describe(refused if first.outcome != "disclosed_part" else "partially_successful")
        thread.later(3, 20)
        _ask_for_review(thread, first)
        if stands is None:
            return
        thread.later(12, 39)
        reviewer = thread.dice.pick(table("names")["reviewers"])
        outcome = review.upheld if stands else review.overturned
        thread.answer(
            lambda case: outcome(case, first, reviewer), author=f"Internal Review, {thread.plan.authority.name}"
        )
        close(thread, refused if stands else thread.dice.pick(("successful", "partially_successful")))

    return plot


def _ask_for_review(thread: Thread, first: LetterTruth) -> None:
    cited = thread.style.cite(*first.relied_on[0], with_name=False) if first.relied_on else None
    thread.write(
        review_request(
            thread.dice,
            body=thread.plan.authority.name,
            name=thread.author,
            title=thread.title,
            slug=thread.slug,
            cited=cited,
        ),
        state="internal_review",
    )


def held_up(thread: Thread) -> None:
    """A holding letter, then the decision."""
    begin(thread)
    thread.later(15, 20)
    thread.answer(process.holding)
    thread.later(0, 3)
    thread.describe("waiting_response")
    thread.later(14, 22)
    first = thread.answer(thread.dice.pick((decisions.withheld, decisions.part)))
    close(thread, "rejected" if first.outcome == "withheld" else "partially_successful")


def clarified_then_answered(thread: Thread) -> None:
    """The authority asks what is meant, is told, and answers below the quoted question."""
    begin(thread)
    thread.later(2, 12)
    thread.answer(process.clarification, carrier="body")
    thread.later(1, 4)
    thread.describe("waiting_clarification")
    text = clarified(thread.dice, body=thread.plan.authority.name, name=thread.author)
    thread.write(text, state="waiting_response")
    thread.asked, asked = thread.day, thread.asked
    thread.later(8, 20)
    quotation = quoted(thread.author, thread.asked, text)
    thread.asked = asked
    thread.answer(thread.dice.pick((decisions.disclosed, decisions.part)), carrier="body", quoted=quotation)
    close(thread, "partially_successful")


def waiting_for_clarification(thread: Thread) -> None:
    """The authority asks what is meant and hears no more."""
    begin(thread)
    thread.later(2, 12)
    thread.answer(process.clarification, carrier="body")
    thread.later(1, 4)
    thread.describe("waiting_clarification")


def passed_on(thread: Thread) -> None:
    """Another body holds it."""
    begin(thread)
    thread.later(3, 15)
    to = thread.dice.pick(
        ("Larkshire Combined Authority", "the Northern Records Trust", "the parish clerk at Great Yarrow")
    )
    thread.answer(lambda case: refusals.transferred(case, to=to))
    close(thread, "not_held")


def silence(thread: Thread) -> None:
    """No answer ever comes."""
    begin(thread)


def awaiting_label(thread: Thread) -> None:
    """An answer has come and nobody has said what it is."""
    begin(thread)
    thread.later(8, 22)
    thread.answer(thread.dice.pick((decisions.disclosed, decisions.part, refusals.cost_limit)))


def bounced(thread: Thread) -> None:
    """The mail could not be delivered."""
    thread.officer = "Postmaster"
    text = first_request(
        thread.dice, body=thread.plan.authority.name, name=thread.author, items=thread.plan.topic.items, law=thread.law
    )
    thread.write(text, event_type="sent")
    thread.later(0)
    address = f"foi@{thread.plan.authority.domain}.example"
    thread.receive(
        process.bounce(thread.case()),
        truth=LetterTruth(kind="bounce", outcome="other", letter_date=None),
        author="Mail Delivery System",
        files=(
            FileSpec(
                name="attachment.delivery status",
                media_type="message/delivery-status",
                make=delivery_status(address),
                delivery_note="DSN: 5.1.1 Bad destination mailbox address",
            ),
            FileSpec(name="Original message.txt", media_type="text/plain", make=text_bytes(text)),
        ),
    )
    thread.later(1, 3)
    thread.describe("error_message")


def by_post(thread: Thread) -> None:
    """The answer goes by post."""
    begin(thread)
    thread.later(5, 18)
    thread.answer(process.postal, carrier="body")
    close(thread, "gone_postal")


def for_a_fee(thread: Thread) -> None:
    """A charge is asked for, and the requester gives up."""
    begin(thread)
    thread.later(5, 18)
    thread.answer(process.fees_notice)
    close(thread, "user_withdrawn")


PLOTS: dict[str, Callable[[Thread], None]] = {
    "disclosed": answered(decisions.disclosed, "successful", data=0.5),
    "part": answered(decisions.part, "partially_successful", data=0.3),
    "withheld": answered(decisions.withheld, "rejected"),
    "not_held": answered(refusals.not_held, "not_held"),
    "cost_limit": answered(refusals.cost_limit, "rejected"),
    "accessible": answered(decisions.accessible, "rejected"),
    "vexatious": answered(refusals.vexatious, "rejected"),
    "repeated": answered(refusals.repeated, "rejected"),
    "ncnd": answered(refusals.neither_confirm_nor_deny, "rejected"),
    "withheld_upheld": _reviewed(decisions.withheld, stands=True),
    "withheld_overturned": _reviewed(decisions.withheld, stands=False),
    "part_upheld": _reviewed(decisions.part, stands=True),
    "cost_upheld": _reviewed(refusals.cost_limit, stands=True),
    "not_held_overturned": _reviewed(refusals.not_held, stands=False),
    "review_open": _reviewed(decisions.withheld, stands=None),
    "held_up": held_up,
    "clarified": clarified_then_answered,
    "clarification": waiting_for_clarification,
    "passed_on": passed_on,
    "silence": silence,
    "fresh": silence,
    "overdue": silence,
    "awaiting_label": awaiting_label,
    "bounced": bounced,
    "by_post": by_post,
    "for_a_fee": for_a_fee,
}
WEIGHTS = {
    "disclosed": 23, "part": 17, "withheld": 7, "not_held": 9, "cost_limit": 9, "accessible": 3, "vexatious": 2,
    "repeated": 1, "ncnd": 4, "withheld_upheld": 4, "withheld_overturned": 2, "part_upheld": 2, "cost_upheld": 2,
    "not_held_overturned": 1, "review_open": 1.5, "held_up": 3, "clarified": 3, "clarification": 2, "passed_on": 2,
    "silence": 3, "fresh": 1.5, "overdue": 1, "awaiting_label": 3, "bounced": 1, "by_post": 0.7, "for_a_fee": 0.8,
}  # fmt: skip
"""How common each plot is."""
SPANS = {"fresh": (1, 24), "overdue": (32, 52), "review_open": (60, 130)}
"""How many days before today such a request was made; all others have had time to end."""
