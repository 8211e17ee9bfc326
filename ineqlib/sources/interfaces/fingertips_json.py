"""What Fingertips tells in JSON beside its figures: trends, categories, groups, populations."""

from dataclasses import dataclass

from ineqlib.sources.interfaces.fingertips import API, ENGLAND
from ineqlib.sources.interfaces.query import Query, address
from ineqlib.sources.layouts.fingertips import SOURCE
from ineqlib.sources.proof import WholeObjects


@dataclass(frozen=True)
class Series:
    """One indicator for people of a sex and an age, by Fingertips' numbers of them."""

    indicator_id: int
    sex_id: int = 4
    age_id: int = 1
    area_type: int = 502


def recent_trends(
    series: Series, group_id: int, parent_code: str = ENGLAND, required: tuple[str, ...] = ()
) -> Query:
    """Ask for the recent trend of each area inside another, for an indicator of a group."""
    asked = {
        "parent_area_code": parent_code,
        "group_id": group_id,
        "area_type_id": series.area_type,
        "indicator_id": series.indicator_id,
        "sex_id": series.sex_id,
        "age_id": series.age_id,
    }
    expectation = WholeObjects(
        ("Marker", "PointsUsed"), key="area", asked=required, by_name=("area",)
    )
    url = address(f"{API}/recent_trends/for_child_areas", asked)
    what = f"Fingertips, recent trends of indicator {series.indicator_id}"
    return Query(url, what, SOURCE, expectation)


def area_categories(
    category_type: int, area_type: int, profile_id: int, required: tuple[str, ...] = ()
) -> Query:
    """Ask in which category each area lies, such as its tenth by deprivation."""
    asked = {
        "profile_id": profile_id,
        "child_area_type_id": area_type,
        "category_type_id": category_type,
    }
    expectation = WholeObjects(
        ("category",), key="area", asked=required, by_name=("area", "category")
    )
    url = address(f"{API}/area_categories", asked)
    return Query(url, f"Fingertips, categories {category_type} of areas", SOURCE, expectation)


def category_types() -> Query:
    """Ask what the categories are called."""
    expectation = WholeObjects(("Id", "Name", "Categories"), key="Id")
    return Query(f"{API}/category_types", "Fingertips, categories", SOURCE, expectation)


def groups(series: Series, area_code: str, profile_id: int) -> Query:
    """Ask for the newest figures of an area's groups, such as its tenths by deprivation."""
    url = address(f"{API}/partition_data/by_category", _of_groups(series, area_code, profile_id))
    expectation = WholeObjects(("AreaCode", "Data"), key="AreaCode", asked=(area_code,))
    what = f"Fingertips, groups of indicator {series.indicator_id} in {area_code}"
    return Query(url, what, SOURCE, expectation)


def group_trends(series: Series, area_code: str, profile_id: int) -> Query:
    """Ask for the figures of an area's groups over time, a list for each way to group people."""
    url = address(
        f"{API}/partition_trend_data/by_categories", _of_groups(series, area_code, profile_id)
    )
    what = f"Fingertips, groups of indicator {series.indicator_id} in {area_code} over time"
    return Query(url, what, SOURCE, WholeObjects(("Labels", "TrendData", "Periods")))


def _of_groups(series: Series, area_code: str, profile_id: int) -> dict[str, object]:
    return {
        "profile_id": profile_id,
        "area_code": area_code,
        "indicator_id": series.indicator_id,
        "sex_id": series.sex_id,
        "age_id": series.age_id,
        "area_type_id": series.area_type,
    }


def population(area_code: str, area_type: int, years_back: int = 0) -> Query:
    """Ask how many live in an area, by sex and bands of five years, so many years ago."""
    asked = {
        "area_code": area_code,
        "area_type_id": area_type,
        "data_point_offset": years_back,
    }
    names = ("Code", "PopulationTotals", "Labels", "Period")
    expectation = WholeObjects(names, key="Code", asked=(area_code,))
    url = address(f"{API}/quinary_population", asked)
    return Query(url, f"Fingertips, population of {area_code}", SOURCE, expectation)
