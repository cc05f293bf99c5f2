"""Sums for the commonest words of authorities' names, as a question by such a word adds up thousands of authorities."""

from scraper.publishing.schema.model import Index, Table, integer, text
from scraper.publishing.schema.shared_columns import HERE, READ, SECTION, YEAR

MANY_NAMES = 3_000
"""Authorities that have a word in their names, from which on its sums are made; of fewer they are made when asked."""
MOST_WORDS = 20

_WORD = text("word", "The word, in small letters: every authority in whose name it stands, be it within a word.")

NAME_WORD_YEARS = Table(
    name="name_word_years",
    description="The requests of all authorities with a word in their names, by nation and year, for the words that "
    f"{MANY_NAMES:,} of them have.",
    key=("id",),
    indexes=(Index(columns=("word", "year")),),
    columns=(
        text("id", "The word, the nation and the year: council/wales/2024."),
        _WORD,
        text("nation", "The nation of these authorities.", required=True),
        YEAR,
        HERE,
        READ,
    ),
)

NAME_WORD_SECTIONS = Table(
    name="name_word_sections",
    description="In how many of these requests each section is relied on, by year, as in section_years.",
    key=("id",),
    indexes=(Index(columns=("word", "year")),),
    columns=(
        text("id", "The word, the year and the section: council/2024/FOIA 40."),
        _WORD,
        YEAR,
        *SECTION,
        integer("requests", "Requests in which an authority relies on it: each counted once.", required=True),
        text("example", "The mention in one of these requests.", required=True, to="citations.id"),
    ),
)

TABLES: tuple[Table, ...] = (NAME_WORD_YEARS, NAME_WORD_SECTIONS)
