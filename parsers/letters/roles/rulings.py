"""What is decided of one mention, and the rulings on those that are not in the authority's voice or of no such law."""

from dataclasses import dataclass

from parsers.letters.laws.resolve import Resolved
from parsers.letters.records import Role
from parsers.letters.rules import RoleRule
from parsers.letters.voices.quotes import Voice

_SUPPORTING = frozenset({"DPA1998", "DPA2018", "UKGDPR"})


@dataclass(frozen=True, slots=True)
class Ruling:
    """A role, and the rule that gave it; how sure that is, ``parsers.letters.confidence`` knows."""

    role: Role
    rule: RoleRule


_FOREIGN_VOICES: dict[Voice, Ruling] = {
    "earlier_message": Ruling("requester_quotation", "voice_earlier_message"),
    "request": Ruling("requester_quotation", "voice_request"),
    "topic": Ruling("requester_quotation", "voice_topic"),
    "footer": Ruling("boilerplate", "voice_footer"),
    "rights": Ruling("boilerplate", "voice_rights"),
    "statute": Ruling("statute_quotation", "voice_statute"),
}


def outside(resolved: Resolved, voice: Voice) -> Ruling | None:
    """Mentions that no authority makes for itself, and law that supports but is never the ground."""
    if resolved.regime == "OTHER":
        return Ruling("other_law", "other_act")
    if voice in _FOREIGN_VOICES:
        return _FOREIGN_VOICES[voice]
    if resolved.regime in _SUPPORTING:
        return Ruling("other_law", "data_protection_supports")
    if resolved.regime == "unknown":
        return Ruling("unknown", "no_act_named")
    return None
