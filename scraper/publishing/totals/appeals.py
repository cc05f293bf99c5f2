"""How refusals fare on appeal, by section: figures that others published, beside which our own use is set.

The source speaks of two decades since the Act came into force and bears no date of its own.
"""

from collections.abc import Iterator

from scraper.publishing.request.rows import Row

_SOURCE = {
    "decided_by": "Information Commissioner",
    "period": "2005 to about 2025",
    "published_by": "Martin Rosenbaum, from the Commissioner's data on nearly 22,000 decisions",
    "source_url": "https://rosenbaum.org.uk/foi-which-complaints-are-upheld-by-the-ico",
}
_UPHELD = {"43": 47, "35": 38, "36": 35, "41": 34, "31": 30, "14": 23, "40": 18, "12": 12, "23": 7}
"""Percentages of complaints upheld, by section of the Freedom of Information Act."""


def appeal_rows() -> Iterator[Row]:
    """One row for each section with a published rate."""
    for section, percent in _UPHELD.items():
        yield {"regime": "FOIA", "section": section, "percent_upheld": float(percent), **_SOURCE}
