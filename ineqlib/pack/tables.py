"""The tables of a pack that are not observations, made from what the parsers returned.

Files come newest first (`Input.order`), so that of two that say the same the first decides.
"""

from collections.abc import Collection

import pandas as pd

from ineqlib.geography.changes import small_area_changes as changed_only
from ineqlib.pack.code_history import CodeHistory
from ineqlib.pack.editions import DATES
from ineqlib.pack.inputs import Input
from ineqlib.pack.merge_reasons import STATE_DATES
from ineqlib.pack.model import TABLES
from ineqlib.sources.base import SetAside
from ineqlib.sources.plausible import CHECKS


def small_areas(
    inputs: list[Input],
    populations: list[Input],
    lookups: list[pd.DataFrame],
    history: CodeHistory,
) -> pd.DataFrame:
    """Return neighbourhoods with their deprivation, in authorities of the present.

    Where an index is published without populations, those of a population file for the same
    neighbourhoods stand in. `locality` is the ward that a lookup puts a neighbourhood in, and
    `locality_code` its code.
    """
    frames = []
    for file in inputs:
        frame = file.parsed.frame.copy()
        frame["area_code"] = history.current(frame["area_code"])
        frame["population"] = frame["population"].fillna(
            frame["small_area_code"].map(_population(populations, file))
        )
        frames.append(frame)
    both = pd.concat(frames, ignore_index=True)
    wards, no_ward = _wards(lookups), ("", "")
    of_ward = [wards.get(code, no_ward) for code in both["small_area_code"].tolist()]
    for place, name in enumerate(("locality", "locality_code")):
        both[name] = [ward[place] for ward in of_ward]
    return once(both, ["index", "small_area_code"], ["score", "rank", "decile"], inputs)


def _wards(lookups: list[pd.DataFrame]) -> dict[str, tuple[str, str]]:
    """Return name and code of the ward that each neighbourhood lies in, by the newest lookup."""
    wards: dict[str, tuple[str, str]] = {}
    for lookup in reversed(lookups):
        of_ward = lookup[lookup["parent_level"] == "ward"]
        codes, *names = (of_ward[name].tolist() for name in ("code", "parent_name", "parent_code"))
        wards |= dict(zip(codes, zip(*names, strict=True), strict=True))
    return wards


def _population(populations: list[Input], small: Input) -> pd.Series:
    """Return the population of each of the neighbourhoods an index is for, where a file has it."""
    wanted = {key: small.parsed.attributes[key] for key in ("level", "vintage")}
    fitting = [file for file in populations if wanted.items() <= file.parsed.attributes.items()]
    if not fitting:
        return pd.Series(dtype="float64")
    file = max(fitting, key=lambda file: file.parsed.attributes["period"])
    period = file.parsed.attributes["period"] or "an unstated date"
    file.report.rows_kept = len(file.parsed.frame)
    small.report.remarks.append(f"populations of {period} from {file.report.name}")
    return file.parsed.frame.set_index("code")["population"]


def area_deprivation(inputs: list[Input], history: CodeHistory) -> pd.DataFrame:
    """Return the official summaries; of several for one authority and index the fullest."""
    both = pd.concat([file.parsed.frame for file in inputs], ignore_index=True)
    both["area_code"] = history.renamed(both["area_code"])
    return once(both, ["index", "area_code"], ["average_rank", "average_score"], inputs)


def once(
    frame: pd.DataFrame, key: list[str], numbers: list[str], inputs: list[Input]
) -> pd.DataFrame:
    """Keep one row per key, the first of the fullest; tell each file what became of its own.

    Where rows differ, that of the file published or downloaded later is kept; where nothing says
    which that is, none is.

    Parameters
    ----------
    frame
        The rows of all files, in order.
    key
        What makes a row one row.
    numbers
        What two rows of one key must agree in, as far as both have it; the first says most.
    """
    files = [n for n, file in enumerate(inputs) for _ in range(len(file.parsed.frame))]
    frame = frame.assign(file=files, lacks=frame[numbers[0]].isna())
    frame["newest"] = _newest(frame, key, inputs)
    frame = frame.sort_values(["lacks", "newest"], ascending=[True, False], kind="stable")
    first = frame.groupby(key)[numbers].transform("first")
    differs = (frame[numbers] - first).abs().gt(1e-9).any(axis=1)
    by_key = [frame[name] for name in key]
    undecided = (differs & frame["newest"]).groupby(by_key).transform("any")
    again = frame.duplicated(key) | undecided
    reasons = {
        "the same figures are kept from another file": again & ~differs & ~undecided,
        "differs from another file's figures, which are kept: that file is dated later": (
            differs & ~undecided
        ),
        "differs from another file's figures, and nothing says which is the later edition: neither "
        f"is kept. {STATE_DATES}": undecided,
    }
    _tell(inputs, frame["file"], reasons)
    return frame[~again].drop(columns=["file", "lacks", "newest"]).reset_index(drop=True)


def _newest(frame: pd.DataFrame, key: list[str], inputs: list[Input]) -> pd.Series:
    """Tell which rows are of the latest file, as far as a date of all files of a key says so."""
    by_key = [frame[name] for name in key]
    newest = pd.Series(True, index=frame.index)
    for name in DATES:
        dates = [getattr(file.edition, name) for file in inputs]
        days = {n: day.toordinal() for n, day in enumerate(dates) if day is not None}
        day = frame["file"].map(days).astype("float64")
        answered = day.notna().groupby(by_key).transform("all")
        best = day.where(newest).groupby(by_key).transform("max")
        newest &= ~answered | (day == best)
    return newest


def _tell(inputs: list[Input], number: pd.Series, reasons: dict[str, pd.Series]) -> None:
    """Tell each file how many of its rows were kept, and why the others were not."""
    for n, file in enumerate(inputs):
        mine = number == n
        counts = {reason: int((mine & rows).sum()) for reason, rows in reasons.items()}
        file.report.rows_kept = int(mine.sum()) - sum(counts.values())
        file.report.set_aside += [SetAside(why, count) for why, count in counts.items() if count]


def neighbours(inputs: list[Input], history: CodeHistory) -> pd.DataFrame:
    """Return each area's neighbours by every method, those of one area from one file."""
    frame = pd.concat(
        [file.parsed.frame.assign(file=n) for n, file in enumerate(inputs)], ignore_index=True
    )
    for column in ("area_code", "neighbour_code"):
        frame[column] = history.renamed(frame[column])
    first = frame.groupby(["method", "area_code"])["file"].transform("min")
    again = (frame["file"] != first) | frame.duplicated(["method", "area_code", "neighbour_code"])
    reason = "the area's neighbours by this method are kept from a newer or larger file"
    _tell(inputs, frame["file"], {reason: again})
    return frame[~again].drop(columns="file").reset_index(drop=True)


def small_area_tables(inputs: list[Input]) -> dict[str, pd.DataFrame]:
    """Return the further tables of neighbourhoods by name, each from one file."""
    content: dict[str, pd.DataFrame] = {}
    for file in inputs:
        name, frame = file.parsed.attributes["table"], file.parsed.frame
        if name in content:
            reason = f"the table {name} is kept from a newer or larger file"
            file.report.set_aside.append(SetAside(reason, len(frame)))
            continue
        content[name] = frame
        file.report.rows_kept = len(frame)
    return content


def small_area_changes(inputs: list[Input]) -> dict[str, pd.DataFrame]:
    """Return the changes of neighbourhoods from 2011 to 2021, for areas of one's own."""
    for file in inputs:
        if file.parsed.attributes.get("from") == "lsoa11":
            frame = changed_only(file.parsed.frame)
            if frame.empty:  # told with the files of which nothing is needed
                continue
            file.report.rows_kept = len(frame)
            alike = SetAside("unchanged from 2011 to 2021", len(file.parsed.frame) - len(frame))
            file.report.set_aside.append(alike)
            return {"small_area_changes": frame}
    return {}


def unused(inputs: list[Input]) -> None:
    """Tell files of which nothing is in the pack so, unless their rows were set aside."""
    for file in inputs:
        left = file.report.rows_found - file.report.rows_set_aside
        if left and not file.report.rows_kept:
            aside = SetAside("recognised, but no table of a pack needs it", left)
            file.report.set_aside.append(aside)


def no_indicators() -> pd.DataFrame:
    """Return the table of indicators without a row."""
    columns = [*TABLES["indicators"], "polarity"]
    return pd.DataFrame(columns=columns).astype({"catalogued": bool, "polarity": "str"})


def indicators(frames: list[pd.DataFrame], ids: Collection[str]) -> pd.DataFrame:
    """Return one row per indicator that has observations."""
    every = pd.concat(frames, ignore_index=True)
    # One file may state what another leaves out.
    every = every.sort_values("polarity", key=lambda stated: stated == "", kind="stable")
    every = every.drop_duplicates("indicator_id")
    present = every["indicator_id"].isin(ids)
    return every[present].sort_values("indicator_id", ignore_index=True)


def sources(inputs: list[Input], used: Collection[str]) -> pd.DataFrame:
    """Return publisher, licence, attribution and newest day of everything that was kept, by id.

    Parameters
    ----------
    inputs
        The files.
    used
        Sources that are needed although none of their rows was kept.
    """
    columns = ["source_id", "title", "publisher", "licence", "attribution", "day"]
    rows = [
        (s.id, s.title, s.publisher, s.licence, s.attribution, file.report.day)
        for file in inputs  # the newest first
        for s in [file.parsed.source]
        if file.report.rows_kept or s.id in used
    ]
    frame = pd.DataFrame(rows, columns=columns).drop_duplicates("source_id")
    return frame.sort_values("source_id", ignore_index=True)


def build_notes(inputs: list[Input]) -> pd.DataFrame:
    """Return what pages tell: remarks of the checks, and which of their findings are overruled."""
    for_report = {check.name for check in CHECKS if not check.on_pages}
    findings = [finding for file in inputs for finding in file.report.findings]
    untold = {finding.remark for finding in findings if finding.check in for_report}
    remarks = {text for file in inputs for text in file.report.remarks}
    notes = {
        *(("remark", text) for text in remarks - untold),
        *(("accepted", file.report.accepted) for file in inputs if file.report.accepted),
    }
    return pd.DataFrame(sorted(notes), columns=list(TABLES["build_notes"]))
