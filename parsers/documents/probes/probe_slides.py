"""What a presentation hides: slides, shapes, notes, comments, tables behind charts."""

from parsers.documents.probes.probe_findings import Findings
from parsers.documents.probes.probe_properties import probe_properties, unopened
from parsers.documents.sheets.sheets_parts import SheetPackage, local
from parsers.documents.sheets.slides import SHAPES, A, is_hidden, paragraph, slides


def probe_slides(data: bytes, findings: Findings) -> None:
    """A PowerPoint presentation."""
    package = SheetPackage(data)
    for number, slide in enumerate(slides(package), start=1):
        place = f"slide {number}"
        findings.add("hidden_slide", place, count=int(slide.is_hidden))
        shapes = (one for one in slide.root.iter() if local(one) in SHAPES)
        findings.add("hidden_shape", place, count=sum(map(is_hidden, shapes)))
    for name in sorted(package.names):
        if name.startswith("ppt/notesSlides/") and name.endswith(".xml"):
            root = package.xml(name)
            body = [] if root is None else [one for one in root.iter("{*}sp") if _is_notes(one)]
            findings.add(
                "speaker_notes", count=int(any(paragraph(one) for shape in body for one in shape.iter(f"{A}p")))
            )
        elif name.startswith("ppt/comments/"):
            findings.add("comments")
        elif name.startswith("ppt/embeddings/"):
            findings.add("embedded_file")
        elif name == "ppt/vbaProject.bin":
            findings.add("macros")
    probe_properties(package, findings)
    if package.is_broken:
        raise unopened()


def _is_notes(shape: object) -> bool:
    kinds = [one.get("type") for one in shape.iter("{*}ph")]  # type: ignore[attr-defined]  # an element
    return "body" in kinds
