"""What can be said of a whole from its parts, by hand: added, made again, withheld or refused."""

import numpy as np
import pandas as pd
import pytest

from ineqlib.catalogue import load_catalogue
from ineqlib.geography.by_age import AgeTables
from ineqlib.geography.combine import Combiner, Target, refusals_in_words
from ineqlib.geography.own_areas import OwnAreas
from ineqlib.geography.tables import appended, with_own_areas
from ineqlib.measures import crude_rate, proportion
from ineqlib.observations import conform

HERE, THERE, BOTH = "E07000001", "E07000002", "E10000001"
NAMES = {HERE: "Here", THERE: "There", BOTH: "Both"}
WHOLE = Target("X-BOTH", "The Two", "own", [(HERE, THERE)])
SHARE, RATE, STANDARDISED = "smoking_at_delivery", "infant_mortality", "cancer_deaths_under_75"


def row(indicator: str, code: str, events: float, of: float, per: float = 100, **more) -> dict:
    """One published row, with the limits that its publisher's method gives."""
    make = proportion if per == 100 else crude_rate
    made = make(events, of, multiplier=per) if of > 0 else None
    return {
        "indicator_id": indicator,
        "area_code": code,
        "area_name": NAMES[code],
        "area_type": "lad",
        "period": "2023",
        "period_start": pd.Timestamp(2023, 1, 1),
        "period_end": pd.Timestamp(2023, 12, 31),
        "sex": "Persons",
        "age": "All ages",
        "value": float(made.value) if made else np.nan,
        "lower_ci": float(made.lower) if made else np.nan,
        "upper_ci": float(made.upper) if made else np.nan,
        "count": events,
        "denominator": of,
        "unit": "%" if per == 100 else f"per {per:,}",
        "status": "ok",
        "source": "made_up",
        **more,
    }


def combined(*rows: dict, target: Target = WHOLE):
    return Combiner(conform(pd.DataFrame(rows)), load_catalogue(), AgeTables()).combine(target)


def the_row(*rows: dict, target: Target = WHOLE) -> pd.Series:
    made = combined(*rows, target=target).rows
    assert len(made) == 1
    return made.iloc[0]


def test_a_share_is_of_the_counts_added_with_wilson_limits():
    made = the_row(row(SHARE, HERE, 3, 100), row(SHARE, THERE, 7, 300))
    expected = proportion(10, 400)
    assert (made["count"], made["denominator"], made["value"]) == (10, 400, 2.5)
    assert made["lower_ci"] == pytest.approx(float(expected.lower))
    assert made["upper_ci"] == pytest.approx(float(expected.upper))
    assert made["note"] == (
        "Added up by ineqlib from Here, There: counts over denominators, Wilson limits"
    )
    assert (made["area_code"], made["area_type"], made["status"]) == ("X-BOTH", "own", "ok")


def test_a_rate_has_the_multiplier_of_its_unit_and_the_limits_of_counts():
    made = the_row(row(RATE, HERE, 4, 1000, 1000), row(RATE, THERE, 8, 3000, 1000))
    expected = crude_rate(12, 4000, multiplier=1000)
    assert made["value"] == pytest.approx(3.0)
    assert made["upper_ci"] == pytest.approx(float(expected.upper))


@pytest.mark.parametrize(
    ("limits", "why"),
    [({"lower_ci": np.nan, "upper_ci": np.nan}, "none"), ({"lower_ci": 0.1}, "of a survey")],
)
def test_limits_are_made_only_where_the_publishers_are_made_of_counts(limits, why):
    made = the_row(row(SHARE, HERE, 3, 100, **limits), row(SHARE, THERE, 7, 300, **limits))
    assert made["value"] == 2.5, why
    assert np.isnan(made["lower_ci"])
    assert "without limits" in made["note"]


@pytest.mark.parametrize(
    ("status", "expected"), [("suppressed", "suppressed"), ("not_available", "not_available")]
)
def test_a_withheld_part_withholds_the_whole_and_is_never_left_out(status, expected):
    gone = dict.fromkeys(["value", "lower_ci", "upper_ci", "count"], np.nan) | {"status": status}
    made = the_row(row(SHARE, HERE, 3, 100), row(SHARE, THERE, 0, 300, **gone))
    assert made["status"] == expected
    assert made[["value", "count", "denominator"]].isna().all()
    assert made["note"] == "Not added up: nothing is published for There, of 2 parts"


def test_a_part_without_a_row_or_a_count_withholds_the_whole():
    assert "E07000002" in the_row(row(SHARE, HERE, 3, 100))["note"]
    uncounted = row(SHARE, THERE, 7, 300) | {"count": np.nan}
    made = the_row(row(SHARE, HERE, 3, 100), uncounted)
    assert made["note"] == "Not added up: the count of There is not published"
    assert np.isnan(made["value"])


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"unit": "per 1,000"}, "different units: % and per 1,000"),
        ({"source": "another"}, "denominators may mean different things"),
    ],
)
def test_parts_that_may_mean_something_else_are_not_added(more, said):
    made = the_row(row(SHARE, HERE, 3, 100), row(SHARE, THERE, 7, 300, **more))
    assert said in made["note"].replace(", per", " and per")
    assert np.isnan(made["value"])


@pytest.mark.parametrize(
    ("indicator", "more", "said"),
    [
        ("weekly_pay", {"unit": "£"}, "a median cannot be made from medians"),
        ("fuel_poverty", {}, "modelled for each area"),
        ("life_expectancy", {"unit": "years"}, "made of deaths and people by age"),
        ("life_expectancy_inequality", {"unit": "years"}, "the groups of each area"),
        ("happiness", {"denominator": np.nan}, "without how many it is of"),
        ("unheard_of", {"unit": "index"}, "does not say out of how many"),
        (SHARE, {"count": np.nan}, "published without counts"),
        (SHARE, {"denominator": np.nan}, "published without denominators"),
        (STANDARDISED, {"value": 2.9}, "standardised or weighted"),
    ],
)
def test_what_cannot_be_made_is_refused_with_the_reason(indicator, more, said):
    made = combined(row(indicator, HERE, 3, 100, **more), row(indicator, THERE, 7, 300, **more))
    assert said in made.rows["note"].item()
    assert made.rows["value"].isna().all()
    assert said in made.refused["reason"].item()
    (line,) = refusals_in_words(made.refused, {})
    assert indicator in line


def test_means_are_weighted_by_how_many_they_are_of():
    parts = [
        row("happiness", code, 0, of, unit="score out of 10", value=value)
        for code, of, value in ((HERE, 100, 7.0), (THERE, 300, 8.0))
    ]
    made = the_row(*(part | {"lower_ci": np.nan, "upper_ci": np.nan} for part in parts))
    assert made["value"] == 7.75
    assert made["denominator"] == 400


def test_values_that_are_counts_are_added():
    none = dict.fromkeys(["count", "denominator", "lower_ci", "upper_ci"], np.nan)
    parts = [
        row("claims", code, 0, 1, unit="count", value=v) | none
        for code, v in ((HERE, 40.0), (THERE, 2.0))
    ]
    made = the_row(*parts)
    assert (made["value"], made["count"]) == (42.0, 42.0)


def test_groups_that_each_part_draws_for_itself_are_refused_and_the_countrys_are_added():
    def group(code: str, count: float, whose: str) -> dict:
        return row(SHARE, code, count, 100) | {
            "dimension": f"{whose}_deprivation_quintile:imd2019",
            "subgroup": "Most deprived fifth",
            "subgroup_order": 1,
        }

    parts = [group(code, 5, whose) for code in (HERE, THERE) for whose in ("local", "national")]
    made = combined(*parts).rows.set_index("dimension")
    assert made.loc["national_deprivation_quintile:imd2019", "count"] == 10
    assert made.loc["national_deprivation_quintile:imd2019", "subgroup_order"] == 1
    local = made.loc["local_deprivation_quintile:imd2019"]
    assert np.isnan(local["value"])
    assert "drawn in each part alone" in local["note"]


def test_rounded_counts_are_told():
    rows = [
        row(SHARE, code, 5 * n, 1000, period_end=pd.Timestamp(2023, 12, n))
        for n in range(1, 16)
        for code in (HERE, THERE)
    ]
    made = combined(*rows).rows
    assert made["value"].notna().all()
    assert made["note"].str.contains("counts are published to the nearest 5").all()


def test_a_rate_within_its_rounding_is_taken_for_what_its_count_gives():
    parts = [
        row(SHARE, code, 1, 7) | {"value": 14.3, "lower_ci": 2.6, "upper_ci": 51.3}
        for code in (HERE, THERE)
    ]
    made = the_row(*parts)
    assert made["value"] == pytest.approx(100 / 7)
    assert made["lower_ci"] == pytest.approx(float(proportion(2, 14).lower))


def test_the_same_ground_is_given_what_is_published_for_it():
    published = row("weekly_pay", BOTH, 3, 100, unit="£", note="Estimated.")
    target = Target("X-BOTH", "The Two", "own", [(BOTH,), (HERE, THERE)])
    made = the_row(
        published,
        row("weekly_pay", HERE, 1, 9, unit="£"),
        row("weekly_pay", THERE, 1, 9, unit="£"),
        target=target,
    )
    assert made["value"] == published["value"]
    assert made["note"] == "Estimated. Published for Both, which has the same ground"


def test_a_figure_comes_from_the_first_way_that_gives_one():
    target = Target("X-BOTH", "The Two", "own", [(BOTH,), (HERE, THERE)])
    withheld = dict.fromkeys(["value", "lower_ci", "upper_ci", "count"], np.nan)
    made = the_row(
        row(SHARE, BOTH, 0, 400, status="suppressed", **withheld),
        row(SHARE, HERE, 3, 100),
        row(SHARE, THERE, 7, 300),
        target=target,
    )
    assert made["count"] == 10


def test_provisional_parts_make_a_provisional_whole():
    made = the_row(row(SHARE, HERE, 3, 100), row(SHARE, THERE, 7, 300, status="provisional"))
    assert (made["status"], made["count"]) == ("provisional", 10)


def test_texts_that_a_build_keeps_as_categories_stay_so_and_give_the_same_figures():
    rows = conform(pd.DataFrame([row(SHARE, HERE, 3, 100), row(SHARE, THERE, 7, 300)]))
    texts = [name for name in rows if rows[name].dtype == "string"]
    compact = rows.astype(dict.fromkeys(texts, "str")).astype(dict.fromkeys(texts, "category"))
    made = Combiner(compact, load_catalogue(), AgeTables()).combine(WHOLE).rows
    both = appended(compact, [made])
    assert both[texts].dtypes.eq("category").all()
    assert both["area_code"].astype("str").tolist() == [HERE, THERE, "X-BOTH"]
    assert both["count"].tolist() == [3, 7, 10]
    assert both["period_start"].dtype == rows["period_start"].dtype


def test_the_districts_of_a_merger_give_the_new_authority_its_earlier_figures():
    areas = pd.DataFrame({"area_code": [HERE, THERE, "E06000009"], "area_name": ["H", "T", "New"]})
    changes = pd.DataFrame(
        {
            "old_code": [HERE, THERE],
            "old_name": ["Here", "There"],
            "new_code": "E06000009",
            "new_name": "New",
            "date": pd.Timestamp(2023, 4, 1),
            "kind": "merged",
        }
    )
    later = {"period_start": pd.Timestamp(2024, 1, 1), "period_end": pd.Timestamp(2024, 12, 31)}
    own = row(SHARE, HERE, 9, 100, **later) | {"area_code": "E06000009", "area_name": "New"}
    both_years = [
        row(SHARE, code, n, 100, **more)
        for code, n in ((HERE, 3), (THERE, 7))
        for more in ({}, later)
    ]
    tables = {
        "observations": conform(pd.DataFrame([*both_years, own])),
        "areas": areas,
        "area_changes": changes,
    }
    extended = with_own_areas(tables, OwnAreas(successors=True))
    rows = extended.tables["observations"]
    of_new = rows[rows["area_code"] == "E06000009"].set_index("period_start")["count"]
    # What is published for the new authority stands.
    assert of_new.to_dict() == {pd.Timestamp(2023, 1, 1): 10, pd.Timestamp(2024, 1, 1): 9}
    assert extended.remarks == ("New (E06000009): 1 earlier figure made of those of Here, There.",)
    assert len(rows) == len(tables["observations"]) + 1
