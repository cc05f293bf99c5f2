"""An archive of one's own, as the tests of the archive have it."""

from tests.scraper.archive.conftest import archive, store

__all__ = ["archive", "store"]
