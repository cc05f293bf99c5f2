"""Threads with something odd in the middle: hidden messages, folds, errors, events of every type."""

from datetime import timedelta

from scraper.standin.calendar import at
from scraper.standin.files import FileSpec, text_bytes
from scraper.standin.letters import decisions, process
from scraper.standin.letters.requester import quoted
from scraper.standin.plots import answered, begin, close
from scraper.standin.records import LetterTruth
from scraper.standin.thread import Thread

OTHER = LetterTruth(kind="other", outcome="other", letter_date=None)
REASON = "It gave the address of a resident."


def partly_hidden(thread: Thread) -> None:
    """Messages and files that a visitor may not see, between others that they may."""
    begin(thread)
    thread.later(2, 4)
    first = thread.receive(
        "The names of the complainants are below.", truth=OTHER, prominence="hidden", prominence_reason=REASON
    )
    thread.event("edit_incoming", message=first, changed=("prominence",))
    thread.later(1, 2)
    thread.receive("Here is your own file.", truth=OTHER, prominence="requester_only")
    thread.later(3, 6)
    text = text_bytes("Nothing here is secret.\r\n")
    files = (
        FileSpec(name="Notes.txt", media_type="text/plain", make=text),
        FileSpec(name="Residents.txt", media_type="text/plain", make=text, state="hidden", reason=REASON),
        FileSpec(name="Old plan.pdf", media_type="application/pdf", make=text, state="erased"),
        FileSpec(name="Your file.txt", media_type="text/plain", make=text, state="requester_only"),
    )
    thread.answer(decisions.part, carrier="pdf", files=files)
    thread.later(1, 3)
    bad = thread.write("You are all crooks.", prominence="hidden", prominence_reason="It insulted an officer.")
    thread.event("edit_outgoing", message=bad, changed=("prominence",))
    thread.later(1, 2)
    thread.write(f"Dear {thread.plan.authority.name},\n\nThank you for this.\n\nYours faithfully,\n\n{thread.author}")
    thread.later(1, 2)
    thread.describe("partially_successful")


def folded(thread: Thread) -> None:
    """Answers written above earlier messages, and one that has an answer below the quotation."""
    begin(thread)
    asked = thread.events[0].message
    original = asked.stretches[0][0] if asked else ""
    thread.later(2, 5)
    thread.answer(process.clarification, carrier="body", quoted=quoted(thread.author, thread.asked, original))
    thread.later(1, 3)
    answer = "I mean the whole of the borough."
    thread.write(answer, state="waiting_response")
    thread.later(6, 15)
    thread.answer(decisions.part, carrier="body", quoted=quoted(thread.author, thread.day, f"{answer}\n\n> {original}"))
    thread.later(1, 4)
    thread.describe("partially_successful")


def hidden_comment(thread: Thread) -> None:
    """One annotation that stays and one that was taken down: only its events show that it was there."""
    answered(decisions.disclosed, "successful")(thread)
    thread.later(1, 9)
    thread.comment(
        (
            "Thanks for asking this.\n\nThe figures for the year before are at "
            "https://www.ambleford.example/open-data/spending/archive."
        ),
        thread.passer_by,
    )
    thread.later(1, 9)
    rude = thread.comment("The officer who signed this lives at 4 Corn Hill.", thread.passer_by, visible=False)
    thread.later(1, 2)
    thread.event("report_comment", comment=rude)
    thread.event("hide_comment", comment=rude, changed=("visible",))


def hidden_main_part(thread: Thread) -> None:
    """The words of a message are hidden and its file is not."""
    begin(thread)
    thread.later(5, 15)
    note = FileSpec(name="Summary.txt", media_type="text/plain", make=text_bytes("A summary.\r\n"))
    thread.receive("The full names follow.", truth=OTHER, files=(note,), main_part_hidden=REASON)
    close(thread, "partially_successful")


def resent(thread: Thread) -> None:
    """Sent again to a new address: the short note has the same id as the first block (3.3)."""
    begin(thread)
    sent = thread.events[0].message
    thread.later(3, 8)
    thread.event("resent", described_state="waiting_response", message=sent)
    thread.event("edit", changed=("allow_new_responses_from",))
    thread.event("move_request", changed=("public_body_url_name",))
    thread.later(8, 15)
    thread.answer(decisions.disclosed)
    close(thread, "successful")


def send_error(thread: Thread) -> None:
    """The site could not send it: the page shows the message twice."""
    begin(thread)
    sent = thread.events[0].message
    thread.moment += timedelta(minutes=1)
    thread.event("send_error", described_state="error_message", message=sent)
    thread.state, thread.awaiting = "error_message", False


def redacted(thread: Thread) -> None:
    """Marks of every kind that the site puts in place of words (2.8)."""
    begin(thread)
    thread.later(5, 15)
    text = (
        "Dear [name removed],\n\nYour letter to [Personally Identifiable Information removed] has reached us at "
        f"[FOI #{thread.id} email]. Write to [{thread.plan.authority.name} request email] or to Jo at "
        f"jo.bloggs@{thread.plan.authority.domain}.example, or ring 07700 900123.\n\n"
        "[extraneous material removed]\n\nLines   with   many   spaces are squeezed.\n\n"
        "[ WhatDoTheyKnow note: The above text was badly encoded, and has had strange characters removed. ]"
    )
    thread.receive(text, truth=OTHER)
    close(thread, "requires_admin")


def dates_run_backwards(thread: Thread) -> None:
    """The date of an answer is what its sender's clock said: before the request, and in the future (8, trap 7)."""
    begin(thread)
    thread.later(5, 15)
    thread.receive("Our clock is slow.", truth=OTHER, sent_at=at(thread.asked - timedelta(days=400), 9))
    thread.later(1, 2)
    thread.receive("Our clock is fast.", truth=OTHER, sent_at=at(thread.day + timedelta(days=3000), 9))
    close(thread, "requires_admin")


ADMIN_EVENTS = (
    "overdue",
    "very_overdue",
    "report_request",
    "edit",
    "redeliver_incoming",
    "destroy_incoming",
    "destroy_outgoing",
    "erase_attachment",
    "erase_raw_email",
    "edit_attachment",
    "expire_embargo",
    "embargo_expiring",
    "public_token",
    "refusal_advice",
    "manual",
    "project_extract_created",
)
"""The last is a type that nobody has heard of: lists of types grow without notice (2.5)."""


def every_event(thread: Thread) -> None:
    """A history with entries of many types, most of which leave no trace on the page."""
    begin(thread)
    thread.later(5, 15)
    thread.answer(decisions.withheld)
    for event_type in ADMIN_EVENTS:
        thread.later(0, 2)
        thread.event(event_type, changed=("described_state", "tags") if event_type == "edit" else ())
    thread.tags = (("campaign", None), ("topic", "roads"))
    close(thread, "rejected")


def relabelled(thread: Thread) -> None:
    """The label was put right twice, and each time the history kept the one before."""
    answered(decisions.part, "successful")(thread)
    thread.later(2, 5)
    thread.describe("rejected")
    thread.later(2, 5)
    thread.describe("partially_successful")
