"""``README.md`` of an export: what it is, how it is read, what it covers, what is not in it, and removals."""

from scraper.exporting.package import Facts
from scraper.exporting.parts import Part
from scraper.exporting.readme_words import COUNTED, CSV, GUESTS, LEFT_OUT, NO_TEXT, PARQUET, REMOVALS, START, WITH_TEXT

_COVERAGE = {
    "requests_known_to_the_site": "requests that the site says its authorities have",
    "rows_in_requests": "requests here",
    "requests_read": "of these, with a letter of the authority that could be read: the denominator of most shares",
    "requests_with_a_ground": "of these, with a ground of refusal that is relied on",
    "requests_missing": "requests that were met and not fetched",
    "requests_refused_by_robots": "requests that robots.txt keeps out",
    "requests_hidden": "requests that the site has hidden",
    "requests_taken_down": "requests taken down, at the source or in the archive",
    "files": "files that came with letters",
    "files_read": "of these, read",
    "files_unreadable": "files that could not be read",
    "files_held_back": "files not shown by policy",
    "first_asked_on": "day of the first request",
    "last_asked_on": "day of the last request",
    "last_checked_at": "last look at the source",
    "parser_version": "version of the reader of letters",
    "requester_names": "names of requesters",
    "officers_and_contacts": "names of officers, e-mail addresses, telephone numbers",
}
"""What is told of ``about``, with what each means."""


def readme(facts: Facts) -> str:
    """The text of the file, in Markdown."""
    about = facts.about
    start = START.format(
        day=about["built_at"][:10],
        version=facts.version,
        schema=about["schema_version"],
        source=about.get("source", ""),
    )
    form = (PARQUET if facts.form == "parquet" else CSV).replace("ENDING", ".csv.gz" if facts.packed else ".csv")
    text = WITH_TEXT if facts.with_text else NO_TEXT.format(columns=_left_out(facts))
    sections = [
        start,
        form,
        _coverage(facts),
        COUNTED,
        text,
        LEFT_OUT,
        GUESTS,
        REMOVALS,
        _unreadable(facts),
        _tables(facts),
    ]
    return "\n".join(section.strip() + "\n" for section in sections if section)


def _left_out(facts: Facts) -> str:
    lines = [
        f"- `{part.name}`: {', '.join(f'`{column.name}`' for column in part.left_out)}"
        for part in facts.parts
        if part.left_out
    ]
    return "\n".join(lines)


def _coverage(facts: Facts) -> str:
    rows = [f"| {said} | {facts.about[key]} |" for key, said in _COVERAGE.items() if facts.about.get(key)]
    return "\n".join(
        [
            "## What it covers",
            "",
            "Shares worked out from these tables are shares of this archive, not of all requests: put them beside",
            "these numbers. The table `coverage` has them for each authority, `about` has more of them.",
            "",
            "| What | |",
            "|---|---|",
            *rows,
        ]
    )


def _unreadable(facts: Facts) -> str:
    if not facts.unreadable:
        return ""
    lines = [f"- `{name}`: {count}" for name, count in sorted(facts.unreadable.items())]
    told = "These values of the database are no day or no moment, and so are empty here:"
    return "\n".join(["## Values that could not be read", "", told, "", *lines])


def _tables(facts: Facts) -> str:
    rows = [
        f"| `{part.name}` | `{_where(facts, part)}` | {facts.rows_of(part)} | {part.table.description} |"
        for part in facts.parts
    ]
    told = "Every column is described in `datapackage.json`."
    return "\n".join(
        ["## Tables", "", told, "", "| Table | Where | Rows | What a row is |", "|---|---|---|---|", *rows]
    )


def _where(facts: Facts, part: Part) -> str:
    path = facts.files_of(part)[0].path
    return f"tables/{part.name}/*/*.parquet" if path.count("/") > 1 else path
