"""Near-duplicates: requests sent to many authorities, and paragraphs with which many of them refuse.

``wording`` sets aside what differs from letter to letter (names, the authority, days, references, the name of the law)
and gives runs of words; ``minhash`` finds pairs that may be alike without comparing each with each; ``grouping``
compares those exactly and makes families of them in which everything is like one member;
``waves`` parts requests that were sent at different times.
"""

from parsers.families.grouping import PARAGRAPHS, REQUESTS, Alike, Family, Rule, families, likeness, link, split
from parsers.families.minhash import band_keys
from parsers.families.paragraphs import Mention, Paragraph, reasons
from parsers.families.waves import waves
from parsers.families.wording import Runs, fingerprint, paragraph_runs, request_runs

__all__ = [
    "PARAGRAPHS",
    "REQUESTS",
    "Alike",
    "Family",
    "Mention",
    "Paragraph",
    "Rule",
    "Runs",
    "band_keys",
    "families",
    "fingerprint",
    "likeness",
    "link",
    "paragraph_runs",
    "reasons",
    "request_runs",
    "split",
    "waves",
]
