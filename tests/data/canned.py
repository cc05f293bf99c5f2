"""The canned queries: their names, and what makes each answer with every row that it has."""

from tests.data.conftest import SITE

NAMES = [path.stem.split("-", 1)[1] for path in sorted((SITE / "queries").glob("*.sql"))]
LOOSE = {"min_requests": "1", "min_reviews": "1"}
