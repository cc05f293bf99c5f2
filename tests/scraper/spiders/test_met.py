"""What a run has met is known, whatever it is, and does not fill the memory."""

import tracemalloc

from scraper.spiders.met import Met


def test_what_was_met_is_known_each_once() -> None:
    met = Met()
    for one in ("potholes", "potholes", "7", 8, "caf\u00e9", "half a \ud83d"):
        met.add(one)
    assert all(one in met for one in ("potholes", "7", 8, "caf\u00e9", "half a \ud83d"))
    assert not any(one in met for one in ("pothole", 7, "8", "", None))


def test_many_take_no_memory_of_ours() -> None:
    met = Met()
    tracemalloc.start()
    try:
        for number in range(20_000):
            met.add(f"a_request_with_quite_a_long_name_{number}")
        assert tracemalloc.get_traced_memory()[0] < 100_000  # a set of them takes three million bytes
    finally:
        tracemalloc.stop()
    assert "a_request_with_quite_a_long_name_7" in met
