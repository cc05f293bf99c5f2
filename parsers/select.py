"""Compiled selectors that say how often they may match, and what was expected where they do not.

A page that changes its shape must stop the reader with a sentence a maintainer can act on, so nothing in
``parsers`` takes "the first match" without saying why one is enough.
"""

from collections.abc import Sequence
from typing import cast

from cssselect import HTMLTranslator
from lxml.etree import XPath
from lxml.etree import _Element as Node

from parsers.errors import SelectorError

__all__ = ["Node", "Selector", "css", "describe", "xpath"]

_TRANSLATOR = HTMLTranslator()


class Selector:
    """A compiled expression with a name for what it finds; made by :func:`css` or :func:`xpath`."""

    __slots__ = ("_compiled", "expression", "what")

    def __init__(self, *, what: str, expression: str, compiled: XPath) -> None:
        self.what = what
        self.expression = expression
        self._compiled = compiled

    def all(self, node: Node) -> Sequence[Node]:
        """Every match below ``node`` in document order; none is a fine answer."""
        return cast("list[Node]", self._compiled(node))

    def some(self, node: Node) -> Sequence[Node]:
        """Every match; :class:`SelectorError` where there is none."""
        found = self.all(node)
        if not found:
            raise self._error("at least one", 0, node)
        return found

    def one(self, node: Node) -> Node:
        """The only match; :class:`SelectorError` where there is none or more than one."""
        found = self.all(node)
        if len(found) != 1:
            raise self._error("exactly one", len(found), node)
        return found[0]

    def maybe(self, node: Node) -> Node | None:
        """The only match or ``None``; :class:`SelectorError` where there is more than one."""
        found = self.all(node)
        if len(found) > 1:
            raise self._error("at most one", len(found), node)
        return found[0] if found else None

    def _error(self, wanted: str, found: int, node: Node) -> SelectorError:
        return SelectorError(f"expected {wanted} {self.what} ({self.expression}) in {describe(node)}, found {found}")


def css(expression: str, *, what: str) -> Selector:
    """A selector from CSS, looking at everything below the node it is given."""
    compiled = XPath(_TRANSLATOR.css_to_xpath(expression, prefix="descendant::"), smart_strings=False)
    return Selector(what=what, expression=expression, compiled=compiled)


def xpath(expression: str, *, what: str) -> Selector:
    """A selector from an XPath that yields elements; relative to the node it is given."""
    return Selector(what=what, expression=expression, compiled=XPath(expression, smart_strings=False))


def describe(node: Node) -> str:
    """An element as a maintainer would look for it: ``<div#outgoing-12.outgoing.correspondence>``."""
    name = node.get("id")
    classes = (node.get("class") or "").split()
    return "<" + node.tag + (f"#{name}" if name else "") + "".join(f".{word}" for word in classes) + ">"
