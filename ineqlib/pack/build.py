"""Building a pack from a folder of published files."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pandas as pd

from ineqlib.errors import OutputError
from ineqlib.pack import tables
from ineqlib.pack.by_age import by_age_tables
from ineqlib.pack.code_history import CodeHistory
from ineqlib.pack.descriptions import never_met, own_areas, read_descriptions
from ineqlib.pack.faults import without_culprits
from ineqlib.pack.figures import figures, undecided_remarks
from ineqlib.pack.geography import (
    NAMES,
    area_changes,
    areas_table,
    districts_stated,
    named_elsewhere,
    named_with_figures,
    tell_changes,
    without_district,
    without_name,
)
from ineqlib.pack.inputs import Input, Progress, hashes_of, list_files, read_files
from ineqlib.pack.lookup_order import districts_of_counties, lookups_in_order
from ineqlib.pack.model import TABLES, PackMeta
from ineqlib.pack.place import holding, require_place
from ineqlib.pack.provenance import note_origins, provenance_of
from ineqlib.pack.report import BuildReport, NothingToBuild
from ineqlib.pack.shapes import boundary_tables, name_shapes
from ineqlib.pack.unchanged import fingerprint, unchanged
from ineqlib.pack.write import write_pack
from ineqlib.periods import period_label
from ineqlib.sources.memory import give_back_memory, rare_collections
from ineqlib.sources.named_areas import codes_by_name, with_codes
from ineqlib.sources.texts import changed, is_categories

ByKind = dict[str, list[Input]]


def build(  # noqa: PLR0913 (four of them files and folders)
    folder: str | Path,
    out: str | Path,
    *,
    title: str | None = None,
    describe: str | Path | None = None,
    areas: str | Path | None = None,
    progress: Progress = lambda _name, _more, _of: None,
    today: date | None = None,
) -> BuildReport:
    """Build a pack from every file under a folder that is in a known layout.

    Parameters
    ----------
    folder
        Where the files are; they are recognised by content, whatever their names.
    out
        Folder of the pack; an earlier pack there is replaced once the new one is complete.
    title
        Of the pack, as briefings print it; None takes the name of its folder.
    describe
        YAML file that states what the layouts of some files leave out, by file name. None reads
        ``params/describe/*.yml`` under the current folder.
    areas
        YAML file of areas of one's own; None takes an ``areas.yml`` beside the descriptions.
    progress
        Called with the name of a file, how many more of its bytes were read, and those of all.
    today
        No figure is of a later day; None asks the clock.

    Returns
    -------
    BuildReport
        What became of every file; also kept in the pack.

    Raises
    ------
    InputError
        The folder, the description or the areas cannot be read, or no file gives a figure.
    ParameterError
        A part of an area of one's own is unknown or no more, or two parts overlap.
    OutputError
        The pack's place holds the files themselves or something else that is not a pack of ours,
        cannot be written, or another build is at work there.
    """
    folder, out = Path(folder), Path(out)
    files, left_out = list_files(folder)
    _require_own_place(out, folder)
    described = read_descriptions(Path(describe) if describe else None)
    own = own_areas(Path(areas) if areas else None, Path(describe) if describe else None)
    day = pd.Timestamp(today or date.today())
    hashes = hashes_of(files)
    fetched = provenance_of(folder)
    stated = [left_out, described, bool(describe), str(day.date()), repr(own), fetched]
    made_from = fingerprint(folder, hashes, stated)
    if before := unchanged(out, title or out.name, made_from):
        return before
    with holding(out), rare_collections():
        give_back_memory()  # of what the process did before, such as fetching
        inputs, reports = read_files(folder, files, described, progress, hashes)
        inputs.sort(key=lambda file: file.order)
        give_back_memory()
        content, undecided = without_culprits(inputs, partial(assemble, today=day))
        inputs.clear()  # what was parsed takes as much memory as the tables
        about_own: tuple[str, ...] = ()
        if own:
            from ineqlib.geography.tables import with_own_areas  # noqa: PLC0415 (it loads SciPy)

            content, about_own = with_own_areas(content, own)
        give_back_memory(len(content["observations"]))
        for file_report in reports:
            file_report.settle()
        note_origins(reports, fetched)
        remarks = (
            *undecided_remarks(undecided),
            *without_district(content["areas"]),
            *without_name(content["observations"], content["areas"]),
            *(never_met(described, [report.name for report in reports]) if describe else ()),
            *left_out,
            *about_own,
        )
        report = BuildReport(out, tuple(reports), remarks)
        if content["observations"].empty:
            raise NothingToBuild(
                f"None of the {len(files)} file(s) in {folder} gives a figure, so no pack was "
                f"written.{report.without_figures()}",
                report,
            )
        meta = PackMeta(
            title=title or out.name,
            fictional=False,
            vintage=_vintage(content["observations"], day),
            inputs=tuple(file.as_json() for file in reports),
            remarks=remarks,
            made_from=made_from,
        )
        write_pack(out, content, meta)
        return report


def _require_own_place(out: Path, folder: Path) -> None:
    """Refuse a place for the pack that is not ours, before any file is read."""
    if folder.resolve().is_relative_to(out.resolve()):
        raise OutputError(
            f"{out} holds the files the pack is to be built from ({folder}), and a pack is a "
            "folder of its own. Choose another folder with --out, such as data/packs/mine."
        )
    require_place(out)


def assemble(
    inputs: list[Input], today: pd.Timestamp
) -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
    """Make the tables of the pack, and that of the figures of which no row stands.

    Parameters
    ----------
    inputs
        The files, in order; their reports say what became of each row.
    today
        After which no figure can be.
    """
    by_kind: ByKind = defaultdict(list)
    for file in inputs:
        by_kind[file.parsed.kind].append(file)
    changes = area_changes([file.parsed.frame for file in by_kind["area_changes"]])
    tell_changes(by_kind["area_changes"], changes)
    history = CodeHistory(changes)
    by_kind["observations"] = _with_codes(by_kind, history)
    content = {
        "area_changes": changes,
        **tables.small_area_tables(by_kind["small_area_table"]),
        **tables.small_area_changes(by_kind["reference"]),
        **by_age_tables(by_kind["deaths"], by_kind["populations"], history),
    }
    for kind, make in _MAKERS.items():
        if by_kind[kind]:
            content[kind] = make(by_kind, history)
    small = content.get("small_areas", pd.DataFrame(columns=list(TABLES["small_areas"])))
    # Before the figures: thinning and merging both take much memory, but not at the same time.
    codes = _present_codes(by_kind["observations"], history)
    shapes = boundary_tables(by_kind["boundaries"], small, history, codes)
    content |= shapes
    give_back_memory()
    by_lookup = lookups_in_order(by_kind["area_lookup"])
    rows, indicators, undecided = figures(
        by_kind["observations"],
        history,
        today,
        named_elsewhere(by_kind["area_lookup"] + by_kind["boundaries"]),
        districts_of_counties(by_lookup),
    )
    content = {"observations": rows, "indicators": indicators, **content}
    give_back_memory(len(rows))
    frames = [file.parsed.frame for file in by_kind["observations"]]
    lookups = [*by_lookup, districts_stated(frames, rows, small)]
    content["areas"] = _areas(content, lookups, history)
    content["observations"] = _named(rows, content["areas"])
    for table in shapes.values():
        name_shapes(table, content["areas"])
    for kind in ("population", "reference", "deaths", "populations"):
        tables.unused(by_kind[kind])
    content["sources"] = tables.sources(inputs, set(rows["source"].unique()))
    content["build_notes"] = tables.build_notes(
        [file for file in by_kind["observations"] if file.report.is_read]
    )
    return content, undecided


def _present_codes(observed: list[Input], history: CodeHistory) -> set[str]:
    """Return the present codes of the areas that files have figures of."""
    codes = [file.parsed.frame["area_code"].drop_duplicates() for file in observed]
    return {code for column in codes for code in history.renamed(column)}


def _with_codes(by_kind: ByKind, history: CodeHistory) -> list[Input]:
    """Give areas that a file only names the codes that other files have for the names."""
    observed = by_kind["observations"]
    if not any((file.parsed.frame["area_code"] == "").any() for file in observed):
        return observed
    named = [
        *(file.parsed.frame[NAMES] for file in observed),
        *named_elsewhere(by_kind["area_lookup"] + by_kind["boundaries"]),
    ]
    codes = codes_by_name(named, history.renamed, history.ended)
    return [_with_codes_of(file, codes) for file in observed]


def _with_codes_of(file: Input, codes: dict[str, set[str]]) -> Input:
    parsed = with_codes(file.parsed, codes)
    if parsed is file.parsed:
        return file
    file.report.set_aside.extend(parsed.set_aside[len(file.parsed.set_aside) :])
    file.report.remarks.extend(parsed.remarks[len(file.parsed.remarks) :])
    return replace(file, parsed=parsed, key="")  # other files had a part in it


_MAKERS: dict[str, Callable[[ByKind, CodeHistory], pd.DataFrame]] = {
    "small_areas": lambda by_kind, history: tables.small_areas(
        by_kind["small_areas"],
        by_kind["population"],
        [file.parsed.frame for file in by_kind["area_lookup"]],
        history,
    ),
    "area_deprivation": lambda by_kind, history: tables.area_deprivation(
        by_kind["area_deprivation"], history
    ),
    "neighbours": lambda by_kind, history: tables.neighbours(by_kind["neighbours"], history),
}
"""Tables a pack has only if a file was given for them."""


def _areas(
    content: dict[str, pd.DataFrame], lookups: list[pd.DataFrame], history: CodeHistory
) -> pd.DataFrame:
    """Name every area there is, as its newest boundaries do, or lookups, or observations."""
    recoded = [
        lookup.assign(
            code=history.renamed(lookup["code"]), parent_code=history.renamed(lookup["parent_code"])
        )
        for lookup in lookups
    ]
    authorities = [lookup[lookup["level"].isin(["lad", "utla"])] for lookup in recoded]
    names = [
        *(
            content[f"boundaries_{level}"][["code", "name"]].set_axis(NAMES, axis=1)
            for level in ("lad", "utla", "region")
            if f"boundaries_{level}" in content
        ),
        *(lookup[["code", "name"]].set_axis(NAMES, axis=1) for lookup in authorities),
        *(lookup[["parent_code", "parent_name"]].set_axis(NAMES, axis=1) for lookup in authorities),
        content["observations"][NAMES].drop_duplicates(),
        *named_with_figures(recoded, content["observations"]),
    ]
    return areas_table([pd.DataFrame(table) for table in names], recoded, content["area_changes"])


def _named(rows: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """Give an area one name and type in every row."""
    known = areas.set_index("area_code")
    for column in ("area_name", "area_type"):
        name = known[column].to_dict()
        if is_categories(rows["area_code"]):
            rows[column] = changed(rows["area_code"], name)
            continue
        rows[column] = rows["area_code"].map(name).astype("string").fillna(rows[column])
    return rows


def _vintage(rows: pd.DataFrame, today: pd.Timestamp) -> str:
    """Say how far the figures go; projections that a description accepts are none."""
    ended = rows.loc[rows["period_end"] <= today, "period_end"]
    last = ended.max() if len(ended) else today
    return f"figures up to {period_label(last, last)}"
