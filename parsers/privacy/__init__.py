"""Masking of names, e-mail addresses and telephone numbers in text that is to be published."""

from parsers.privacy.known import KnownName, known_names
from parsers.privacy.masked import Mask, Masked
from parsers.privacy.masking import Draft, author_name, mask, mask_known, names_in
from parsers.privacy.phrases import Keep

__all__ = [
    "Draft",
    "Keep",
    "KnownName",
    "Mask",
    "Masked",
    "author_name",
    "known_names",
    "mask",
    "mask_known",
    "names_in",
]
