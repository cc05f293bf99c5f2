"""``CITATION.cff``: how an export is cited, in the Citation File Format 1.2.0."""

import yaml

from scraper.exporting.package import NAME, TITLE, Facts, description


def cff(facts: Facts) -> str:
    """The text of the file. No licence is named, since none is claimed on letters."""
    told = {
        "cff-version": "1.2.0",
        "message": "If you use these data, please cite them with their version, and letters by their authority.",
        "type": "dataset",
        "title": f"{NAME}: {TITLE[0].lower()}{TITLE[1:]}",
        "authors": [{"name": NAME}],
        "version": facts.version,
        "date-released": facts.about["built_at"][:10],
        "abstract": description(facts),
        "keywords": ["freedom of information", "exemptions", "United Kingdom"],
        "references": [
            {
                "type": "website",
                "title": "WhatDoTheyKnow, where the correspondence was made public",
                "authors": [{"name": "mySociety"}],
                "url": facts.about.get("source") or "https://www.whatdotheyknow.com",
                "date-accessed": facts.about.get("last_checked_at", "")[:10] or facts.about["built_at"][:10],
            }
        ],
    }
    return yaml.safe_dump(told, sort_keys=False, allow_unicode=True, width=110)
