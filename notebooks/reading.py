"""What the notebooks share: the database, opened only to be read, and what it covers.

``Archive.at()`` finds the database; its ``ask`` answers SQL with a DataFrame.
"""

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pandas as pd

PROJECT = Path(__file__).resolve().parent.parent
PLACES = (PROJECT / "data" / "site" / "public.db", PROJECT / "data" / "demo" / "public.db")
"""Where a database is looked for when none is named: what ``wdtk publish`` makes, then the demo."""

pd.set_option("display.max_colwidth", 90)


@dataclass(frozen=True)
class Archive:
    """One published database."""

    path: Path

    @classmethod
    def at(cls, path: str = "") -> "Archive":
        """The database at ``path``, or where ``WDTK_PUBLIC_DB`` says, or the first of ``PLACES`` that is there.

        Raises:
            SystemExit: There is none, or it lacks what is asked here; the words say what to do.
        """
        named = path or os.environ.get("WDTK_PUBLIC_DB", "")
        found = next((place for place in ([Path(named)] if named else PLACES) if place.is_file()), None)
        if found is None:
            raise SystemExit(
                f"There is no database {f'at {named}' if named else 'in data/site or data/demo'}. Make one with "
                "`wdtk demo --no-serve` or `wdtk publish`, or write the path of your public.db into the first cell."
            )
        archive = cls(found.resolve())
        if archive.ask("SELECT 1 FROM sqlite_master WHERE name = 'refusal_years'").empty:
            raise SystemExit(f"{found} is not of this version of wdtk-archive: publish it again with `wdtk publish`.")
        return archive

    def ask(self, sql: str, **parameters: str | float | None) -> pd.DataFrame:
        """The rows that answer a question in SQL; ``:name`` in it stands for a parameter."""
        with closing(sqlite3.connect(f"{self.path.as_uri()}?mode=ro", uri=True)) as connection:
            return pd.read_sql_query(sql, connection, params=parameters)

    def coverage(self) -> pd.DataFrame:
        """How much is here, and of how much: what every figure is a figure of."""
        here = self._counts()
        said = {
            "requests here": here["requests"],
            "of these, with a letter that could be read": here["requests_read"],
            "authorities that they went to": here["authorities"],
            "requests that the site says these authorities have": here["known"] or "not known",
            "authorities of which that is not known": here["authorities"] - here["with_known"],
            "first request sent on": here["first"] or "not known",
            "last request sent on": here["last"] or "not known",
        }
        return pd.DataFrame({"": list(said.values())}, index=list(said))

    def foot(self) -> str:
        """The two lines below every chart: what the archive covers, and where it comes from."""
        here = self._counts()
        known = f"the site has {here['known']:,} of theirs" if here["known"] else "how many the site has is not known"
        if here["known"] and here["with_known"] < here["authorities"]:
            known += f" (of {here['with_known']:,} authorities; of the others it is not known)"
        days = f", sent {here['first']} to {here['last']}" if here["first"] else ""
        return (
            f"Coverage: {here['requests']:,} requests to {here['authorities']:,} authorities{days}; {known}; "
            f"{here['requests_read']:,} with a letter that could be read.\n{self._source()}"
        )

    def _counts(self) -> dict[str, Any]:
        found = self.ask("""
            SELECT count(*) AS authorities, coalesce(sum(y.requests), 0) AS requests,
              coalesce(sum(y.requests_read), 0) AS requests_read, coalesce(sum(v.known), 0) AS known,
              count(v.known) AS with_known,
              CAST((SELECT min(asked_on) FROM requests) AS text) AS first,
              CAST((SELECT max(asked_on) FROM requests) AS text) AS last
            FROM (SELECT authority_id, sum(requests) AS requests, sum(requests_read) AS requests_read
                  FROM refusal_years GROUP BY authority_id) AS y
            LEFT JOIN coverage AS v ON v.authority_id = y.authority_id
            """)
        return {
            name: int(said) if isinstance(said, float) else said for name, said in found.astype(object).iloc[0].items()
        }

    def _source(self) -> str:
        about = self.ask("SELECT key, value FROM about").set_index("key")["value"].to_dict()
        host = urlsplit(about.get("source") or "").hostname or ""
        if host == "localhost" or host.startswith("127."):
            return "Source: the stand-in site of the demo, whose authorities, requests and letters are all invented."
        looked = f", last looked at on {about['last_checked_at'][:10]}" if about.get("last_checked_at") else ""
        return f"Source: {host or 'not stated'}{looked}; read by wdtk-archive. Shares are of this archive."


def top(frame: pd.DataFrame, most: int, name: str) -> pd.DataFrame:
    """The first ``most`` rows, and one for all others, which has their number in column ``name`` and their sums."""
    if len(frame) <= most + 1:
        return frame
    rest = frame.iloc[most:]
    others = rest.select_dtypes("number").sum().to_frame().T.assign(**{name: f"all {len(rest):,} others"})
    return pd.concat([frame.iloc[:most], others], ignore_index=True)
