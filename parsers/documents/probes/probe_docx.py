"""What a Word document (docx, docm) holds beside its text: changes, comments, hidden, white and tiny words."""

from lxml import etree

from parsers.documents.package import Package
from parsers.documents.probes.docx_looks import Looks
from parsers.documents.probes.probe_findings import Findings
from parsers.documents.probes.probe_pictures import cropped, probe_pictures
from parsers.documents.probes.probe_properties import probe_properties, unopened
from parsers.documents.word.docx_styles import W, is_on

STORIES = ("document", "header", "footer", "footnotes", "endnotes")
CHANGES = ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel")
STYLES = "word/styles.xml"
LINKS = "word/_rels/"
OUTSIDE = frozenset({"image", "oleObject", "subDocument", "aFChunk", "frame", "mailMergeSource"})
"""What a document may take from another place; a link that a reader may click is none."""
TEMPLATE = "attachedTemplate"


def probe_docx(data: bytes, findings: Findings) -> None:
    """A Word document. White words count only where nothing is known to lie behind them."""
    package = Package(data)
    looks = Looks(package.xml(STYLES))
    for name in sorted(package.names):
        low = name.lower()
        if low.startswith("word/comments") and low.endswith(".xml"):
            root = package.xml(name)
            findings.add("comments", count=0 if root is None else sum(1 for _ in root.iter(f"{W}comment")))
        elif low.startswith(("word/embeddings/", "word/activex/", "word/afchunk")):
            findings.add("embedded_file")
        elif low.startswith("word/vbaproject"):
            findings.add("macros")
        elif low.startswith(LINKS) and low.endswith(".rels"):
            _probe_links(package.xml(name), findings)
        elif low.startswith(tuple(f"word/{story}" for story in STORIES)) and low.endswith(".xml"):
            _probe_story(package, name, looks, findings)
    _probe_settings(package.xml("word/settings.xml"), findings)
    probe_pictures(package, findings)
    probe_properties(package, findings)
    if package.is_broken:
        raise unopened()


def _probe_story(package: Package, name: str, looks: Looks, findings: Findings) -> None:
    root = package.xml(name)
    if root is None:
        return
    place = name.removeprefix("word/").removesuffix(".xml").rstrip("0123456789")
    findings.add("tracked_changes", place, count=sum(1 for _ in root.iter(*(f"{W}{kind}" for kind in CHANGES))))
    findings.add("cropped_picture", place, count=cropped(root))
    for row in root.iter(f"{W}tr"):
        if is_on(row.find(f"{W}trPr/{W}hidden")):
            findings.add("hidden_text", place, count=len("".join(one.text or "" for one in row.iter(f"{W}t"))))
    for run in root.iter(f"{W}r"):
        text = "".join(one.text or "" for one in run.findall(f"{W}t")).strip()
        for kind in looks.hiding(run) if text else ():
            findings.add(kind, place, count=len(text))


def _probe_links(root: etree._Element | None, findings: Findings) -> None:
    """What the document takes from elsewhere, and the template that it was made with, whose path names people."""
    for link in root.iter("{*}Relationship") if root is not None else ():
        kind = str(link.get("Type", "")).rpartition("/")[2]
        if link.get("TargetMode") == "External":
            findings.add("external_data", count=int(kind in OUTSIDE))
            findings.add("document_properties", count=int(kind == TEMPLATE))


def _probe_settings(root: etree._Element | None, findings: Findings) -> None:
    variables = root.iter(f"{W}docVar") if root is not None else ()
    findings.add("document_properties", count=sum(bool(one.get(f"{W}val", "").strip()) for one in variables))
