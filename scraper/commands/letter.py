"""``wdtk letter``: what letters that are in no archive say, as JSON or told beside the letter."""

import json
import os
import sys
from typing import TYPE_CHECKING, BinaryIO

import click

from scraper.commands.options import ocr_option, verbose_option
from scraper.errors import WdtkError

if TYPE_CHECKING:
    from scraper.choices import Choice
    from scraper.commands.letter_records import Given, NotReadError
    from scraper.reading.pool import ReaderPool


@click.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--jsonl", is_flag=True, help='Each line of the input is {"id", "text"} and maybe what is known beside.')
@click.option("--explain", is_flag=True, help="Show the letter with each mention marked and why it is read so.")
@ocr_option
@verbose_option
@click.pass_context
def command(ctx: click.Context, *, files: tuple[str, ...], jsonl: bool, explain: bool, ocr: "Choice | None") -> None:
    """Read letters and print what each says: one line of JSON a letter.

    FILE is PDF, Word, OpenDocument, rich text, HTML, text, a mail or a picture, or - for standard input. Of a mail and
    of a zip archive the letters inside are read as well, each under its path, such as reply/Decision.pdf. With --jsonl
    each line may also tell what is known of the letter: authority, nation, law_used, direction, request_date. Other
    keys are named on standard error and not used, and so is what a file holds beside what it shows, such as hidden
    text or comments. What cannot be read is named there too, the others are printed all the same, and the exit code
    is 1.

    With --explain the letter itself is shown, for people: where each provision is mentioned, of which law it is and
    what it does there, each with the rule that decided it; then the dates, the references, the outcome, and the words
    that each rests on.

    Example: wdtk letter reply.pdf notice.txt

    Example: wdtk letter --explain reply.pdf | less
    """
    from scraper.commands.letter_given import given_letters  # noqa: PLC0415 - keeps --help quick
    from scraper.commands.letter_records import NotReadError, complain  # noqa: PLC0415
    from scraper.reading.engines import chosen_engine  # noqa: PLC0415
    from scraper.reading.pool import ReaderPool  # noqa: PLC0415

    failed = False
    engine, unread = chosen_engine(ocr)
    with ReaderPool(engine=engine, unread=unread) as pool:
        for letter in (letter for name in files for letter in given_letters(pool, name, jsonl=jsonl)):
            told = letter if isinstance(letter, NotReadError) else _told(pool, letter, explain=explain)
            if isinstance(told, NotReadError):
                failed = True
                complain(str(told))
            else:
                _write(sys.stdout.buffer, told.encode("utf-8", "replace"))
    ctx.exit(1 if failed else 0)


def _told(pool: "ReaderPool", letter: "Given", *, explain: bool) -> "str | NotReadError":
    """What is printed of one letter, or why it could not be read after all."""
    from parsers.letters.reading import reading_as_json  # noqa: PLC0415 - keeps `wdtk --help` quick
    from scraper.commands.letter_explained import explained  # noqa: PLC0415
    from scraper.commands.letter_records import NotReadError  # noqa: PLC0415
    from scraper.reading.lost import LostError  # noqa: PLC0415
    from scraper.reading.sureness import weighed  # noqa: PLC0415

    try:
        reading = weighed(pool.read_letter(letter.pages, context=letter.context), letter.pages, letter.sure)
        if explain:
            return explained(pool, letter, reading)
    except LostError as lost:
        return NotReadError(f"{letter.where}: {lost.detail}")
    return json.dumps(reading_as_json(reading, id=letter.id), ensure_ascii=False) + "\n"


def _write(out: BinaryIO, words: bytes) -> None:
    try:
        out.write(words)
        out.flush()
    except BrokenPipeError:
        raise  # click ends quietly: whoever read the lines wanted no more of them
    except OSError as error:
        # Python would try once more at its end, and complain in its own words.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sentence = "The output cannot be written: {}. Free some space, or send it elsewhere, and run the command again."
        raise WdtkError(sentence.format(error.strerror)) from error
