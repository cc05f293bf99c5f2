"""Masking the texts of one request with the names that any of them gives away."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import PurePath

from parsers.privacy import Draft, Keep, Masked, author_name, known_names, mask_known
from parsers.privacy.masked import NAME
from scraper.publishing.policy import Policy
from scraper.publishing.request.threads import Thread

_WORDS = re.compile(r"[^\W_]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_LONG_SURNAME = 5
"""Letters of a surname that is looked for inside longer words too."""
_SHORT = 200
"""Letters of a text that may come again in other requests."""

Source = str | tuple[str, int]
"""A message's id, or an attachment's id and the number of a page."""


class ThreadMasker:
    """The published texts of one request, and short texts that belong to it."""

    def __init__(self, thread: Thread, policy: Policy, requester: Sequence[str]) -> None:
        self._policy = policy
        spared = requester if policy.requester_names else ()
        self._keep = Keep([*thread.authority.names, *spared])
        drafts = _drafts(thread, self._keep)
        self._requester = [] if policy.requester_names else list(requester)
        others: set[str] = set()
        if policy.mask_contacts:
            authors = [author_name(message.author, keep=thread.authority.names) for message in thread.messages]
            others = {*filter(None, authors), *(name for draft in drafts.values() for name in draft.names)}
        self._surnames = {name.surname for name in known_names(self._requester, self._keep) if name.bare}
        self._names = known_names([*self._requester, *sorted(others)], self._keep)
        self._texts = {source: self._masked(draft) for source, draft in drafts.items()}
        self._short: dict[str, str] = {}

    def published(self, source: Source) -> Masked | None:
        """The text of a message or page as published; None where it has none that may be shown."""
        return self._texts.get(source)

    def short(self, text: str | None) -> str | None:
        """A title, a file name or a reason as published."""
        if text is None:
            return None
        if text not in self._short:
            known = len(text) <= _SHORT and _gives_nothing_away(text)
            masked = mask_known(text, self._names) if known else self._masked(Draft(text, self._keep))
            self._short[text] = masked.text
        return self._short[text]

    def file_name(self, name: str | None) -> str | None:
        """The name of a file as published; nothing but its ending where words run together or in lower case, as in
        no letter, hold the requester's surname."""
        masked = self.short(name)
        if name is None or masked is None:
            return None
        words = _LETTERS.findall(masked.replace(NAME, " ").lower())
        return f"{NAME}{PurePath(name).suffix}" if any(map(self._holds_surname, words)) else masked

    def _holds_surname(self, word: str) -> bool:
        return any(word == name or (len(name) >= _LONG_SURNAME and name in word) for name in self._surnames)

    def leaves(self, texts: Iterable[str | None]) -> bool:
        """Whether the requester's full name can still be read in one of the texts, whatever the rules say."""
        names = [name for name in map(_plain, self._requester) if " " in name]
        for text in filter(None, texts):
            low = text.lower()
            if any(name.rpartition(" ")[2] in low and f" {name} " in f" {_plain(text)} " for name in names):
                return True
        return False

    def _masked(self, draft: Draft) -> Masked:
        if self._policy.mask_contacts:
            return draft.masked(self._names)
        return mask_known(draft.text, self._names)


@lru_cache(maxsize=4096)
def _gives_nothing_away(text: str) -> bool:
    """Whether only names that are known otherwise can be in it; kept, as sheets, logos and signals are called alike."""
    return Draft(text, Keep(())).gives_nothing_away


def _plain(text: str) -> str:
    return " ".join(_WORDS.findall(text.lower()))


def _drafts(thread: Thread, keep: Keep) -> dict[Source, Draft]:
    drafts: dict[Source, Draft] = {}
    for message in thread.messages:
        if message.text is not None:
            drafts[message.id] = Draft(message.text, keep)
    for attachment in thread.attachments:
        unsigned = False
        for number, text, _, _ in attachment.pages:
            draft = Draft(text, keep, begins_signed=unsigned)
            drafts[attachment.id, number] = draft
            unsigned = draft.is_unsigned
    return drafts
