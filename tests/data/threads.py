"""The invented correspondence of the sample: each thread is there for something that a page must get right."""

from scraper.publishing.schema.whole import SCHEMA_VERSION
from tests.data.sample import BUILT_AT, Sample

HOSTILE_TITLE = "Fees <script>alert(1)</script> & \u202e\"quotes\" 'and' so on"
HOSTILE_TEXT = (
    "<script>fetch('//evil.invalid')</script> <img src=x onerror=alert(1)> \u202eesrever\u202c\n"
    'We rely on sections 31(1)(a) and 43(2) of the Act & on "quoted" <b>bold</b> words.\x07\n'
    "مرحبا بالعالم is Arabic, and </div></article> closes nothing."
)
REFUSAL = (
    "Our reference: ABC/2023/17\n\nDear Sir or Madam\n\n"
    "You asked for the names of the wardens who patrol Mill Lane. We hold this information. "
    "We have decided to withhold the names because they are exempt under section 40(2) of the Act. "
    "We thought about section 43(2) but do not apply it.\n\n"
    "You may ask for a review within 40 working days."
)
SECOND_PAGE = "Annex\n\nSection 40(2) exempts personal data of others. The names are withheld under section 40(2)."

RUNS = [
    ("crawl", "2026-02-21T05:50:10Z", "finished", '{"requests_stored": 9, "changed": 1, "asked": 40, "unheard_of": 3}'),
    ("read", "2026-02-22T02:30:20Z", "finished", '{"documents read": 2, "letters read": 11}'),
    ("crawl", "2026-02-23T02:35:00Z", "challenge", '{"asked": 1, "refused/challenge": 1}'),
    ("stir_fry", None, None, "not JSON"),
]
REFUSED = [
    ("robots", "https://source.invalid/request/signing_in"),
    ("robots", None),
    ("hidden", None),
    ("odd_one", None),
]


def sample() -> Sample:
    """The whole sample, ready to be written."""
    made = Sample()
    made.authority(1, "Ashwick Borough Council", nation="england", regimes="FOIA, EIR", known=40)
    made.add("authority_tags", authority_id=1, name="foi", value="")
    made.authority(2, "Department for Weights and Measures", nation="uk", regimes="FOIA, EIR", known=200)
    made.authority(3, "Glenmarrow Council", nation="scotland", regimes="FOISA, EISR", known=10)
    made.authority(4, "Brookfen Constabulary", nation="england", regimes="FOIA, EIR", known=None)
    for add in (_withheld, _cost, _disclosed, _reviewed, _neither, _silent):
        add(made)
    for add in (_scottish, _scottish_cost, _unnamed, _hostile):
        add(made)
    made.add("withdrawals", subject="request/666", request_id=666, state="hidden", looks=1,
             first_seen_at="2026-01-02T03:04:05Z", last_seen_at="2026-02-27T04:00:00Z")  # fmt: skip
    for number, (command, ended_at, reason, counts) in enumerate(RUNS, 1):
        made.add("runs", id=number, command=command, started_at=f"2026-02-{20 + number}T02:30:00Z", ended_at=ended_at,
                 finish_reason=reason, counts=counts)  # fmt: skip
    for number, (reason, url) in enumerate(REFUSED, 1):
        made.add("refusals", id=number, url=url, reason=reason, first_seen_at="2026-02-01T02:30:00Z",
                 last_seen_at="2026-02-21T02:30:00Z")  # fmt: skip
    _extended_and_sent_twice(made)
    made.add("about", key="schema_version", value=SCHEMA_VERSION)
    made.add("about", key="built_at", value=BUILT_AT)
    made.add("about", key="parser_version", value="1")
    return made


def _extended_and_sent_twice(made: Sample) -> None:
    made.add("clocks", request_id=202, regime="FOIA", school=0, received_on="2024-01-08", started_on="2024-01-08",
             first_due_on="2024-02-05", due_on="2024-03-04", due_at_latest="2024-03-04", extension="public_interest",
             extension_claimed_on="2024-02-02", extension_until="2024-03-04", extension_provision="FOIA 24(1)",
             extension_working_days=11, extension_bucket="11 to 15", answered_on="2024-02-20", working_days=31,
             timing="permitted_extension", timing_reason="Answered within the extension.")  # fmt: skip
    made.add("families", id="round-robin-102", kind="round_robin", size=2, authorities=2, requests=2, batches=0,
             first_day="2023-05-02", last_day="2023-06-01", representative="outgoing-3",
             title="All letters about drains")  # fmt: skip
    for key, request, authority, day in [("outgoing-3", 102, 1, "2023-05-02"), ("outgoing-7", 201, 2, "2023-06-01")]:
        made.add("family_members", id=key, family_id="round-robin-102", request_id=request, authority_id=authority,
                 message_id=key, page=1, start=0, end=10, day=day, likeness=1.0)  # fmt: skip


def _withheld(made: Sample) -> None:
    made.request(101, 1, "Parking fines on Mill Lane", asked="2023-03-01", slug="parking_fines",
                 answered_on="2023-04-12", due_on="2023-03-29", working_days_taken=28, late=1)  # fmt: skip
    made.message("outgoing-1", 101, "Please tell me who patrols Mill Lane.", sent="2023-03-01T09:00:00+00:00")
    made.message("incoming-2", 101, "Please see the attached letter.", sent="2023-04-12T15:30:00+01:00",
                 kind="refusal_notice")  # fmt: skip
    made.attachment("attachment-1", "incoming-2", [REFUSAL, SECOND_PAGE], name="Refusal notice.pdf")
    made.reading("incoming-2", kind="response", outcome="other")
    made.reading("attachment-1", kind="refusal_notice", outcome="withheld", letter_date="2023-04-12")
    made.find("requests", id=101).update(outcome="withheld", outcome_source="reading", outcome_reading="attachment-1")
    made.cite("attachment-1", "exempt under section 40(2)", "FOIA 40(2)", "relied_on")
    made.cite("attachment-1", "section 43(2)", "FOIA 43(2)", "considered_not_applied")
    made.cite("attachment-1", "Section 40(2)", "FOIA 40(2)", "boilerplate", page=2)
    made.cite("attachment-1", "under section 40(2)", "FOIA 40(2)", "relied_on", page=2)
    made.add("letter_references", id="attachment-1/reference/1", source="attachment-1", request_id=101,
             message_id="incoming-2", attachment_id="attachment-1", value="ABC/2023/17",
             quote="Our reference: ABC/2023/17", page=1, start=0, end=26, confidence=0.9)  # fmt: skip
    made.signal("attachment-1", "public_interest_test", "Our reference")


def _cost(made: Sample) -> None:
    made.request(102, 1, "All letters about drains", asked="2023-05-02", answered_on="2023-05-30", due_on="2023-05-31",
                 working_days_taken=19, late=0, outcome="cost_limit")  # fmt: skip
    made.message("outgoing-3", 102, "Please send all letters about drains.", sent="2023-05-02T10:00:00+01:00")
    text = "We estimate 40 hours. Section 12(1) applies, and we refuse your request under section 12(1)."
    made.message("incoming-4", 102, text, sent="2023-05-30T11:00:00+01:00", kind="refusal_notice")
    made.reading("incoming-4", kind="refusal_notice", outcome="cost_limit")
    made.cite("incoming-4", "Section 12(1) applies", "FOIA 12(1)", "relied_on")
    made.cite("incoming-4", "under section 12(1)", "FOIA 12(1)", "relied_on")


def _disclosed(made: Sample) -> None:
    made.request(103, 1, "Library opening hours", asked="2024-02-05", answered_on="2024-02-07", due_on="2024-03-04",
                 working_days_taken=2, late=0, outcome="disclosed_full", described_state="successful",
                 display_status="Successful")  # fmt: skip
    made.message("outgoing-5", 103, "When does the library open?", sent="2024-02-05T10:00:00+00:00")
    made.message("incoming-6", 103, "The library opens at nine on weekdays.", sent="2024-02-07T11:00:00+00:00")
    made.reading("incoming-6", kind="response", outcome="disclosed_full")


def _reviewed(made: Sample) -> None:
    made.request(201, 2, "Minutes of the scales committee", asked="2023-06-01", answered_on="2023-06-29",
                 due_on="2023-06-29", working_days_taken=20, late=0, outcome="review_overturned")  # fmt: skip
    made.message("outgoing-7", 201, "Please send the minutes.", sent="2023-06-01T09:00:00+01:00")
    text = "The minutes are withheld under section 36(2)(b) and names under section 40(2), read with Article 6."
    made.message("incoming-8", 201, text, sent="2023-06-29T16:00:00+01:00", kind="refusal_notice")
    made.message("outgoing-9", 201, "Please review this.", sent="2023-07-03T09:00:00+01:00",
                 kind="internal_review_request")  # fmt: skip
    done = "On review we release the minutes. The exemption in section 36(2)(b) is no longer relied on."
    made.message("incoming-10", 201, done, sent="2023-08-01T16:00:00+01:00", kind="internal_review_outcome")
    made.reading("incoming-8", kind="refusal_notice", outcome="withheld")
    made.reading("incoming-10", kind="internal_review_outcome", outcome="review_overturned")
    made.add("reviews", id="request/201/review/1", request_id=201, number=1, regime="FOIA", asked_on="2023-07-03",
             asked_source="event", asked_message="outgoing-9", due_on="2023-07-31", due_at_latest="2023-08-29",
             basis="guidance", decided_on="2023-08-01", decided_message="incoming-10", decided_source="incoming-10",
             outcome="overturned", working_days=21, bucket="21 to 40", timing="permitted_extension")  # fmt: skip
    made.cite("incoming-8", "withheld under section 36(2)(b)", "FOIA 36(2)(b)", "relied_on")
    made.cite("incoming-8", "under section 40(2)", "FOIA 40(2)", "relied_on")
    made.cite("incoming-8", "Article 6", "UKGDPR 6", "relied_on", counts_as="FOIA 40(2)")
    made.cite("incoming-10", "section 36(2)(b) is no longer", "FOIA 36(2)(b)", "withdrawn")


def _neither(made: Sample) -> None:
    made.request(202, 2, "Files on a balance", asked="2024-01-08", answered_on="2024-02-20", due_on="2024-02-05",
                 working_days_taken=31, late=1, outcome="ncnd")  # fmt: skip
    made.message("outgoing-11", 202, "Do you hold files on the balance?", sent="2024-01-08T09:00:00+00:00")
    text = "We neither confirm nor deny that we hold it, by virtue of section 23(5) and section 24(2)."
    made.message("incoming-12", 202, text, sent="2024-02-20T16:00:00+00:00", kind="refusal_notice")
    made.reading("incoming-12", kind="refusal_notice", outcome="ncnd")
    made.cite("incoming-12", "section 23(5)", "FOIA 23(5)", "relied_on_ncnd")
    made.cite("incoming-12", "section 24(2)", "FOIA 24(2)", "relied_on_ncnd")
    made.signal("incoming-12", "ncnd", "We neither confirm nor deny")


def _silent(made: Sample) -> None:
    made.request(203, 2, "Cost of new weights", asked="2024-04-02", due_on="2024-04-30", late=1,
                 described_state="waiting_response", display_status="Long overdue")  # fmt: skip
    made.message("outgoing-13", 203, "What did the new weights cost?", sent="2024-04-02T09:00:00+01:00")


def _scottish(made: Sample) -> None:
    made.request(301, 3, "Complaints about a ferry", asked="2023-09-04", regime="FOISA", answered_on="2023-09-29",
                 due_on="2023-10-03", working_days_taken=19, late=0, outcome="disclosed_part")  # fmt: skip
    made.message("outgoing-14", 301, "Please send complaints.", sent="2023-09-04T09:00:00+01:00")
    made.message("incoming-15", 301, "Names are exempt under section 38(1)(b).", sent="2023-09-29T12:00:00+01:00")
    made.reading("incoming-15", kind="refusal_notice", outcome="disclosed_part")
    made.cite("incoming-15", "under section 38(1)(b)", "FOISA 38(1)(b)", "relied_on")


def _scottish_cost(made: Sample) -> None:
    made.request(302, 3, "Every invoice", asked="2024-03-01", regime="FOISA", answered_on="2024-03-28",
                 due_on="2024-04-02", working_days_taken=19, late=0, outcome="cost_limit")  # fmt: skip
    made.message("outgoing-16", 302, "Please send every invoice.", sent="2024-03-01T09:00:00+00:00")
    made.message("incoming-17", 302, "Section 12(1) of FOISA: the cost is too high.", sent="2024-03-28T12:00:00+00:00")
    made.reading("incoming-17", kind="refusal_notice", outcome="cost_limit")
    made.cite("incoming-17", "Section 12(1)", "FOISA 12(1)", "relied_on")


def _unnamed(made: Sample) -> None:
    made.request(401, 4, "Use of a camera", asked="2024-05-01", answered_on="2024-05-29", due_on="2024-05-30",
                 working_days_taken=19, late=0, outcome="ncnd")  # fmt: skip
    made.message("outgoing-18", 401, "Is there a camera?", sent="2024-05-01T09:00:00+01:00")
    made.message("incoming-19", 401, "We can neither confirm nor deny this.", sent="2024-05-29T12:00:00+01:00")
    made.reading("incoming-19", kind="refusal_notice", outcome="ncnd")
    made.signal("incoming-19", "ncnd", "neither confirm nor deny")


def _hostile(made: Sample) -> None:
    made.request(110, 1, HOSTILE_TITLE, asked="2024-06-03", display_status="<b>Odd</b>")
    made.message("outgoing-20", 110, "javascript:alert(1) http://spam.invalid/", sent="2024-06-03T09:00:00+01:00")
    made.message("incoming-21", 110, HOSTILE_TEXT, sent="2024-06-05T12:00:00+01:00")
    made.message("incoming-22", 110, None, sent="2024-06-06T12:00:00+01:00", prominence="hidden",
                 hidden_reason="It held <i>personal</i> details.")  # fmt: skip
    made.message("incoming-23", 110, "Files attached.", sent=None)
    made.attachment("attachment-2", "incoming-23", name='"><script>alert(2)</script>.xlsx', document_type="xlsx",
                    held_back="spreadsheet", page_count=None)  # fmt: skip
    made.attachment("attachment-3", "incoming-23", name=None, state="erased", read_status="erased", document_type=None,
                    url=None, page_count=None)  # fmt: skip
    made.attachment("incoming-23/4", "incoming-23", name="\u202efdp.scan", read_status="no_text",
                    read_detail="It holds <images> only.", url="javascript:alert(3)", page_count=None)  # fmt: skip
    made.attachment("attachment-5", "incoming-23", name="Costs.ods", document_type="ods", page_count=None,
                    held_back="hidden_content")  # fmt: skip
    for kind in ("hidden_columns", "hidden_sheet", "pivot_cache"):
        made.add("findings", id=f"attachment-5/{kind}", attachment_id="attachment-5", request_id=110, kind=kind)
    made.reading("incoming-21", kind="refusal_notice", outcome="withheld")
    overlap = "sections 31(1)(a) and 43(2)"
    made.cite("incoming-21", overlap, "FOIA 31(1)(a)", "relied_on")
    made.cite("incoming-21", "43(2) of the Act", "FOIA 43(2)", "relied_on")
    made.cite("incoming-21", '& on "quoted" <b>bold</b>', "FOIA 1(1)", "procedural")
    made.cite("incoming-21", "We rely", "FOIA 22", "possible_future", start=900_000, end=900_007)
    made.cite("incoming-21", "We rely", "FOIA 22", "possible_future", start=3, end=10)
    made.add("withdrawals", subject="attachment-3", request_id=110, state="erased", looks=1,
             first_seen_at="2026-01-05T03:04:05Z", last_seen_at="2026-02-27T04:00:00Z")  # fmt: skip
