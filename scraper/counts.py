"""Numbers of things in words: ``1 page`` and ``2,000 pages``."""


def count_of(number: int, one: str, many: str | None = None) -> str:
    """``1 request``, ``2,000 requests``; ``many`` where it is not ``one`` with an s, as ``bodies``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
