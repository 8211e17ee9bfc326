"""What stopped a file, in words; a failure is kept to the file that brought it."""

import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from ineqlib import __version__
from ineqlib.errors import UserError
from ineqlib.files import unreadable
from ineqlib.pack.kept import DamagedEntry
from ineqlib.pack.report import FileReport
from ineqlib.text import visible

if TYPE_CHECKING:
    from ineqlib.pack.inputs import Input

T = TypeVar("T")

_PACKAGE = Path(__file__).resolve().parents[1]
_STOPS = (KeyboardInterrupt, SystemExit, GeneratorExit, DamagedEntry)
"""What is no file's failure. Anything else is: a library in another language may raise what is no
`Exception`."""


@contextmanager
def contained(report: FileReport) -> Iterator[None]:
    """Refuse the file of a report if anything fails meanwhile, and let the build go on."""
    try:
        yield
    except _STOPS:
        raise
    except BaseException as error:
        report.refuse(in_words(error, report.name))


def in_words(error: BaseException, name: str) -> str:
    """Say what stopped a file: what its user can put right, or what to send us.

    The message of an unforeseen error may quote the file, so it is not told.
    """
    match error:
        case UserError():
            return visible(str(error))
        case MemoryError():
            return (
                "It needs more memory than is free. Close other programs, or divide the file, and "
                "build again."
            )
        case OSError():
            return unreadable("It", error)
    kind = type(error).__name__
    return (
        "ineqlib failed on this file. Whatever the file holds, that is a fault of ineqlib; the "
        "other files are not touched by it. Please send this line, which holds nothing of the "
        f"file's content: ineqlib {__version__}, {name}, {kind} at {_place(error)}."
    )


def _place(error: BaseException) -> str:
    """Return the innermost place in the package that an error came through."""
    place = "an unknown place"
    for frame, line in traceback.walk_tb(error.__traceback__):
        file = Path(frame.f_code.co_filename)
        if file.is_relative_to(_PACKAGE):
            inside = file.relative_to(_PACKAGE.parent).as_posix()
            place = f"{inside}:{line} in {frame.f_code.co_name}"
    return place


def without_culprits(inputs: Sequence["Input"], make: Callable[[list["Input"]], T]) -> T:
    """Return what is made of all files; one that it fails with is named in its report and left out.

    Parameters
    ----------
    inputs
        The files, in order.
    make
        Fills in their reports; called again where it failed.
    """
    left = list(inputs)
    while True:
        made, error = _attempt(left, make)
        if made is not None:
            return made
        if error is None or _attempt([], make)[0] is None:
            raise error or ValueError("nothing was made")  # no file's fault
        works, fails = 0, len(left)
        while fails - works > 1:  # the shortest beginning that fails ends with the culprit
            middle = (works + fails) // 2
            made, why = _attempt(left[:middle], make)
            works, fails, error = (works, middle, why) if why else (middle, fails, error)
        culprit = left.pop(fails - 1)
        culprit.report.refuse(in_words(error, culprit.report.name))


def _attempt(
    inputs: list["Input"], make: Callable[[list["Input"]], T]
) -> tuple[T | None, BaseException | None]:
    """Return what was made, or why not, the reports then as they were."""
    before = [deepcopy(vars(file.report)) for file in inputs]
    try:
        return make(inputs), None
    except _STOPS:
        raise
    except BaseException as error:
        for file, state in zip(inputs, before, strict=True):
            vars(file.report).update(state)
        return None, error
