"""One file that was read."""

from dataclasses import dataclass

from ineqlib.pack.editions import Edition
from ineqlib.pack.kept import DamagedEntry
from ineqlib.pack.kept_parts import read_parts
from ineqlib.pack.report import FileReport
from ineqlib.sources.base import Parsed


@dataclass(frozen=True)
class Input:
    """One file that was read: what it holds, its entry in the report, and its dates."""

    parsed: Parsed
    report: FileReport
    edition: Edition
    accepted: tuple[str, ...] = ()
    """Checks that its description overrules."""
    rows: int = 0
    """How many rows were parsed of it."""
    key: str = ""
    """By which its bytes and all else that decides what is parsed of it are known; empty where
    they are not."""

    @property
    def order(self) -> tuple[int, int, str]:
        """Where it stands among files of which the first decides: the newest, then the largest.

        By content, and neither by its name nor by its place in the folder.
        """
        return -self.edition.newest.toordinal(), -self.rows, self.report.sha256


def kept_inputs(key: str) -> list[Input] | None:
    """Return what is kept of a file, or of each file of an archive and each sheet of a workbook."""
    parts = read_parts(key)
    if parts is None:
        return None
    return [Input(*part, key=f"{key}/{number}") for number, part in enumerate(parts)]


def kept_input(key: str) -> Input:
    """Return what is kept of one file under its key.

    Raises
    ------
    DamagedEntry
        Nothing whole is.
    """
    of_file, _, number = key.rpartition("/")
    if inputs := kept_inputs(of_file):
        return inputs[int(number)]
    raise DamagedEntry(key)
