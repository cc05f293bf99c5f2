"""What a Word document (docx, docm) holds beside its text: changes, comments, hidden, white and tiny words."""

from collections.abc import Iterator

from lxml import etree

from parsers.documents.package import Package
from parsers.documents.probes.probe_findings import FindingKind, Findings
from parsers.documents.probes.probe_properties import probe_properties, unopened
from parsers.documents.word.docx_styles import W, is_on, value

STORIES = ("document", "header", "footer", "footnotes", "endnotes")
CHANGES = ("ins", "del", "moveFrom", "moveTo")
WHITE = frozenset({"FFFFFF", "FEFEFE"})
NO_COLOUR = frozenset({None, "auto", "FFFFFF", "nil", ""})
TINIEST = 4
"""Half points: letters of two points are a line to the eye."""
SHADED = ("tbl", "tc", "p", "txbxContent")


def probe_docx(data: bytes, findings: Findings) -> None:
    """A Word document. White words count only where nothing is known to lie behind them."""
    package = Package(data)
    for name in sorted(package.names):
        low = name.lower()
        if low.startswith("word/comments") and low.endswith(".xml"):
            root = package.xml(name)
            findings.add("comments", count=0 if root is None else sum(1 for _ in root.iter(f"{W}comment")))
        elif low.startswith(("word/embeddings/", "word/activex/")):
            findings.add("embedded_file")
        elif low.startswith("word/vbaproject"):
            findings.add("macros")
        elif low.startswith(tuple(f"word/{story}" for story in STORIES)) and low.endswith(".xml"):
            _probe_story(package, name, findings)
    probe_properties(package, findings)
    if package.is_broken:
        raise unopened()


def _probe_story(package: Package, name: str, findings: Findings) -> None:
    root = package.xml(name)
    if root is None:
        return
    place = name.removeprefix("word/").removesuffix(".xml").rstrip("0123456789")
    findings.add("tracked_changes", place, count=sum(1 for _ in root.iter(*(f"{W}{kind}" for kind in CHANGES))))
    for run in root.iter(f"{W}r"):
        text = "".join(one.text or "" for one in run.findall(f"{W}t")).strip()
        for kind in _hiding(run) if text else ():
            findings.add(kind, place, count=len(text))


def _hiding(run: etree._Element) -> Iterator[FindingKind]:
    format_ = run.find(f"{W}rPr")
    if format_ is None:
        return
    if is_on(format_.find(f"{W}vanish")) or is_on(format_.find(f"{W}webHidden")):
        yield "hidden_text"
        return
    colour = value(format_.find(f"{W}color"))
    if colour and colour.upper() in WHITE and not _has_ground(run, format_):
        yield "white_text"
    size = value(format_.find(f"{W}sz"))
    if size and size.isdigit() and int(size) <= TINIEST:
        yield "tiny_text"


def _has_ground(run: etree._Element, format_: etree._Element) -> bool:
    """Whether something coloured may lie behind the words: shading, highlighting, a table's style, a shape."""
    if _is_shaded(format_) or format_.find(f"{W}highlight") is not None:
        return True
    for around in run.iterancestors(*(f"{W}{name}" for name in SHADED)):
        name = str(around.tag).rpartition("}")[2]
        if name in {"tbl", "txbxContent"} or _is_shaded(around.find(f"{W}{name}Pr")):
            return True
    return False


def _is_shaded(format_: etree._Element | None) -> bool:
    shading = format_.find(f"{W}shd") if format_ is not None else None
    if shading is None:
        return False
    return shading.get(f"{W}fill") not in NO_COLOUR or shading.get(f"{W}themeFill") is not None
