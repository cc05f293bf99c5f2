"""What an OpenDocument text holds beside its text: changes, comments, hidden, white and tiny words."""

from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from parsers.documents.package import Package
from parsers.documents.probes.probe_findings import FindingKind, Findings
from parsers.documents.probes.probe_pictures import probe_pictures
from parsers.documents.probes.probe_properties import open_document_objects, probe_properties, unopened
from parsers.documents.sheets.sheets_parts import attribute, local
from parsers.documents.word.odt import refuse_locked
from parsers.documents.word.odt_styles import MOST_PARENTS

TINIEST = 2.0
"""Points."""
PAPER = "#ffffff"
CLEAR = frozenset({None, "", "transparent"})
FAMILIES = {"span": "text", "a": "text", "p": "paragraph", "h": "paragraph"}
BLOCKS = frozenset({"p", "h"})
COLOURED = frozenset({"table-cell", "text-box", "custom-shape"})
"""What may have a colour of its own."""
LOOKS = frozenset({"display", "color", "font-size", "background-color", "use-window-font-color"})

Look = dict[str, str]


class _Style(NamedTuple):
    parent: str
    own: Look


class _Styles:
    """The styles of both parts by family and name; those of the text itself come first."""

    def __init__(self, *roots: etree._Element | None) -> None:
        self._styles: dict[tuple[str, str], _Style] = {}
        self._known: dict[tuple[str, str], Look] = {}
        for root in roots:
            for style in root.iter("{*}style") if root is not None else ():
                key = attribute(style, "family") or "", attribute(style, "name") or ""
                self._styles.setdefault(key, _Style(attribute(style, "parent-style-name") or "", _told(style)))

    def look(self, family: str, name: str) -> Look:
        """What a style and those that it rests on say."""
        if (family, name) not in self._known:
            found: Look = {}
            key = name
            for _ in range(MOST_PARENTS):
                style = self._styles.get((family, key))
                if style is None:
                    break
                found = {**style.own, **found}
                key = style.parent
            self._known[family, name] = found
        return self._known[family, name]


def probe_odt(data: bytes, findings: Findings) -> None:
    """An OpenDocument text; its headers and footers stand in the part for styles."""
    package = Package(data)
    refuse_locked(package)
    root, second = package.required("content.xml"), package.xml("styles.xml")
    styles = _Styles(root, second)
    for element in root.iter("{*}changed-region"):
        findings.add("tracked_changes", count=len(element) or 1)
    findings.add("comments", count=sum(1 for _ in root.iter("{*}annotation")))
    for part in (root, second):
        for element in part.iter() if part is not None else ():
            _probe_element(element, styles, findings)
    findings.add("embedded_file", count=open_document_objects(package))
    findings.add(
        "macros", count=sum(name.startswith("Basic/") and name.endswith("Module1.xml") for name in package.names)
    )
    probe_pictures(package, findings)
    probe_properties(package, findings)
    if package.is_broken:
        raise unopened()


def _probe_element(element: etree._Element, styles: _Styles, findings: Findings) -> None:
    match local(element):
        case "hidden-text" | "hidden-paragraph":
            findings.add("hidden_text", count=len(attribute(element, "string-value") or " "))
        case "section":
            findings.add("hidden_text", count=int(attribute(element, "display") in {"none", "condition"}))
        case "graphic-properties":
            clip = attribute(element, "clip") or ""
            findings.add("cropped_picture", count=int(any(digit in clip for digit in "123456789")))
        case "p" | "h" | "span" | "a":
            text = "".join((element.text or "", *(one.tail or "" for one in element))).strip()
            kind = _hiding(element, styles) if text else None
            if kind is not None:
                findings.add(kind, count=len(text))


def _hiding(element: etree._Element, styles: _Styles) -> FindingKind | None:
    """Why the words that stand in this element itself are not seen."""
    look: Look = {}
    for one in _up_to_block(element):
        look = {**styles.look(FAMILIES[local(one)], attribute(one, "style-name") or ""), **look}
    if look.get("display") == "none":
        return "hidden_text"
    size = look.get("font-size", "").removesuffix("pt")
    if size.replace(".", "", 1).isdigit() and float(size) <= TINIEST:
        return "tiny_text"
    ink, ground = look.get("color", "").lower(), look.get("background-color", "").lower()
    if not ink or look.get("use-window-font-color") == "true":
        return None
    if ground in CLEAR:
        ground = "" if any(local(one) in COLOURED for one in element.iterancestors()) else PAPER
    if ink != ground:
        return None
    return "white_text" if ink == PAPER else "covered_text"


def _up_to_block(element: etree._Element) -> Iterator[etree._Element]:
    """The element and those around it, up to its paragraph."""
    one: etree._Element | None = element
    while one is not None:
        if local(one) in FAMILIES:
            yield one
        if local(one) in BLOCKS:
            return
        one = one.getparent()


def _told(style: etree._Element) -> Look:
    """What a style says of being seen."""
    found = {str(key).rpartition("}")[2]: str(value) for one in style for key, value in one.items()}
    return {name: value for name, value in found.items() if name in LOOKS}
