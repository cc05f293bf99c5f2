"""The sample made long, and then hostile: every word that comes from a site or from a letter attacks its reader."""

from collections.abc import Iterator

from scraper.publishing.schema.model import Column
from scraper.publishing.schema.whole import TABLES
from tests.data.sample import SITE, Sample, Values
from tests.data.threads import sample

MARKUP = (
    "<script>window.evil=1</script><img src=x onerror=window.evil=1><x-evil>\"' onmouseover=window.evil=1 "
    "data-evil='1' style=x </title></textarea></bdi></a></td></table></article></main></style>--><svg "
    "onload=window.evil=1><iframe src='//evil.invalid'> javascript:window.evil=1 {{ 7*'evil' }} {% evil %} &lt;x-evil>"
)
UNSEEN = "\u202eesrever\u202c \u2066apart\u2069 \u200f\u061c\u200b\ufeff\x07\x1b[31m\x85 \r\n"
LETTERS = "مرحبا بالعالم שלום " + "W" * 300 + " " + "e" + "\u0301" * 200 + " 😀𝔘𐍈" + "\u0e49" * 40
EVIL = f"{MARKUP} {UNSEEN} {LETTERS}"
EVIL_TAG = '"><x-evil>\u202etag'
EVIL_NAME = 'a"><x-evil onclick=evil>\u202e%2e é?x=1#y'
"""What an authority is called in addresses."""
EVIL_ADDRESSES = ("javascript:window.evil=1//https://", f'{SITE}/"><x-evil>\u202e?a=b&c', "data:text/html,<x-evil>")

_FROM_OUTSIDE = frozenset((
    "attachments", "authorities", "authority_tags", "changes", "citations", "coverage", "events", "families",
    "letter_references", "messages", "pages", "readings", "refusals", "requests", "runs", "signals", "withdrawals",
))  # fmt: skip
_OURS = frozenset((
    "command", "counted_provision", "counted_regime", "counts", "direction", "document_type", "held_back",
    "home_page", "initial_outcome", "initial_outcome_source", "kind", "label_class", "nation", "outcome",
    "outcome_class", "outcome_source", "parser_version", "printed", "provision", "provision_id", "read_status",
    "regime", "regime_rule", "regimes", "replies", "representative", "role", "role_rule", "section", "sha256",
    "slug", "source", "state", "subject", "timing", "url", "url_name",
))  # fmt: skip
"""Columns whose few words the publisher makes, and those that are made hostile one by one."""


def long_sample() -> Sample:
    """The sample with a thread of many messages, one of everything, and a paragraph that many refusals have."""
    made = sample()
    made.request(120, 2, "Every letter about the great balance", asked="2024-05-01", answered_on="2024-05-20",
                 due_on="2024-05-30", working_days_taken=13, late=0, outcome="withheld")  # fmt: skip
    made.message("outgoing-500", 120, "Please send them all.\n\nYours faithfully", sent="2024-05-01T09:00:00+01:00")
    text = "We refuse it under section 22(1) of the Act.\n\n> Please send them all.\n> Thank you.\n> A.\n> B.\n\nYours"
    for number in range(501, 526):
        made.message(f"incoming-{number}", 120, text, sent="2024-05-20T09:00:00+01:00", kind="refusal_notice")
        made.reading(f"incoming-{number}", kind="refusal_notice", outcome="withheld")
        made.cite(f"incoming-{number}", "under section 22(1)", "FOIA 22(1)", "relied_on")
    made.attachment("attachment-520", "incoming-501", [text, "Page two.", "Page three."], name="All of it.pdf")
    made.add("families", id="template-incoming-501-1", kind="template", size=2, authorities=2, requests=2, batches=0,
             first_day="2023-05-30", last_day="2024-05-20", representative="incoming-501/paragraph/1",
             title="We refuse it under section 22(1)")  # fmt: skip
    for key, request, authority, citation in (("incoming-501", 120, 2, "incoming-501/citation/1"),
                                              ("incoming-4", 102, 1, "incoming-4/citation/1")):  # fmt: skip
        made.add("family_members", id=f"{key}/paragraph/1", family_id="template-incoming-501-1", request_id=request,
                 authority_id=authority, message_id=key, page=1, start=0, end=40, day="2024-05-20",
                 citation_id=citation, likeness=0.8)  # fmt: skip
    made.add("changes", id=1, request_id=120, seen_at="2026-01-05T03:04:05Z", kind="new_state", before="waiting",
             after="rejected", subject="request/120")  # fmt: skip
    return made


def hostile_sample() -> Sample:
    """The long sample with ``EVIL`` at the end of every text from outside, so that places in the texts stay true."""
    made = long_sample()
    for table, row, column in _columns(made):
        if (column.name == "text" and row.get("text") is None) or (table, column.name) == ("citations", "quote"):
            continue  # what is hidden stays so, and a mark without its words would not be drawn
        row[column.name] = f"{row.get(column.name) or ''} {EVIL}" + ("" if column.holds == "prose" else "\x00end")
    for number, row in enumerate([*made.tables["requests"], *made.tables["messages"], *made.tables["attachments"]]):
        row["url"] = EVIL_ADDRESSES[number % 3]
    for row in made.tables["authorities"]:
        row["home_page"] = EVIL_ADDRESSES[row["id"] % 3]
        made.add("authority_tags", authority_id=row["id"], name=EVIL_TAG, value=EVIL_TAG)
    made.find("authorities", id=1)["url_name"] = EVIL_NAME
    made.find("requests", id=101)["slug"] = EVIL_NAME
    made.find("runs", id=2)["counts"] = '{"<x-evil>": 1, "asked": "<x-evil>", "a\\u202eb": [1, {"x": "<x-evil>"}]}'
    for source in ("incoming-21", "attachment-1", "incoming-501"):
        made.cite(source, MARKUP, "FOIA 43(2)", "relied_on")
        made.cite(source, LETTERS, "FOIA 31(1)(a)", "relied_on")
    return made


def _columns(made: Sample) -> Iterator[tuple[str, Values, Column]]:
    """Every field that a site or a letter fills in."""
    for table in TABLES:
        columns = [one for one in table.columns if _from_outside(table.name, one) and one.name not in table.key]
        for row in made.tables.get(table.name, ()):
            yield from ((table.name, row, column) for column in columns)


def _from_outside(table: str, column: Column) -> bool:
    closed = column.references or column.check or column.holds in {"day", "moment"}
    free = column.type == "TEXT" and not closed and column.name not in _OURS
    return free and (table in _FROM_OUTSIDE or column.holds == "prose")
