"""What goes wrong when a page or a letter is not what it should be."""


class ParseError(ValueError):
    """The input is not what the parser was told it is; the message says what was expected and where."""


class SelectorError(ParseError):
    """A selector that must match matched nothing, or matched more often than it may."""
