"""A folder that is built again, with what is kept and from nothing."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ineqlib.pack import kept, open_pack
from ineqlib.pack.build import build
from ineqlib.pack.report import BuildReport

FINGERTIPS = (
    "Indicator ID,Indicator Name,Area Code,Area Name,Sex,Age,Category Type,Category,Time period,"
    "Value,Lower CI 95.0 limit,Upper CI 95.0 limit,Count,Denominator\n"
)


@contextmanager
def kept_in(above: Path) -> Iterator[Path]:
    """Build below a folder, keep in it what is made of every file, and take nothing else."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kept, "LEAST", 0)
        patch.setattr(kept, "cache_folder", lambda: above / "cache")
        patch.chdir(above)
        yield above / "cache"


def smoked(code: str, indicator: int, values: tuple[float, ...]) -> str:
    return "".join(
        f"{indicator},Smoking {indicator},{code},Town,Persons,18+ yrs,,,{2010 + year},{value},,,,\n"
        for year, value in enumerate(values)
    )


def same_as_anew(folder: Path) -> BuildReport:
    """Hold what is built with what is kept to what is built from nothing, to the last byte.

    From nothing there is no place to keep anything in: to write and delete a thousand small files
    would take longer than the build.
    """
    again = build(folder, "pack")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kept, "cache_folder", lambda: Path(os.devnull))
        anew = build(folder, "anew")
    assert_same(again, anew)
    return again


def assert_same(again: BuildReport, anew: BuildReport) -> None:
    """Hold two builds to each other: reports, remarks, and tables to the last byte."""
    assert (again.files, again.remarks) == (anew.files, anew.remarks)
    tables = [open_pack(report.path).meta.tables for report in (again, anew)]
    assert tables[0] == tables[1]
