"""What a value, a unit, an age or a period cannot be, whatever the other rows say."""

import re
from collections.abc import Iterator

import pandas as pd

from ineqlib.periods import period_label
from ineqlib.sources.identify import OWN
from ineqlib.sources.plausible.finding import Context, Doubt
from ineqlib.sources.status import says_withheld
from ineqlib.sources.texts import looked_up, numbered
from ineqlib.sources.units import is_percent, multiplier, multipliers_named, scale_of

EARLIEST = pd.Timestamp(1950, 1, 1)
"""No figure for an English authority of today is older."""

LONGEST_LIFE = 120.0
SHORTEST_LIFE = 40.0
"""From birth: in no part of England have people fewer years to expect, even in good health."""

_CAN_BE_NEGATIVE = ("slope_index", "inequality")
_CHANGE = re.compile(
    r"\b(?:change|growth|difference|gap|increase|decrease|inflation|ratio|index)\b", re.IGNORECASE
)
_BALANCE = re.compile(rf"{_CHANGE.pattern}|\b(?:net|balance)\b", re.IGNORECASE)
_OF_CHANGE = re.compile(r"(?:percentage|%)[- ]?points?|pp", re.IGNORECASE)
"""Units of what is the difference of two percentages."""
_MISSING = (-9, -99, -999, -9999, -99999)
FEWEST = 3
"""Figures of an indicator, all above 0, beside which one of these is no figure."""
_OUT_OF = re.compile(r"\bout of (\d+)")
_FROM_BIRTH = ("All ages", "At birth", "0", "0 yrs", "<1 yr")
_SERIAL = re.compile(r"[345]\d{4}")
_MONTH = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    "|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
"""Whole names, for a decile is no December."""
_DATE = re.compile(
    rf"\d{{1,2}}[- /](?:{_MONTH})(?:[- /]\d{{2,4}})?|(?:{_MONTH})[- /]\d{{1,4}}"
    r"|\d{4}-\d{2}-\d{2}(?:[ T].*)?|\d{1,2}/\d{1,2}/\d{2,4}",
    re.IGNORECASE,
)


def value_outside_its_range(rows: pd.DataFrame, _: Context) -> Iterator[Doubt]:
    """Find shares outside 0 to 100, scores beyond their scale, and lives too long to be lived."""
    number, kinds = numbered(rows["value_type"], rows["unit"], rows["indicator_name"])
    limits = pd.DataFrame([_highest(*kind) for kind in kinds], columns=["highest", "words"])
    if not (rows["value"].min() < 0 or rows["value"].max() > limits["highest"].min()):
        return
    mine = limits.iloc[number].set_axis(rows.index)
    outside = (mine["words"] != "") & ((rows["value"] < 0) | (rows["value"] > mine["highest"]))
    for words in mine["words"][outside].unique():
        yield Doubt(outside & (mine["words"] == words), words)


def _highest(value_type: str, unit: str, name: str) -> tuple[float, str]:
    """Return the highest value an indicator can have, and the words for its range."""
    if value_type in _CAN_BE_NEGATIVE or (not value_type and _CHANGE.search(name)):
        return float("inf"), ""
    if value_type == "life_expectancy":
        return LONGEST_LIFE, f"a length of life from 0 to {LONGEST_LIFE:g} years"
    if match := _OUT_OF.search(unit):
        return float(match[1]), f"a score from 0 to {match[1]}"
    if multiplier(unit) == 100:
        return 100.0, "a percentage from 0 to 100"
    if value_type or multiplier(unit) > 0:
        return float("inf"), "a value that is not negative"
    return float("inf"), ""


def note_says_withheld(rows: pd.DataFrame, _: Context) -> Iterator[Doubt]:
    """Find values beside a note that says that they are withheld or not there."""
    notes = [text for text in rows["note"].unique() if text and says_withheld(text)]
    wrong = rows["note"].isin(notes) & rows["value"].notna()
    if wrong.any():
        yield Doubt(wrong, "no value beside a note that says that it is not shown")


def minus_one(rows: pd.DataFrame, _: Context) -> Iterator[Doubt]:
    """Find -1 where no other figure is negative, as Fingertips writes for no data; or -9, -99 ...

    The latter, by which surveys mark what is missing, only where some others are all above 0.
    """
    value = rows["value"]
    if not value.min() < 0:
        return
    alone = rows["lower_ci"].isna() & rows["upper_ci"].isna()
    # Fingertips leaves out a true -1 as well; you write what is.
    true_ones = _may_be_negative(rows) & (value.ne(-1) | rows["publisher"].eq(OWN))
    codes = alone & value.isin([-1, *_MISSING]) & ~true_ones
    others = value.mask(codes).groupby(rows["indicator_id"])
    positive = others.transform("min")
    ones = codes & (value == -1) & ~(positive < 0)
    if ones.any():
        yield Doubt(ones, "a value: −1 alone is how Fingertips marks that there is none")
    survey = codes & (value != -1) & (positive > 0) & (others.transform("count") >= FEWEST)
    if survey.any():
        yield Doubt(
            survey, "a value: −9, −99 or −999 alone is how programs of surveys mark what is missing"
        )


def _may_be_negative(rows: pd.DataFrame) -> "pd.Series[bool]":
    by_name = looked_up(rows["indicator_name"], lambda name: bool(_BALANCE.search(name)))
    by_unit = looked_up(rows["unit"], lambda unit: bool(_OF_CHANGE.fullmatch(unit)))
    of_change = by_name.astype(bool) | by_unit.astype(bool)
    return of_change | rows["value_type"].isin(_CAN_BE_NEGATIVE)


def several_units(rows: pd.DataFrame, _: Context) -> Iterator[Doubt]:
    """Find indicators whose rows are in units of several scales, or not of the catalogue's."""
    stated = looked_up(rows["stated_unit"], multiplier)
    if not looked_up(rows["stated_unit"], lambda unit: bool(scale_of(unit)[0])).any():
        return
    # Of an indicator that the catalogue does not know, the unit is the one that is stated.
    catalogued = rows["value_type"] != ""
    right = looked_up(rows["unit"], multiplier).where(catalogued)
    other = right.notna() & stated.notna() & (stated != right)
    for unit, meant in numbered(rows["stated_unit"][other], rows["unit"][other])[1]:
        these = other & (rows["stated_unit"] == unit) & (rows["unit"] == meant)
        yield Doubt(these, f"the unit to be the catalogue's, {meant}")
    if catalogued.all():
        return
    spread = stated.where(~catalogued).groupby(rows["indicator_id"])
    several = ~catalogued & stated.notna() & (spread.transform("min") != spread.transform("max"))
    several |= ~catalogued & rows["publisher"].eq(OWN) & _on_several_scales(rows)
    # A last line that is cut short, or a cell that was forgotten.
    empty = (rows["stated_unit"] == "") & rows["publisher"].eq(OWN) & rows["value"].notna()
    several |= ~catalogued & empty & spread.transform("count").gt(0)
    if several.any():
        yield Doubt(several, "one unit in all rows of an indicator")


def _on_several_scales(rows: pd.DataFrame) -> "pd.Series[bool]":
    """Tell the rows of an indicator in pounds and thousands of them, or in weeks and days."""
    kind = looked_up(rows["stated_unit"], lambda unit: scale_of(unit)[0])
    by = looked_up(rows["stated_unit"], lambda unit: scale_of(unit)[1]).astype("float64")
    spread = by.groupby([rows["indicator_id"], kind])
    return kind.ne("") & (spread.transform("min") != spread.transform("max"))


def unit_of_another_kind(rows: pd.DataFrame, _: Context) -> Iterator[Doubt]:
    """Find shares and rates, by their unit, of an indicator that the catalogue has as neither."""
    units = numbered(rows["stated_unit"], rows["unit"], rows["value_type"])[1]
    for stated, unit, value_type in units:
        if value_type and multiplier(stated) > 0 and not multiplier(unit) > 0:
            these = (rows["stated_unit"] == stated) & (rows["unit"] == unit)
            yield Doubt(these, f"the unit to be the catalogue's, {unit}")


def unit_contradicts_name(rows: pd.DataFrame, _: Context) -> Iterator[Doubt]:
    """Find indicators of one's own or unknown that are per 1,000 by name and in % by unit."""
    named = rows.loc[rows["value_type"] == "", ["indicator_name", "stated_unit"]]
    for name, unit in named.drop_duplicates().itertuples(index=False):
        said, per = multipliers_named(name), multiplier(unit)
        if len(said) == 1 and per > 0 and per not in said and not _CHANGE.search(name):
            wrong = rows["value_type"].eq("") & rows["stated_unit"].eq(unit)
            yield Doubt(
                wrong & rows["indicator_name"].eq(name),
                f"the unit to be what the indicator's name says, '{name}', and not {unit}",
            )


def life_too_short(rows: pd.DataFrame, _: Context) -> Iterator[Doubt]:
    """Find lengths of life from birth that can only be those that are left at 65."""
    at_birth = rows["value_type"].eq("life_expectancy") & rows["age"].isin(_FROM_BIRTH)
    short = at_birth & (rows["value"] < SHORTEST_LIFE)
    if short.any():
        yield Doubt(short, f"at least {SHORTEST_LIFE:g} years from birth; of those at 65, say so")


def text_is_a_date(rows: pd.DataFrame, _: Context) -> Iterator[Doubt]:
    """Find ages and groups that a spreadsheet has turned into dates (5-9 into 05-Sep)."""
    for column, what in (("stated_age", "an age"), ("subgroup", "a group")):
        dates = [
            text
            for text in rows[column].unique()
            if _DATE.fullmatch(text) or _SERIAL.fullmatch(text)
        ]
        if dates:
            yield Doubt(
                rows[column].isin(dates),
                f"{what} and not a date: a spreadsheet makes {dates[0]} of two numbers and a dash",
            )


def period_cannot_be(rows: pd.DataFrame, context: Context) -> Iterator[Doubt]:
    """Find periods that have not ended, and those before any figure of an authority."""
    later = rows["period_end"] > context.today
    if later.any():
        day = period_label(context.today, context.today)
        yield Doubt(later, f"a period that has ended by today ({day})")
    early = rows["period_start"] < EARLIEST
    if early.any():
        yield Doubt(early, f"a period that begins in {EARLIEST.year} or later")


def day_for_a_period(rows: pd.DataFrame, _: Context) -> Iterator[Doubt]:
    """Find days alone by which programs write years, quarters and months.

    Of a publisher's only the first and last of a year: some count people on the first of a month.
    """
    start = rows["period_start"]
    day, month = start.dt.day, start.dt.month
    first = day.eq(1) & (rows["publisher"].eq(OWN) | month.eq(1))
    last = day.eq(31) & month.eq(12)
    alone = start.eq(rows["period_end"]) & (first | last)
    if alone.any():
        yield Doubt(alone, "a year, a quarter or a month, and not its first or last day alone")


def fractions(rows: pd.DataFrame, _: Context) -> Iterator[Doubt]:
    """Find percentages that are below 1 as shares written as fractions are.

    Those of an indicator of the catalogue of which every one is; and of your own figures, all of an
    indicator, if they have more than one decimal, and one beside a hundred times as much.
    """
    percent = (rows["value"] > 0) & looked_up(rows["unit"], is_percent)
    small = percent & (rows["value"] < 1)
    if not small.any():
        return
    value = rows["value"].where(percent).groupby(rows["indicator_id"])
    is_alone = small & (value.transform("max") < 1)
    of_catalogue = is_alone & (rows["value_type"] == "proportion") & (value.transform("count") >= 3)
    # Beside a count there is another check.
    is_own = rows["publisher"].eq(OWN) & rows["count"].isna()
    decimals = (10 * rows["value"] % 1).between(1e-6, 1 - 1e-6)
    of_own = is_alone & is_own & decimals.groupby(rows["indicator_id"]).transform("any")
    if (of_catalogue | of_own).any():
        yield Doubt(of_catalogue | of_own, "percentages, but all are below 1, as fractions are")
    others = rows["value"].where(percent & ~small).groupby(rows["indicator_id"])
    low, high = others.transform("min"), others.transform("max")
    beside = small & is_own & (low > 3) & (100 * rows["value"]).between(low / 1.5, high * 1.5)
    if beside.any():
        yield Doubt(beside, "a percentage like the others, but it may be a fraction of 1")
