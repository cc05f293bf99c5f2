"""Patterns of phrases, written as they read."""

import re


def words(*patterns: str) -> re.Pattern[str]:
    """One pattern of several, in which a blank stands for any blanks or a line end."""
    return re.compile("|".join(re.sub(r" (?![?{])", r"[ \\n]+", pattern).replace(" ?", "[ ]?") for pattern in patterns))
