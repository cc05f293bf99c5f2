"""Tables about the archive itself: what it is, what was fetched, what was not, what was taken down."""

from scraper.publishing.schema.model import Index, Table, day, integer, moment, text, word

ABOUT = Table(
    name="about",
    description="What this database is: its versions, and how much of the archive is and is not in it.",
    key=("key",),
    columns=(
        text("key", "What is said."),
        text("value", "What is so.", required=True),
    ),
)

WITHDRAWALS = Table(
    name="withdrawals",
    description="What was taken down, at the source or here, and when; nothing of its content.",
    facets=("state",),
    key=("subject",),
    indexes=(Index(columns=("request_id",)), Index(columns=("state",))),
    columns=(
        text("subject", "What was taken down: request/123, incoming-7, attachment-8, comment-2."),
        integer("request_id", "The site's number of its request, where known."),
        word("state", "hidden, erased, not_found, absent (its page no longer shows it) or forgotten.", required=True),
        moment("first_seen_at", "When this was first seen (UTC).", required=True),
        moment("last_seen_at", "When this was last seen (UTC).", required=True),
        word(
            "evidence",
            "What shows it: removal_page (the site's own page in its place), request_page (its request's page shows it "
            "as hidden), page_and_json (that page lists it no more, and its JSON tells as much), not_listed (the page "
            "alone), slug_and_number (404 of both), many_at_once (so many that it may be an outage or a change of the "
            "site's pages) or operator (erased here on request).",
        ),
        integer("looks", "How often it was seen so.", required=True),
        moment("confirmed_at", "When it was sure (UTC); empty while a second look is wanted."),
        moment("erased_at", "Since when nothing of it is left here (UTC)."),
    ),
)

CHANGES = Table(
    name="changes",
    description="What was found changed between two looks at the source, and when; never the words that were there.",
    facets=("kind",),
    sort_desc="id",
    key=("id",),
    indexes=(Index(columns=("request_id", "id")), Index(columns=("kind",))),
    columns=(
        integer("id", "Number of the row."),
        integer("request_id", "The site's number of the request, which may have been taken down since.", required=True),
        moment("seen_at", "When it was first seen so (UTC).", required=True),
        word(
            "kind",
            "new_event, new_message, new_comment, new_state, text_censored (more marks of redaction, or shorter), "
            "text_edited, file_new, file_replaced, file_renamed, file_gone, message_gone, comment_gone, renamed "
            "(another address), retitled, moved (another authority), hidden, erased, not_found, absent (its page no "
            "longer shows it), shown_again, prominence (listed, or kept out of lists) or forgotten (erased "
            "here on request).",
            required=True,
        ),
        text(
            "subject", "What changed: request/123, incoming-7, attachment-8, comment-2; empty where it was taken down."
        ),
        text("before", "The state, prominence or authority that it had; empty for other kinds."),
        text("after", "Those that it has, or the type of a new event."),
    ),
)

RUNS = Table(
    name="runs",
    description="What each run of the crawler and the reader did.",
    sort_desc="id",
    facets=("command", "finish_reason"),
    key=("id",),
    columns=(
        integer("id", "Number of the run."),
        word("command", "Which command: crawl, read, ...", required=True),
        moment("started_at", "When it began (UTC).", required=True),
        moment("ended_at", "When it ended (UTC); empty when it was stopped from outside."),
        word("finish_reason", "Why it ended: finished, challenge, limit, failed, ..."),
        text("counts", "What it counted, as JSON.", required=True),
    ),
)

COVERAGE = Table(
    name="coverage",
    description="How much of each authority's correspondence is here. found = fetched + missing + refused_by_robots + "
    "hidden + not_found + kept_back, of requests; attachments = read + unreadable + held_back + refused + waiting.",
    sort_desc="fetched",
    key=("authority_id",),
    indexes=(Index(columns=("fetched", "known", "requests_read")),),
    columns=(
        integer("authority_id", "The authority's number.", to="authorities.id"),
        text("authority", "Its name.", required=True),
        integer("known", "Requests that the site says it has, hidden ones included; empty when not asked."),
        integer(
            "found",
            "Requests that were met: a list showed them, or they were fetched, also those erased since.",
            required=True,
        ),
        integer("listed", "Of these, requests that a list has shown.", required=True),
        integer("fetched", "Requests in this database.", required=True),
        integer("missing", "Requests that a list showed and that are not fetched yet, or could not be.", required=True),
        integer(
            "refused_by_robots",
            "Requests whose page robots.txt refuses, so that they were not asked for.",
            required=True,
        ),
        integer("hidden", "Requests that the site has hidden, by its own word.", required=True),
        integer(
            "not_found", "Requests that the site no longer finds: renamed, removed, or under embargo.", required=True
        ),
        integer(
            "kept_back",
            "Requests kept out of this database: forgotten on request, kept out of search engines, or damaged.",
            required=True,
        ),
        day("covered_from", "First day from which the site's lists were wholly gone through without a gap (UTC)."),
        day("covered_until", "Last of these days; empty where no list was gone through to its end."),
        integer("requests_read", "Of these, requests with at least one incoming letter read.", required=True),
        integer("attachments", "Files that came with them.", required=True),
        integer("read", "Files read and shown.", required=True),
        integer("unreadable", "Files fetched that could not be read.", required=True),
        integer("held_back", "Files not shown by policy, such as spreadsheets.", required=True),
        integer("refused", "Files hidden, erased, missing, or refused by robots.txt or a limit.", required=True),
        integer("waiting", "Files not fetched or not read yet.", required=True),
    ),
)

REFUSALS = Table(
    name="refusals",
    description="What the site, robots.txt or the crawler's own limits kept out.",
    facets=("reason",),
    key=("id",),
    indexes=(Index(columns=("reason",)),),
    columns=(
        integer("id", "Number of the row."),
        text("url", "The address; empty for a request that is not in this database, as it would tell the title."),
        word(
            "reason",
            "robots, hidden, not_found, too_big, off_site, list_cap (a list longer than the site shows), failed, or "
            "what ended a run: challenge, budget, unreachable and the like.",
            required=True,
        ),
        moment("first_seen_at", "When first (UTC).", required=True),
        moment("last_seen_at", "When last (UTC).", required=True),
    ),
)
