"""Tables of what was asked, or answered, in nearly the same words more than once."""

from scraper.publishing.schema.model import Index, Table, day, integer, prose, real, text

FAMILIES = Table(
    name="families",
    description="Texts that say nearly the same to or from different authorities: the same request sent to several of "
    "them (a round robin), or the same paragraph with which several refuse (a template).",
    label="title",
    facets=("kind",),
    sort_desc="authorities",
    key=("id",),
    indexes=(Index(columns=("kind", "authorities", "size")),),
    columns=(
        text(
            "id",
            "Its kind and its first member: round-robin-100123 (a request), template-incoming-7.2 (a letter and a "
            "paragraph). It stays as long as that member does.",
        ),
        text(
            "kind",
            "round_robin (requests) or template (paragraphs of refusals).",
            required=True,
            check="'round_robin', 'template'",
        ),
        integer("size", "How many members it has.", required=True),
        integer("authorities", "How many different authorities are in it: two at least.", required=True),
        integer("requests", "How many different requests are in it.", required=True),
        day("first_day", "The day of its earliest member; empty where none has a day."),
        day("last_day", "The day of its latest member."),
        text(
            "representative",
            "The member with the most usual wording, to which the others are likened: the id of a row of "
            "family_members.",
            required=True,
        ),
        prose(
            "title",
            "What it is called here: the title of the representative's request, or how its paragraph begins; masked.",
            required=True,
        ),
        integer("batches", "How many of the site's own batches of requests are in it.", required=True),
    ),
)

FAMILY_MEMBERS = Table(
    name="family_members",
    description="One text in a family: the first message of a request, or one paragraph of a letter that relies on a "
    "ground. What is not published is in no family.",
    key=("id",),
    indexes=(Index(columns=("family_id", "day", "id")),),
    columns=(
        text("id", "The message (outgoing-12), or the reading and the paragraph (incoming-7/paragraph/2)."),
        text("family_id", "The family.", required=True, to="families.id"),
        integer("request_id", "The request.", required=True, to="requests.id"),
        integer("authority_id", "The authority that was asked, or that answers.", required=True, to="authorities.id"),
        text("message_id", "The message.", required=True, to="messages.id"),
        text("attachment_id", "The document that the paragraph stands in; empty for a message.", to="attachments.id"),
        integer("page", "The page that it stands on, from 1; 1 for a message.", required=True),
        integer("start", "Where it begins in the published text of that message or page.", required=True),
        integer("end", "Where it ends.", required=True),
        day("day", "The day of the message, where the site shows one."),
        text(
            "citation_id",
            "The mention of the ground that the paragraph gives reasons for; empty for a request.",
            to="citations.id",
        ),
        real(
            "likeness",
            "The share of runs of three words that it has in common with the representative, 0 to 1, when names, "
            "days and the like are set aside.",
            required=True,
        ),
        integer("batch_id", "The site's number of the batch that the request was sent in."),
    ),
)

MOST_USERS = 8
MANY_USES = 15
"""Uses of a paragraph above which it is told who uses it most."""

FAMILY_GROUNDS = Table(
    name="family_grounds",
    description="In how many requests of each family each ground is relied on: of a round robin in any letter of the "
    "request, of a template as the ground that the paragraph gives reasons for.",
    key=("family_id", "regime", "provision"),
    columns=(
        text("family_id", "The family.", required=True, to="families.id"),
        text("regime", "The law.", required=True),
        text("provision", "The ground, after rolling up.", required=True),
        text("provision_id", "Its row of the law table, in its newest version that was used.", to="provisions.id"),
        integer("requests", "Requests in which it is relied on: each counted once.", required=True),
    ),
)

FAMILY_USERS = Table(
    name="family_users",
    description=f"The {MOST_USERS} authorities that use a template most, of each template with more than {MANY_USES} "
    "members; where more use it as often, those that come first by their names.",
    key=("family_id", "place"),
    columns=(
        text("family_id", "The family.", required=True, to="families.id"),
        integer("place", "1 for the one with the most uses, and so on."),
        integer("authority_id", "The authority.", required=True, to="authorities.id"),
        integer("uses", "How many of the members are its.", required=True),
        day("first_day", "The day of the earliest of them; empty where none has a day."),
        day("last_day", "The day of the latest."),
    ),
)

FAMILY_TEXTS = Table(
    name="family_texts",
    description="By what families are found: numbers made of the words of texts that may be of one. They say nothing "
    "to a reader, and no word can be had from them.",
    key=("number",),
    exported=False,
    indexes=(Index(columns=("wording",)),),
    columns=(
        integer("number", "Its place among all texts: in the order of requests and of their letters."),
        integer("request_id", "The request.", required=True, to="requests.id"),
        integer(
            "wording",
            "The same for texts that say the same when names, days and the like are set aside; less than 0 for those "
            "of one of the site's own batches.",
            required=True,
        ),
        text("place", "Where it stands, as a list: the columns of family_members but for the family.", required=True),
        text("bands", "Numbers of which texts that are alike share one, packed.", required=True),
    ),
)
