"""Numbers of requests, of which a large archive has a million: one bit for each in place of a hundred bytes."""

from collections.abc import Collection, Iterable, Iterator

_FAR = 1 << 24
"""Numbers from here on are kept one by one: a page that was brought in may claim any, and bits up to it would fill the
memory."""


class Ids(Collection[int]):
    """A set of numbers, most of which are not negative and lie close together."""

    def __init__(self, numbers: Iterable[int] = ()) -> None:
        self._bits = bytearray()
        self._far: set[int] = set()
        self._count = 0
        for number in numbers:
            if 0 <= number < _FAR:
                self._add(number)
            else:
                self._far.add(number)

    def _add(self, number: int) -> None:
        place, bit = number >> 3, 1 << (number & 7)
        if place >= len(self._bits):
            self._bits.extend(bytes(place + 1 - len(self._bits)))
        self._count += not self._bits[place] & bit
        self._bits[place] |= bit

    def __contains__(self, number: object) -> bool:
        if not isinstance(number, int):
            return False
        if not 0 <= number >> 3 < len(self._bits):
            return number in self._far
        return bool(self._bits[number >> 3] & 1 << (number & 7))

    def __iter__(self) -> Iterator[int]:
        for place, byte in enumerate(self._bits):
            if byte:
                yield from (place << 3 | bit for bit in range(8) if byte & 1 << bit)
        yield from sorted(self._far)

    def __len__(self) -> int:
        return self._count + len(self._far)
