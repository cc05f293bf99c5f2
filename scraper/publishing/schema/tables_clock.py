"""Tables of the clock: how the law counts the time of each request and each review, and on what that rests."""

from scraper.publishing.schema.model import Column, Index, Table, day, integer, text, word

TIMINGS = "'in_time', 'permitted_extension', 'late', 'open', 'overdue', 'on_hold', 'not_known'"
EXTENSION_BUCKETS = (
    "'5 or less', '6 to 10', '11 to 15', '16 to 20', '21 to 30', '31 to 40', '41 to 60', '61 to 80', '81 to 100', "
    "'More than 100'"
)
REVIEW_BUCKETS = "'10 or less', '11 to 20', '21 to 40', '41 to 60', '61 to 80', '81 to 100', 'More than 100'"

_RESTS_ON: tuple[Column, ...] = (
    integer("event_id", "The entry of the history that it rests on.", to="events.id"),
    text("message_id", "The message that it rests on.", to="messages.id"),
    text("source", "The reading that it rests on.", to="readings.source"),
    text("citation_id", "The mention of a provision that it rests on.", to="citations.id"),
    text("signal_id", "The signal that it rests on.", to="signals.id"),
)

CLOCKS = Table(
    name="clocks",
    description="How the law counts the time of each request: from when, until when, what moved the day, and which "
    "official line the request falls in. What each of these rests on is in clock_steps. A request without a day of "
    "sending, or to a body that answers under none of the four laws, has no row.",
    facets=("timing", "extension", "regime"),
    key=("request_id",),
    indexes=(
        Index(columns=("timing",)),
        Index(columns=("extension", "extension_bucket")),
        Index(columns=("due_on",)),
        Index(columns=("regime",)),
    ),
    columns=(
        integer("request_id", "The request.", to="requests.id"),
        text(
            "regime",
            "The law that the clock runs under: that of the request, or the environmental regulations where the "
            "authority's letters answer under them.",
            required=True,
            check="'FOIA', 'EIR', 'FOISA', 'EISR'",
        ),
        integer(
            "school",
            "1 where the authority's tags say it is a school of England, Wales or Northern Ireland asked under FOIA: "
            "20 school days or 60 working days, whichever is sooner. School days are not known here, so the day lies "
            "between due_on and due_at_latest.",
            required=True,
            check="0, 1",
        ),
        day("received_on", "The day on which the request was sent, which is the clock's day 0.", required=True),
        day(
            "started_on",
            "Day 0 of the clock that counts in the end: received_on, or the day on which the requester answered the "
            "authority's question.",
            required=True,
        ),
        day("first_due_on", "The last day for an answer by received_on alone: 20 working days.", required=True),
        day(
            "due_on",
            "The last day for an answer, with the stops of the clock and the extensions that the law permits. For a "
            "school the earliest day that it can be. Empty while the clock stands still, and where it did for a fee or "
            "a question whose end is not known.",
        ),
        day("due_at_latest", "The same; for a school the latest day that it can be: 60 working days."),
        day(
            "held_from",
            "The day since which the clock stands still at the last look: a question to the requester or a fees notice "
            "has had no answer. Empty where it runs, or ran to the answer.",
        ),
        text("held_for", "What it waits for: clarification or fee.", check="'clarification', 'fee'"),
        text(
            "extension",
            "public_interest (FOIA 10(3)) or complex_and_voluminous (EIR 7(1), EISR 7(1)) where the law permits it; "
            "not_permitted where more time was taken that no law gives: after the day had passed, or without what it "
            "asks for; empty where none was taken.",
            check="'public_interest', 'complex_and_voluminous', 'not_permitted'",
        ),
        day("extension_claimed_on", "The day of the letter that takes more time."),
        day("extension_until", "The day until which it takes it, as the letter states it."),
        text("extension_provision", "The qualified exemption that it names: FOIA 43(2). Only of public interest."),
        text(
            "extension_refused",
            "Of not_permitted, why: too_late (after the day had passed), no_qualified_exemption (none is named) "
            "or no_such_extension (the law knows none).",
            check="'too_late', 'no_qualified_exemption', 'no_such_extension'",
        ),
        integer(
            "extension_working_days",
            "Working days that the extension took, from the day due without it to the answer; 0 where the answer came "
            "by that day, empty while it is open.",
        ),
        text("extension_bucket", "The same in the steps of the official table.", check=EXTENSION_BUCKETS),
        day("answered_on", "The day of the first answer."),
        text("answer_message", "The message that it came in.", to="messages.id"),
        integer(
            "working_days",
            "Working days that the law counts up to the answer: from started_on to answered_on. "
            "requests.working_days_taken counts from the day of sending.",
        ),
        text(
            "timing",
            "The line of the official statistics: in_time (within the first time limit), permitted_extension (within "
            "an extension that the law permits), late, open (no answer by the last look, and not due), overdue (no "
            "answer, and due before that look), on_hold (waits for clarification or a fee) or not_known (something "
            "came that was not read as an answer, the request may have ended elsewhere, or a school may be either).",
            required=True,
            check=TIMINGS,
        ),
        text("timing_reason", "Why it is so, in a sentence.", required=True),
    ),
)

CLOCK_STEPS = Table(
    name="clock_steps",
    description="What moved the clock of a request or of a review, in order: each with its day, the law, the day due "
    "after it, and the entry, message, reading, mention or signal that it rests on.",
    facets=("step",),
    key=("id",),
    indexes=(Index(columns=("request_id", "position")), Index(columns=("step", "id"))),
    columns=(
        text("id", "The request and a number: request/123/step/2."),
        integer("request_id", "The request.", required=True, to="requests.id"),
        integer("position", "Its place, from 1.", required=True),
        word(
            "step",
            "received, resent, regime_switched, clarification_asked, clarified, fee_asked, fee_settled, extended, "
            "extension_not_permitted, answered, due, review_asked, review_answered or review_due.",
            required=True,
        ),
        day("day", "On which day.", required=True),
        day("due_on", "The last day for an answer, as it stands after this step."),
        text("law", "The provision that makes it count: FOIA 10(3)."),
        text("says", "The step in a sentence.", required=True),
        *_RESTS_ON,
    ),
)

REVIEWS = Table(
    name="reviews",
    description="One row for each internal review that was asked for or carried out: when, what became of it, and in "
    "which official line it falls.",
    facets=("outcome", "timing", "bucket"),
    key=("id",),
    indexes=(
        Index(columns=("request_id", "number")),
        Index(columns=("outcome", "id")),
        Index(columns=("timing", "id")),
        Index(columns=("bucket", "id")),
    ),
    columns=(
        text("id", "The request and a number: request/123/review/1."),
        integer("request_id", "The request.", required=True, to="requests.id"),
        integer("number", "Its number within the request, from 1.", required=True),
        text("regime", "The law that it runs under; empty where none does.", check="'FOIA', 'EIR', 'FOISA', 'EISR'"),
        day("asked_on", "The day on which it was asked for; empty where only its outcome is here."),
        text(
            "asked_source",
            "How that was found: event (the requester or the site labelled it so) or none.",
            required=True,
            check="'event', 'none'",
        ),
        integer("asked_event", "The entry of the history that says so.", to="events.id"),
        text("asked_message", "The message that asks.", to="messages.id"),
        day(
            "due_on",
            "The last day for the outcome: FOIA 20 working days (guidance), EIR and EISR 11(4)/16(4) and FOISA 21(1) "
            "by law. See basis.",
        ),
        day("due_at_latest", "FOIA: 40 working days, which guidance allows for a complex review; otherwise due_on."),
        text("basis", "law (a statute sets the day) or guidance (a code does).", check="'law', 'guidance'"),
        day("decided_on", "The day of the outcome."),
        text("decided_message", "The message that it came in.", to="messages.id"),
        text("decided_source", "The reading that it rests on.", to="readings.source"),
        text(
            "outcome",
            "upheld (nothing changed), upheld_in_part (more is given, and a ground still stands), overturned, "
            "not_known (an outcome that does not say, or a first answer in its place) or open (none came by the last "
            "look).",
            required=True,
            check="'upheld', 'upheld_in_part', 'overturned', 'not_known', 'open'",
        ),
        integer("working_days", "Working days from asked_on to decided_on."),
        text("bucket", "The same in the steps of the official table.", check=REVIEW_BUCKETS),
        text(
            "timing",
            "in_time (by due_on), permitted_extension (FOIA: within the 40 days of guidance), late, open, overdue or "
            "not_known.",
            required=True,
            check=TIMINGS,
        ),
    ),
)
