"""The catalogue of odd things that a crawler must live with (alaveteli.md part 9), each a request of its own.

The order counts: a small world holds the first of them only.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from scraper.standin import odd_files, odd_requests, odd_threads
from scraper.standin.thread import Carrier, Thread


@dataclass(frozen=True, kw_only=True)
class OddPlot:
    """A request that is there for what is strange about it."""

    name: str
    things: tuple[str, ...]
    run: Callable[[Thread], None]
    authority: str | None = None
    user: str | None = None
    """The kind of requester, where it matters."""
    title: str | None = None
    start: date | None = None
    carrier: Carrier = "body"
    plot: str = "part"
    """The plot whose dates it follows."""
    batch_id: int | None = None
    together: str | None = None
    """Requests with the same word here have one requester and one subject."""


def _odd(run: Callable[[Thread], None], *things: str, **details: object) -> OddPlot:
    return OddPlot(name="+".join(things), things=things, run=run, **details)  # type: ignore[arg-type]  # passed on


def _in_state(state: str) -> OddPlot:
    return _odd(odd_requests.in_state(state), f"state_{state}")


BATCH = 17
ODD_PLOTS: tuple[OddPlot, ...] = (
    _odd(
        odd_threads.partly_hidden,
        "hidden_incoming",
        "requester_only_incoming",
        "hidden_outgoing",
        "hidden_attachment",
        "requester_only_attachment",
        "erased_attachment",
    ),
    _odd(odd_requests.hidden, "hidden_request"),
    _odd(
        odd_files.many_files,
        "first_attachment_3",
        "attachment_gaps",
        "same_names",
        "zero_size",
        "jpeg_octet_stream",
        "csv_cors",
        "masked_once",
        "nested_mail",
    ),
    _odd(odd_requests.renamed, "renamed", title="Cost of the new council chamber"),
    _odd(odd_threads.folded, "folded_quote", "several_folds"),
    _odd(odd_requests.backpage, "backpage"),
    _odd(odd_files.slow_file, "wait_page", "first_attachment_2"),
    _odd(odd_requests.requester_only, "requester_only_request"),
    _odd(odd_requests.embargoed, "embargoed", title="Draft questions on procurement"),
    _odd(odd_files.nameless_body, "first_attachment_1", "no_main_part", carrier="pdf"),
    _odd(odd_requests.plain, "external_requester", user="external"),
    _odd(odd_requests.plain, "anonymous_requester", user="anonymous"),
    _odd(odd_requests.plain, "erased_user", user="erased", carrier="pdf"),
    _odd(odd_requests.plain, "suspended_user", user="suspended"),
    _odd(odd_threads.hidden_comment, "hidden_comment"),
    _odd(odd_threads.hidden_main_part, "hidden_main_part"),
    _odd(odd_threads.resent, "resent_block", "moved"),
    _odd(odd_threads.send_error, "send_error"),
    _odd(odd_threads.redacted, "redaction_marks"),
    _odd(odd_threads.dates_run_backwards, "odd_date_header"),
    _odd(odd_requests.closed, "closed", start=date(2015, 3, 3)),
    _odd(odd_requests.restricted, "authority_only", start=date(2024, 2, 6)),
    _odd(odd_requests.plain, "eir_only", authority="larkshire_water_plc", carrier="pdf"),
    _odd(odd_requests.plain, "tor_authority", authority="torringmere_district_council"),
    _odd(odd_requests.plain, "slug_denied_by_robots", title="Signing in sheets at County Hall"),
    _odd(odd_requests.plain, "defunct_body", authority="regional_growth_agency_for_wexcombe", start=date(2017, 5, 9)),
    _odd(odd_requests.plain, "not_subject_body", authority="guild_of_harbour_pilots"),
    _odd(odd_requests.plain, "renamed_body", authority="dhc"),
    _odd(odd_requests.plain, "title_collision", title="Gritting routes", start=date(2019, 1, 15)),
    _odd(odd_requests.plain, "title_collision", title="Gritting routes", start=date(2021, 12, 7)),
    _odd(odd_requests.plain, "title_like_a_suffix", title="Capital budget 2"),
    _odd(odd_requests.plain, "title_of_digits", title="2023"),
    _odd(odd_requests.plain, "markup_in_title", title="Spending on <b>\"agency\" staff</b> & O'Hara's café – £5,000+"),
    _odd(odd_threads.every_event, "unknown_event", "administrators_events"),
    _odd(odd_threads.relabelled, "corrected_label"),
    _odd(odd_files.scanned, "scanned_letter"),
    _odd(odd_files.wrong_names, "misnamed_file", "broken_file", "octet_stream"),
    _odd(odd_files.bilingual, "welsh_letter", authority="cyngor_sir_bryngarw_bryngarw_county_council"),
    *(
        _odd(
            odd_requests.plain,
            "batch",
            batch_id=BATCH,
            together="batch",
            title="Records of potholes on school routes",
            authority=body,
        )
        for body in ("bcc", "carrowmoor_city_council", "lbe", "gmbc")
    ),
    *map(
        _in_state,
        (
            "waiting_response",
            "waiting_clarification",
            "gone_postal",
            "not_held",
            "rejected",
            "partially_successful",
            "successful",
            "internal_review",
            "error_message",
            "requires_admin",
            "user_withdrawn",
            "attention_requested",
            "vexatious",
            "not_foi",
        ),
    ),
    _odd(odd_requests.unanswered, "state_waiting_response_in_time", plot="fresh"),
    _odd(odd_requests.unanswered, "state_waiting_response_overdue", start=date(2026, 5, 18)),
    _odd(odd_requests.unanswered, "state_waiting_response_very_overdue", start=date(2023, 10, 4)),
    _odd(odd_requests.unlabelled, "state_waiting_classification"),
)
