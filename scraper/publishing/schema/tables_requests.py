"""The table of requests: what was asked of whom, what became of it, and what its label says."""

from scraper.publishing.schema.model import Index, Table, day, integer, moment, text, word
from scraper.publishing.schema.tables_clock import TIMINGS

CLASSES = (
    "'granted_in_full', 'partially_withheld', 'fully_withheld', 'not_held', 'otherwise_accessible', 'transferred', "
    "'on_hold', 'not_yet_answered', 'not_delivered', 'not_known'"
)

REQUESTS = Table(
    name="requests",
    description="One request for information to one authority, as it stood when it was last checked.",
    label="title",
    # By number, not by day: Datasette leaves rows out between pages where many are alike in what they are ordered by.
    sort_desc="id",
    facets=("outcome", "described_state", "regime"),
    key=("id",),
    unique=(("slug",),),
    indexes=(
        Index(columns=("authority_id", "year", "letters_read")),
        Index(columns=("authority_id", "asked_on")),
        Index(columns=("asked_on",)),
        Index(columns=("year", "outcome")),
        Index(columns=("year", "regime")),
        Index(columns=("outcome",)),
        Index(columns=("outcome_class",)),
        Index(columns=("timing",)),
        Index(columns=("described_state",)),
        Index(columns=("regime",)),
    ),
    columns=(
        integer("id", "The site's own number of the request."),
        text(
            "slug",
            "The request's name in the site's addresses, which the site makes of its title; # and the number where it "
            "may name a person, or where another request has taken it.",
            required=True,
        ),
        text("title", "The title; the requester's name is masked in it.", required=True),
        text("url", "The request's page at the source; by its number where the slug is not told.", required=True),
        integer("authority_id", "The authority that was asked.", required=True, to="authorities.id"),
        word("law_used", "The law that the site names for the request: foi or eir.", required=True),
        word(
            "regime",
            "The law that applies, from the site's law and the authority's nation: FOIA, EIR, FOISA or EISR; "
            "empty where the authority is subject to none.",
        ),
        word(
            "described_state",
            "The label that the requester or a volunteer chose: a claim, kept as the site has it.",
            required=True,
        ),
        word("display_status", "The site's words for the state, when last checked.", required=True),
        day("asked_on", "The day on which the request was first sent."),
        integer("year", "The year of asked_on."),
        day("answered_on", "The day of the first letter read as an answer: response, refusal or review outcome."),
        day(
            "due_on",
            "The last day for an answer by the law in regime, with the stops and extensions that it permits: see "
            "clocks. For a school the earliest day that it can be. Empty while the clock stands still.",
        ),
        integer("working_days_taken", "Working days from asked_on to answered_on, by the calendar of that law."),
        text(
            "timing",
            "The line of the official statistics: in_time, permitted_extension, late, open, overdue, on_hold or "
            "not_known: see clocks.",
            required=True,
            check=TIMINGS,
        ),
        integer(
            "late",
            "1 when timing is late or overdue, 0 when it is in_time or permitted_extension, empty otherwise.",
            check="0, 1",
        ),
        word(
            "outcome",
            "What the latest answering letter says was done, as read here; empty when no answer was read.",
        ),
        text("outcome_reading", "The reading that outcome rests on.", to="readings.source"),
        word(
            "initial_outcome",
            "What the first answering letter says was done, before any internal review; empty when none was read.",
        ),
        text("initial_reading", "The reading that initial_outcome rests on.", to="readings.source"),
        text(
            "outcome_class",
            "Where the request stands, in the lines of the official statistics: granted_in_full, partially_withheld, "
            "fully_withheld (the cost limit, vexatious requests and neither confirming nor denying included), "
            "not_held, otherwise_accessible (FOIA 21 alone, which the statistics leave out), transferred, on_hold "
            "(waits for clarification or a fee), not_yet_answered, not_delivered or not_known.",
            required=True,
            check=CLASSES,
        ),
        text(
            "outcome_source",
            "How outcome_class was found: reading (a letter that was read), message (no message of the authority, or "
            "one that could not be read), event (the history says that sending failed) or none.",
            required=True,
            check="'reading', 'message', 'event', 'none'",
        ),
        text("outcome_message", "The message that outcome_class rests on.", to="messages.id"),
        integer("outcome_event", "The entry of the history that it rests on, where it does.", to="events.id"),
        text(
            "initial_class",
            "As outcome_class, of initial_outcome alone; empty when no answer was read.",
            check=CLASSES,
        ),
        text(
            "label_class",
            "What the label in described_state stands for in the same lines: successful granted_in_full, "
            "partially_successful partially_withheld, rejected fully_withheld, not_held not_held, "
            "waiting_clarification on_hold, waiting_response not_yet_answered; empty for a label that stands for none "
            "of them, and where the newest reply has no label yet.",
            check=CLASSES,
        ),
        integer(
            "label_agrees",
            "1 when label_class and outcome_class are the same, 0 when they are not; empty where either says nothing "
            "that the other could say.",
            check="0, 1",
        ),
        integer("letters_read", "How many incoming messages and documents were read.", required=True),
        integer(
            "letters_out_of_date",
            "Of how many letters the reading is left out, since their text has changed since they were read.",
            required=True,
        ),
        word("replies", "Who may still write: open, authority_only or closed.", required=True),
        integer("batch_id", "The site's number of the batch, where one text went to many authorities."),
        moment("last_checked_at", "When the request was last looked at (UTC).", required=True),
    ),
)
