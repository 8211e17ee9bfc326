"""From a publisher's words to the tidy contract: the steps every indicator layout shares."""

import re
from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pandas as pd

from ineqlib import areas
from ineqlib.catalogue import load_catalogue
from ineqlib.errors import listed
from ineqlib.observations import HAS_VALUE, SEXES, conform, plain_texts
from ineqlib.sources import texts
from ineqlib.sources.base import Parsed, SetAside, Source
from ineqlib.sources.confidence_limits import leave_out_limits
from ineqlib.sources.english_areas import keep_england
from ineqlib.sources.identify import OWN, find_indicator
from ineqlib.sources.memory import give_back_memory
from ineqlib.sources.number_reading import read_numbers, read_shorthand
from ineqlib.sources.period_reading import (
    TO_WRITE,
    UNREADABLE,
    check_period_kind,
    read_periods,
)
from ineqlib.sources.rows import FILE_ROW, NAMING, NUMBERS, Rows, by_unique
from ineqlib.sources.status import status_and_note
from ineqlib.text import name_id

_MALE_AND_FEMALE = ("male", "female"), ("males", "females"), ("men", "women"), ("boys", "girls")
_SEX_WORDS = {
    **{sex.casefold(): sex for sex in SEXES},
    **dict.fromkeys(
        [
            *("", "all", "people", "person", "both", "both sexes", "both sexes combined", "total"),
            *("all persons", "all people", "all sexes", "everyone", "not applicable"),
            *(
                f"{first}{mark}{second}"
                for first, second in _MALE_AND_FEMALE
                for mark in (" and ", " & ", "/")
            ),
        ],
        "Persons",
    ),
    **dict.fromkeys(("males", "men", "man", "boys", "m"), "Male"),
    **dict.fromkeys(("females", "women", "woman", "girls", "f"), "Female"),
}
_COMPARISON = re.compile(r"(better|similar|worse|higher|lower)(?: (?:95|99\.8)(?:\.0)?%?)?")
"""Fingertips adds the level of confidence where it compares at two (``Higher 99.8``)."""
_DASH = re.compile(r"(?<=\d) ?[‐‑‒–—−] ?(?=\d)")
_TREND = re.compile(
    r"(?:increasing|decreasing)(?: and getting (?:better|worse))?|no significant change"
    r"|cannot be calculated"
)


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
    raw: pd.DataFrame,
    source: Source,
    *,
    set_aside: Iterable[SetAside] = (),
    remark: str = "",
    period_kind: str = "",
    by_name: bool = False,
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
    period_kind : str
        What a period is that can be read in two ways, see `ineqlib.periods.PERIOD_KINDS`.
    by_name : bool
        Whether a row without an area code is kept for its area's name, see `named_areas`.

    Returns
    -------
    Parsed
        Of kind ``observations``: the contract's columns, with the naming columns in place of
        `indicator_id`, and `FILE_ROW`. `attributes` has the ``sheet`` of a workbook.
    """
    rows = Rows(raw, set_aside)
    keep_england(rows, by_name)
    if "age" in rows.frame:
        rows.frame = rows.frame.assign(age=texts.changed(rows.frame["age"], _with_hyphen))
    rows.read("sex", lambda text: _SEX_WORDS[text.casefold()], "sex is not Persons, Male or Female")
    known = _known(rows.frame)
    give_back_memory(len(raw))
    _read_periods(rows, known, check_period_kind(period_kind))
    read_shorthand(rows)
    for name in NUMBERS:
        read_numbers(rows, name, known["unit"])
    del known
    give_back_memory(len(raw))
    remarks = [*filter(None, [remark]), *_judge(rows)]
    _drop_impossible(rows)
    give_back_memory(len(raw))
    code = rows.frame["area_code"]
    kinds = by_unique(code, areas.area_type)
    frame = rows.frame.assign(
        area_type=texts.changed(code, lambda text: kinds.get(text, "")),
        comparison=texts.changed(rows.frame["comparison"], _comparison),
        trend=texts.changed(rows.frame["trend"], _trend),
        source=texts.like(code, source.id),
    )
    attributes = {"sheet": raw.attrs["sheet"]} if raw.attrs.get("sheet") else {}
    return Parsed(
        "observations", _named(frame), source, tuple(rows.set_aside), tuple(remarks), attributes
    )


def _known(frame: pd.DataFrame) -> pd.DataFrame:
    """Return of each row its `series`, its `unit` and how many `years` are put together in it.

    Unit and years are the catalogue's; where it does not know the indicator, the unit is the
    file's.
    """
    catalogue = load_catalogue()
    number, pairs = texts.numbered(frame["publisher"], frame["publisher_id"])
    matches = [find_indicator(catalogue, *pair) for pair in pairs]
    units = [match[0].unit if match else "" for match in matches]
    unit = texts.spread(number, units, frame["publisher"])
    if "unit" in frame and not all(matches):
        is_known = np.array([bool(match) for match in matches])[number]
        unit = plain_texts(unit).where(is_known, frame["unit"])
    years = np.array([match[0].pooling_years if match else np.nan for match in matches])
    series = texts.spread(number, [" ".join(pair) for pair in pairs], frame["publisher"])
    return pd.DataFrame(
        {"series": series, "unit": unit, "years": years[number].astype("float64")}, frame.index
    )


def _read_periods(rows: Rows, known: pd.DataFrame, kind: str) -> None:
    written = rows.frame["period"]
    read, unread = read_periods(written, known["series"], known["years"], kind)
    place, pairs = texts.numbered(known["series"], written)
    advice = TO_WRITE if rows.frame["publisher"].eq(OWN).any() else ""
    for reason in dict.fromkeys(unread.values()):
        wrong = [number for number, pair in enumerate(pairs) if unread.get(pair) == reason]
        here = np.isin(place, wrong)
        rows.leave_out(here, reason + advice if reason == UNREADABLE else reason, "period")
        place = place[~here]
    labels = [read[pair].label if pair in read else "" for pair in pairs]
    starts, ends = (
        np.array([getattr(read.get(pair), day, None) for pair in pairs], "datetime64[ns]")
        for day in ("start", "end")
    )
    rows.frame = rows.frame.assign(
        period=texts.spread(place, labels, rows.frame["period"]),
        period_start=starts[place],
        period_end=ends[place],
    )


def _judge(rows: Rows) -> list[str]:
    """Say of every row why it has a value or none, from the publisher's shorthand and note.

    Returns what to remark of counts that would give away a value that is withheld.
    """
    frame = rows.frame
    code = texts.changed(frame["status"], lambda text: text.strip("[] ").lower().replace(" ", "_"))
    number, kinds = texts.numbered(code, frame["note"], frame["value"].notna())
    meanings = [status_and_note(*kind) for kind in kinds]
    status, note = (
        texts.spread(number, [meaning[place] for meaning in meanings], frame["note"])
        for place in (0, 1)
    )
    if not all(meaning[0] for meaning in meanings):
        read = status != ""
        own = rows.frame["publisher"].eq(OWN).any()
        advice = ": write [c], [x], [z], [u], [p], [low] or nothing" if own else ""
        rows.leave_out(~read, "status is not one that can be read" + advice, "status")
        status, note = status[read], note[read]
    rows.frame = rows.frame.assign(status=status, note=note)
    contradicted = rows.frame["value"].notna() & ~rows.frame["status"].isin(HAS_VALUE)
    rows.leave_out(contradicted, "has a value although its status says it has none", "value")
    # Limits around a value that is withheld would give it away.
    missing = rows.frame["value"].isna()
    if missing.any():
        limits = rows.frame[["lower_ci", "upper_ci"]].mask(missing)
        rows.frame = rows.frame.assign(lower_ci=limits["lower_ci"], upper_ci=limits["upper_ci"])
    gives_away = rows.frame["status"].eq("suppressed") & rows.frame["count"].notna()
    if not gives_away.any():
        return []
    places = listed(f"row {number}" for number in rows.frame[FILE_ROW][gives_away])
    rows.frame = rows.frame.assign(count=rows.frame["count"].mask(gives_away))
    return [
        f"{gives_away.sum():,} count(s) withheld too, beside a value that is withheld: with the "
        f"denominator they give it away ({places})"
    ]


def _with_hyphen(text: str) -> str:
    """Write an age with the dash of the keyboard, as publishers do: 4-5 yrs is no other age."""
    return _DASH.sub("-", text)


def _comparison(text: str) -> str:
    match = _COMPARISON.fullmatch(text.casefold())
    return match[1] if match else ""


def _trend(text: str) -> str:
    words = text.casefold()
    return words if _TREND.fullmatch(words) else ""


def _drop_impossible(rows: Rows) -> None:
    names = ("value", "lower_ci", "upper_ci")
    value, lower, upper = (rows.frame[name].to_numpy() for name in names)
    slack = 1e-6 * np.abs(value).clip(1)
    outside = (value < lower - slack) | (value > upper + slack) | (lower > upper + slack)
    if outside.any():
        leave_out_limits(rows, pd.Series(outside, rows.frame.index))
    for name in ("count", "denominator"):
        rows.leave_out(rows.frame[name].to_numpy() < 0, f"{name} is negative", name)
    half = (rows.frame["dimension"] == "") != (rows.frame["subgroup"] == "")
    rows.leave_out(half, "has a dimension or a subgroup, but not both", "area_code")


def _named(frame: pd.DataFrame) -> pd.DataFrame:
    contract = conform(frame, categories=True)
    columns = {
        name: frame[name] if texts.is_categories(frame[name]) else plain_texts(frame[name])
        for name in NAMING
    }
    columns[FILE_ROW] = frame[FILE_ROW].astype("int64")
    columns |= {name: contract[name] for name in contract if name != "indicator_id"}
    named = pd.DataFrame(columns, frame.index, copy=False).reset_index(drop=True)
    named.attrs = frame.attrs
    return named
