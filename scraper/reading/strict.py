"""JSON to frozen records, strictly: every field of the right type, no word outside its vocabulary."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from math import isfinite
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from scraper.archive.rows import sound

T = TypeVar("T")


class BadShapeError(ValueError):
    """A value is not of the type that its field has; the message names the field."""


def load(kind: type[T], value: object) -> T:
    """The record of type ``kind`` that ``value``, as JSON gives it, stands for; fields with a default may lack.

    Half of a surrogate pair, which JSON may hold and UTF-8 may not, becomes ``U+FFFD``.
    """
    record: T = _load(kind, value, kind.__name__)
    return record


def _load(kind: Any, value: object, where: str) -> Any:
    if is_dataclass(kind):
        return _record(kind, value, where)
    origin = get_origin(kind)
    if origin in {Union, UnionType}:
        return _union(kind, value, where)
    if origin is Literal:
        return _one_of(kind, value, where)
    if origin is tuple:
        return _tuple(kind, value, where)
    return _plain(kind, value, where)


def _record(kind: Any, value: object, where: str) -> Any:
    if not isinstance(value, Mapping):
        raise BadShapeError(f"{where} is not an object")
    types = _types(kind)
    if unknown := [key for key in value if key not in types]:
        raise BadShapeError(f"{where} has no field {str(unknown[0])[:40]!r}")
    found = {key: _load(types[key], item, f"{where}.{key}") for key, item in value.items()}
    try:
        return kind(**found)
    except TypeError as error:
        missing = [name for name in types if name not in found]
        raise BadShapeError(f"{where} lacks one of {', '.join(missing)}") from error


def _union(kind: Any, value: object, where: str) -> Any:
    options = get_args(kind)
    if value is None and NoneType in options:
        return None
    (option,) = [option for option in options if option is not NoneType]
    return _load(option, value, where)


def _one_of(kind: Any, value: object, where: str) -> Any:
    allowed = get_args(kind)
    if not isinstance(value, str) or value not in allowed:
        raise BadShapeError(f"{where} is none of {', '.join(allowed)}")
    return value


def _tuple(kind: Any, value: object, where: str) -> tuple[Any, ...]:
    item, _ = get_args(kind)
    if not isinstance(value, list):
        raise BadShapeError(f"{where} is not a list")
    return tuple(_load(item, part, f"{where}[{number}]") for number, part in enumerate(value))


def _plain(kind: Any, value: object, where: str) -> Any:
    if kind is float and type(value) is int and abs(value) < 1 << 53:
        return float(value)
    if type(value) is not kind or not _can_be_stored(value):
        raise BadShapeError(f"{where} is not {NAMES[kind]}")
    return sound(value) if isinstance(value, str) else value


def _can_be_stored(value: Any) -> bool:
    """SQLite holds whole numbers of 64 bits; a number that is none spoils every comparison."""
    if type(value) is int:
        return -(1 << 63) <= value < 1 << 63
    return type(value) is not float or isfinite(value)


NAMES: dict[type, str] = {str: "text", int: "a whole number", float: "a number", bool: "true or false"}


@cache
def _types(kind: type) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}
