"""What is printed: nothing that a terminal obeys, and where a sign cannot be, a plainer one."""

import codecs
import errno
import io
import os
import sys
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click

from ineqlib.files import WINDOWS
from ineqlib.text import visible

DELAY = 0.5
"""Seconds before a progress bar is shown: what is refused at once has none."""

PLAIN = {
    **dict.fromkeys("−–—", "-"),
    **dict.fromkeys("“”", '"'),
    **dict.fromkeys("‘’", "'"),
    "→": "->",
    "≤": "<=",
    "≥": ">=",
    "…": "...",
}


def is_terminal() -> bool:
    """Tell whether somebody sits there who can be asked."""
    return sys.stdin.isatty()


@contextmanager
def progress_bar(unit: str, *, quiet: bool, **options: Any) -> Iterator[Callable[[int, int], None]]:
    """Show a bar; yield what tells it how much more is done, and of how much in all."""
    from tqdm import tqdm

    with tqdm(unit=unit, delay=DELAY, disable=quiet, **options) as bar:

        def advance(more: int, of: int) -> None:
            bar.total = of
            bar.update(more)

        yield advance


def say(words: str, *, err: bool = False) -> None:
    """Print a line; names of others in it may hold signs that a terminal would obey.

    Where nobody reads any more (``ineq areas | head``), the command goes on without printing.
    """
    try:
        click.echo(visible(words), err=err)
    except OSError as error:
        if not is_reader_gone(error):
            raise
        silence(2 if err else 1)


def is_reader_gone(error: BaseException) -> bool:
    """Tell whether printing failed because the program that was to read it has ended.

    Windows says of that only that an argument is invalid, as it also says of a file's odd name.
    """
    if not isinstance(error, OSError):
        return False
    pipe = WINDOWS and error.errno == errno.EINVAL and error.filename is None
    return error.errno == errno.EPIPE or pipe


def silence(*streams: int) -> None:
    """Print nothing from here on (1 is output, 2 is errors), nor what is left when Python ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for number in streams:
        os.dup2(nowhere, number)
    os.close(nowhere)


def show_plainly() -> None:
    """Have a sign that the screen or file lacks shown by a plainer one: none may end a command.

    A redirected file on Windows has two hundred.
    """
    codecs.register_error("plainly", plainly)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="plainly")


def plainly(error: UnicodeError) -> tuple[str, int]:
    """Put ASCII in place of what cannot be encoded, as `codecs.register_error` asks.

    Examples
    --------
    >>> _ = codecs.register_error("plainly", plainly)
    >>> "Tŷ Ŵ −2.5 → 3".encode("cp1252", "plainly")
    b'Ty W -2.5 -> 3'
    """
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lost = error.object[error.start : error.end]
    return "".join(PLAIN.get(sign) or _letter(sign) for sign in lost), error.end


def _letter(sign: str) -> str:
    """Return a letter without its accents; ``?`` for what is no such letter."""
    return unicodedata.normalize("NFKD", sign).encode("ascii", "ignore").decode() or "?"
