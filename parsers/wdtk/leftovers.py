"""What a page holds and no rule reads: collected while reading, so that nothing is dropped in silence."""

from collections.abc import Iterable, Set

from parsers.select import Node, describe
from parsers.wdtk.markup import classes, words

_LONGEST_QUOTE = 80


class Leftovers:
    """Descriptions in the order found, each once."""

    def __init__(self) -> None:
        self._found: dict[str, None] = {}

    def add(self, where: str, what: str) -> None:
        """Report something in words."""
        self._found.setdefault(f"{where}: {what}")

    def element(self, where: str, node: Node) -> None:
        """Report an element with its first words."""
        self.add(where, f"unknown {describe(node)} {words(node)[:_LONGEST_QUOTE]!r}")

    def children(self, where: str, parent: Node, known: Set[str], *, ignore: Iterable[Node] = ()) -> None:
        """Report each child of ``parent`` that is none of the ``known`` marks, and loose text between them."""
        skipped = set(ignore)
        self.loose(where, parent.text)
        for child in parent:
            if child not in skipped and known.isdisjoint(marks(child)):
                self.element(where, child)
            self.loose(where, child.tail)

    def loose(self, where: str, text: str | None) -> None:
        """Report words that stand outside every known element."""
        if text and not text.isspace():
            self.add(where, f"loose text {text.strip()[:_LONGEST_QUOTE]!r}")

    @property
    def found(self) -> tuple[str, ...]:
        """All reports."""
        return tuple(self._found)


def marks(node: Node) -> list[str]:
    """What an element may be known by: ``.class``, ``#id``, or its tag where it has neither class nor id."""
    name = node.get("id")
    found = [f".{word}" for word in classes(node)]
    if name:
        found.append(f"#{name}")
    return found or [node.tag]
