"""Masking: what of a letter may be shown."""

import re
from collections.abc import Iterable, Sequence

from parsers.privacy.blanks import blanked
from parsers.privacy.contacts import contacts
from parsers.privacy.known import KnownName, known_names, occurrences
from parsers.privacy.masked import NAME, Masked, apply_masks
from parsers.privacy.people import is_unsigned, people, signatures
from parsers.privacy.phrases import Keep, Person, person_at

_IN_BRACKETS = re.compile(r"\([^()]{0,80}\)")


class Draft:
    """A text on its way to be published: first asked for the names it gives away, then masked with those of all.

    Both need the same search, which is done once.
    """

    def __init__(self, text: str, keep: Keep, *, begins_signed: bool = False) -> None:
        self.text = text
        self._contacts = contacts(text)
        self._hidden = blanked(text, self._contacts)
        self._people = list(people(self._hidden, keep))
        if begins_signed:
            self._people += signatures(self._hidden, 0, keep)

    @property
    def gives_nothing_away(self) -> bool:
        """Whether it holds no address, no number, and nobody whom it names itself; where so with nothing to keep, it
        is so whatever is kept."""
        return not self._contacts and not self._people

    @property
    def is_unsigned(self) -> bool:
        """Whether it ends with a closing phrase and no name: its next page is then a draft that ``begins_signed``."""
        return is_unsigned(self._hidden, self._people)

    @property
    def names(self) -> Iterable[str]:
        """Full names, and surnames as ``Ms Smith``; not forenames alone, which are too common to look for."""
        return filter(None, map(_spoken, self._people))

    def masked(self, names: Sequence[KnownName] = ()) -> Masked:
        """The text with everything masked that was found in it, and the ``names`` known from elsewhere."""
        found = [(person.start, person.end, NAME) for person in self._people]
        found += [(start, end, NAME) for start, end in occurrences(self._hidden, names)]
        return apply_masks(self.text, [*self._contacts, *found])


def mask(text: str, *, names: Sequence[str] = (), keep: Sequence[str] = ()) -> Masked:
    """Mask e-mail addresses, telephone numbers and people's names in ``text``.

    Names are masked where letters name people: after a title, in a greeting, a signature, a mail header or a label
    such as "Case officer:". The ``names`` given (full names, or a title and a surname) are masked wherever they
    occur; a surname that is an ordinary word as well only beside its forename. ``keep`` are names of authorities,
    which are never masked. Titles, job titles and everything else stay. Masking twice is masking once.
    """
    kept = Keep(keep)
    return Draft(text, kept).masked(known_names(names, kept))


def mask_known(text: str, names: Sequence[KnownName]) -> Masked:
    """Mask the ``names`` and nothing else, wherever they occur."""
    return apply_masks(text, [(start, end, NAME) for start, end in occurrences(blanked(text, ()), names)])


def names_in(text: str, *, keep: Sequence[str] = ()) -> tuple[str, ...]:
    """The names that ``text`` gives away, to be masked in the other letters of its request, sorted."""
    return tuple(sorted(set(Draft(text, Keep(keep)).names)))


def author_name(author: str | None, *, keep: Sequence[str] = ()) -> str | None:
    """The person in the author of a message as the site prints it: ``Jane Doe, Kent County Council``.

    None for a mailbox, a team, or the authority alone. ``keep`` are the authority's names.
    """
    person = _IN_BRACKETS.sub(" ", author or "").rstrip(" ,")
    endings = [name for name in keep if name and person.lower().endswith(name.lower())]
    person = person[: len(person) - max(map(len, endings), default=0)]
    surname, _, forename = (part.strip() for part in person.strip(" ,").partition(","))
    read = person_at(f"{forename} {surname}" if surname.isupper() and forename else surname, 0, Keep(keep))
    return " ".join(read.words) if read and (len(read.words) > 1 or read.titled) else None


def _spoken(person: Person) -> str:
    name = " ".join(person.words)
    if len(person.words) > 1:
        return name
    return f"Ms {name}" if person.titled and len(name) > 1 else ""
