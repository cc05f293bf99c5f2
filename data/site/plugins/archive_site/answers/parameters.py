"""Parameters of a canned query, as comments in its SQL explain them: ``-- :year The year; empty for all.``"""

import re
from dataclasses import dataclass

_COMMENT = re.compile(r"^--[ \t]{0,4}:(\w{1,40})[ \t]{1,4}(.{1,400})$", re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """One field of a query's form."""

    name: str
    label: str
    hint: str
    value: str


def explained(sql: str) -> dict[str, str]:
    """What the comments in ``sql`` say of each parameter."""
    return {name: hint.strip() for name, hint in _COMMENT.findall(sql)}


def parameters(sql: str, values: dict[str, str]) -> list[Parameter]:
    """The fields of the form, in the order of the SQL, each with its label, its hint and its value now."""
    hints = explained(sql)
    return [
        Parameter(name=name, label=_label(name), hint=hints.get(name, ""), value=value)
        for name, value in values.items()
    ]


def _label(name: str) -> str:
    """``min_requests`` as ``Fewest requests``."""
    return re.sub(r"^min_", "fewest_", name).replace("_", " ").capitalize()
