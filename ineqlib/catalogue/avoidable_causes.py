"""Causes of death counted as avoidable, by prevention or treatment, and their codes of ICD-10."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ineqlib.catalogue.checked_yaml import HERE, read_part
from ineqlib.errors import InputError

FILE = HERE / "avoidable_causes.yml"
PARTS = {"preventable": (1.0, 0.0), "treatable": (0.0, 1.0), "half": (0.5, 0.5)}
"""Share of a death that counts as preventable and as treatable."""
_CODE = re.compile(r"([A-Z])(\d\d)(?:\.?(\d))?")


@dataclass(frozen=True)
class AvoidableCause:
    """One cause of the list."""

    cause: str
    group: str
    codes: str
    """Codes of ICD-10 as the list writes them, such as ``"A50-A60, A63"``."""
    part: str
    """``preventable``, ``treatable`` or ``half``, which is half a death to each."""
    without: str = ""
    """Codes among `codes` that another cause has."""
    sex: str = ""
    """The only sex it is counted for; empty for both."""


@dataclass(frozen=True)
class AvoidableCauses:
    """A list of avoidable causes."""

    title: str
    publisher: str
    version: str
    age_below: int
    """Age from which no death counts as avoidable."""
    read_in: tuple[str, ...]
    """Where its codes were read."""
    differences: tuple[str, ...]
    """Where these readings differ, and what was taken."""
    causes: tuple[AvoidableCause, ...]
    by_code: dict[str, int]
    """Place in `causes` of each code of four characters, ``"A403"``."""

    def place_of(self, code: str) -> int | None:
        """Return the place of a code's cause in `causes`; None where it is not avoidable.

        Codes have three or four characters, with or without the dot: "I21", "I21.9", "I219". What
        follows is not read.

        Raises
        ------
        InputError
            No code of ICD-10, or one of three characters whose fourth decides the cause.
        """
        match = re.fullmatch(rf"{_CODE.pattern}[\dX-]*", code.strip().upper())
        if match is None:
            raise InputError(f"{code!r} is no code of ICD-10. Expected one such as I21.9 or I21.")
        letter, number, fourth = match.groups()
        if fourth:
            return self.by_code.get(letter + number + fourth)
        places = {self.by_code.get(f"{letter}{number}{digit}") for digit in range(10)}
        if len(places) > 1:
            raise InputError(
                f"{code!r}: the fourth character decides whether it is avoidable and how. Give "
                f"codes such as {letter}{number}.0."
            )
        return places.pop()


@cache
def load_avoidable_causes() -> AvoidableCauses:
    """Return the list that comes with the package; the tests hold it to the schema.

    Examples
    --------
    >>> causes = load_avoidable_causes()
    >>> causes.causes[causes.place_of("I21.9")].part
    'half'
    """
    return read_avoidable_causes(FILE)


def read_avoidable_causes(path: Path) -> AvoidableCauses:
    """Read and check a list of avoidable causes: codes that are codes, each of one cause."""
    content = read_part(path, "avoidable_causes")
    causes = tuple(AvoidableCause(**entry) for entry in content["causes"])
    by_code: dict[str, int] = {}
    try:
        for place, cause in enumerate(causes):
            for code in sorted({*_expanded(cause.codes)} - {*_expanded(cause.without)}):
                if code in by_code:
                    other = causes[by_code[code]].cause
                    raise InputError(f"{code} is given to '{other}' and to '{cause.cause}'")
                by_code[code] = place
    except InputError as fault:
        raise InputError(f"{path.name}: {fault}.") from None
    about = content["list"]
    texts = {name: tuple(about[name]) for name in ("read_in", "differences")}
    return AvoidableCauses(**about | texts, causes=causes, by_code=by_code)


def _expanded(codes: str) -> Iterator[str]:
    """Yield each code of four characters that codes and ranges such as "W00-X39, I73.9" cover."""
    for part in filter(None, codes.split(", ")):
        ends = [_CODE.fullmatch(end) for end in part.split("-")]
        first, last = ends[0], ends[-1]
        if first is None or last is None or len(ends) > 2:
            raise InputError(f"'{part}' is no code of ICD-10 and no range of them")
        start = _number(first[1], first[2], first[3] or "0")
        end = _number(last[1], last[2], last[3] or "9")
        if start > end:
            raise InputError(f"'{part}' ends before it begins")
        for number in range(start, end + 1):
            yield f"{chr(ord('A') + number // 1000)}{number % 1000:03d}"


def _number(letter: str, digits: str, fourth: str) -> int:
    return (ord(letter) - ord("A")) * 1000 + int(digits + fourth)
