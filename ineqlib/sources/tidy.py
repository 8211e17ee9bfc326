"""From a publisher's words to the tidy contract: the steps every indicator layout shares."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import pandas as pd

from ineqlib import areas
from ineqlib.observations import COLUMNS, HAS_VALUE, SEXES, conform
from ineqlib.periods import parse_period, period_label
from ineqlib.sources.base import Parsed, SetAside, Source
from ineqlib.sources.status import status_and_note
from ineqlib.text import name_id

NAMING = ["publisher", "publisher_id", "indicator_name"]
"""Columns that stand for `indicator_id` until the catalogue has been asked."""

NUMBERS = ["value", "lower_ci", "upper_ci", "count", "denominator"]

_OPTIONAL = [*NUMBERS, "sex", "status", "comparison", "note", "dimension", "subgroup"]

_SEX_WORDS = {
    **{sex.casefold(): sex for sex in SEXES},
    "": "Persons",
    "all": "Persons",
    "people": "Persons",
    "both": "Persons",
    "both sexes": "Persons",
    "not applicable": "Persons",
    "males": "Male",
    "females": "Female",
    "men": "Male",
    "women": "Female",
    "m": "Male",
    "f": "Female",
}
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_COMPARISON = re.compile(r"(better|similar|worse|higher|lower)(?: (?:95|99\.8)(?:\.0)?%?)?")
"""Fingertips adds the level of confidence where it compares at two (``Higher 99.8``)."""

_MISSING = ["", "NA", "N/A", "NaN", "nan", "null", "NULL", "None", "-", ".."]
_THOUSANDS = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?")
_ELSEWHERE = {
    "W": "Wales",
    "S": "Scotland",
    "N": "Northern Ireland",
    "K": "United Kingdom, Great Britain, or England and Wales",
}
_EXAMPLES = 5


def id_of_name(text: str) -> str:
    """Make an id of a name: lower-case letters, digits and underscores.

    Examples
    --------
    >>> id_of_name("GCSEs in English & Maths (16+)")
    'gcses_in_english_maths_16'
    """
    return re.sub(r"[^a-z0-9]+", "_", text.casefold()).strip("_")


def stated(source: Source, described: dict[str, str]) -> Source:
    """Put what the user stated about a file's origin in place of what its layout implies.

    Parameters
    ----------
    source : Source
        What is known of any file of this layout.
    described : dict
        May hold ``source`` (title), ``publisher``, ``licence``, ``attribution``.
    """
    given: dict[str, str] = {
        key: described[key] for key in ("publisher", "licence") if key in described
    }
    if "source" in described:
        given |= {"id": name_id(described["source"]), "title": described["source"]}
        given["attribution"] = f"{described['source']}."
    if "attribution" in described:
        given["attribution"] = described["attribution"].removeprefix("Source: ")
    return replace(source, **given)


def tidy(
    raw: pd.DataFrame, source: Source, *, set_aside: Iterable[SetAside] = (), remark: str = ""
) -> Parsed:
    """Bring rows in a publisher's words into the tidy contract, setting aside what does not fit.

    Parameters
    ----------
    raw : DataFrame
        The contract's columns as far as the layout has them, as text (numbers may be numbers), with
        `publisher`, `publisher_id` and `indicator_name` for `indicator_id`. `status` holds
        shorthand (``x``, ``[c]``) or nothing. The index counts the file's data rows from 0.
    source : Source
        Where the file comes from.
    set_aside : iterable of SetAside
        What the layout has left out already.
    remark : str
        What else the reader of the build log should know.

    Returns
    -------
    Parsed
        Of kind ``observations``: the contract's columns, with the naming columns in place of
        `indicator_id`.
    """
    rows = _Rows(raw, set_aside)
    _keep_england(rows)
    rows.read("sex", lambda text: _SEX_WORDS[text.casefold()], "sex is not Persons, Male or Female")
    _read_periods(rows)
    for name in NUMBERS:
        _read_numbers(rows, name)
    _judge(rows)
    _drop_impossible(rows)
    _drop_repeated(rows)
    kinds = _by_unique(rows.frame["area_code"], areas.area_type)
    frame = rows.frame.assign(
        area_type=rows.frame["area_code"].map(kinds),
        comparison=rows.frame["comparison"].map(_by_unique(rows.frame["comparison"], _comparison)),
        source=source.id,
    )
    remarks = (remark,) if remark else ()
    return Parsed("observations", _named(frame), source, tuple(rows.set_aside), remarks)


class _Rows:
    """Rows on their way into the contract, and the count of those left out."""

    def __init__(self, raw: pd.DataFrame, set_aside: Iterable[SetAside]) -> None:
        known = [name for name in [*NAMING, *COLUMNS] if name in raw]
        absent = [name for name in _OPTIONAL if name not in raw]
        self.frame = raw[known].assign(**dict.fromkeys(absent, ""))
        self.set_aside = list(set_aside)

    def leave_out(self, where: pd.Series, reason: str, show: str) -> None:
        """Set aside the rows where the mask holds; `show` is the column to take examples from."""
        if where.any():
            self.set_aside.append(set_aside_rows(self.frame[where], reason, show))
            self.frame = self.frame[~where]

    def read(self, name: str, reader: Callable[[str], Any], reason: str) -> None:
        """Replace the text of a column by what `reader` makes of it; set aside what it cannot."""
        read = self.frame[name].map(_by_unique(self.frame[name], reader))
        self.leave_out(read.isna(), reason, name)
        self.frame = self.frame.assign(**{name: read[read.notna()]})


def set_aside_rows(rows: pd.DataFrame, reason: str, show: str) -> SetAside:
    """Count rows that are left out, with examples from the column `show`.

    Row numbers are those a spreadsheet shows: the heading is row 1.
    """
    shown = rows[show].drop_duplicates().head(_EXAMPLES)
    examples = tuple(f"row {number + 2}: '{text}'" for number, text in shown.items())
    return SetAside(reason, len(rows), examples)


def _by_unique(column: pd.Series, reader: Callable[[str], Any]) -> dict[str, Any]:
    """Apply a reader once to each distinct text; what it refuses is left out of the dict."""
    read = {}
    for text in column.unique():
        try:
            read[text] = reader(text)
        except (ValueError, KeyError):
            continue
    return read


def _keep_england(rows: _Rows) -> None:
    code = rows.frame["area_code"]
    rows.leave_out(
        ~code.str.fullmatch(areas.CODE.pattern),
        "area code is not a GSS code (a letter and eight digits)",
        "area_code",
    )
    for letter, place in _ELSEWHERE.items():
        elsewhere = rows.frame["area_code"].str.startswith(letter)
        rows.leave_out(elsewhere, f"outside England: {place}", "area_code")
    unknown = ~rows.frame["area_code"].str[0].isin(["E", "X"])
    rows.leave_out(unknown, "area code of no known country", "area_code")


def _read_periods(rows: _Rows) -> None:
    dates = _by_unique(rows.frame["period"], parse_period)
    rows.leave_out(~rows.frame["period"].isin(list(dates)), "period cannot be read", "period")
    for number, name in enumerate(("period_start", "period_end")):
        ends = {text: pair[number] for text, pair in dates.items()}
        days = pd.to_datetime(rows.frame["period"].map(ends))
        rows.frame = rows.frame.assign(**{name: days})
    labels = {
        text: period_label(*pair) if _ISO_DATE.match(text) else text for text, pair in dates.items()
    }
    rows.frame = rows.frame.assign(period=rows.frame["period"].map(labels))


def _read_numbers(rows: _Rows, name: str) -> None:
    column = rows.frame[name]
    if pd.api.types.is_numeric_dtype(column):
        return
    text = column.astype("str")
    plain = text.where(~text.str.contains(",", regex=False), _without_thousands)
    read = pd.to_numeric(plain, errors="coerce").astype("float64")
    read = read.where(read.abs() != float("inf"))
    unreadable = read.isna() & ~text.isin(_MISSING)
    rows.leave_out(unreadable, f"{name} cannot be read as a number", name)
    rows.frame = rows.frame.assign(**{name: read[~unreadable]})


def _without_thousands(text: pd.Series) -> pd.Series:
    return text.where(~text.str.fullmatch(_THOUSANDS.pattern), text.str.replace(",", ""))


def _judge(rows: _Rows) -> None:
    """Say of every row why it has a value or none, from the publisher's shorthand and note."""
    frame = rows.frame
    code = frame["status"].str.strip("[] ").str.lower().str.replace(" ", "_")
    kinds = pd.DataFrame({"code": code, "note": frame["note"], "has": frame["value"].notna()})
    meanings = {
        key: status_and_note(*key) for key in kinds.drop_duplicates().itertuples(index=False)
    }
    judgements = [
        meanings[key] for key in zip(kinds["code"], kinds["note"], kinds["has"], strict=True)
    ]
    judged = pd.DataFrame(judgements, columns=["status", "note"], index=frame.index)
    read = judged["status"] != ""
    rows.leave_out(~read, "status is not one that can be read", "status")
    rows.frame = rows.frame.assign(status=judged["status"][read], note=judged["note"][read])
    contradicted = rows.frame["value"].notna() & ~rows.frame["status"].isin(HAS_VALUE)
    rows.leave_out(contradicted, "has a value although its status says it has none", "value")
    # Limits around a value that is withheld would give it away.
    missing = rows.frame["value"].isna()
    limits = rows.frame[["lower_ci", "upper_ci"]].mask(missing)
    rows.frame = rows.frame.assign(lower_ci=limits["lower_ci"], upper_ci=limits["upper_ci"])


def _comparison(text: str) -> str:
    match = _COMPARISON.fullmatch(text.casefold())
    return match[1] if match else ""


def _drop_impossible(rows: _Rows) -> None:
    value, lower, upper = (rows.frame[name] for name in ("value", "lower_ci", "upper_ci"))
    slack = 1e-6 * value.abs().clip(lower=1)
    outside = (value < lower - slack) | (value > upper + slack) | (lower > upper + slack)
    rows.leave_out(outside, "value lies outside its own confidence limits", "area_code")
    for name in ("count", "denominator"):
        rows.leave_out(rows.frame[name] < 0, f"{name} is negative", name)
    half = (rows.frame["dimension"] == "") != (rows.frame["subgroup"] == "")
    rows.leave_out(half, "has a dimension or a subgroup, but not both", "area_code")


def _drop_repeated(rows: _Rows) -> None:
    repeated = rows.frame.drop(columns=["note", "comparison"]).duplicated()
    rows.leave_out(repeated, "row repeats an earlier one exactly", "area_code")


def _named(frame: pd.DataFrame) -> pd.DataFrame:
    contract = conform(frame).drop(columns="indicator_id")
    return pd.concat([frame[NAMING].astype("string"), contract], axis=1).reset_index(drop=True)
