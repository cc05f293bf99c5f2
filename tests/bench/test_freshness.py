"""On a small site too, everything in turn needs three times the requests of the policy for the same freshness."""

from tests.bench.freshness import spend
from tests.bench.site_of_a_million import made


def test_three_times_the_requests_in_turn_leave_less_fresh() -> None:
    site = made(3_000)
    ours = spend(site, "policy", 10_000)
    assert ours.spent < 11_000
    assert spend(site, "in turn", 3 * ours.spent).fresh < ours.fresh <= spend(site, "oracle", ours.spent).fresh
