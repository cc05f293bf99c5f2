"""Numbers, limits and names of parts as they are printed and written into the page."""

from tests.bench.figures import Figure, Part

TITLES: dict[Part, str] = {
    "pages": "Parsing pages",
    "letters": "Reading letters",
    "pdfs": "Reading PDFs, with the limits on",
    "office": "Reading letters from word processors",
    "scans": "Reading scans",
    "files": "Keeping files",
    "crawl": "Crawling",
    "freshness": "Requests for the same freshness",
    "cluster": "Reading on a cluster",
    "writes": "Writing into the archive",
    "publishing": "Publishing",
    "site": "Pages of the site",
    "search": "Search",
    "export": "Export",
    "memory": "Memory and room",
}


def number(value: float) -> str:
    """With three digits that count, and no more behind the point than that leaves."""
    if value != value or value in {float("inf"), float("-inf")}:  # noqa: PLR0124 - what is not a number is not itself
        return "none"
    if abs(value) >= 100:
        return f"{value:,.0f}"
    digits = 3 if 0 < abs(value) < 1 else 2 if abs(value) < 10 else 1
    return f"{value:.{digits}f}"


def bound(figure: Figure) -> str:
    """The limit of a figure, or nothing."""
    if figure.limit is None:
        return ""
    sign = "≤" if figure.bound == "most" else "≥"
    return f"{sign} {figure.limit:g}{' ×' if figure.of == 'ratio' else ''}"


def shown(part: Part, size: int | None) -> str:
    """A part, and the size of the archive where it has one."""
    return TITLES[part] + (f", {size:,} requests" if size else "")
