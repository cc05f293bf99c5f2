"""Tables of what was said: authorities, events, messages, attachments, pages."""

from parsers.sectors import SECTORS
from scraper.publishing.schema.model import Index, Table, integer, moment, prose, real, text, word

AUTHORITIES = Table(
    name="authorities",
    description="A public body that requests were sent to.",
    label="name",
    sort="name",
    facets=("sector", "nation", "regimes"),
    key=("id",),
    unique=(("url_name",),),
    # Questions look for a part of a name among all, for which the narrow index is gone through and not the table.
    indexes=(Index(columns=("sector", "nation")), Index(columns=("name", "nation"))),
    columns=(
        integer("id", "The site's own number of the authority."),
        text("url_name", "The authority's name in the site's addresses.", required=True),
        text("name", "The authority's name as the site gives it.", required=True),
        text("short_name", "The short name, where the site gives one."),
        word(
            "nation",
            "Whose law it answers under, from its tags: scotland, wales, northern_ireland, england, "
            "or uk where no tag names a nation.",
            required=True,
        ),
        text(
            "sector",
            "Which part of public life it belongs to, from its tags: central_government, devolved_government, "
            "agency_or_regulator, local_government, parish_or_community_council, health, police_and_justice, "
            "fire_and_rescue, school, further_and_higher_education, transport, utility, culture_and_media, housing, "
            "other, or unknown where no tag tells.",
            required=True,
            check=", ".join(f"'{sector}'" for sector in SECTORS),
        ),
        word("regimes", "The laws it answers under, from its tags: such as FOIA, EIR; empty when subject to none."),
        text("home_page", "The authority's own web site."),
        text("url", "The authority's page at the source.", required=True),
        integer("request_count", "How many of its requests are in this database.", required=True),
    ),
)

AUTHORITY_TAGS = Table(
    name="authority_tags",
    description="A tag that the site's volunteers gave an authority; tags decide its nation and its law.",
    key=("authority_id", "name", "value"),
    indexes=(Index(columns=("name", "value")),),
    facets=("name",),
    columns=(
        integer("authority_id", "The authority that bears the tag.", required=True, to="authorities.id"),
        text("name", "The tag.", required=True),
        text("value", "What stands after the colon of the tag; empty for a plain tag.", required=True),
    ),
)

EVENTS = Table(
    name="events",
    description="One entry in the history of a request, as the site lists it.",
    facets=("event_type",),
    key=("id",),
    indexes=(Index(columns=("request_id", "created_at")), Index(columns=("event_type",))),
    columns=(
        integer("id", "The site's own number of the event."),
        integer("request_id", "The request.", required=True, to="requests.id"),
        word("event_type", "What happened, in the site's word: sent, response, status_update, ...", required=True),
        moment("created_at", "When, as the site prints it.", required=True),
        word("described_state", "The label that a person set at this point."),
        word("calculated_state", "The label that the site worked out at this point."),
        text("message_id", "The message, where the event has one that is published.", to="messages.id"),
        word("display_status", "The site's words for the event."),
    ),
)

MESSAGES = Table(
    name="messages",
    description="One message of a request, in order; names, addresses and telephone numbers are masked.",
    facets=("kind",),
    key=("id",),
    indexes=(Index(columns=("request_id", "position")), Index(columns=("kind", "id"))),
    columns=(
        text("id", "The message's anchor on its page: incoming-7, outgoing-12."),
        integer("request_id", "The request.", required=True, to="requests.id"),
        integer("position", "Its place on the page, from 1.", required=True),
        text(
            "direction",
            "incoming from the authority, outgoing from the requester.",
            required=True,
            check="'incoming', 'outgoing'",
        ),
        text("sender", "The authority's name, or the word requester; never a person's name.", required=True),
        word(
            "kind",
            "What it is: initial_request, followup or internal_review_request; of an incoming message the weightiest "
            "kind read in it and its documents; empty when nothing was read.",
        ),
        moment("sent_at", "When, as the site prints it; empty where the site shows none."),
        word("prominence", "The site's word for who may see it: normal, hidden or requester_only.", required=True),
        prose("text", "The words, with quoted mail; empty when hidden. Citations are placed in this text."),
        prose("hidden_reason", "The site's reason why it is hidden, or that it was withdrawn."),
        text("url", "The message at the source.", required=True),
    ),
)

ATTACHMENTS = Table(
    name="attachments",
    description="One file of one incoming message, or one inside such a file: an attachment of a mail, an entry of an "
    "archive. The file itself stays at the source.",
    label="name",
    facets=("document_type", "read_status", "held_back"),
    key=("id",),
    indexes=(
        Index(columns=("message_id", "position")),
        Index(columns=("parent_id", "position")),
        Index(columns=("document_type", "id")),
        Index(columns=("read_status", "id")),
        Index(columns=("held_back", "id")),
        Index(columns=("sha256",)),
    ),
    columns=(
        text(
            "id",
            "The file's anchor on its page (attachment-8), or message and part (incoming-7/2); of a file inside "
            "another, that one's with its place there (attachment-8.2).",
        ),
        text("message_id", "The message that it came with.", required=True, to="messages.id"),
        text("parent_id", "The file that it lies in; empty for one that the site lists.", to="attachments.id"),
        integer("request_id", "The request.", required=True, to="requests.id"),
        integer("position", "Its place in the message's list, or in the file that it lies in, from 1.", required=True),
        prose("name", "The name that the site shows, or that the file has where it lies, masked; empty when hidden."),
        text("state", "file, hidden or erased.", required=True, check="'file', 'hidden', 'erased'"),
        word("document_type", "What the bytes are: pdf, docx, ...; empty when they were not looked at."),
        integer("size", "Size in bytes."),
        text("sha256", "SHA-256 of the bytes as received."),
        word(
            "read_status",
            "read, or why not: no_text, encrypted, damaged, too_big, too_slow, bomb, crashed, unsupported; not_read "
            "when its turn has not come; otherwise what became of the fetch: hidden, erased, missing, waiting, "
            "refused_by_robots, too_big, not_a_file, failed, not_fetched.",
            required=True,
        ),
        prose("read_detail", "One sentence more on read_status."),
        text(
            "held_back",
            "Why its text is not shown: hidden_content (it holds what it does not show: see findings), not_probed (not "
            "looked at for that, or the look failed), spreadsheet (its days of waiting are not over), container (may "
            "hold any file), or empty.",
            check="'hidden_content', 'not_probed', 'spreadsheet', 'container'",
        ),
        integer("page_count", "Number of pages, sheets or slides that were read."),
        prose(
            "url",
            "The file at the source, or the one that it lies in; its message where the address may hold a person's "
            "name.",
        ),
    ),
)

PAGES = Table(
    name="pages",
    description="The text of one page of one document; names, addresses and telephone numbers are masked.",
    key=("id",),
    unique=(("attachment_id", "number"),),
    indexes=(Index(columns=("request_id",)),),
    columns=(
        text("id", "The attachment and the page: attachment-8/1."),
        text("attachment_id", "The document.", required=True, to="attachments.id"),
        integer("request_id", "The request.", required=True, to="requests.id"),
        integer("number", "The page's number, from 1.", required=True),
        prose("title", "The name of the sheet or the title of the slide, masked; empty for other pages."),
        prose("text", "The words of the page. Citations are placed in this text.", required=True),
        word(
            "source",
            "How they were got: text_layer, message, plain, html, or ocr, recognised in a picture; ocr_doubtful where "
            "they were recognised too badly, and the text is left empty.",
            required=True,
        ),
        real("confidence", "How sure the recognition of characters was, 0 to 1; empty for text that was text."),
    ),
)

FINDINGS = Table(
    name="findings",
    description="A kind of thing that a file holds and does not show, for which its text is held back. Where in the "
    "file and how much is not told, nor what is found and holds nothing back.",
    facets=("kind",),
    key=("id",),
    unique=(("attachment_id", "kind"),),
    indexes=(Index(columns=("request_id",)), Index(columns=("kind", "id"))),
    columns=(
        text("id", "The attachment and the kind: attachment-8/hidden_columns."),
        text("attachment_id", "The file.", required=True, to="attachments.id"),
        integer("request_id", "The request.", required=True, to="requests.id"),
        word(
            "kind",
            "hidden_sheet, very_hidden_sheet, hidden_rows, filtered_rows, hidden_columns, hidden_cells, pivot_cache, "
            "external_data, embedded_file, hidden_slide, hidden_shape, covered_text, invisible_text, "
            "text_outside_page, unapplied_redaction, white_text or tiny_text.",
            required=True,
        ),
    ),
)
