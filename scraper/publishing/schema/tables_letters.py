"""Tables of what letters say: readings, signals, references, citations, and the law they cite."""

from scraper.publishing.schema.model import Column, Index, Table, day, integer, prose, real, text, word

_PLACE: tuple[Column, ...] = (
    integer("page", "The page that the words stand on, from 1; 1 for a message.", required=True),
    integer("start", "Where the words begin in the published text of that message or page.", required=True),
    integer("end", "Where they end: text[start:end] is the quote.", required=True),
)
_SOURCE: tuple[Column, ...] = (
    text("source", "The reading that it belongs to.", required=True, to="readings.source"),
    integer("request_id", "The request.", required=True, to="requests.id"),
    text("message_id", "The message.", required=True, to="messages.id"),
    text("attachment_id", "The document; empty when the message's own text was read.", to="attachments.id"),
)

READINGS = Table(
    name="readings",
    description="All that was read in one message or document, with the words that it rests on.",
    facets=("kind", "outcome"),
    key=("source",),
    indexes=(Index(columns=("kind", "source")), Index(columns=("outcome", "source"))),
    columns=(
        text("source", "What was read: a message's id or an attachment's."),
        integer("request_id", "The request.", required=True, to="requests.id"),
        text("message_id", "The message.", required=True, to="messages.id"),
        text("attachment_id", "The document; empty when the message's own text was read.", to="attachments.id"),
        word(
            "kind",
            "What the letter is: acknowledgement, clarification, holding, fees_notice, response, refusal_notice, "
            "internal_review_outcome, transfer, auto_reply, bounce or other.",
            required=True,
        ),
        day("letter_date", "The day that the letter bears."),
        prose("letter_date_quote", "The words that say so."),
        day("request_date", "The day of the request, as the letter states it."),
        word(
            "outcome",
            "What the letter says was done: disclosed_full, disclosed_part, withheld, not_held, ncnd, cost_limit, ...",
            required=True,
        ),
        prose("outcome_quote", "The words that say so."),
        word("parser_version", "The version of the reader.", required=True),
    ),
)

SIGNALS = Table(
    name="signals",
    description="Something that a letter does: weighs the public interest, estimates a cost, offers a review.",
    facets=("name",),
    key=("id",),
    indexes=(Index(columns=("name", "id")),),
    columns=(
        text("id", "The reading and a number: incoming-7/signal/1."),
        text("source", "The reading that it belongs to, which names the request.", required=True, to="readings.source"),
        word(
            "name",
            "What the letter does: ncnd (neither confirms nor denies), public_interest_test, qualified_person (speaks "
            "of that person's opinion), cost_estimate, advice_offered, not_held, review_offered, regulator_named, "
            "extended_until or regime_switched (answers under another law).",
            required=True,
        ),
        prose(
            "value",
            "What it says, where there is something to say: hours, a date, a law, a regulator; whether the "
            "public interest is in withholding (withhold) or disclosing (disclose).",
        ),
        prose("quote", "The words that it rests on, as published.", required=True),
        *_PLACE,
    ),
)

LETTER_REFERENCES = Table(
    name="letter_references",
    description="The authority's own number for a request, as a letter prints it.",
    key=("id",),
    indexes=(Index(columns=("value",)),),
    columns=(
        text("id", "The reading and a number: attachment-8/reference/1."),
        *_SOURCE,
        text("value", "The reference, without its label.", required=True),
        prose("quote", "The words that it stands in, as published.", required=True),
        *_PLACE,
        real("confidence", "How sure the reader is, 0 to 1.", required=True),
    ),
)

CITATIONS = Table(
    name="citations",
    description="One mention of a provision of a law in one letter, with its words and their place.",
    facets=("regime", "section", "role"),
    key=("id",),
    indexes=(
        Index(columns=("request_id", "counted_regime", "counted_provision", "relied_on")),
        Index(columns=("regime", "provision", "role")),
        Index(columns=("regime", "section", "role")),
        Index(columns=("role", "regime")),
        Index(columns=("role", "id")),
        Index(columns=("regime", "id")),
        Index(columns=("counted_regime", "counted_provision", "request_id"), where="counted = 1"),
    ),
    columns=(
        text("id", "The reading and a number: attachment-8/citation/3."),
        *_SOURCE,
        word("regime", "The law: FOIA, EIR, FOISA, EISR, DPA2018, DPA1998, UKGDPR, OTHER or unknown.", required=True),
        text("provision", "The provision in its canonical form: 40(2), 12(5)(b).", required=True),
        text("section", "The section, regulation or article alone: 40."),
        word("counted_regime", "The law that the mention counts under, after rolling up.", required=True),
        text(
            "counted_provision",
            "The ground that the mention counts as: conditions and data protection law count as the exemption that "
            "they support.",
            required=True,
        ),
        text(
            "provision_id",
            "The row of the law table for the counted provision, in the version of the letter's day.",
            to="provisions.id",
        ),
        word(
            "role",
            "relied_on, relied_on_ncnd, considered_not_applied, withdrawn, possible_future, claimed_pending_pit, "
            "procedural, statute_quotation, requester_quotation, boilerplate, other_law or unknown.",
            required=True,
        ),
        integer(
            "relied_on",
            "1 when the authority relies on it (relied_on or relied_on_ncnd, in an incoming letter).",
            required=True,
            check="0, 1",
        ),
        integer(
            "counted",
            "1 on the first mention in the request of each ground relied on: the mention that exemption_use counts. "
            "FOIA 39 and FOISA 39(2) are not counted where the authority goes on to answer under the environmental "
            "regulations.",
            required=True,
            check="0, 1",
        ),
        prose("quote", "The words of the mention, as published.", required=True),
        *_PLACE,
        real("confidence", "How sure the reader is, 0 to 1.", required=True),
        prose("printed", "The provision as the letter prints it.", required=True),
        word("regime_rule", "The rule that decided which law it is.", required=True),
        word("role_rule", "The rule that decided the role.", required=True),
    ),
)

PROVISIONS = Table(
    name="provisions",
    description="The law: one row for each citable provision and version.",
    label="id",
    facets=("regime", "kind", "test"),
    key=("id",),
    unique=(("regime", "provision", "in_force_from"),),
    indexes=(Index(columns=("regime", "section")), Index(columns=("kind",))),
    columns=(
        text("id", "Law and provision: FOIA 40(2); followed by @ and in_force_from where there are several versions."),
        word("regime", "The law: FOIA, EIR, FOISA, EISR, DPA2018, DPA1998, UKGDPR or OTHER.", required=True),
        text(
            "provision", "The provision in its canonical form; an OTHER one begins with the Act's code.", required=True
        ),
        text("section", "The section, regulation or article alone."),
        text("parent", "The provision that it is part of."),
        word(
            "kind",
            "exemption, exception, cost_limit, vexatious, repeat, ncnd, procedure, right, appeal, offence, "
            "definition or other.",
            required=True,
        ),
        word("refusal_ground", "yes when an authority can rely on it to refuse, else no.", required=True),
        text("short_title", "What it is about, in a few words.", required=True),
        word("test", "absolute, qualified (a public interest test applies) or n/a.", required=True),
        word("basis", "class, prejudice or n/a.", required=True),
        word("ncnd", "yes when it removes the duty to confirm or deny, else no.", required=True),
        day("in_force_from", "First day in force."),
        day("in_force_to", "Last day in force; empty when still in force."),
        text("statistics_label", "Its line in the official statistics."),
        word("applies_in", "Which authorities: UK/E&W/NI, Scotland or UK.", required=True),
        text("rolls_up_to", "The ground to count instead, with its law where that is another."),
        text("notes", "What a reader should know."),
        text("source", "Code of the copy that the row was checked against.", required=True),
        word("confidence", "high, medium or low.", required=True),
        text("source_url", "The official address of the provision.", required=True),
    ),
)
