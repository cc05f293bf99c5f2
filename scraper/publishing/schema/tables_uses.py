"""Tables that hold what the pages of an authority and of a provision say, counted once when the database is built."""

from scraper.publishing.schema.model import Column, Index, Table, day, integer, text
from scraper.publishing.schema.shared_columns import AUTHORITY, HERE, READ, YEAR

_USED = (
    integer(
        "requests",
        "Requests in which it, or a part of it, is relied on: each once, by the ground that its mention counts as.",
        required=True,
    ),
    integer("exactly", "Those of them that are counted as this provision itself, not as a part of it.", required=True),
    integer(
        "named",
        "Requests in which a letter relies on it, or on a part of it, by its own number, also where that counts as "
        "another ground.",
        required=True,
    ),
)


def _provision() -> tuple[Column, Column]:
    return (
        text("regime", "The law: FOIA, EIR, FOISA, EISR or one that supports a ground of theirs.", required=True),
        text("provision", "The provision, at every level: 36(2)(b)(i) stands also under 36(2)(b), 36(2) and 36.",
             required=True),
    )  # fmt: skip


AUTHORITY_OUTCOMES = Table(
    name="authority_outcomes",
    description="How the requests to each authority ended, as the requester labelled it and as its letters were read.",
    key=("id",),
    indexes=(Index(columns=("authority_id", "year")),),
    facets=("year", "outcome_class", "described_state"),
    columns=(
        text("id", "The authority, the year, the label and the outcome: 7/2024/rejected/withheld."),
        AUTHORITY,
        YEAR,
        text("described_state", "The label that the requester or a volunteer chose.", required=True),
        text("outcome_class", "Where the requests stand as their letters were read: see requests.", required=True),
        integer("requests", "Requests with this label and this outcome.", required=True),
        integer("compared", "Those in which each of the two says something that the other could say.", required=True),
        integer("agreed", "Those of them in which the two say the same.", required=True),
    ),
)

AUTHORITY_REVIEWS = Table(
    name="authority_reviews",
    description="What became of the internal reviews that each authority was asked for: a summary of reviews.",
    key=("id",),
    indexes=(Index(columns=("authority_id", "year")),),
    facets=("year", "outcome", "timing"),
    columns=(
        text("id", "The authority, the year, what it changed and when: 7/2024/upheld/in_time."),
        AUTHORITY,
        YEAR,
        text("outcome", "What the review changed: see reviews.", required=True),
        text("timing", "Whether its outcome came in time: see reviews.", required=True),
        integer("reviews", "How many internal reviews.", required=True),
        integer("requests", "In how many requests.", required=True),
        integer("asked", "Of the reviews, those whose asking is in the thread.", required=True),
        text("example", "One of these reviews.", required=True, to="reviews.id"),
    ),
)

AUTHORITY_PROVISIONS = Table(
    name="authority_provisions",
    description="How many requests each authority refused on each provision, over all years, at every level of it.",
    key=("authority_id", "regime", "provision"),
    indexes=(Index(columns=("regime", "provision", "requests")),),
    facets=("regime",),
    columns=(
        AUTHORITY,
        *_provision(),
        *_USED,
        integer("first_year", "The first year in which a request was sent that it is relied on in."),
        integer("last_year", "The last such year."),
    ),
)

PROVISION_USE = Table(
    name="provision_use",
    description="How many requests of each year were refused on each provision, at every level of it.",
    key=("id",),
    indexes=(Index(columns=("regime", "provision", "year")),),
    facets=("regime", "year"),
    columns=(
        text("id", "The law, the provision and the year: FOIA/40(2)/2024, or FOIA/40(2)/unknown."),
        *_provision(),
        YEAR,
        *_USED,
        integer("authorities", "How many authorities rely on it in them, by any of the three counts.", required=True),
    ),
)

LAW_YEARS = Table(
    name="law_years",
    description="The denominators: how many requests of each year were made under the laws of Scotland, and of the "
    "rest of the United Kingdom.",
    key=("id",),
    indexes=(Index(columns=("applies_in", "year")),),
    columns=(
        text("id", "The country and the year: Scotland/2024, or Scotland/unknown."),
        text("applies_in", "Scotland (FOISA, EISR) or UK/E&W/NI (FOIA, EIR, or no law that is known).", required=True),
        YEAR,
        HERE,
        READ,
    ),
)

PROVISION_REPLIES = Table(
    name="provision_replies",
    description="Every message in which an authority relies on a provision, or on a part of it, with one of the "
    "sentences that say so.",
    key=("regime", "provision", "citation_id"),
    indexes=(
        Index(columns=("regime", "provision", "sent_on", "citation_id")),
        Index(columns=("regime", "provision", "year", "sent_on", "citation_id")),
        Index(columns=("authority_id", "regime", "provision", "sent_on", "citation_id")),
    ),
    columns=(
        *_provision(),
        text("citation_id", "The mention with the sentence.", required=True, to="citations.id"),
        AUTHORITY,
        integer("year", "The year in which the request was sent; empty where that is not known."),
        day("sent_on", "The day of the message; empty where that is not known."),
        integer("mentions", "How many times that message relies on it.", required=True),
    ),
)

USES = (
    AUTHORITY_OUTCOMES,
    AUTHORITY_REVIEWS,
    AUTHORITY_PROVISIONS,
    PROVISION_USE,
    LAW_YEARS,
    PROVISION_REPLIES,
)
