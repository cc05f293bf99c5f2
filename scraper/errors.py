"""Failures that a person must act on. The message is the sentence they read."""

import click


class WdtkError(click.ClickException):
    """A command could not do its work; says what happened, where, and what to do. Exit code 1."""
