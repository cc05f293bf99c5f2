"""The words of the README of an export."""

START = """
# wdtk-archive: Freedom of Information correspondence in tables

Tables of an archive of requests under Freedom of Information law and of what public authorities answered: who was
asked and when, what came of it, which provisions were relied on to refuse, and how long it took. Version {version}
of the data, from the database built on {day}; version {schema} of the tables. The correspondence was made public on
{source}, and every row leads back to it.

| File | What |
|---|---|
| `tables/` | the data, one table each |
| `datapackage.json` | every column with its type, its meaning, keys and allowed values (Data Package 2.0) |
| `CITATION.cff` | how to cite this |
| `SHA256SUMS` | checksums: `sha256sum -c SHA256SUMS` |

Letters were read by rules, not by people. How well is in the project's documents. A count is a count of what the
archive holds and the reader found, not of what authorities did.
"""

PARQUET = """
## How to read it

Days are dates, moments are timestamps in UTC, words of short lists are dictionaries (categories in pandas). Tables
of requests are divided by `request_year`, the year in which the request was sent: a folder for each, `0` where the
year is not known. Within a file rows are in the order of their requests, so that the statistics of its row groups
tell which of them hold a request.

DuckDB:

```sql
SELECT count(*) FROM read_parquet('tables/citations/*/*.parquet', hive_partitioning = true)
WHERE request_year = 2024 AND counted = 1;
```

pandas:

```python
citations = pandas.read_parquet("tables/citations", filters=[("request_year", "==", 2024)])
```

Polars:

```python
citations = polars.scan_parquet("tables/citations/**/*.parquet", hive_partitioning=True)
```

Spark (moments are shown in the time zone of its session):

```python
citations = spark.read.parquet("tables/citations").where("request_year = 2024")
```
"""

CSV = """
## How to read it

One file for each table (`ENDING`), as RFC 4180 has it: UTF-8, commas, lines that end in CR LF, names of columns in
the first line; a text may hold line breaks. Nothing between two commas is NULL; two quotes (`""`) are an empty
text. Days are 2024-03-01, moments 2024-03-01T09:00:00Z, in UTC.

A text that a spreadsheet would take for a formula (it begins with `=`, `+`, `-`, `@`, their wide forms, a tab or
the end of a line) has an apostrophe in front, and so has a text that begins with an apostrophe. To have the values
as they are in the database, take one apostrophe off each text that begins with one. A NUL character is written as
U+FFFD.

DuckDB:

```sql
SELECT count(*) FROM read_csv('tables/citationsENDING', header = true) WHERE counted = 1;
```

pandas:

```python
citations = pandas.read_csv("tables/citationsENDING", keep_default_na=False, na_values=[""])
```

Polars:

```python
citations = polars.read_csv("tables/citationsENDING", try_parse_dates=True)
```
"""

COUNTED = """
## How grounds are counted

A request counts once for each ground, however many letters name it: `counted` in `citations` is 1 at the first
mention. Parts of a provision roll up to the ground that official statistics have (`counted_regime`,
`counted_provision`), and conditions and data protection law count as the exemption that they support. Only grounds
that the authority itself relies on count (`relied_on`), not what it considered, quoted or explained. Tables whose
names end in `_years`, `_totals` or `_sections` were added up by this rule. A denominator for shares is
`requests.letters_read > 0`.
"""

NO_TEXT = """
## Without the words of letters

Text of messages and pages, quotations, names and addresses of files and whatever else people wrote is left out,
since a copy that is passed on cannot be taken back:

{columns}

Titles of requests are here: they are what a request is known and cited by, names of requesters are masked in them,
and the addresses of the requests, without which nothing could be followed to its source, are made of the same
words. Numbers that letters bear (`letter_references.value`) are here too. `start`, `end` and `page` tell where in a
published text the words stand that a row rests on; `requests.url` and `messages.url` lead to them.
"""

WITH_TEXT = """
## With the words of letters: copyright and personal data

This export was made `--with-text`: it holds the words of messages and attached letters. Copyright in a letter
belongs to whoever wrote it, and a release under Freedom of Information law is not by itself an open licence. Names,
e-mail addresses and telephone numbers were masked by rules, which miss some: what is left may be personal data, and
who keeps or passes on this folder answers for that under data protection law. Do not publish it as it is; publish
figures, short quotations and links to the source.
"""

LEFT_OUT = """
## What else is not here

The files themselves, which stay at the source. Views of the database, which are questions to these tables. The
full-text index and what serves it alone. Whatever the publication policy of the archive keeps back: it is in no
public database, and an export is made of nothing else.

No licence is claimed on the letters.
"""

GUESTS = """
## How to cite it

Give the version above. `CITATION.cff` has the rest. A single letter is cited by its authority, its day and its
address at the source.
"""

REMOVALS = """
## Removals

This is a copy, and the archive cannot erase anything in it. What is hidden or removed at the source leaves the
archive, and every later export. So renew this folder from time to time, delete old copies, and before you publish
something look it up at its address: what is gone there should go from your work too. `withdrawals` lists what had
been taken down when this was made, by number and day alone.

To have something taken down everywhere, ask from the request's own page at the source. To have something masked or
erased in the archive alone, write to whoever gave you this folder or runs the archive, and name the address.
"""
