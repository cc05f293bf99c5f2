"""What codes in the database are called in the pages, and how days, sizes and numbers are written."""

import datetime as dt
from collections.abc import Mapping, Sequence

RELIED_ON = frozenset({"relied_on", "relied_on_ncnd"})

ROLES: Mapping[str, str] = {
    "relied_on": "relied on",
    "relied_on_ncnd": "relied on to neither confirm nor deny",
    "considered_not_applied": "considered, not applied",
    "withdrawn": "no longer relied on",
    "possible_future": "might apply",
    "claimed_pending_pit": "claimed while the public interest is weighed",
    "procedural": "procedure",
    "statute_quotation": "statute quoted",
    "requester_quotation": "requester's words",
    "boilerplate": "standard wording",
    "other_law": "another law",
    "unknown": "mentioned",
}
OUTCOMES: Mapping[str, str] = {
    "disclosed_full": "Given in full",
    "disclosed_part": "Given in part",
    "withheld": "Withheld",
    "not_held": "Not held",
    "ncnd": "Neither confirmed nor denied",
    "cost_limit": "Refused on cost",
    "vexatious_or_repeat": "Refused as vexatious or repeated",
    "clarification": "Clarification asked for",
    "acknowledgement": "Acknowledged only",
    "transferred": "Passed to another body",
    "accessible_elsewhere": "Said to be available elsewhere",
    "review_upheld": "Refusal upheld at internal review",
    "review_overturned": "Refusal changed at internal review",
    "other": "Something else",
}
KINDS: Mapping[str, str] = {
    "initial_request": "the request",
    "followup": "a further message",
    "internal_review_request": "asks for an internal review",
    "acknowledgement": "acknowledgement",
    "clarification": "asks for clarification",
    "holding": "says that it needs longer",
    "fees_notice": "fees notice",
    "response": "answer",
    "refusal_notice": "refusal notice",
    "internal_review_outcome": "outcome of an internal review",
    "transfer": "transfer to another body",
    "auto_reply": "automatic reply",
    "bounce": "delivery failure",
}
READ: Mapping[str, str] = {
    "read": "It was read",
    "no_text": "No words were read in it",
    "encrypted": "Not read: it is locked with a password",
    "damaged": "Not read: it is damaged",
    "too_big": "Not read: it is too big",
    "too_slow": "Not read: reading it took too long",
    "bomb": "Not opened: it unpacks to far more than it should",
    "crashed": "Not read: the reader failed on it",
    "unsupported": "Not read",
    "not_read": "Not read yet",
    "not_fetched": "Not fetched yet",
    "hidden": "Hidden at the source",
    "erased": "Erased at the source",
    "missing": "It is not at the source any more",
    "waiting": "It was not ready at the source, and will be asked for again",
    "refused_by_robots": "Not fetched: it is out of bounds for programs at the source",
    "not_a_file": "Not read: what came is not a file",
    "failed": "It could not be fetched",
}
EXPLAINED = frozenset({"encrypted", "damaged", "too_slow", "bomb", "crashed"})
"""Where a sentence more tells nothing that helps a reader of the page; the row of the file has it."""
SIGNALS: Mapping[str, str] = {
    "ncnd": "it neither confirms nor denies",
    "public_interest_test": "the public interest is weighed",
    "qualified_person": "a qualified person’s opinion",
    "cost_estimate": "an estimate of the cost",
    "extended_until": "the time is extended",
    "regime_switched": "another law than the one asked under",
}
"""What of a letter's signals is worth a line in its thread."""
LAWS: Mapping[str, str] = {
    "FOIA": "Freedom of Information Act 2000",
    "EIR": "Environmental Information Regulations 2004",
    "FOISA": "Freedom of Information (Scotland) Act 2002",
    "EISR": "Environmental Information (Scotland) Regulations 2004",
}
WITHDRAWN: Mapping[str, str] = {
    "hidden": "hidden at the source",
    "erased": "erased at the source",
    "not_found": "no longer at the source",
    "forgotten": "erased at somebody’s request",
}
CHANGES: Mapping[str, str] = {
    "new_message": "new message",
    "new_comment": "new comment",
    "new_state": "another state",
    "text_censored": "words taken out",
    "text_edited": "words changed",
    "file_new": "new file",
    "file_replaced": "file replaced",
    "file_renamed": "file renamed",
    "file_gone": "file no longer listed",
    "message_gone": "message no longer shown",
    "comment_gone": "comment no longer shown",
    "renamed": "another address at the source",
    "retitled": "another title",
    "moved": "moved to another authority",
    "hidden": "hidden at the source",
    "erased": "erased at the source",
    "not_found": "not found at the source",
    "absent": "no longer shown at the source",
    "shown_again": "shown again",
    "prominence": "listed otherwise at the source",
    "forgotten": "taken down here",
}
OWN_REASONS = frozenset({"This message was taken down.", "This message is not shown."})
"""What the publisher says of a hidden message itself; every other reason is in the words of the source."""
HELD_BACK: Mapping[str, str] = {
    "spreadsheet": "a new spreadsheet waits some time, as it can hold data that nobody meant to send",
    "container": "it may hold any file, and what it holds is not known",
    "hidden_content": "this file holds more than it shows",
    "not_probed": "it could not be checked for what it may hold and not show",
}
FINDINGS: Mapping[str, str] = {
    "hidden_sheet": "hidden sheets",
    "very_hidden_sheet": "hidden sheets",
    "hidden_rows": "hidden rows",
    "filtered_rows": "rows that a filter hides",
    "hidden_columns": "hidden columns",
    "hidden_cells": "cells that do not show what they hold",
    "pivot_cache": "the data behind a pivot table",
    "external_data": "data from other files",
    "embedded_file": "another file inside",
    "hidden_slide": "hidden slides",
    "hidden_shape": "hidden shapes",
    "covered_text": "words under something that covers them",
    "invisible_text": "words that cannot be seen",
    "text_outside_page": "words outside its pages",
    "unapplied_redaction": "redactions that were marked and not carried out",
    "white_text": "words in the colour of the paper",
    "tiny_text": "words too small to be seen",
}
"""What a file holds and does not show."""
PAGE_NAMES: Mapping[str, str] = {
    "xlsx": "sheet", "xls": "sheet", "xlsb": "sheet", "ods": "sheet", "csv": "sheet", "pptx": "slide",
    "eml": "message", "mbox": "message", "msg": "message", "tnef": "message",
}  # fmt: skip
"""What a page of a file is called, by its type."""
TYPES: Mapping[str, str] = {
    "docx": "Word", "doc": "Word", "docm": "Word", "xlsx": "Excel", "xls": "Excel", "xlsb": "Excel", "csv": "CSV",
    "html": "web page", "txt": "text", "eml": "e-mail", "msg": "e-mail", "tnef": "e-mail", "jpg": "JPEG",
    "pptx": "PowerPoint", "ppt": "PowerPoint", "mbox": "mailbox", "ics": "calendar", "vcf": "address card",
    "audio": "sound", "video": "video", "program": "program", "signature": "digital signature",
    "metafile": "Windows picture", "officexml": "Office XML", "iwork": "Apple iWork", "visio": "Visio",
    "publisher": "Publisher", "access": "Access", "postscript": "PostScript", "unknown": "unknown type",
}  # fmt: skip
ARTICLES = frozenset({"UKGDPR"})
REGULATIONS = frozenset({"EIR", "EISR"})


def page_name(document_type: str | None) -> str:
    """``page``, ``sheet``, ``slide`` or ``message``."""
    return PAGE_NAMES.get(document_type or "", "page")


def found(kinds: Sequence[str]) -> str:
    """What a file holds and does not show, as in ``hidden rows, hidden columns and another file inside``."""
    told = list(dict.fromkeys(words(kind, FINDINGS) for kind in kinds))
    return " and ".join([", ".join(told[:-1]), told[-1]]) if len(told) > 1 else "".join(told)


def words(code: str | None, known: Mapping[str, str]) -> str:
    """The words for a code; a code that nobody has named yet is shown as it is, never dropped."""
    return "" if code is None else known.get(code, code.replace("_", " "))


def why_unread(status: str, detail: str | None) -> str:
    """Why a file has no text here, in a sentence or two."""
    said = (detail or "").removeprefix("No page holds text.").removeprefix("It holds no text.").strip()
    told = f"{words(status, READ)}."
    return f"{told} {said}" if said and status not in EXPLAINED else told


def file_type(code: str | None) -> str:
    """``pdf`` as ``PDF``, ``docx`` as ``Word``."""
    return words(code, TYPES) if code in TYPES else (code or "").upper()


def provision(regime: str | None, number: str | None) -> str:
    """``FOIA s.40(2)``, ``EIR reg.12(5)(b)``, ``UKGDPR art.6(1)(f)``; other laws as they are."""
    regime, number = regime or "", number or ""
    if regime in {"OTHER", "unknown", ""} or not number[:1].isdigit():
        return number if regime in {"OTHER", "unknown"} else f"{regime} {number}".strip()
    sign = "reg." if regime in REGULATIONS else "art." if regime in ARTICLES else "s."
    return f"{regime} {sign}{number}"


def day(value: str | None) -> str:
    """``2024-03-05T10:11:12Z`` as ``5 March 2024``; what is no day stays as it is."""
    parsed = _moment(value)
    return f"{parsed.day} {parsed:%B %Y}" if parsed else (value or "")


def clock(value: str | None) -> str:
    """The day and, where there is one, the time."""
    parsed = _moment(value)
    return f"{day(value)}, {parsed:%H:%M}" if parsed and "T" in str(value) else day(value)


def _moment(value: str | None) -> dt.datetime | None:
    try:
        return dt.datetime.fromisoformat(value or "")
    except ValueError:
        return None


def size(octets: int | None) -> str:
    """Bytes as people say them: ``812 bytes``, ``43 kB``, ``1.2 MB``."""
    if octets is None:
        return ""
    if octets < 1000:
        return plural(octets, "byte")
    return f"{octets / 1000:,.0f} kB" if octets < 1_000_000 else f"{octets / 1_000_000:,.1f} MB"


def number(value: float | None) -> str:
    """``12,345``; nothing for nothing."""
    return "" if value is None else f"{value:,}"


def percent(part: float | None, whole: float | None) -> str:
    """A share, as ``12.5%``; ``n/a`` of nothing."""
    return f"{100 * part / whole:.1f}%" if part is not None and whole else "n/a"


def plural(count: int, one: str, many: str | None = None) -> str:
    """``1 message``, ``2 messages``."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
