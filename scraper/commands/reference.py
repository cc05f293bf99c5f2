"""Writes the command reference in ``scraper/README.md`` from the commands' own help."""

from pathlib import Path

import click

from scraper.cli import COMMANDS, cli

README = Path(__file__).parent.parent / "README.md"
BEGIN, END = "<!-- commands: begin -->\n", "<!-- commands: end -->\n"


def reference() -> str:
    """Every command's ``--help``, at a fixed width, as Markdown."""
    parts = [_help(name) for name in COMMANDS]
    return "\n".join(parts)


def _help(name: str) -> str:
    with click.Context(cli, info_name="wdtk", **cli.context_settings) as group:
        command = cli.get_command(group, name)
    if command is None:
        raise LookupError(f"no command {name}")
    with click.Context(command, group, info_name=name, terminal_width=100, max_content_width=100) as context:
        return f"### wdtk {name}\n\n```\n{command.get_help(context)}\n```\n"


def renewed(text: str) -> str:
    """``text`` with what lies between the two markers replaced by the reference as it is now."""
    before, rest = text.split(BEGIN)
    _, after = rest.split(END)
    return f"{before}{BEGIN}\n{reference()}\n{END}{after}"


def main() -> None:
    """Rewrite the README beside the package."""
    README.write_text(renewed(README.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
