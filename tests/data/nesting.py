"""Whether a page is nested as HTML allows: what a browser would mend without a word is told here."""

from html.parser import HTMLParser

VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"))
SHAPES = frozenset(("rect", "circle", "line", "path", "polyline", "polygon", "use"))
"""Elements of SVG that may close themselves."""
PHRASING = frozenset((
    "a", "abbr", "b", "bdi", "bdo", "br", "button", "cite", "code", "em", "i", "input", "kbd", "label", "mark",
    "q", "s", "select", "small", "span", "strong", "sub", "sup", "svg", "textarea", "time", "u", "wbr",
))  # fmt: skip
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
ONLY_PHRASING = HEADINGS | (PHRASING - {"a", "select", "svg", "textarea"}) | {"p", "pre", "dt"}
ONLY = {
    "ul": {"li"}, "ol": {"li"}, "dl": {"dt", "dd", "div"}, "select": {"option", "optgroup"},
    "table": {"caption", "colgroup", "thead", "tbody", "tfoot"}, "thead": {"tr"}, "tbody": {"tr"}, "tfoot": {"tr"},
    "tr": {"th", "td"},
}  # fmt: skip
WITHIN = {"li": {"ul", "ol"}, "dt": {"dl", "div"}, "dd": {"dl", "div"}, "tr": {"thead", "tbody", "tfoot"},
          "td": {"tr"}, "th": {"tr"}, "option": {"select", "optgroup"}, "summary": {"details"}, "legend": {"fieldset"},
          "figcaption": {"figure"}, "caption": {"table"}}  # fmt: skip
INTERACTIVE = frozenset(("a", "button", "input", "label", "select", "textarea", "details"))


class _Nesting(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.faults: list[str] = []
        self.ids: set[str] = set()

    def _fault(self, said: str) -> None:
        line, _ = self.getpos()
        self.faults.append(f"line {line}, in {'/'.join(self.open[-4:])}: {said}")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._attributes(tag, attrs)
        if "svg" not in self.open:
            self._place(tag)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._attributes(tag, attrs)
        if "svg" not in self.open or tag not in SHAPES:
            self._fault(f"<{tag}/> does not close itself")

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            self._fault(f"</{tag}> closes nothing that is open")

    def _attributes(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            self._fault(f"<{tag}> has an attribute twice: {names}")
        own = dict(attrs).get("id")
        if "id" in names and (not own or own in self.ids or any(character.isspace() for character in own)):
            self._fault(f"<{tag}> has an id that is empty, broken or taken: {own!r}")
        self.ids.add(own or "")

    def _place(self, tag: str) -> None:
        above = self.open[-1] if self.open else ""
        if above in ONLY and tag not in ONLY[above]:
            self._fault(f"<{tag}> may not stand there")
        if tag in WITHIN and above not in WITHIN[tag]:
            self._fault(f"<{tag}> may only stand in {' or '.join(sorted(WITHIN[tag]))}")
        if above in ONLY_PHRASING and tag not in PHRASING:
            self._fault(f"<{tag}> may not stand in <{above}>")
        if tag in INTERACTIVE and any(one in self.open for one in ("a", "button")):
            self._fault(f"<{tag}> may not stand in what is itself pressed")


def faults(text: str) -> list[str]:
    """What is wrong with the nesting of ``text`` and with its ids; nothing for a page that is whole."""
    read = _Nesting()
    read.feed(text)
    read.close()
    return [*read.faults, *(f"<{tag}> is never closed" for tag in read.open)]
