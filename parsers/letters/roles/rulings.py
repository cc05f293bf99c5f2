"""What is decided of one mention, and the rulings on those that are not in the authority's voice or of no such law."""

from dataclasses import dataclass

from parsers.letters.laws.resolve import Resolved
from parsers.letters.records import Role
from parsers.letters.rules import RoleRule
from parsers.letters.voices.quotes import Voice

_SUPPORTING = frozenset({"DPA1998", "DPA2018", "UKGDPR"})


@dataclass(frozen=True, slots=True)
class Ruling:
    """A role, the rule that gave it, and how sure it is."""

    role: Role
    rule: RoleRule
    confidence: float


_FOREIGN_VOICES: dict[Voice, Ruling] = {
    "earlier_message": Ruling("requester_quotation", "voice_earlier_message", 0.9),
    "request": Ruling("requester_quotation", "voice_request", 0.9),
    "footer": Ruling("boilerplate", "voice_footer", 0.9),
    "rights": Ruling("boilerplate", "voice_rights", 0.9),
    "statute": Ruling("statute_quotation", "voice_statute", 0.9),
}


def outside(resolved: Resolved, voice: Voice) -> Ruling | None:
    """Mentions that no authority makes for itself, and law that supports but is never the ground."""
    if resolved.regime == "OTHER":
        return Ruling("other_law", "other_act", 0.95)
    if voice in _FOREIGN_VOICES:
        return _FOREIGN_VOICES[voice]
    if resolved.regime in _SUPPORTING:
        return Ruling("other_law", "data_protection_supports", 0.95)
    if resolved.regime == "unknown":
        return Ruling("unknown", "no_act_named", 0.5)
    return None
