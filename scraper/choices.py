"""What may be asked for; apart from the rest, so that the commands' help need not load it."""

from typing import Literal, get_args

Choice = Literal["auto", "tesseract", "bundled", "off"]
"""What recognises words in pictures: ``auto`` is tesseract where it is installed, else the bundled engine."""
CHOICES: tuple[Choice, ...] = get_args(Choice)
