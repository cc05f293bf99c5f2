"""What a presentation hides: slides, shapes, notes, comments, tables behind charts, words beside the slide."""

from collections.abc import Iterator

from lxml import etree

from parsers.documents.probes.probe_findings import FindingKind, Findings
from parsers.documents.probes.probe_pictures import cropped, probe_pictures
from parsers.documents.probes.probe_properties import probe_properties, unopened
from parsers.documents.sheets.sheets_parts import SheetPackage, local
from parsers.documents.sheets.slides import SHAPES, SHOW, A, is_hidden, paragraph, slides

TINIEST = 200
"""Hundredths of a point."""


def probe_slides(data: bytes, findings: Findings) -> None:
    """A PowerPoint presentation."""
    package = SheetPackage(data)
    size = _measure(package.required(SHOW), "sldSz", "cx", "cy")
    for number, slide in enumerate(slides(package), start=1):
        place = f"slide {number}"
        findings.add("hidden_slide", place, count=int(slide.is_hidden))
        findings.add("cropped_picture", place, count=cropped(slide.root))
        for kind in _shapes(slide.root, size):
            findings.add(kind, place)
    for name in sorted(package.names):
        _probe_part(package, name, findings)
    probe_pictures(package, findings)
    probe_properties(package, findings)
    if package.is_broken:
        raise unopened()


def _probe_part(package: SheetPackage, name: str, findings: Findings) -> None:
    if name.startswith("ppt/notesSlides/") and name.endswith(".xml"):
        root = package.xml(name)
        body = [] if root is None else [one for one in root.iter("{*}sp") if _is_notes(one)]
        has_words = any(paragraph(one) for shape in body for one in shape.iter(f"{A}p"))
        findings.add("speaker_notes", count=int(has_words))
    elif name.startswith("ppt/comments/"):
        findings.add("comments")
    elif name.startswith("ppt/embeddings/"):
        findings.add("embedded_file")
    elif name == "ppt/vbaProject.bin":
        findings.add("macros")


def _shapes(root: etree._Element, size: tuple[int, int] | None) -> Iterator[FindingKind]:
    """What hides words or pictures on one slide."""
    for shape in root.iter():
        if local(shape) not in SHAPES:
            continue
        if is_hidden(shape):
            yield "hidden_shape"
        elif size is not None and _lies_outside(shape, size) and _says_something(shape):
            yield "text_outside_page"
        elif local(shape) != "grpSp" and any(_is_tiny(run) for run in shape.iter(f"{A}r")):
            yield "tiny_text"


def _lies_outside(shape: etree._Element, size: tuple[int, int]) -> bool:
    """Whether all of it lies beside the slide; what lies in a group has the group's own measure and is not judged."""
    if any(local(one) == "grpSp" for one in shape.iterancestors()):
        return False
    corner, extent = _measure(shape, "off", "x", "y"), _measure(shape, "ext", "cx", "cy")
    if corner is None or extent is None:
        return False
    (left, top), (width, height) = corner, extent
    return left >= size[0] or top >= size[1] or left + width <= 0 or top + height <= 0


def _says_something(shape: etree._Element) -> bool:
    return any(paragraph(one) for one in shape.iter(f"{A}p"))


def _is_tiny(run: etree._Element) -> bool:
    size = next((one.get("sz") or "" for one in run if local(one) == "rPr"), "")
    words = "".join(one.text or "" for one in run if local(one) == "t").strip()
    return bool(words) and size.isascii() and size.isdigit() and int(size[:9]) <= TINIEST


def _measure(root: etree._Element, tag: str, *names: str) -> tuple[int, int] | None:
    """Two numbers of the first element of this name that has both."""
    for one in root.iter(f"{{*}}{tag}"):
        told = [one.get(name) for name in names]
        try:
            first, second = (int(number or "") for number in told)
        except ValueError:
            continue
        return first, second
    return None


def _is_notes(shape: etree._Element) -> bool:
    return any(one.get("type") == "body" for one in shape.iter("{*}ph"))
