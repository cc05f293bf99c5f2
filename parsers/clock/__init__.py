"""The clock of a request: working days, the time that each law gives, and what stops or extends it."""

from parsers.clock.days import (
    ANSWER_WITHIN,
    AccessRegime,
    Nation,
    bank_holidays,
    bank_holidays_in,
    due_day,
    is_working_day,
    local_day,
    nation_of,
    regime_of,
    regimes_of,
    working_days_between,
)

__all__ = [
    "ANSWER_WITHIN",
    "AccessRegime",
    "Nation",
    "bank_holidays",
    "bank_holidays_in",
    "due_day",
    "is_working_day",
    "local_day",
    "nation_of",
    "regime_of",
    "regimes_of",
    "working_days_between",
]
