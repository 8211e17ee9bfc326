"""Whether own figures can be used, told as a colleague would who looks over the file."""

import shutil
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from ineqlib.catalogue import load_catalogue
from ineqlib.errors import InputError, listed
from ineqlib.facts.own_indicators import uncatalogued
from ineqlib.files import unreadable
from ineqlib.pack import Pack, open_pack
from ineqlib.pack.build import build
from ineqlib.pack.folder import files_under
from ineqlib.pack.report import BuildReport, NothingToBuild
from ineqlib.text import plural, slug


def check_figures(file: Path, pack: Pack | None = None) -> str:
    """Read a file of own figures as a build would; say what is in it and what to look at again.

    Parameters
    ----------
    file
        A workbook or CSV file.
    pack
        A pack whose areas the figures are to stand beside.

    Raises
    ------
    InputError
        It cannot be used yet; the message lists every fault.
    """
    with TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        folder = Path(scratch, "figures")
        folder.mkdir()
        try:
            shutil.copyfile(file, folder / file.name)
        except OSError as error:
            raise InputError(unreadable(file, error)) from error
        files, left_out = files_under(folder)
        if not files:
            raise InputError(
                f"{file.name} cannot be used: {' '.join(left_out)}. Give the file of figures "
                "itself."
            )
        try:
            report = build(folder, Path(scratch, "pack"), title=file.name)
        except NothingToBuild as nothing:
            raise InputError(_not_yet(file, nothing.report)) from None
        built = open_pack(report.path)
        rows = built.table("observations")
        lines = [
            f"{file.name} can be used: {plural(len(rows), 'figure')} of "
            f"{plural(rows['area_code'].nunique(), 'area')}, {_periods(rows)}.",
            *_withheld(rows),
            *_indicators(built),
            *_kept_out(report),
            *(_unknown_areas(rows, pack) if pack else ()),
            *(_named_otherwise(built, pack) if pack else ()),
            "Next: put it into the folder that your pack is built from, and run `ineq build`.",
        ]
    return "\n".join(lines)


def _not_yet(file: Path, report: BuildReport) -> str:
    remarks = [remark for part in report.not_read for remark in part.remarks]
    words = [*_left_out(report), *remarks] or [_of_no_figures(report)]
    return "\n".join([f"{file.name} cannot be used yet.", *words])


def _of_no_figures(report: BuildReport) -> str:
    """Say of a file that is right, such as a lookup, that there is no figure in it to check."""
    taken_for = listed(file.recognised_as for file in report.files)
    return (
        f"It was taken for: {taken_for}. That holds no figures. Put it into the folder that your "
        "pack is built from, beside files that do."
    )


def _left_out(report: BuildReport) -> list[str]:
    return [
        f"{plural(aside.rows, 'row')} left out: {aside.reason} ({listed(aside.examples)})."
        for file in report.files
        for aside in file.set_aside
    ]


def _periods(rows: pd.DataFrame) -> str:
    ordered = rows.sort_values(["period_start", "period_end"])["period"].drop_duplicates()
    first, last = ordered.iloc[0], ordered.iloc[-1]
    return f"for {first}" if len(ordered) == 1 else f"from {first} to {last}"


def _withheld(rows: pd.DataFrame) -> list[str]:
    without = rows[rows["value"].isna()]
    counts = Counter(without["status"].astype(str).str.replace("_", " "))
    kinds = [f"{count} {status}" for status, count in sorted(counts.items())]
    return [f"Without a value: {listed(kinds)}."] if kinds else []


def _indicators(built: Pack) -> list[str]:
    """Say of the indicators whether the catalogue knows them, and what that means."""
    catalogue = load_catalogue().indicators.values()
    ours = [indicator.name for indicator in catalogue if indicator.id in built.indicator_ids]
    own = uncatalogued(built).values()
    judged = [f"“{indicator.name}”" for indicator in own if indicator.polarity != "neutral"]
    others = [f"“{indicator.name}”" for indicator in own if indicator.polarity == "neutral"]
    return [
        f"{words}: {listed(names, 20)}."
        for words, names in (
            ("Of the catalogue", ours),
            ("Your own, shown as better or worse by their polarity", judged),
            (
                "Your own, shown as higher or lower but never as better or worse, as no polarity "
                "is given",
                others,
            ),
        )
        if names
    ]


def _kept_out(report: BuildReport) -> list[str]:
    """Say which rows are left out, and what else the build remarks."""
    remarks = [remark for file in report.files for remark in file.remarks]
    as_read = [f"As read: {'; '.join(remarks)}."] if remarks else []
    return [
        *_left_out(report),
        *as_read,
        *(f"In a pack of this file alone: {remark}" for remark in report.remarks),
    ]


def _unknown_areas(rows: pd.DataFrame, pack: Pack) -> list[str]:
    known = set(pack.areas["area_code"])
    codes = sorted(set(rows["area_code"]) - known)
    if not codes:
        return [f"{pack.title} has all of its areas."]
    return [
        f"{pack.title} lacks {plural(len(codes), 'area')} of it: {listed(codes)}. Check the codes; "
        "a ward, which no pack has by itself, is right all the same."
    ]


def _named_otherwise(built: Pack, pack: Pack) -> list[str]:
    """Say which areas have another name in the pack: their code may be another's."""
    names = dict(pack.areas[["area_code", "area_name"]].to_numpy().tolist())
    given = built.areas[["area_code", "area_name"]].to_numpy().tolist()
    others = [
        f"{name} ({code}), there {names[code]}"
        for code, name in given
        if name and slug(name) != slug(names.get(code, name))
    ]
    return (
        [f"Named otherwise in {pack.title}: {listed(others)}. Check the codes."] if others else []
    )
