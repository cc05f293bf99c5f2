"""The addresses of canned queries, of questions in SQL and of searches: every parameter empty and filled in."""

import re
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlencode

from scraper.publishing.metadata import read_query
from scraper.publishing.serve import SITE

PARTS = ("council", "nothing of that name")
"""Of the names of very many authorities, and of none."""
IN_SQL = "question in SQL"
"""The kind of what readers ask themselves, in SQL."""
_PARAMETER = re.compile(r"(?<![\w:]):([A-Za-z_]\w*)")
_ASKED = re.compile(r"```sql\n(.+?)```", re.DOTALL)


def queries(names: Sequence[str], years: Sequence[str], grounds: Sequence[str]) -> dict[str, list[str]]:
    """Each canned query: all empty, each parameter by itself, and the first values together; and in other forms."""
    values = {
        "authority": [*names, *PARTS], "year": [*years], "provision": [*grounds], "law": ["FOIA", "EISR"],
        "sector": ["central_government", "school", "all"], "exactly": ["yes"], "min_requests": ["0", "500"],
        "words": ["spending", "zyxwvut"], "published": ["yes"], "differing": ["yes"], "outcome": ["upheld"],
    }  # fmt: skip
    made: dict[str, list[str]] = {}
    for path in sorted((SITE / "queries").glob("*.sql")):
        query = read_query(path)
        wanted = [name for name in dict.fromkeys(_PARAMETER.findall(query.sql)) if name in values]
        given: list[dict[str, str]] = [{}, *({name: value} for name in wanted for value in values[name])]
        given += [{name: values[name][0] for name in wanted}]
        made[f"query {query.name}"] = [f"/public/{query.name}?{urlencode(one)}" for one in given]
        made.setdefault("query as a feed", []).append(f"/public/{query.name}.atom?{urlencode({'year': years[0]})}")
        made.setdefault("query as CSV or JSON", []).append(f"/public/{query.name}.csv")
        made.setdefault("query as CSV or JSON", []).append(f"/public/{query.name}.json?_shape=array")
    return made | {IN_SQL: [f"/public?{urlencode({'sql': sql})}" for sql in in_sql()]}


def in_sql() -> list[str]:
    """The questions of the documents in SQL that have no parameter."""
    root = Path(__file__).parents[2]
    texts = [(root / name).read_text(encoding="utf-8") for name in ("README.md", "data/QUESTIONS.md")]
    return [sql.strip() for text in texts for sql in _ASKED.findall(text) if not _PARAMETER.search(sql)]


def searches(names: Sequence[str], years: Sequence[str], grounds: Sequence[str]) -> dict[str, list[str]]:
    """Searches by what is looked for."""
    words = {
        "common words": ["information", "council", "request act", "section 40", "the"],
        "rare words": ["helicopter", "zyxwvut", "asbestos survey"],
        "phrases": ['"personal data"', '"freedom of information"', '"neither confirm nor deny"', '"section 12"'],
        "prefixes": ["inform*", "helic*", "a*"],
    }
    narrow = [
        *({"authority": name} for name in names[:2]), {"year": years[1]}, {"regime": "EIR"}, {"outcome": "withheld"},
        *({"provision": one} for one in grounds[:3]), {"in": "documents"}, {"in": "titles"}, {"in": "messages"},
        {"authority": names[0], "year": years[1]}, {"year": years[1], "regime": "FOIA", "provision": grounds[0]},
    ]  # fmt: skip
    made = {f"search, {name}": [_search(q=one) for one in found] for name, found in words.items()}
    made["search, filters alone"] = [_search(**one) for one in narrow if "in" not in one]
    made["search, words and filters"] = [_search(q="information", **one) for one in narrow]
    made["search, newest first"] = [
        _search(q=one, sort="newest", **more) for one in ("information", "helicopter") for more in ({}, narrow[0])
    ]
    made["search, later pages"] = [
        _search(q=one, page=str(page)) for one in ("information", "asbestos") for page in (2, 50)
    ]
    made["search for programs"] = [
        f"/search.{form}?{urlencode(one)}" for form in ("json", "csv", "atom")
        for one in ({"q": "information"}, {"q": "helicopter"}, {"q": '"section 40"', "year": years[1]})
    ]  # fmt: skip
    return made


def _search(**given: str) -> str:
    return f"/search?{urlencode(given)}"
