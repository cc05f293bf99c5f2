"""What pictures inside office files tell beside what they show, and parts of them that were cut off and are there."""

from lxml import etree

from parsers.documents.package import MEGABYTE, Package
from parsers.documents.probes.probe_findings import Findings
from parsers.documents.probes.probe_images import probe_image
from parsers.documents.sheets.sheets_parts import attribute, whole

FOLDERS = ("word/media/", "ppt/media/", "xl/media/", "pictures/")
ENDINGS = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".gif")
HEAD = MEGABYTE // 4
"""What a picture tells of itself stands in front."""
MOST_PICTURES = 500
SIDES = "ltrb"
LEAST = 1_000
"""Of 100,000: less is a rounding of some program."""


def probe_pictures(package: Package, findings: Findings) -> None:
    """The pictures of a zipped office file; their pixels are not decoded."""
    low = (name for name in sorted(package.names) if name.lower().startswith(FOLDERS))
    for name in [one for one in low if one.lower().endswith(ENDINGS)][:MOST_PICTURES]:
        probe_image(package.head(name, HEAD), findings, is_whole=False)


def cropped(root: etree._Element) -> int:
    """How many pictures show only a part of themselves: what was cropped is in the file still."""
    count = 0
    for one in root.iter("{*}srcRect"):
        count += any(whole(attribute(one, side), 0) >= LEAST for side in SIDES)
    for one in root.iter("{*}imagedata"):
        count += any(str(key).startswith("crop") and not str(value).startswith("-") for key, value in one.items())
    return count
