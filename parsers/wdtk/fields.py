"""A JSON object emptied key by key: what a rule takes is checked, what no rule takes is reported."""

import json
from datetime import datetime
from typing import Any, NoReturn

from parsers.errors import ParseError
from parsers.records import Tag

_LARGEST_ID = 2**63 - 1


def read_object(body: bytes, *, what: str) -> "Fields":
    """The one JSON object that ``body`` holds; :class:`ParseError` names ``what`` was expected instead."""
    if not body.strip():
        raise ParseError(f"expected {what}, found an empty body")
    try:
        value = json.loads(body.decode("utf-8"), object_pairs_hook=_without_repeats, parse_constant=_refuse_constant)
    except UnicodeDecodeError as error:
        raise ParseError(f"expected {what} in UTF-8, found byte 0x{body[error.start]:02x} at {error.start}") from error
    except RecursionError as error:
        raise ParseError(f"expected {what}, found JSON nested too deeply to read") from error
    except ParseError:
        raise
    except ValueError as error:
        raise ParseError(f"expected {what}, found what is not JSON: {error}") from error
    if not isinstance(value, dict):
        raise ParseError(f"expected {what}: a JSON object, found {_kind(value)}")
    return Fields(value, path="", leftovers=[])


class Fields:
    """One object of a document. Taking a key removes it; :meth:`finish` reports what is left."""

    def __init__(self, values: dict[str, Any], *, path: str, leftovers: list[str]) -> None:
        self._left = dict(values)
        self._path = path
        self._leftovers = leftovers

    def has(self, key: str) -> bool:
        """Whether the key is there, whatever its value."""
        return key in self._left

    def text(self, key: str) -> str:
        """A string that must be there."""
        value = self._take(key)
        if not isinstance(value, str):
            self._refuse(key, "a string", value)
        return self._clean(key, value)

    def text_or_none(self, key: str) -> str | None:
        """A string, ``null``, or no such key."""
        value = self._left.pop(key, None)
        if value is None:
            return None
        if not isinstance(value, str):
            self._refuse(key, "a string or null", value)
        return self._clean(key, value)

    def number(self, key: str) -> int:
        """A whole number that must be there and fits an id."""
        value = self._take(key)
        if not _is_number(value):
            self._refuse(key, "a number", value)
        return int(value)

    def number_or_none(self, key: str) -> int | None:
        """A whole number, ``null``, or no such key."""
        value = self._left.pop(key, None)
        if value is None:
            return None
        if not _is_number(value):
            self._refuse(key, "a number or null", value)
        return int(value)

    def flag(self, key: str) -> bool:
        """True or false; must be there."""
        value = self._take(key)
        if not isinstance(value, bool):
            self._refuse(key, "true or false", value)
        return value

    def moment(self, key: str) -> str:
        """A time with its offset, kept as printed; must be there."""
        return self._checked_moment(key, self.text(key))

    def moment_or_none(self, key: str) -> str | None:
        """A time with its offset, or ``None``."""
        value = self.text_or_none(key)
        return None if value is None else self._checked_moment(key, value)

    def tags(self, key: str) -> tuple[Tag, ...]:
        """Pairs of name and value; must be there."""
        return tuple(self._tag(f"{key}[{place}]", pair) for place, pair in enumerate(self._list(key)))

    def nested(self, key: str) -> "Fields":
        """An object inside this one; must be there."""
        value = self._take(key)
        if not isinstance(value, dict):
            self._refuse(key, "an object", value)
        return Fields(value, path=self._at(key), leftovers=self._leftovers)

    def many(self, key: str) -> list["Fields"]:
        """A list of objects; must be there."""
        return [self._member(f"{key}[{place}]", value) for place, value in enumerate(self._list(key))]

    def ignore(self, *keys: str) -> None:
        """Keys that are known and not wanted."""
        for key in keys:
            self._left.pop(key, None)

    def finish(self) -> tuple[str, ...]:
        """Paths of all keys that nothing took, here and in every object finished before; each once.

        Positions in lists are left out, so that one novelty is one report.
        """
        self._leftovers.extend(self._at(key) for key in self._left)
        return tuple(dict.fromkeys(self._leftovers))

    def _take(self, key: str) -> Any:
        if key not in self._left:
            raise ParseError(f"expected the key {self._at(key)!r}, which is not there")
        return self._left.pop(key)

    def _list(self, key: str) -> list[Any]:
        value = self._take(key)
        if not isinstance(value, list):
            self._refuse(key, "a list", value)
        return value

    def _member(self, key: str, value: object) -> "Fields":
        if not isinstance(value, dict):
            self._refuse(key, "an object", value)
        return Fields(value, path=self._at(key.partition("[")[0]), leftovers=self._leftovers)

    def _tag(self, key: str, pair: object) -> Tag:
        match pair:
            case [str(name), None]:
                return self._clean(key, name), None
            case [str(name), str(value)]:
                return self._clean(key, name), self._clean(key, value)
        return self._refuse(key, "a pair of name and value", pair)

    def _checked_moment(self, key: str, value: str) -> str:
        if not is_time(value):
            self._refuse(key, "a time with an offset", value)
        return value

    def _clean(self, key: str, value: str) -> str:
        if "\0" in value or not _is_unicode(value):
            self._refuse(key, "text", value)
        return value

    def _at(self, key: str) -> str:
        return f"{self._path}.{key}" if self._path else key

    def _refuse(self, key: str, wanted: str, found: object) -> NoReturn:
        raise ParseError(f"expected {wanted} at {self._at(key)!r}, found {_kind(found)}")


def is_time(value: str) -> bool:
    """Whether ``value`` is an ISO 8601 time with an offset."""
    try:
        return "T" in value and datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _LARGEST_ID


def _is_unicode(value: str) -> bool:
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _kind(value: object) -> str:
    names = {dict: "an object", list: "a list", bool: "true or false", type(None): "null"}
    return names.get(type(value)) or repr(value)[:80]


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) != len(pairs):
        raise ParseError(f"a JSON object has the same key twice: {', '.join(key for key, _ in pairs)[:200]}")
    return values


def _refuse_constant(name: str) -> NoReturn:
    raise ParseError(f"{name} is not a value of JSON")
