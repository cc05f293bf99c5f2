"""What an OpenDocument text holds beside its text: changes, comments, hidden, white and tiny words."""

from lxml import etree

from parsers.documents.package import Package
from parsers.documents.probes.probe_findings import FindingKind, Findings
from parsers.documents.probes.probe_properties import probe_properties, unopened
from parsers.documents.sheets.sheets_parts import attribute, local

TINIEST = 2.0
"""Points."""
CLEAR = frozenset({None, "transparent", "#ffffff"})


def probe_odt(data: bytes, findings: Findings) -> None:
    """An OpenDocument text."""
    package = Package(data)
    root = package.required("content.xml")
    hidden: dict[str, FindingKind] = {}
    for element in root.iter("{*}style"):
        if (kind := _kind(element)) is not None:
            hidden[attribute(element, "name") or ""] = kind
    for element in root.iter("{*}changed-region"):
        findings.add("tracked_changes", count=len(element) or 1)
    findings.add("comments", count=sum(1 for _ in root.iter("{*}annotation")))
    for element in root.iter("{*}hidden-text", "{*}hidden-paragraph"):
        findings.add("hidden_text", count=len(attribute(element, "string-value") or " "))
    for element in root.iter("{*}span", "{*}p", "{*}h"):
        kind = hidden.get(attribute(element, "style-name") or "")
        text = "".join(map(str, element.itertext())).strip()
        if kind is not None and not (kind == "white_text" and _is_in_table(element)):
            findings.add(kind, count=len(text))
    for element in root.iter("{*}section"):
        findings.add("hidden_text", count=int(attribute(element, "display") in {"none", "condition"}))
    findings.add("embedded_file", count=sum(name.endswith("/content.xml") for name in package.names))
    findings.add(
        "macros", count=sum(name.startswith("Basic/") and name.endswith("Module1.xml") for name in package.names)
    )
    probe_properties(package, findings)
    if package.is_broken:
        raise unopened()


def _kind(style: etree._Element) -> FindingKind | None:
    said = {str(key).rpartition("}")[2]: str(value) for one in style for key, value in one.items()}
    if said.get("display") == "none":
        return "hidden_text"
    if said.get("color", "").lower() == "#ffffff" and said.get("background-color") in CLEAR:
        return "white_text"
    size = said.get("font-size", "").removesuffix("pt")
    if size.replace(".", "", 1).isdigit() and float(size) <= TINIEST:
        return "tiny_text"
    return None


def _is_in_table(element: etree._Element) -> bool:
    """White words in a table or a frame may stand on a colour."""
    return any(local(one) in {"table-cell", "text-box"} for one in element.iterancestors())
