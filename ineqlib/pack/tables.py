"""The tables of a pack that are not observations, made from what the parsers returned."""

import pandas as pd

from ineqlib.pack.geography import CodeHistory
from ineqlib.pack.inputs import Input
from ineqlib.pack.model import TABLES
from ineqlib.sources.base import SetAside


def small_areas(
    inputs: list[Input], populations: list[Input], history: CodeHistory
) -> pd.DataFrame:
    """Return neighbourhoods with their deprivation, in authorities of the present.

    Where an index is published without populations, those of a population file for the same
    neighbourhoods stand in.
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
    return _once(both, ["index", "small_area_code"], "score", inputs)


def _population(populations: list[Input], small: Input) -> pd.Series:
    """Return the population of each of the neighbourhoods an index is for, where a file has it."""
    wanted = {key: small.parsed.attributes[key] for key in ("level", "vintage")}
    for file in populations:
        if wanted.items() <= file.parsed.attributes.items():
            period = file.parsed.attributes["period"] or "an unstated date"
            file.report.rows_kept = len(file.parsed.frame)
            small.report.remarks.append(f"populations of {period} from {file.report.name}")
            return file.parsed.frame.set_index("code")["population"]
    return pd.Series(dtype="float64")


def area_deprivation(inputs: list[Input], history: CodeHistory) -> pd.DataFrame:
    """Return the official summaries; of several for one authority and index the fullest."""
    both = pd.concat([file.parsed.frame for file in inputs], ignore_index=True)
    both["area_code"] = history.renamed(both["area_code"])
    return _once(both, ["index", "area_code"], "average_rank", inputs)


def _once(frame: pd.DataFrame, key: list[str], fuller: str, inputs: list[Input]) -> pd.DataFrame:
    """Keep one row per key, the first with a value in `fuller`; tell each file what it gave."""
    frame["file"] = [n for n, file in enumerate(inputs) for _ in range(len(file.parsed.frame))]
    frame = frame.sort_values(fuller, key=lambda values: values.isna(), kind="stable")
    first = frame.groupby(key)[fuller].transform("first")
    differs = (frame[fuller] - first).abs() > 1e-9
    again = frame.duplicated(key)
    for number, file in enumerate(inputs):
        mine = frame["file"] == number
        file.report.rows_kept = int((mine & ~again).sum())
        for reason, rows in (
            ("the same figures are kept from another file", mine & again & ~differs),
            (f"another file gives another {fuller}, which is kept", mine & again & differs),
        ):
            if count := int(rows.sum()):
                file.report.set_aside.append(SetAside(reason, count))
    return frame[~again].drop(columns="file").reset_index(drop=True)


def neighbours(inputs: list[Input], history: CodeHistory) -> pd.DataFrame:
    """Return each area's neighbours by every method."""
    frame = pd.concat(kept(inputs), ignore_index=True)
    for column in ("area_code", "neighbour_code"):
        frame[column] = history.renamed(frame[column])
    return frame.drop_duplicates(["method", "area_code", "neighbour_code"], ignore_index=True)


def unused(inputs: list[Input]) -> None:
    """Tell files of which nothing is in the pack so."""
    for file in inputs:
        if not file.report.rows_kept:
            aside = SetAside("recognised, but no table of a pack needs it", len(file.parsed.frame))
            file.report.set_aside.append(aside)


def kept(inputs: list[Input]) -> list[pd.DataFrame]:
    """Return the frames of files kept whole, and tell the files so."""
    for file in inputs:
        file.report.rows_kept = len(file.parsed.frame)
    return [file.parsed.frame for file in inputs]


def no_indicators() -> pd.DataFrame:
    """Return the table of indicators without a row."""
    return pd.DataFrame(columns=list(TABLES["indicators"])).astype({"catalogued": bool})


def indicators(frames: list[pd.DataFrame], observations: pd.DataFrame) -> pd.DataFrame:
    """Return one row per indicator that has observations."""
    every = pd.concat(frames, ignore_index=True).drop_duplicates("indicator_id")
    present = every["indicator_id"].isin(observations["indicator_id"].unique())
    return every[present].sort_values("indicator_id", ignore_index=True)


def sources(inputs: list[Input]) -> pd.DataFrame:
    """Return publisher, licence and attribution of everything that was kept."""
    columns = ["source_id", "title", "publisher", "licence", "attribution"]
    rows = [
        (s.id, s.title, s.publisher, s.licence, s.attribution)
        for s in (file.parsed.source for file in inputs if file.report.rows_kept)
    ]
    return pd.DataFrame(rows, columns=columns).drop_duplicates("source_id", ignore_index=True)
