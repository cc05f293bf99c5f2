"""Numbers of requests, of which a large archive has a million: one bit for each in place of a hundred bytes."""

from collections.abc import Collection, Iterable, Iterator


class Ids(Collection[int]):
    """A set of numbers that are not negative and lie close together."""

    def __init__(self, numbers: Iterable[int] = ()) -> None:
        self._bits = bytearray()
        self._count = 0
        for number in numbers:
            self._add(number)

    def _add(self, number: int) -> None:
        place, bit = number >> 3, 1 << (number & 7)
        if place >= len(self._bits):
            self._bits.extend(bytes(place + 1 - len(self._bits)))
        self._count += not self._bits[place] & bit
        self._bits[place] |= bit

    def __contains__(self, number: object) -> bool:
        return (
            isinstance(number, int)
            and 0 <= number >> 3 < len(self._bits)
            and bool(self._bits[number >> 3] & 1 << (number & 7))
        )

    def __iter__(self) -> Iterator[int]:
        return (
            place << 3 | bit for place, byte in enumerate(self._bits) if byte for bit in range(8) if byte & 1 << bit
        )

    def __len__(self) -> int:
        return self._count
