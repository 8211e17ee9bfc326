"""A table that contradicts itself is found out; one that is right is left in peace."""

from contextlib import nullcontext
from pathlib import Path

import pandas as pd
import pytest

from ineqlib.errors import InputError
from ineqlib.sources.plausible import (
    CHECKS,
    Context,
    Ending,
    Names,
    beside,
    check_names,
    county_sums,
    examine,
    names_of,
    published_ranges,
)
from ineqlib.sources.plausible.labels import place_of_label

from .tables import TODAY, downloaded, examined, findings, own, refusal

FIFTHS = ("Most deprived", "Second most deprived", "Middle", "Second least deprived")
FIFTHS = (*(f"{words} fifth" for words in FIFTHS), "Least deprived fifth")


def share(value: float, count: float, denominator: float, **cells: object) -> dict[str, object]:
    return {"unit": "%", "value": value, "count": count, "denominator": denominator, **cells}


def in_years(*values: float, **cells: object) -> list[dict[str, object]]:
    return [
        {"period": f"{2010 + n}/{11 + n}", "unit": "%", "value": value, **cells}
        for n, value in enumerate(values)
    ]


def in_areas(*values: float, **cells: object) -> list[dict[str, object]]:
    return [
        {"area_code": f"E070002{n:02}", "unit": "%", "value": value, **cells}
        for n, value in enumerate(values)
    ]


def in_fifths(
    *values: float,
    orders: tuple[int, ...] = (1, 2, 3, 4, 5),
    labels: tuple[str, ...] = FIFTHS,
    dimension: str = "local_deprivation_quintile:iod2025",
) -> list[dict[str, object]]:
    return [
        {
            "unit": "%",
            "value": v,
            "dimension": dimension,
            "subgroup": label,
            "subgroup_order": order,
        }
        for v, label, order in zip(values, labels, orders, strict=True)
    ]


def counted_fifths(counts: tuple[int | None, ...], total: int) -> list[dict[str, object]]:
    """The counts of five groups, and that of everybody."""
    rows = in_fifths(*(20.0 for _ in counts))
    groups = [{**row, "count": count} for row, count in zip(rows, counts, strict=True)]
    return [*groups, {"unit": "%", "value": 20.0, "count": total}]


def by_sex(
    *cells: tuple[float, float], indicator: str = "smoking_adults"
) -> list[dict[str, object]]:
    return [
        {"indicator": indicator, "period": 2023, "unit": "%", "sex": sex, "value": v, "count": n}
        for sex, (v, n) in zip(("Male", "Female", "Persons"), cells, strict=True)
    ]


def men_and_women(
    *pairs: tuple[float, float], indicator: str = "life_expectancy"
) -> list[dict[str, object]]:
    """Lives of men and women, one area a pair."""
    return [
        {"area_code": f"E070002{n:02}", "indicator": indicator, "sex": sex, "value": life}
        for n, pair in enumerate(pairs)
        for sex, life in zip(("Male", "Female"), pair, strict=True)
    ]


def named(*names: str) -> list[dict[str, object]]:
    """One row for each name, those of the first code and those of the second."""
    return [
        {"area_code": f"E0700024{place}", "area_name": name, "period": 2010 + n, "value": 4.0}
        for place, words in enumerate(names, start=1)
        for n, name in enumerate(words.split())
    ]


def limited(value: float, lower: float, upper: float) -> dict[str, object]:
    return {"value": value, "lower_ci": lower, "upper_ci": upper}


def lives(whole: float, healthy: float) -> list[dict[str, object]]:
    return [
        {"indicator": name, "period": "2021 - 23", "sex": "Male", "value": value}
        for name, value in (("life_expectancy", whole), ("healthy_life_expectancy", healthy))
    ]


def counted_share(count: int, z: float) -> dict[str, object]:
    """One of 1,000 people, with limits so many standard errors away; each in a place of its own."""
    half = 100 * z * (count / 1000 * (1 - count / 1000) / 1000) ** 0.5
    value = count / 10
    return share(value, count, 1000, area_code=f"E07000{count}") | limited(
        value, round(value - half, 2), round(value + half, 2)
    )


def of_people(*parts: tuple[int, int, str]) -> list[dict[str, object]]:
    """Counts of people by age, or where the parts are no ages, by ethnic group."""
    by_age = any(part[:1].isdigit() for _, _, part in parts)
    return [
        share(round(100 * count / people, 1), count, people)
        | ({"age": part} if by_age else {"dimension": part and "Ethnicity", "subgroup": part})
        for count, people, part in parts
    ]


def by_year(*years: tuple[float, ...]) -> list[dict[str, object]]:
    """Values of some areas in one year, and in the next."""
    return [
        {**row, "period": f"{2015 + n}/{16 + n}", "unit": ""}
        for n, values in enumerate(years)
        for row in in_areas(*values)
    ]


def counted(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    return [{**row, "count": 20 - n} for n, row in enumerate(rows)]


def hidden(rows: list[dict[str, object]], *which: int) -> list[dict[str, object]]:
    nothing = {"value": float("nan"), "count": float("nan"), "status": "suppressed"}
    return [{**row, **nothing} if n in which else row for n, row in enumerate(rows)]


WRONG = {
    "value_on_another_scale": [
        [share(0.119, 119, 1000)],
        [share(1190, 119, 1000)],
        [{"indicator": "preventable_deaths_under_75", "period": "2021 - 23", "value": 1.8,
          "count": 156, "denominator": 86_667}],
        [{"unit": "per 1,000", "value": 180, "count": 156, "denominator": 86_667}],
        [{"indicator": "Deaths per 100000", "value": 1.8, "count": 156, "denominator": 86_667}],
        # The unit is not said: the other rows say what it is.
        [{**row, "unit": "", "count": 10 * n, "denominator": 1000, "value": 70 if n == 7 else n}
         for n, row in enumerate(in_areas(*range(1, 9)), start=1)],
    ],
    "value_is_not_its_share": [
        [share(n, 10 * n, 1000, area_code=f"E070002{n:02}") for n in range(10, 18)]
        + [share(14.0, 121, 1000)]
    ],
    "share_far_from_its_count": [
        [share(41.0, 140, 1000)],
        [share(741, 74, 1805, unit="count")],
        [share(4.1, 74, 1805, unit="number")],
    ],
    "count_above_denominator": [[share(90.0, 1000, 900)]],
    "value_outside_its_range": [
        in_years(104.2),
        in_years(-2.0),
        [{"indicator": "life_expectancy", "period": "2021 - 23", "value": 792, "unit": "years"}],
        [{"indicator": "happiness", "period": "2023", "value": 74}],
        [{"indicator": "preventable_deaths_under_75", "period": "2023", "value": -4}],
    ],
    "note_says_withheld": [
        in_years(4.1, note=note) for note in (
            "Value suppressed for disclosure control due to small count",
            "Suppressed",
            "Data not available",
            "Value not published for data quality reasons",
            "Value missing due to small number of cases",
            "Value cannot be calculated as number of cases is too small",
        )
    ],
    "minus_one": [
        in_years(-1, 4, unit="places"),
        in_years(-1, unit="years"),
        in_years(-99, 4, 5, 6, unit="places"),
    ],
    "several_units": [
        [*in_years(11, 12), *in_years(13, unit="per 1,000", area_code="E07000240")],
    ],
    "text_is_a_date": [
        in_years(4, age="05-Sep"),
        in_years(4, age="2024-10-14 00:00:00"),
        in_years(4, dimension="Age", subgroup="Oct-14"),
        in_years(4, age="09/05/2024"),
        in_years(4, age="45943"),
    ],
    "period_cannot_be": [
        [{"period": "2027", "value": 3}],
        [{"period": "2026/27", "value": 3}],
        [{"period": "1923/24", "value": 3}],
        [{"period": "2026-01-01/P5Y", "value": 3}],
    ],
    "label_says_no_end": [
        in_fifths(28, 25, 22, 19, 16, labels=labels) for labels in (
            ("Top 20%", "2", "3", "4", "Bottom 20%"),
            ("Top quintile", "Second", "Third", "Fourth", "Bottom quintile"),
            ("Highest", "Upper middle", "Middle", "Lower middle", "Lowest"),
        )
    ],
    "groups_above_total": [
        counted_fifths((100, 80, 60, 40, 20), 250),
        # One group is withheld: the others alone are more.
        counted_fifths((100, 80, 60, 40, None), 250),
        [{**row, "count": None, "value": row["count"], "unit": "deaths"}
         for row in counted_fifths((100, 80, 60, 40, 20), 250)],
    ],
    "people_in_no_group": [counted_fifths((100, 80, 60, 40, 20), 350)],
    "label_contradicts_order": [
        in_fifths(28, 25, 22, 19, 16, orders=(5, 4, 3, 2, 1)),
        in_fifths(28, 25, 22, 19, 16, orders=(1, 2, 3, 5, 4)),
        *[in_fifths(28, 25, 22, 19, 16, orders=(5, 4, 3, 2, 1), labels=labels) for labels in (
            ("Least affluent", "2", "3", "4", "Most affluent"),
            ("Quintile 1 (most)", "Quintile 2", "Quintile 3", "Quintile 4", "Quintile 5 (least)"),
            ("Highest deprivation", "2", "3", "4", "Lowest deprivation"),
            ("Worst fifth", "2", "3", "4", "Best fifth"),
            ("Highest need", "2", "3", "4", "Lowest need"),
            ("Deprived areas", "2", "3", "4", "Affluent areas"),
            ("Core20", "20-40", "40-60", "60-80", "80-100"),
            ("Most deprieved", "2", "3", "4", "Least deprieved"),
            ("Lowest income", "2", "3", "4", "Highest income"),
            ("Q1", "Q2", "Q3", "Q4", "Q5"),
            ("1", "2", "3", "4", "5"),
            ("0-20%", "20-40%", "40-60%", "60-80%", "80-100%"),
            ("1 to 20", "21 to 40", "41 to 60", "61 to 80", "81 to 100"),
            ("Mwyaf difreintiedig", "2", "3", "4", "Lleiaf difreintiedig"),
            ("Very high deprivation", "High deprivation", "Medium", "Low", "Very low"),
            ("Very deprived", "Deprived", "Moderately", "Slightly", "Not deprived"),
            ("Quintile 1 - most", "2", "3", "4", "Quintile 5 - least"),
            ("Most", "2", "3", "4", "Least"),
            ("MDQ", "Q2", "Q3", "Q4", "LDQ"),
            ("most_deprived", "second", "third", "fourth", "least_deprived"),
            ("Most.deprived", "2nd", "3rd", "4th", "Least.deprived"),
            ("MostDeprived", "2", "3", "4", "LeastDeprived"),
            ("First fifth", "Second fifth", "Third fifth", "Fourth fifth", "Fifth fifth"),
            ("First quintile", "Second quintile", "Third quintile", "Fourth quintile",
             "Fifth quintile"),
        )],
        # The ends are right, and two of the others exchanged.
        *[in_fifths(28, 25, 22, 19, 16, labels=labels) for labels in (
            ("Most deprived", "Third", "Second", "Fourth", "Least deprived"),
            ("1 (most deprived)", "2", "4", "3", "5 (least deprived)"),
        )],
        in_fifths(28, 25, 22, 19, 16, labels=("2", "1", "3", "4", "5")),
        # Two groups of one place.
        in_fifths(28, 25, 22, 19, 16, orders=(1, 2, 3, 5, 5), labels=("Most deprived", "B", "C",
                                                                      "D", "E")),
        # Fifths, said to be tenths.
        in_fifths(28, 25, 22, 19, 16, dimension="national_deprivation_decile:iod2025"),
    ],
    "whole_is_not_its_parts": [
        [share(4.0, 400, 10_000, area_code="E92000001"), share(4.2, 420, 10_000)],
        [share(4.0, 400, 10_000, area_code="E92000001"),
         *[share(4.0, 100, 2500, area_code=f"E070002{n}") for n in range(40, 46)]],
        of_people((40, 1000, "All ages"), (400, 4000, "65+")),
        of_people((40, 1000, "0-9"), (50, 1200, "0-4"), (50, 1200, "5-9")),
        # The ages within it leave nobody out.
        of_people((800, 20_000, "All ages"), (40, 1000, "0-64"), (40, 1000, "65+")),
        by_sex((14, 140), (12, 130), (13, 470)),
        by_sex((14, 140), (12, 130), (31, 270)),
        by_sex((14, 140), (12, 130), (13, 100))[::2],  # no row of women
        men_and_women(*[(83.1, 79.4)] * 4),
        men_and_women(*[(83.1, 79.4)] * 4, *[(79.2, 83.3)] * 3),
        [{**row, "denominator": people} for row, people in zip(
            by_sex((14, 140), (12, 130), (13, 270)), (1000, 1000, 3000), strict=True)],
    ],
    "total_outside_its_groups": [
        [{**row, "indicator": "year_6_obesity"} for row in in_fifths(28, 25, 22, 19, 16)]
        + [{"indicator": "year_6_obesity", "unit": "%", "value": 41}],
    ],
    "zeros_for_withheld": [
        in_areas(0, 0, 5, 7, 9, 14, 21, 32, unit="deaths"),
        [{**row, "count": count, "unit": "deaths"}
         for row, count in zip(in_areas(*range(8)), (0, 0, 5, 7, 9, 14, 21, 32), strict=True)]
    ],
    "withheld_by_difference": [
        hidden(by_sex((14, 140), (12, 3), (13, 143)), 1),
        hidden(by_sex((14, 140), (12, 3), (13, 143)), 2),
        hidden([*counted(in_fifths(28, 25, 22, 19, 16)), {"unit": "%", "value": 22, "count": 90}],
               4),
        hidden(of_people((40, 1000, "0-64"), (3, 120, "65+"), (43, 1120, "All ages")), 1),
        hidden(of_people((40, 900, "White"), (3, 120, "Black"), (43, 1020, "")), 1),
    ],
    "note_tells_count": [
        in_years(None, status="suppressed", note=note)
        for note in ("3 of 120 people", "3 out of 120", "Withheld (n = 3)", "4 deaths")
    ],
    "fractions": [
        in_areas(0.12, 0.14, 0.11, indicator="smoking_adults", period=2023),
    ],
    "jump_between_periods": [
        in_years(4.1, 4.4, 3.9, 42.0, 4.3, 4.0),
        in_years(4.1, 4.4, 3.9, 0.042, 4.3, 4.0),
        # The others are far apart, but those beside it are not.
        in_years(1.1, 2.0, 22.0, 2.4, 4.1, 6.0, 9.5),
    ],
    "jump_between_areas": [
        in_areas(4.1, 4.4, 3.9, 0.42, 6.3, 5.0, 4.8),
        *([*in_areas(4.1, 4.4, 3.9, 6.3, indicator="smoking_adults"),
           {"indicator": "smoking_adults", "unit": "%", "value": value, "area_code": code}]
          for value, code in ((0.041, "E92000001"), (41, "E10000015"))),
    ],
    "jump_between_groups": [in_fifths(4.1, 4.4, 39.0, 5.1, 6.0)],
    "name_of_another_area": [
        named("Marsh Marsh Heath", "Heath Heath"),
        named("Marsh Heath", "Heath Marsh"),
    ],
    "limits_lopsided": [
        [limited(14.0, 13.5, 145.0)],
        [limited(14.0, 1.35, 14.5)],
    ],
    "healthy_life_is_longer": [lives(62.1, 79.3)],
    "denominator_of_nobody": [[share(0, 0, 0)], [share(4.0, 5, 0)]],
    "thousands_with_points": [
        [share(15.1, 1.234, 8.172), share(9.8, 12.345, 125.97, period="2022/23")],
        [share(15.1, 987, 6.536), share(9.8, 870, 8.878, period="2022/23")],
        in_years(1.234, 12.345, 987, unit="people"),
    ],
    "unit_contradicts_name": [
        in_areas(31, 22, indicator="Falls per 1,000 people"),
        in_areas(31, 22, indicator="% of adults who walk", unit="per 100,000"),
    ],
    "life_too_short": [
        [{"indicator": "life_expectancy", "period": "2021 - 23", "value": 18.2, "age": "All ages"}]
    ],
    "limits_of_another_kind": [
        in_areas(10, lower_ci=8, upper_ci=12.5, note="99.8% confidence limits"),
        # The lower limits are copies of the values.
        [limited(n, n, n + 2.2) for n in (10.2, 11.2, 12.2, 13.2)],
        [counted_share(n, 3.09) for n in (141, 144, 133, 150)],
        [counted_share(n, 1.0) for n in (141, 144, 133, 150)],
        [counted_share(141, 0.4)],
        # One row's limits, filled down.
        [{**row, "lower_ci": 3.2, "upper_ci": 5.2} for row in in_areas(3.6, 4.1, 4.9)],
        [{**row, "lower_ci": 4.0 + n, "upper_ci": 4.0 + n}
         for n, row in enumerate(in_areas(4, 5, 6))],
        [limited(4.0, 3.0, float("nan"))],
    ],
    "age_in_two_ways": [[*in_years(4, age="65+"), *in_years(5, age="65 and over")]],
    "name_of_another_indicator": [
        in_years(12.4, 13.1, 12.2, indicator_name="Smoking prevalence")
        + in_years(81.4, sex="Male", indicator_name="Life expectancy at birth"),
    ],
    "scale_changes": [by_year((1.8, 1.9), (180, 191)), by_year((180, 191, 220), (18.5, 19, 21))],
}  # fmt: skip
"""Check -> tables in which it finds something; each is wrong in one way."""

RIGHT = {
    "value_on_another_scale": [
        [share(11.9, 119, 1000)],
        [share(0.1, 1, 1000)],
        # A rate that is standardised is not its crude rate.
        [{"indicator": "preventable_deaths_under_75", "period": "2021 - 23", "value": 270.4,
          "count": 156, "denominator": 86_667}],
        [{"indicator": "life_expectancy", "period": "2021 - 23", "value": 80.1, "count": 900,
          "denominator": 90_000, "unit": "years"}],
        [share(0, 0, 1000)],
        [{"indicator": "Deaths per 100000", "value": 180, "count": 156, "denominator": 86_667}],
        [{"indicator": "Deaths", "value": 1.8, "count": 156, "denominator": 86_667}],
    ],
    "value_is_not_its_share": [
        # Counts rounded to 5, values to one decimal.
        [share(v, n, 310, area_code=f"E070002{n:02}")
         for v, n in ((3.5, 10), (5.2, 15), (6.1, 20), (8.4, 25), (9.4, 30), (11.0, 35))],
        # 26.46 was published as 26.5, and rounded once more to 27.
        [share(n, 10 * n, 1000, area_code=f"E070002{n:02}") for n in range(10, 18)]
        + [share(27, 2646, 10_000)],
        # A survey that is weighted agrees with its counts in no row.
        [share(1.1 * n, 10 * n, 1000, area_code=f"E070002{n:02}") for n in range(10, 20)],
    ],
    "share_far_from_its_count": [
        [share(16.0, 140, 1000)],
        [share(33.3, 5, 9)],
        [share(74, 74, 1805, unit="count"), share(80, 77, 1805, unit="deaths")],
        [share(1.2, 240, 200, unit="number")],  # an average
    ],
    "count_above_denominator": [
        [share(100.0, 900, 900)],
        [{"unit": "per 1,000", "value": 1100, "count": 990, "denominator": 900}],
    ],
    "value_outside_its_range": [
        in_years(0, 100),
        in_years(-12.0, indicator="Change in visits"),
        [{"indicator": "life_expectancy_inequality", "period": "2021 - 23", "value": -1.2}],
        in_years(-3, unit="degrees"),
    ],
    "note_says_withheld": [
        in_years(4.1, note=note) for note in (
            "Not available for earlier years",
            "Missing from earlier years",
            "Not published for data before 2019",
            "Other areas suppressed",
            "Value estimated from an area of similar people",
        )
    ] + [in_years(None, note="Suppressed", status="suppressed")],
    "minus_one": [
        in_years(-1, -2.5, 3, unit="points"),
        in_years(-1, unit="points", lower_ci=-2, upper_ci=0),
        in_years(-99, 4, 5, unit="places"),
        in_years(-99, -4, 5, 6, unit="places"),
        in_years(-9, 4, 5, 6, unit="places", indicator="Net moves", indicator_name="Net moves"),
    ],
    "several_units": [
        [*in_years(11, 12), *in_years(13, indicator="Another", unit="per 1,000")],
    ],
    "text_is_a_date": [in_years(4, age="5-9"), in_years(4, age="10 to 14 yrs"),
                       in_years(4, dimension="local_deprivation_decile:iod2025",
                                subgroup="Decile 1", subgroup_order=1),
                       in_years(4, dimension="Ward", subgroup="Marsh 3"),
                       in_years(4, dimension="Month of birth", subgroup="September")],
    "period_cannot_be": [[{"period": "2025/26", "value": 3}], [{"period": "Oct 2026", "value": 3}],
                         [{"period": "1961", "value": 3}]],
    "label_says_no_end": [
        in_fifths(28, 25, 22, 19, 16),
        in_fifths(28, 25, 22, 19, 16, labels=(
            "Top 20% most deprived", "2", "3", "4", "Bottom 20% (least deprived)")),
        in_fifths(28, 25, 22, 19, 16, dimension="income quintile", labels=(
            "Bottom fifth", "2", "3", "4", "Top fifth")),
        in_fifths(28, 25, 22, 19, 16, labels=("Q1", "Q2", "Q3", "Q4", "Q5")),
    ],
    "groups_above_total": [
        counted_fifths((100, 80, 60, 40, 20), 300),
        counted_fifths((100, 80, 60, 40, 20), 290),  # rounded
        counted_fifths((100, 80, 60, 40, 20), 350),
    ],
    "people_in_no_group": [
        counted_fifths((100, 80, 60, 40, 20), 305),
        counted_fifths((100, 80, 60, 40, None), 350),  # one group is withheld
    ],
    "label_contradicts_order": [
        in_fifths(28, 25, 22, 19, 16),
        in_fifths(28, 25, 22, 19, 16, labels=("5 = most deprived", "4", "3", "2", "1 = least "
                                              "deprived")),
        *[in_fifths(28, 25, 22, 19, 16, labels=labels) for labels in (
            ("Q1", "Q2", "Q3", "Q4", "Q5"),
            ("Quintile 5 - most", "Quintile 4", "Quintile 3", "Quintile 2", "Quintile 1 - least"),
            ("First fifth", "Second fifth", "Third fifth", "Fourth fifth", "Fifth fifth"),
            ("Most.deprived", "4", "3", "2", "Least.deprived"),
            ("Most deprived", "Second", "Middle", "Fourth", "Least deprived"),
        )],
        in_fifths(28, 25, 22, 19, 16, labels=("0-20%", "20-40%", "40-60%", "60-80%", "80-100%")),
        # One group, called otherwise in the year after.
        in_fifths(28, 25, 22, 19, 16) + [
            {**row, "subgroup": row["subgroup"] + "s", "period": "2024"}
            for row in in_fifths(28, 25, 22, 19, 16)
        ],
        in_fifths(28, 25, 22, 19, 16, labels=("Highest need", "4", "3", "2", "Lowest need")),
        in_fifths(28, 25, 22, 19, 16, labels=("Core20", "2", "3", "4", "Rest")),
        in_fifths(28, 25, 22, 19, 16, labels=("Very high", "High", "Medium", "Low", "Very low")),
        # Classes are numbered from the least disadvantaged.
        in_fifths(28, 25, 22, 19, 16, labels=("5", "4", "3", "2", "1"), dimension="NS-SEC"),
    ],
    "whole_is_not_its_parts": [
        [share(4.0, 400, 10_000, area_code="E92000001"), share(4.2, 410, 10_000)],
        # An area, and what came after it.
        [share(4.0, 400, 10_000, area_code="E92000001"),
         *[share(4.0, 100, 2500, area_code=f"E070002{n}") for n in range(40, 44)],
         share(4.0, 60, 1500, area_code="E06000060")],
        of_people((80, 2000, "All ages"), (40, 1000, "0-64"), (40, 1000, "65+"), (20, 500, "85+")),
        # Some ages are not there.
        of_people((800, 20_000, "All ages"), (40, 1000, "0-4"), (40, 1000, "65+")),
        # Each is given twice.
        of_people((80, 2000, "All ages"), (40, 1000, "0-64"), (40, 1000, "65+"),
                  (50, 1250, "0-74"), (30, 750, "75+")),
        by_sex((14, 140), (12, 130), (13, 272)),
        by_sex((14, 140), (12, 130), (14.3, 270)),
        # A few people of one place may die in any order, and of the years in good health women
        # have no more.
        men_and_women(*[(83.1, 79.4)] * 3),
        men_and_women(*[(83.1, 79.4)] * 4, *[(79.2, 83.3)] * 4),
        men_and_women(*[(83.1, 79.4)] * 4, indicator="healthy_life_expectancy"),
    ],
    "total_outside_its_groups": [
        [{**row, "indicator": "year_6_obesity"} for row in in_fifths(28, 25, 22, 19, 16)]
        + [{"indicator": "year_6_obesity", "unit": "%", "value": 22}],
    ],
    "zeros_for_withheld": [
        in_areas(0, 0, 5.5, 7, 9, 6.1, 21, 32, unit="score"),
        [{**row, "count": count, "unit": "deaths"}
         for row, count in zip(in_areas(*range(8)), (0, 0, 2, 7, 9, 5, 21, 32), strict=True)],
        [{**row, "count": count, "unit": "deaths"}
         for row, count in zip(in_areas(*range(8)), (0, 0, 5, 5, 5, 10, 20, 35), strict=True)],
    ],
    "withheld_by_difference": [
        hidden(by_sex((14, 140), (12, 3), (13, 143)), 0, 1),
        hidden([*counted(in_fifths(28, 25, 22, 19, 16)), {"unit": "%", "value": 22, "count": 90}],
               3, 4),
        hidden(counted(in_fifths(28, 25, 22, 19, 16)), 4),
        # Ages that are not everybody's, and two that are withheld.
        hidden(of_people((40, 1000, "0-64"), (3, 120, "85+"), (43, 1420, "All ages")), 1),
        hidden(of_people((40, 900, "White"), (3, 120, "Black"), (2, 70, "Asian"),
                         (45, 1090, "")), 1, 2),
    ],
    "note_tells_count": [
        in_years(4.1, note="3 of 120 people"),
        *(in_years(None, status="suppressed", note=note) for note in (
            "Fewer than 8 visits", "Fewer than 8 of 120", "1 to 4 cases", "Withheld (<5 people)",
            "Data of 2 of 4 quarters", "As in 2 of 2023/24", "120 people in all", "Of 120, under 5",
        )),
    ],
    "fractions": [
        in_areas(0.2, 0.4, 1.3, indicator="smoking_adults", period=2023),
        in_areas(0.119, 0.098),
    ],
    "jump_between_periods": [
        in_years(4.1, 8.4, 3.9, 9.0, 4.3, 4.0),
        # A rate that rises tenfold and stays there is a rise.
        in_years(4.1, 4.4, 3.9, 42.0, 43.0, 45.0, 41.0),
        # One year beside several put together.
        [*in_years(4.1, 4.4), {"period": "2015 - 17", "unit": "%", "value": 42.0}],
    ],
    "jump_between_areas": [
        in_areas(4.1, 41, 9.0, 22, 1.2, 3, 0.4),
        # Deaths of England are those of all areas.
        [*in_areas(41, 44, 39, 63, unit="deaths"),
         {"unit": "deaths", "value": 4100, "area_code": "E92000001"}],
    ],
    "jump_between_groups": [
        in_fifths(4.1, 4.4, 3.9, 5.1, 6.0),
        in_areas(4.1, 41.0, 9.0, 22.0, 1.2),
    ],
    "name_of_another_area": [
        # One area under two names, and one name that two codes have had.
        named("Marsh Marsh", "Heath Heath-on-Sea"),
        named("Marsh Marsh", "Marsh Marsh"),
    ],
    "limits_lopsided": [
        # Exact limits of one event in 1,000; limits rounded to a digit; a share near its end.
        [limited(1.0, 0.0253, 5.572)],
        [limited(0.2, 0.1, 0.9)],
        [limited(14.0, 13.5, 14.6)],
    ],
    "healthy_life_is_longer": [lives(79.3, 62.1)],
    "thousands_with_points": [
        [share(15.1, 1234, 8172.333), share(9.8, 1240, 8172.667, period="2022/23")],
        [share(15.1, 1.5, 10), share(9.8, 2.25, 23, period="2022/23")],
        [share(15.1, 1.234, 8.172)],
        in_years(1.234, 12.345, unit="per 1,000"),
    ],
    "denominator_of_nobody": [[share(0, 0, 100)], [share(float("nan"), 0, 0, status="ok")]],
    "unit_contradicts_name": [
        in_areas(31, 22, indicator="Falls per 1,000 people", unit="per 1,000"),
        in_areas(31, 22, indicator="Change in falls per 1,000"),
        in_areas(31, 22, indicator="Falls per 1,000, % of England's", unit="%"),
    ],
    "life_too_short": [
        [{"indicator": "life_expectancy", "period": "2021 - 23", "value": 78.2, "age": "All ages"}],
        [{"indicator": "life_expectancy_65", "period": "2021 - 23", "value": 18.2, "age": "65"}],
    ],
    "limits_of_another_kind": [
        in_areas(10, lower_ci=8, upper_ci=12.5, note="95% confidence limits; 99% of people"),
        [limited(n / 10, n / 10, n / 10 + 0.1) for n in (1, 2, 3, 4)],  # rounded
        [limited(0, 0, 2.2), limited(0, 0, 2.3), limited(0, 0, 2.4)],
        [limited(100, 97.8, 100), limited(100, 97.7, 100), limited(100, 97.6, 100)],
        [counted_share(n, 1.96) for n in (141, 144, 133, 150)],
        [counted_share(141, 1.0)],
        # Whole limits of values that are rounded less.
        [{**row, "lower_ci": 10, "upper_ci": 14} for row in in_areas(11.6, 12.1, 12.4)],
        # Surveys have limits of any width.
        [counted_share(n, 1.96 * design) for n, design in ((141, 1.2), (144, 1.6), (133, 1.9))],
        [{**row, "lower_ci": 4.0, "upper_ci": 4.0} for row in in_areas(4)],
    ],
    "age_in_two_ways": [[*in_years(4, age="65+"), *in_years(5, age="65-69")],
                        in_years(4, 5, age="65 and over")],
    "name_of_another_indicator": [
        in_years(12.4, indicator_name="Smoking prevalence in adults (18+)")
        + in_years(12.4, area_code="E07000240", indicator_name="Adults who are smoking"),
        in_years(12.4, indicator_name="DTP") + in_years(12.4, area_code="E07000240",
                                                        indicator_name="MMR"),
    ],
    "scale_changes": [by_year((1.8, 1.9), (180, 2.1)), by_year((1.8, 1.9), (4.1, 5)),
                      by_year((0.4,), (4.1,))],
}  # fmt: skip
"""Check -> tables that are right and look much like those that are wrong."""


def cases(tables: dict[str, list[list[dict[str, object]]]]) -> list[object]:
    return [
        pytest.param(check, rows, id=f"{check}-{n}")
        for check, every in tables.items()
        for n, rows in enumerate(every)
    ]


@pytest.mark.parametrize(("check", "rows"), cases(WRONG))
def test_what_is_wrong_is_found(check: str, rows: list[dict[str, object]]) -> None:
    (finding,) = findings(own(*rows), check)
    assert 0 < finding.rows <= len(rows)
    assert finding.cells[0].startswith("row ")
    assert finding.expected and finding.remedy


@pytest.mark.parametrize(("check", "rows"), cases(RIGHT))
def test_what_is_right_is_left_in_peace(check: str, rows: list[dict[str, object]]) -> None:
    assert findings(own(*rows), check) == ()


def test_every_check_is_tried_both_ways() -> None:
    of_one_table = {check.name for check in CHECKS if not check.beside or check.name in WRONG}
    of_one_table -= {"unit_of_another_kind", "day_for_a_period"}
    assert set(WRONG) == set(RIGHT) == of_one_table


def test_the_documentation_has_every_check_and_what_becomes_of_its_rows() -> None:
    page = Path(__file__).parents[2] / "docs" / "plausibility.md"
    lines = [line.split("|") for line in page.read_text(encoding="utf-8").splitlines()]
    told = {
        cells[1].strip(" `"): (cells[4].strip(), cells[5].strip())
        for cells in lines
        if len(cells) == 8 and cells[1].startswith(" `")
    }
    letters = {"refuse": "R", "set aside": "A", "warn": "W"}
    assert told == {check.name: (letters[check.own], letters[check.published]) for check in CHECKS}


def test_ages_of_your_own_are_to_be_their_parts_and_of_a_download_only_about() -> None:
    rows = of_people((40, 1000, "0-9"), (35, 1000, "0-4"), (30, 1000, "5-9"))
    assert "[whole_is_not_its_parts]" in refusal(own(*rows))
    assert not examined(downloaded(*rows)).findings


def test_own_figures_are_refused_with_file_row_cells_and_remedy() -> None:
    table = own(share(11.9, 119, 1000, period="2022/23"), share(0.098, 98, 1000))
    message = refusal(table)
    assert "row 3: value 0.098, count 98, denominator 1,000, unit %" in message
    assert "count / denominator × 100, but it is near count / denominator × 1 " in message
    assert (
        "accept: [value_on_another_scale]` in the description of the file (`ineq build" in message
    )


def test_the_sheet_of_a_workbook_is_named() -> None:
    table = downloaded(share(0.098, 98, 1000))
    (finding,) = examine(table, Context(TODAY), sheet="Table_1").findings
    assert "1 row(s) of sheet 'Table_1'" in finding.as_text()


def test_a_publishers_row_is_set_aside_and_counted_and_the_others_stay() -> None:
    outcome = examined(downloaded(share(11.9, 119, 1000, period="2022/23"), share(0.1, 98, 1000)))
    assert outcome.kept.tolist() == [True, False]
    (aside,) = outcome.set_aside
    assert (aside.rows, aside.reason.split(":")[0]) == (1, "value_on_another_scale")
    assert outcome.remarks == []


def test_what_is_only_unusual_is_kept_with_a_remark() -> None:
    outcome = examined(downloaded(*in_years(4.1, 4.4, 3.9, 42.0, 4.3, 4.0)))
    assert outcome.kept.all() and not outcome.set_aside
    assert outcome.remarks[0].startswith("Kept, but look at it: 1 row(s): expected a value like")


def test_a_description_overrules_a_check_by_name_and_that_is_kept() -> None:
    table = own(share(0.098, 98, 1000))
    outcome = examined(table, "value_on_another_scale")
    assert outcome.kept.all()
    assert [finding.action for finding in outcome.findings] == ["accepted"]
    assert outcome.remarks[0].startswith(
        "Kept, as the description of the file accepts it: 1 row(s)"
    )


def test_accepting_one_check_does_not_accept_another() -> None:
    table = own(share(104, 1040, 1000))
    assert "[value_outside_its_range]" in refusal(table)
    with pytest.raises(InputError, match="count_above_denominator"):
        examined(table, "value_outside_its_range")


def test_a_check_that_does_not_exist_is_refused_with_the_nearest() -> None:
    assert check_names("minus_one, fractions") == ("minus_one", "fractions")
    with pytest.raises(InputError, match="Did you mean 'value_on_another_scale'"):
        check_names("value_on_another_scal")


@pytest.mark.parametrize(
    ("cells", "is_figure"),
    [
        ({"indicator": "Change in visits", "unit": "visits"}, True),
        ({"unit": "percentage points"}, True),
        ({"unit": "visits"}, False),
    ],
)
def test_minus_one_of_a_change_is_a_figure_in_your_own_alone(
    cells: dict[str, object], is_figure: bool
) -> None:
    rows = in_areas(-1, 0.4, 2, **cells)
    assert ("minus_one" not in refusal(own(*rows))) is is_figure
    assert [found.check for found in examined(downloaded(*rows)).findings] == ["minus_one"]


def test_a_row_is_told_of_once() -> None:
    table = downloaded(share(1190, 119, 1000))
    assert [finding.check for finding in examined(table).findings] == ["value_on_another_scale"]


@pytest.mark.parametrize("value", [0.12, 0.0121])
def test_a_value_that_fits_the_other_files_only_on_another_scale_is_found(value: float) -> None:
    row = {"indicator": "smoking_adults", "period": 2024, "unit": "%", "value": value}
    published = own(*in_areas(*range(8, 20), indicator="smoking_adults", period=2023))
    table = own(row)
    ranges = published_ranges([published, table])
    context = Context(TODAY, beside(ranges)[1])
    assert "unlike_other_files" in {
        finding.check for finding in examine(table.assign(publisher="x"), context).findings
    }
    nearly = examine(own({**row, "value": 24}), context)
    assert nearly.findings == ()


@pytest.mark.parametrize(
    ("period", "doubted"),
    [
        ("2024-01-01", True),
        ("1 April 2024", True),
        ("2024-12-31", True),
        ("2024-03-31", False),
        ("mid-2024", False),
        ("2024-01", False),
        ("2024", False),
    ],
)
def test_the_first_day_of_a_month_is_to_be_looked_at(period: str, doubted: bool) -> None:
    row = {"period": period, "value": 3}
    assert [f.check for f in examined(own(row)).findings] == ["day_for_a_period"] * doubted


@pytest.mark.parametrize(
    ("period", "doubted"),
    [("2024-01-01", True), ("31/12/2024", True), ("1 April 2024", False), ("2024", False)],
)
def test_the_first_or_last_day_of_a_year_is_to_be_looked_at_in_a_download(
    period: str, doubted: bool
) -> None:
    """People are counted on the first of other months, and years are written as their ends."""
    row = {"period": period, "value": 3}
    assert [f.check for f in examined(downloaded(row)).findings] == ["day_for_a_period"] * doubted


@pytest.mark.parametrize(
    "rows",
    [
        [*in_fifths(28, 25, 20, 15, 12), {"unit": "%", "value": 41}],
        [{**row, "indicator": "Warm homes"} for row in by_sex((14, 140), (12, 130), (31, 270))],
    ],
)
def test_a_share_of_your_own_lies_between_those_of_its_groups(
    rows: list[dict[str, object]],
) -> None:
    assert "to lie between those of" in refusal(own(*rows))
    assert examined(downloaded(*rows)).findings == ()
    parts = sum(row["value"] for row in rows[:-1] if isinstance(row["value"], float | int))
    of_a_total = own(*rows[:-1], {**rows[-1], "value": parts})
    assert examined(of_a_total).findings == ()


@pytest.mark.parametrize(
    ("rows", "doubted"),
    [
        (in_areas(0.119, indicator="smoking_adults", period=2023), 1),
        (in_areas(0.119, 0.098), 2),
        (in_areas(0.119, 0.3), 2),
        (in_areas(11.9, 0.098), 1),
        (in_areas(0.2, 0.4), 0),
        (in_areas(0.12, 2.0), 0),
        (in_areas(0.119, 0.098, unit="per 1,000"), 0),
        ([share(0.1, 1, 1000)], 0),
    ],
)
def test_own_shares_that_may_be_fractions_are_to_be_looked_at(
    rows: list[dict[str, object]], doubted: int
) -> None:
    found = [finding.rows for finding in examined(own(*rows)).findings]
    assert found == ([doubted] if doubted else [])


@pytest.mark.parametrize(
    ("rows", "check"),
    [
        (in_areas(4.1, 3.1, 0.05, 6, 5.2), "jump_between_areas"),
        (
            [*in_areas(15.1, 9.8, period=2022), *in_areas(0.151, 0.098, period=2023)],
            "scale_changes",
        ),
    ],
)
def test_fractions_that_every_other_figure_contradicts_are_refused(
    rows: list[dict[str, object]], check: str
) -> None:
    assert f"[{check}]" in refusal(own(*rows))


@pytest.mark.parametrize(
    ("first", "second", "refused"),
    [
        ("£", "£000s", True),
        ("pounds", "£ million", True),
        ("weeks", "days", True),
        ("%", "proportion", True),
        ("£", "pounds", False),
        ("years", "Year", False),
        ("visits", "number of visits", False),
        ("£ per head", "£", False),
    ],
)
def test_pounds_beside_thousands_of_pounds_are_refused(
    first: str, second: str, refused: bool
) -> None:
    places = ("E07000243", "E07000242")
    table = own(
        *(
            {"indicator": "Cost", "area_code": code, "unit": unit, "value": 12.5}
            for code, unit in zip(places, (first, second), strict=True)
        )
    )
    if refused:
        assert "one unit in all rows of an indicator" in refusal(table)
    else:
        assert examined(table).findings == ()


@pytest.mark.parametrize(
    ("units", "doubted"),
    [
        (("per 1,000", "per 100,000"), [True, True]),
        (("per 1,000", "per 100,000", "per 100000"), [True, False, False]),
        (("per 1,000", "/1,000"), [False, False]),
        (("per 1,000", ""), [False, False]),
        (("£", "£ thousands"), [True, True]),
        (("weeks", "Days"), [True, True]),
        (("%", "proportion"), [True, True]),
        (("visits", "number of visits"), [False, False]),
    ],
)
def test_a_unit_that_no_other_file_has_is_refused(
    units: tuple[str, ...], doubted: list[bool]
) -> None:
    """Falls per 1,000 in one file and per 100,000 in the next were shown side by side."""
    tables = [own({"indicator": "Falls", "unit": unit, "value": 4.3}) for unit in units]
    others = beside(published_ranges(tables))
    for number, (table, wrong) in enumerate(zip(tables, doubted, strict=True)):
        rows = table.assign(publisher="x")
        found = examine(rows, Context(TODAY, others[number])).findings
        assert [finding.check for finding in found] == ["unit_of_other_files"] * wrong


def test_a_unit_that_no_other_file_has_is_told_with_theirs() -> None:
    tables = [own({"indicator": "Cost", "unit": unit, "value": 4}) for unit in ("£", "£ million")]
    context = Context(TODAY, beside(published_ranges(tables))[0])
    (finding,) = examine(tables[0].assign(publisher="x"), context).findings
    assert finding.expected.endswith("other files have of this indicator, £ × 1,000,000")


@pytest.mark.parametrize(("value", "doubted"), [(0.119, True), (0.5, False), (9.4, False)])
def test_a_fraction_is_found_beside_few_shares_of_other_files(value: float, doubted: bool) -> None:
    published = downloaded(*in_areas(12.4, 15.1, 9.8, indicator="smoking_adults", period=2023))
    row = {"indicator": "smoking_adults", "period": 2024, "unit": "%", "value": value}
    ranges = published_ranges([published, own(row)])
    checks = [check for check in CHECKS if check.name == "unlike_other_files"]
    rows = own(row).assign(publisher="x")
    found = examine(rows, Context(TODAY, beside(ranges)[1]), checks=checks).findings
    assert bool(found) == doubted


@pytest.mark.parametrize(
    ("code", "name", "check"),
    [
        ("E07000243", "East Hertfordshire", "name_of_area_elsewhere"),
        ("E12000001", "England", "name_of_area_elsewhere"),
        ("E92000001", "Stevenage", "name_of_area_elsewhere"),
        ("E07000242", "Stevenage", "name_of_area_elsewhere"),
        ("E07000243", "Dacorum", "name_unlike_elsewhere"),
        ("E07000243", "Stevenage Borough Council", ""),
        ("E92000001", "National", ""),
        ("E07000242", "East Herts", ""),
        ("E07000243", "", ""),
        ("E07000097", "East Hertfordshire", ""),  # an older code
        ("E10000015", "Hertfordshire", ""),
        ("E40000007", "East Hertfordshire", ""),  # an area of another kind
        ("E10000015", "Stevenage", "name_of_area_elsewhere"),  # which no file need name
        ("E08000099", "Hertfordshire", "name_of_area_elsewhere"),
        ("E12000006", "Hertfordshire", "name_of_area_elsewhere"),
        ("E10000099", "Stevenage", "name_of_area_elsewhere"),  # in no list of counties
        ("E06000060", "Buckinghamshire", ""),  # which was a county once
        ("E10000002", "Buckinghamshire", ""),
    ],
)
def test_a_name_that_other_files_give_to_another_area_is_found(
    code: str, name: str, check: str
) -> None:
    others = own(
        {"area_code": "E07000243", "area_name": "Stevenage"},
        {"area_code": "E07000242", "area_name": "East Hertfordshire"},
    )
    row = own({"area_code": code, "area_name": name, "value": 4.0})
    checks = [check for check in CHECKS if check.name.startswith("name_")]
    context = Context(TODAY, names=Names(map(names_of, [others, row])))
    found = examine(row.assign(publisher="x"), context, checks=checks).findings
    found = found or examine(row, context, checks=[checks[-1]]).findings
    assert "".join(finding.check for finding in found) == check


def test_of_a_county_and_a_district_of_one_name_the_countys_code_is_wrong() -> None:
    """No third file names either."""
    wrong, right = (
        own({"area_code": code, "area_name": "Stevenage", "value": 4.0})
        for code in ("E10000015", "E07000243")
    )
    context = Context(TODAY, names=Names(map(names_of, [wrong, right])))
    checks = [check for check in CHECKS if check.name == "name_of_area_elsewhere"]
    found = [examine(rows.assign(publisher="x"), context, checks=checks) for rows in (wrong, right)]
    assert [len(result.findings) for result in found] == [1, 0]


@pytest.mark.parametrize(
    ("code", "period", "is_refused"),
    [
        ("E08000095", "2023/24", True),
        ("E08000095", "2022/23", False),  # an area may have had another code
        ("E10000095", "2023/24", False),  # a county of the name
        ("E07000095", "2023/24", False),
    ],
)
def test_one_district_has_one_code_in_a_period(code: str, period: str, is_refused: bool) -> None:
    usual = {"area_code": "E07000095", "area_name": "Marsh", "value": 4.0}
    other = {**usual, "area_code": code, "period": period, "sex": "Female"}
    if is_refused:
        assert "one code for the area in a period" in refusal(own(usual, other))
    else:
        assert examined(own(usual, other)).findings == ()


@pytest.mark.parametrize(
    ("everybody", "is_refused"), [(120, True), (90, False), (95, False), (45, False), (20, True)]
)
def test_numbers_of_men_and_women_make_those_of_everybody(everybody: int, is_refused: bool) -> None:
    rows = by_sex((40, 9), (50, 9), (everybody, 18), indicator="Visits")
    table = own(*[{**row, "unit": "visits"} for row in rows])
    assert ("together, or between them" in refusal(table)) == is_refused


@pytest.mark.parametrize(
    ("code", "doubted"), [("E07000999", True), ("E10000015", False), ("E07000026", False)]
)
def test_a_code_that_no_other_file_has_is_to_be_looked_at(code: str, doubted: bool) -> None:
    others = own({"area_code": "E07000099", "area_name": "Marsh"})
    row = own({"area_code": code, "value": 4.0})
    context = Context(TODAY, names=Names(map(names_of, [others, row])))
    found = [f.expected for f in examine(row, context).findings if f.check == "code_nobody_has"]
    assert (
        found
        == ["a code that another file of the folder has; the nearest is E07000099 for E07000999"]
        * doubted
    )


def test_a_file_of_more_areas_than_all_others_have_is_not_doubted_for_that() -> None:
    others = own({"area_code": "E07000099", "area_name": "Marsh"})
    districts = [{"area_code": f"E0700099{n}", "area_name": f"Place {n}"} for n in range(3)]
    context = Context(TODAY, names=Names(map(names_of, [others, own(*districts)])))
    assert [f.check for f in examine(own(*districts), context).findings] == []
    assert [f.check for f in examine(own(districts[0]), context).findings] == ["code_nobody_has"]


def test_a_unit_that_one_row_lacks_is_found_in_your_own_figures() -> None:
    rows = in_areas(4.1, 4.4, 3.9)
    assert "one unit in all rows" in refusal(own(*rows[:2], {**rows[2], "unit": ""}))
    assert examined(own(*[{**row, "unit": ""} for row in rows])).findings == ()


def test_a_unit_that_is_no_unit_of_the_indicator_is_told() -> None:
    table = downloaded({"indicator": "housing_affordability", "period": 2024, "value": 9.1})
    (finding,) = examined(table.assign(stated_unit="%")).findings
    assert (finding.check, finding.action) == ("unit_of_another_kind", "warn")
    assert examined(table.assign(stated_unit="ratio")).findings == ()


@pytest.mark.parametrize(
    ("label", "groups", "place"),
    [
        ("Most deprived fifth", 5, 1),
        ("Second most deprived tenth", 10, 2),
        ("Middle fifth", 5, 3),
        ("Fifth least deprived tenth", 10, 6),
        ("Quintile 1 (most deprived)", 5, 1),
        ("10 - least deprived", 10, 10),
        ("Fourth more deprived decile (IMD2015)", 10, 4),
        ("Quintile 2", 5, None),
        ("1 = most deprived, 5 = least deprived", 5, None),
        ("Middle tenth", 10, None),
        ("White", 5, None),
    ],
)
def test_the_words_of_a_label_give_a_place(label: str, groups: int, place: int | None) -> None:
    assert place_of_label(label, groups) == place


def test_the_city_and_scilly_may_be_unlike_every_other_area() -> None:
    rows = in_areas(4.1, 4.4, 3.9, 6.3, 5.0, 4.8, 0.42)
    rows[-1]["area_code"] = "E06000053"
    rows[:-1] = [{**row, "area_code": f"E060000{n}"} for n, row in enumerate(rows[:-1], start=10)]
    assert findings(own(*rows), "jump_between_areas") == ()


def test_an_empty_table_has_no_findings() -> None:
    assert examined(own(share(11.9, 119, 1000)).iloc[:0]).findings == ()


def test_values_that_are_missing_are_doubted_by_nothing() -> None:
    rows = [{"status": "suppressed", "unit": "%", "denominator": 120}, {"status": "not_available"}]
    assert examined(own(*rows)).findings == ()


def county_rows(count: float, *districts: float | None) -> pd.DataFrame:
    """A county's deaths and those of its three districts; None is a figure that is withheld."""
    codes = ("E07000242", "E07000243", "E07000103")
    parts = [
        {"area_code": code, "period": 2023, "unit": "deaths", "value": value}
        for code, value in zip(codes, districts, strict=True)
    ]
    return own({"area_code": COUNTY, "period": 2023, "unit": "deaths", "value": count}, *parts)


COUNTY = "E10000015"
COUNTY_OF = dict.fromkeys(("E07000242", "E07000243", "E07000103"), COUNTY)


@pytest.mark.parametrize(
    ("county", "districts", "told"),
    [
        (6_010, (101, 202, 298), "6,010 in E10000015, 2023, where its 3 districts have 601"),
        (500, (101, 202, 298), "500 in E10000015, 2023, where its 3 districts have 601"),
        (490, (None, 202, 298), ""),
        (400, (None, 202, 298), "400 in E10000015, 2023, where its 3 districts have 500"),
        (601, (101, 202, 298), ""),
        (608, (101, 202, 298), ""),
        (601, (None, 202, 298), ""),
    ],
)
def test_a_county_counts_what_its_districts_do_but_for_rounding_and_what_is_withheld(
    county: float, districts: tuple[float | None, ...], told: str
) -> None:
    table = county_rows(county, *districts)
    files = [table.iloc[:1], table.iloc[1:]]
    context = Context(TODAY, counties=county_sums(files, COUNTY_OF))
    remarks = examine(files[0], context).remarks
    assert [told in remark for remark in remarks] == ([True] if told else [])
    assert examine(files[1], context).remarks == []


@pytest.mark.parametrize(
    ("districts", "county_of", "is_told"),
    [
        ((None, 202, 298), COUNTY_OF, True),
        ((None, None, 298), COUNTY_OF, False),
        ((101, 202, 298), COUNTY_OF, False),
        ((None, 202, 298), {**COUNTY_OF, "E07000096": COUNTY}, False),
    ],
)
def test_a_withheld_district_that_the_county_gives_away_is_found_in_whichever_file(
    districts: tuple[float | None, ...], county_of: dict[str, str], is_told: bool
) -> None:
    county_of = {code: county.replace("15", "02") for code, county in county_of.items()}
    table = county_rows(601, *districts)
    table["area_code"] = table["area_code"].replace(COUNTY, "E10000002")
    table["status"] = table["status"].mask(table["value"].isna(), "suppressed")
    files = [table.iloc[:1], table.iloc[1:].assign(publisher="fingertips")]
    context = Context(TODAY, counties=county_sums(files, county_of))
    remarks = examine(files[1], context).remarks
    assert ["county_gives_district_away" in remark for remark in remarks] == [True] * is_told
    with pytest.raises(InputError) if is_told else nullcontext():
        examine(files[1].assign(publisher="own_figures"), context)


def test_women_of_a_county_are_not_held_against_everybody_in_its_districts() -> None:
    table = county_rows(300, 101, 202, 298)
    table.loc[0, "sex"] = "Female"
    context = Context(TODAY, counties=county_sums([table], COUNTY_OF))
    assert examine(table, context).remarks == []


@pytest.mark.parametrize(("period", "value", "doubted"), [
    ("2024", 4.1, True),
    ("2019/20", 4.1, True),
    ("2019", 4.1, False),  # it was there for a quarter of the year
    ("2016 - 18", 4.1, False),
    ("2024", None, False),
])  # fmt: skip
def test_a_figure_of_a_district_after_its_end_is_told_with_its_successor(
    period: str, value: float | None, doubted: bool
) -> None:
    ended = {"E07000205": Ending(pd.Timestamp(2019, 4, 1), ("East Suffolk (E07000244)",))}
    status = "ok" if value else "not_available"
    row = {"area_code": "E07000205", "period": period, "value": value, "status": status}
    remarks = examine(downloaded(row), Context(TODAY, ended=ended)).remarks
    told = "E07000205 ended in 2019 and is now in East Suffolk (E07000244)"
    assert [told in remark for remark in remarks] == [True] * doubted


@pytest.mark.parametrize(
    ("unit", "limits", "is_doubted"),
    [
        ("%", (-0.5, 3.5), True),
        ("%", (0, 101), True),
        ("%", (0, 3.5), False),
        ("per 1,000", (-0.5, 3.5), False),
    ],
)
def test_limits_of_your_own_share_lie_between_0_and_100(
    unit: str, limits: tuple[float, float], is_doubted: bool
) -> None:
    row = {"value": 1.5, "lower_ci": limits[0], "upper_ci": limits[1], "unit": unit}
    found = [finding.check for finding in examined(own(row)).findings]
    assert ("limits_of_another_kind" in found) is is_doubted
    assert findings(own(row), "limits_of_another_kind") == ()
