"""Word and OpenDocument files from the marks themselves, for what no library writes."""

from collections.abc import Mapping

from tests.parsers.documents.containers import zipped

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
ROOTS = {
    "document": "document", "styles": "styles", "numbering": "numbering", "footnotes": "footnotes",
    "settings": "settings", "endnotes": "endnotes", "comments": "comments", "header1": "hdr", "header2": "hdr",
    "footer1": "ftr", "footer2": "ftr",
}  # fmt: skip
ODF = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (
        ("office", "office"), ("style", "style"), ("text", "text"), ("table", "table"), ("draw", "drawing"),
        ("fo", "xsl-fo-compatible"), ("svg", "svg-compatible"), ("manifest", "manifest"),
    )
)  # fmt: skip


def word(
    body: str, *, main: str = "word/document.xml", more: Mapping[str, bytes | str] | None = None, **parts: str
) -> bytes:
    """A docx with this body; each of ``parts`` is what stands in its root."""
    files: dict[str, bytes | str] = {"[Content_Types].xml": "<Types/>", "_rels/.rels": _rels({"officeDocument": main})}
    files[main] = f"<w:document {SPACES}><w:body>{body}</w:body></w:document>"
    for name, content in parts.items():
        files[f"word/{name}.xml"] = f"<w:{ROOTS[name]} {SPACES}>{content}</w:{ROOTS[name]}>"
    folder, _, name = main.rpartition("/")
    targets = {part.rstrip("12"): f"{part}.xml" for part in parts if part[-1] not in "12"}
    named = {part: f"{part}.xml" for part in parts if part[-1] in "12"}
    files[f"{folder}/_rels/{name}.rels"] = _rels(targets, named)
    return zipped({**files, **(more or {})})


def _rels(targets: Mapping[str, str], named: Mapping[str, str] | None = None) -> str:
    links = [(kind, kind, target) for kind, target in targets.items()]
    links += [(name, name[:-1], target) for name, target in (named or {}).items()]
    inner = "".join(f'<Relationship Id="{key}" Type="{R}/{kind}" Target="{target}"/>' for key, kind, target in links)
    return f"<Relationships>{inner}</Relationships>"


def p(text: str, properties: str = "") -> str:
    """A paragraph of one run."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{r(text)}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def field(code: str, result: str | None) -> str:
    """A field as Word marks it, with what it last showed."""
    shown = "" if result is None else f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r(result)}'
    begin = f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{code}</w:instrText></w:r>'
    return f'{begin}{shown}<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def odt(body: str, *, automatic: str = "", styles: str = "", more: Mapping[str, bytes | str] | None = None) -> bytes:
    """An odt with this text; ``automatic`` are its own styles, ``styles`` what stands in the part for styles."""
    own = f"<office:automatic-styles>{automatic}</office:automatic-styles>"
    content = f"{own}<office:body><office:text>{body}</office:text></office:body>"
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content {ODF}>{content}</office:document-content>",
            "styles.xml": f"<office:document-styles {ODF}>{styles}</office:document-styles>",
            **(more or {}),
        }
    )
