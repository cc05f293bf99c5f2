"""Which bands several texts may share, told before any band is written down: nearly all of them have but one text."""

from collections.abc import Callable, Iterable, Iterator

_MOST = 1 << 25
"""Places, of one byte each; where there are more bands, more of them fall together and are written down in vain."""
Banded = Callable[[], Iterable[tuple[int, tuple[int, ...]]]]


def shared(banded: Banded, texts: int, *, also: Iterable[int] = ()) -> Iterator[tuple[int, int]]:
    """The bands that two texts have, and those of ``also``, each with every text that has it; a few others too.

    ``banded`` gives, each time that it is called, the ``texts`` with their bands, which are numbers at random.
    """
    size = min(_MOST, 1 << max(10, (texts * 64).bit_length()))
    places, last = bytearray(size), size - 1
    for band in also:
        places[band & last] = 2
    for _, bands in banded():
        for band in bands:
            place = band & last
            if places[place] < 2:
                places[place] += 1
    return ((band, node) for node, bands in banded() for band in bands if places[band & last] > 1)
