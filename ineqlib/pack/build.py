"""Building a pack from a folder of published files."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd

from ineqlib import observations as contract
from ineqlib.catalogue import Catalogue, load_catalogue
from ineqlib.errors import InputError, UserError, listed
from ineqlib.pack import tables
from ineqlib.pack.geography import NAMES, CodeHistory, area_changes, areas_table
from ineqlib.pack.inputs import Input, Progress, composed, list_files, read_descriptions, read_files
from ineqlib.pack.merge import merge
from ineqlib.pack.model import TABLES, PackMeta
from ineqlib.pack.report import NOT_READ, BuildReport
from ineqlib.pack.shapes import boundary_tables
from ineqlib.pack.write import write_pack
from ineqlib.periods import period_label
from ineqlib.sources.plausible import Context, beside, examine, published_ranges, with_meaning
from ineqlib.sources.resolve import indicators_of, resolve
from ineqlib.validation import validate

ByKind = dict[str, list[Input]]


def build(
    folder: str | Path,
    out: str | Path,
    *,
    title: str | None = None,
    describe: str | Path | None = None,
    progress: Progress = lambda _name: None,
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
    progress
        Called with the name of each file before it is read.
    today
        No figure is of a later day; None asks the clock.

    Returns
    -------
    BuildReport
        What became of every file; also kept in the pack.

    Raises
    ------
    InputError
        The folder or the description cannot be read, or no file gives a figure.
    """
    folder, out = Path(folder), Path(out)
    files = list_files(folder)
    described = read_descriptions(Path(describe) if describe else None)
    inputs, reports = read_files(folder, files, described, progress)
    day = pd.Timestamp(today or date.today())
    content = _assemble(inputs, day) if inputs else {}
    if not content or content["observations"].empty:
        unread = [report for report in reports if report.recognised_as == NOT_READ]
        reasons = listed(f"{report.name}: {' '.join(report.remarks)}" for report in unread)
        raise InputError(
            f"None of the {len(files)} file(s) in {folder} gives a figure, so no pack was written. "
            f"Not read: {reasons or 'none'}"
        )
    meta = PackMeta(
        title=title or out.name,
        fictional=False,
        vintage=_vintage(content["observations"], day),
        inputs=tuple(report.as_json() for report in reports),
    )
    write_pack(out, content, meta)
    return BuildReport(out, tuple(reports), _never_met(described, files) if describe else ())


def _assemble(inputs: list[Input], today: pd.Timestamp) -> dict[str, pd.DataFrame]:
    """Make the tables of the pack."""
    by_kind: ByKind = defaultdict(list)
    for file in inputs:
        by_kind[file.parsed.kind].append(file)
    changes = area_changes(tables.kept(by_kind["area_changes"]))
    history = CodeHistory(changes)
    rows, indicators = _observations(by_kind["observations"], history, today)
    content = {
        "observations": rows,
        "indicators": indicators,
        "area_changes": changes,
        **{
            file.parsed.attributes["table"]: file.parsed.frame
            for file in by_kind["small_area_table"]
        },
    }
    tables.kept(by_kind["small_area_table"])
    for kind, make in _MAKERS.items():
        if by_kind[kind]:
            content[kind] = make(by_kind, history)
    small = content.get("small_areas", pd.DataFrame(columns=list(TABLES["small_areas"])))
    content |= boundary_tables(by_kind["boundaries"], small, history)
    content["areas"] = _areas(content, tables.kept(by_kind["area_lookup"]), changes)
    content["observations"] = _named(rows, content["areas"])
    tables.unused(by_kind["population"] + by_kind["reference"])
    content["sources"] = tables.sources(inputs)
    return content


_MAKERS: dict[str, Callable[[ByKind, CodeHistory], pd.DataFrame]] = {
    "small_areas": lambda by_kind, history: tables.small_areas(
        by_kind["small_areas"], by_kind["population"], history
    ),
    "area_deprivation": lambda by_kind, history: tables.area_deprivation(
        by_kind["area_deprivation"], history
    ),
    "neighbours": lambda by_kind, history: tables.neighbours(by_kind["neighbours"], history),
}
"""Tables a pack has only if a file was given for them."""


def _observations(
    inputs: list[Input], history: CodeHistory, today: pd.Timestamp
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give every file's rows the catalogue's ids and present codes, and keep each figure once."""
    catalogue = load_catalogue()
    resolved = _each(inputs, lambda file, _: _resolved(file, catalogue))
    ranges = published_ranges([rows for _, rows in resolved])

    def believed(file: Input, number: int) -> pd.DataFrame:
        context = Context(today, beside(ranges, number))
        return _believed(file, resolved[number][1], context, catalogue, history)

    kept = _each([file for file, _ in resolved], believed)
    rows, asides = merge([contract.empty(), *(frame for _, frame in kept)])
    indicators = [tables.no_indicators()]
    for (file, frame), aside in zip(kept, asides[1:], strict=True):
        file.report.rows_kept = len(frame) - sum(group.rows for group in aside)
        file.report.set_aside.extend(aside)
        indicators.append(indicators_of(file.parsed.frame, catalogue, file.parsed.source.id))
    return rows, tables.indicators(indicators, rows)


def _each(
    inputs: list[Input], make: Callable[[Input, int], pd.DataFrame]
) -> list[tuple[Input, pd.DataFrame]]:
    """Do something with every file; one it cannot be done with is reported and left out."""
    made = []
    for number, file in enumerate(inputs):
        try:
            made.append((file, make(file, number)))
        except UserError as error:
            file.report.recognised_as = NOT_READ
            file.report.remarks.append(str(error))
    return made


def _resolved(file: Input, catalogue: Catalogue) -> pd.DataFrame:
    if file.parsed.frame.empty:
        raise InputError("No row can be kept.")
    return validate(resolve(file.parsed.frame, catalogue), file.report.name)


def _believed(
    file: Input,
    rows: pd.DataFrame,
    context: Context,
    catalogue: Catalogue,
    history: CodeHistory,
) -> pd.DataFrame:
    """Return the rows that no check sets aside, in the areas of the present."""
    examined = examine(
        with_meaning(file.parsed, rows, catalogue),
        context,
        sheet=file.parsed.attributes.get("sheet", ""),
        accepted=file.accepted,
    )
    file.report.set_aside.extend(examined.set_aside)
    file.report.remarks.extend(examined.remarks)
    file.report.findings.extend(examined.findings)
    tidy = rows[examined.kept]
    return tidy.assign(area_code=history.renamed(tidy["area_code"]))


def _areas(
    content: dict[str, pd.DataFrame], lookups: list[pd.DataFrame], changes: pd.DataFrame
) -> pd.DataFrame:
    """Name every area there is, as its newest boundaries do, or lookups, or observations."""
    history = CodeHistory(changes)
    recoded = [
        lookup.assign(
            code=history.renamed(lookup["code"]), parent_code=history.renamed(lookup["parent_code"])
        )
        for lookup in sorted(lookups, key=lambda lookup: -lookup["vintage"].max())
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
    ]
    return areas_table([pd.DataFrame(table) for table in names], recoded, changes)


def _named(rows: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """Give an area one name and type in every row."""
    known = areas.set_index("area_code")
    for column in ("area_name", "area_type"):
        rows[column] = rows["area_code"].map(known[column]).astype("string").fillna(rows[column])
    return rows


def _vintage(rows: pd.DataFrame, today: pd.Timestamp) -> str:
    """Say how far the figures go; projections that a description accepts are none."""
    ended = rows.loc[rows["period_end"] <= today, "period_end"]
    last = ended.max() if len(ended) else today
    return f"figures up to {period_label(last, last)}"


def _never_met(described: dict[str, dict[str, str]], files: list[Path]) -> tuple[str, ...]:
    """Say which files described by the user are not in the folder: perhaps misspelt."""
    absent = sorted(set(described) - {composed(path.name) for path in files})
    if not absent:
        return ()
    return (f"{len(absent)} described file(s) are not in the folder: {listed(absent)}.",)
