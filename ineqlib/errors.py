"""What can go wrong, in words for an analyst, and the exit code of each kind.

A `UserError` is something the person at the keyboard can put right: it is shown as one message,
without a traceback. Anything else that escapes is a fault of the program.
"""

import traceback
from collections.abc import Collection, Iterable
from difflib import get_close_matches


class IneqlibError(Exception):
    """Base of every error the package raises on purpose."""


class UserError(IneqlibError):
    """Something the user can put right; shown without a traceback."""

    def _render_traceback_(self) -> list[str]:
        """Return what IPython shows in a notebook: the line of the cell, and the message."""
        frames = traceback.extract_tb(self.__traceback__)
        own = [frame for frame in frames if frame.name == "<module>"]
        lines = [f"Line {frame.lineno}: {frame.line}" for frame in own[-1:]]
        return [*lines, f"{type(self).__name__}: {self}"]


class ParameterError(UserError):
    """A parameter, option or name that is unknown or has a value it cannot have."""


class UnknownArea(ParameterError):
    """No such area in the pack, or one that has been abolished (the message names successors)."""


class UnknownIndicator(ParameterError):
    """No such indicator in the pack or the catalogue."""


class NoFigures(ParameterError):
    """Names that the pack knows, and no figures in it for what is asked of them."""


class InputError(UserError):
    """A file of the user's that cannot be read as what it should be."""


class PackError(UserError):
    """A pack that is missing, incomplete or not what its hashes say it is."""


class DisclosureError(UserError):
    """Hidden counts that can be worked out from published ones."""


class OutputError(UserError):
    """A folder that cannot be written: no right, no room, or another batch is at work in it."""


class ClusterError(UserError):
    """Other machines that cannot be reached, were lost, or lack what they need."""


class FetchError(UserError):
    """A publisher that cannot be reached, refuses, or gives an answer that is not proved whole."""


class ContradictionError(UserError):
    """What a publisher says that its figures, or the catalogue, contradict."""


class ChainError(UserError):
    """A figure that is not what its page, its pack or its file says, or a file that was changed."""


class ComputerError(UserError):
    """Something of this computer that keeps the program from working."""


class RenderError(UserError):
    """One or more briefings could not be made; the others were."""


_EXIT_CODES: dict[type[BaseException], int] = {
    RenderError: 1,
    ParameterError: 3,
    InputError: 4,
    PackError: 5,
    DisclosureError: 6,
    OutputError: 7,
    ClusterError: 8,
    FetchError: 9,
    ContradictionError: 10,
    ChainError: 11,
    ComputerError: 12,
    UserError: 2,
    KeyboardInterrupt: 130,
}
"""One number per kind of thing to put right; the more particular kind stands first."""
FAULT_OF_THE_PROGRAM = 70


def exit_code(error: BaseException) -> int:
    """Return the exit code of the command line for an error."""
    codes = (code for kind, code in _EXIT_CODES.items() if isinstance(error, kind))
    return next(codes, FAULT_OF_THE_PROGRAM)


def nearest(name: object, known: Iterable[str]) -> str:
    """Return ``" Did you mean 'x'?"`` for the closest known name, or an empty string.

    Examples
    --------
    >>> nearest("Stevanage", ["Stevenage", "Watford"])
    " Did you mean 'Stevenage'?"
    """
    close = closest(name, known)
    return f" Did you mean '{close}'?" if close else ""


def closest(name: object, known: Iterable[str]) -> str:
    """Return the closest known name, or an empty string where none is near."""
    by_folded = {candidate.casefold(): candidate for candidate in known}
    close = get_close_matches(str(name).casefold(), by_folded, n=1, cutoff=0.6)
    return by_folded[close[0]] if close else ""


def choose_from(wrong: object, known: Collection[str]) -> str:
    """Return, for the end of a sentence about a word that is not known, which ones are.

    Examples
    --------
    >>> f"There is no colour 'bleu'.{choose_from('bleu', ['blue', 'red'])}."
    "There is no colour 'bleu'. Did you mean 'blue'? Choose from blue, red."
    """
    return f"{nearest(wrong, known)} Choose from {', '.join(known)}"


DESCRIPTION = "the description of the file (`ineq build --describe`)"
"""Where a user states what a file leaves open."""


def listed(names: Iterable[object], most: int = 5) -> str:
    """Join names for a message, saying how many are left out.

    Examples
    --------
    >>> listed(["a", "b", "c"], most=2)
    'a, b and 1 more'
    """
    words = [str(name) for name in names]
    shown = ", ".join(words[:most])
    return shown if len(words) <= most else f"{shown} and {len(words) - most} more"
