"""Functions that are named in a table and imported when they are first called.

A child process opens few kinds of files in its life, and pays for the libraries of those alone.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from parsers.documents.records import DocumentType

PACKAGE = "parsers.documents"


@dataclass(frozen=True)
class Later:
    """The function ``name`` of a module below ``parsers.documents``; the table it stands in gives its type."""

    module: str
    name: str
    document_type: DocumentType | None = None
    """Given to it where it reads more than one type."""

    @property
    def function(self) -> Callable[..., Any]:
        """The function itself; its module is imported now."""
        found: Callable[..., Any] = getattr(import_module(f"{PACKAGE}.{self.module}"), self.name)
        return found

    def __call__(self, *given: Any, **named: Any) -> Any:
        """What the function gives."""
        if self.document_type is None:
            return self.function(*given, **named)
        return self.function(*given, document_type=self.document_type, **named)
