"""A set of numbers behaves as a set, however far apart they are."""

import pytest

from scraper.publishing.ids import Ids

ODD = [0, 1, 7, 8, 9, 5_000, 5_000, (1 << 24) - 1, 1 << 24, 2**63 - 1, -1, -(2**63)]


@pytest.mark.parametrize("held", [[], [0], [3, 3, 2], ODD, ODD[::-1]])
def test_it_holds_what_was_put_in_and_nothing_else(held: list[int]) -> None:
    ids = Ids(held)
    assert (sorted(ids), len(ids)) == (sorted({*held}), len({*held}))
    assert [one in ids for one in [*ODD, 4, 10**12]] == [one in held for one in [*ODD, 4, 10**12]]
