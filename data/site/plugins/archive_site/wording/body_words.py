"""What the pages of authorities and provisions call things, and which colour each keeps from chart to chart."""

from collections.abc import Mapping
from dataclasses import dataclass

NATIONS: Mapping[str, str] = {
    "england": "England",
    "scotland": "Scotland",
    "wales": "Wales",
    "northern_ireland": "Northern Ireland",
    "uk": "United Kingdom, or no nation named",
}
SECTORS: Mapping[str, str] = {
    "central_government": "Central government",
    "devolved_government": "Devolved government",
    "agency_or_regulator": "Agencies and regulators",
    "local_government": "Local government",
    "parish_or_community_council": "Parish and community councils",
    "health": "Health",
    "police_and_justice": "Police and justice",
    "fire_and_rescue": "Fire and rescue",
    "school": "Schools",
    "further_and_higher_education": "Colleges and universities",
    "transport": "Transport",
    "utility": "Utilities",
    "culture_and_media": "Culture and media",
    "housing": "Housing",
    "other": "Other bodies",
    "unknown": "No sector known",
}
CLASSES: Mapping[str, str] = {
    "granted_in_full": "Given in full",
    "partially_withheld": "Given in part",
    "fully_withheld": "Withheld",
    "not_held": "Not held",
    "otherwise_accessible": "Available elsewhere",
    "transferred": "Passed to another body",
    "on_hold": "Waiting for the requester",
    "not_yet_answered": "Not answered yet",
    "not_delivered": "Not delivered",
    "not_known": "Not known",
}
STATES: Mapping[str, str] = {
    "successful": "Successful",
    "partially_successful": "Partially successful",
    "rejected": "Refused",
    "not_held": "Not held",
    "waiting_response": "Waiting for a reply",
    "waiting_clarification": "Waiting for clarification",
    "internal_review": "Internal review",
    "gone_postal": "By post",
    "user_withdrawn": "Withdrawn by the requester",
    "error_message": "Delivery error",
    "requires_admin": "Unusual reply",
    "attention_requested": "Reported to the site",
    "not_foi": "Not a request, says the site",
    "vexatious": "Vexatious, says the site",
}
REVIEWS: Mapping[str, str] = {
    "upheld": "Nothing changed",
    "upheld_in_part": "Changed in part",
    "overturned": "Overturned",
    "not_known": "It does not say",
    "open": "No outcome yet",
}
TIMINGS: Mapping[str, str] = {
    "in_time": "In time",
    "permitted_extension": "Permitted extension",
    "late": "Late",
    "overdue": "Overdue, no answer",
    "open": "Not yet due",
    "on_hold": "On hold",
    "not_known": "Not known",
}


@dataclass(frozen=True, kw_only=True)
class Part:
    """Codes that are drawn as one, with their colour."""

    name: str
    codes: frozenset[str]
    shade: int


def _part(name: str, codes: str, shade: int) -> Part:
    return Part(name=name, codes=frozenset(codes.split()), shade=shade)


OUTCOME_PARTS = (
    _part("Given in full", "granted_in_full", 0),
    _part("Given in part", "partially_withheld", 2),
    _part("Withheld", "fully_withheld", 1),
    _part("Not held", "not_held", 4),
    _part("Sent elsewhere", "otherwise_accessible transferred", 3),
    _part("Not answered yet", "not_yet_answered on_hold", 6),
    _part("Not known", "not_known not_delivered", 7),
)
TIMING_PARTS = (
    _part("In time", "in_time", 0),
    _part("Permitted extension", "permitted_extension", 2),
    _part("Late", "late", 1),
    _part("Overdue, no answer", "overdue", 5),
    _part("Not due, or on hold", "open on_hold", 6),
    _part("Not known", "not_known", 7),
)
REVIEW_PARTS = (
    _part("Overturned", "overturned", 0),
    _part("Changed in part", "upheld_in_part", 2),
    _part("Nothing changed", "upheld", 1),
    _part("No outcome, or it does not say", "open not_known", 7),
)
KINDS: Mapping[str, str] = {
    "exemption": "an exemption",
    "exception": "an exception",
    "cost_limit": "a limit on cost",
    "vexatious": "a ground for refusing vexatious requests",
    "repeat": "a ground for refusing repeated requests",
    "ncnd": "a right to neither confirm nor deny",
    "procedure": "a rule of procedure",
    "right": "a right",
    "appeal": "a rule about appeals",
    "offence": "an offence",
    "definition": "a definition",
    "other": "a provision",
}
FULL_LAWS: Mapping[str, str] = {
    "FOIA": "Freedom of Information Act 2000",
    "EIR": "Environmental Information Regulations 2004",
    "FOISA": "Freedom of Information (Scotland) Act 2002",
    "EISR": "Environmental Information (Scotland) Regulations 2004",
    "DPA2018": "Data Protection Act 2018",
    "DPA1998": "Data Protection Act 1998",
    "UKGDPR": "UK General Data Protection Regulation",
    "OTHER": "other Acts",
}
APPLIES: Mapping[str, str] = {
    "UK/E&W/NI": "Authorities of England, Wales and Northern Ireland, and those of the whole United Kingdom",
    "Scotland": "Scottish public authorities",
    "UK": "The whole United Kingdom",
}
