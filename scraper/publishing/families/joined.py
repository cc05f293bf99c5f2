"""Which of many texts were found alike: four bytes for each text, where a set or a dictionary takes a hundred."""

from array import array


class Joined:
    """Texts numbered from 1, joined with those that they are like (``parsers.families.link``)."""

    def __init__(self, size: int) -> None:
        """Nothing is like anything yet, of ``size`` texts."""
        self._above = array("i", bytes(array("i").itemsize * (size + 1)))

    def root(self, node: int) -> int:
        """The one that stands for all that are joined with ``node``."""
        above = self._above
        top = node
        while above[top] not in {0, top}:
            top = above[top]
        while above[node] not in {0, top}:
            above[node], node = top, above[node]
        return top

    def join(self, one: int, other: int) -> None:
        """They are alike."""
        first = self.root(one)
        self._above[self.root(other)] = self._above[first] = first

    def __contains__(self, node: object) -> bool:
        """Whether something was found like it."""
        return isinstance(node, int) and bool(self._above[node])
