"""How far a negation reaches among the clauses of its sentence."""

import re

_RELATIVE_BEFORE = re.compile(r"\b(?:that|which|who) (?:(?:have|has|had|are|is|was|were|do|does|did|could|can) )?$")
_IS_KEPT = re.compile(
    r" [^,;.]{0,60}?\b(?:is|are|was|were) (?:also |therefore |all )?(?:excepted|exempt|withheld|caught|covered|refused|"
    r"redacted)\b"
)
"""``Readings that have not been checked are excepted``: the negation stays within its relative clause."""


def within_a_relative_clause(before: str, negation: re.Match[str]) -> bool:
    """Whether a negation in the words before a provision ends with its clause, which another verb follows."""
    return (
        _RELATIVE_BEFORE.search(before, max(0, negation.start() - 20), negation.start()) is not None
        and _IS_KEPT.match(before, negation.end()) is not None
    )
