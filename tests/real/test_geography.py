"""Areas rebuilt from their parts equal what is published, on the real files."""

from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from ineqlib.catalogue import load_catalogue
from ineqlib.geography.by_age import AgeTables
from ineqlib.geography.changes import SmallAreaChanges, small_area_changes
from ineqlib.geography.combine import Combined, Combiner, Target
from ineqlib.geography.neighbourhoods import deprivation
from ineqlib.geography.own_areas import OwnArea, OwnAreas
from ineqlib.geography.parts import SERIES
from ineqlib.geography.tables import with_own_areas
from ineqlib.observations import conform

UNITARIES = {
    "E06000063": "Cumberland",
    "E06000064": "Westmorland and Furness",
    "E06000065": "North Yorkshire",
    "E06000066": "Somerset",
}
COUNTY_OF = {"E06000065": "E10000023", "E06000066": "E10000027"}
"""Unitary of 2023 -> the county whose ground it has."""
STEVENAGE = "E07000243"


@pytest.fixture(scope="session")
def rows(pack) -> pd.DataFrame:
    return pack.observations().drop(columns="row")


@pytest.fixture(scope="session")
def combiner(rows) -> Combiner:
    return Combiner(rows, load_catalogue(), AgeTables())


@pytest.fixture(scope="session")
def merged(pack) -> dict[str, list[str]]:
    """Unitary of 2023 -> its old districts."""
    changes = pack.area_changes
    return {
        code: [old for old in changes.loc[changes["new_code"] == code, "old_code"] if old[2] == "7"]
        for code in UNITARIES
    }


@cache
def lookup(folder: Path, name: str) -> pd.DataFrame:
    return pd.read_csv(folder / "lookups" / name)


def added(rows: list[dict], target: Target) -> Combined:
    return Combiner(conform(pd.DataFrame(rows)), load_catalogue(), AgeTables()).combine(target)


def count_row(code: str, value: float, of: float = np.nan, **more) -> dict:
    return {
        "indicator_id": "made_for_the_test",
        "area_code": code,
        "area_name": code,
        "area_type": "lad",
        "period": "2020",
        "period_start": pd.Timestamp(2020, 1, 1),
        "period_end": pd.Timestamp(2020, 12, 31),
        "sex": "Persons",
        "age": "All ages",
        "value": value,
        "denominator": of,
        "unit": "count",
        "status": "ok",
        "source": "real",
        **more,
    }


def test_every_figure_of_the_old_districts_is_made_or_refused_with_a_reason(combiner, merged):
    for code, name in UNITARIES.items():
        made = combiner.combine(Target(code, name, "lad", [merged[code]]))
        rows = made.rows
        whole = rows[rows["value"].notna()]
        assert rows.loc[rows["value"].isna(), "note"].str.startswith("Not added up: ").all()
        # No file of the shared data has counts of one indicator for all the old districts of any
        # of the four, but deaths by tenths of each district: the tests below rebuild those.
        assert whole.empty, sorted(set(whole["indicator_id"]))
        assert not made.refused.empty


def test_figures_published_for_both_a_unitary_and_its_county_are_taken_over(pack, rows):
    own = OwnAreas(successors=True)
    tables = {name: pack.table(name) for name in ("observations", "areas", "area_changes")}
    extended = with_own_areas(tables, own)
    after = extended.tables["observations"]
    assert len(extended.remarks) > len(UNITARIES)
    for code, county in COUNTY_OF.items():
        made = after[after["area_code"].eq(code) & after["note"].str.contains("same ground")]
        assert len(made) > 50
        both = made.merge(rows[rows["area_code"] == county], on=list(SERIES))
        assert len(both) == len(made)
        assert (both["value_x"] == both["value_y"]).all()
        before = rows[rows["area_code"].eq(code) & rows["value"].notna()]
        kept = after[after["area_code"].eq(code)].merge(before, on=list(SERIES))
        assert len(kept) == len(before)
        assert (kept["value_x"] == kept["value_y"]).all()


def test_all_districts_together_equal_their_county_for_every_indicator_with_counts(
    pack, rows, combiner
):
    compared = 0
    for county in ("East Sussex", "West Sussex"):
        code = pack.area(county).code
        districts = [area.code for area in pack.districts(code)]
        made = combiner.combine(Target("X-ALL", "All", "own", [districts])).rows
        both = made[made["value"].notna()].merge(
            rows[rows["area_code"] == code], on=list(SERIES), suffixes=("", "_published")
        )
        compared += len(both)
        # Denominators are rounded to 5 in one indicator, values to four decimals or to one.
        assert (both["count"] == both["count_published"]).all()
        apart = (both["denominator"] - both["denominator_published"]).abs()
        assert (apart <= 5 * len(districts) / 2).all()
        near = (both["value"] - both["value_published"]).abs()
        rounded = both["indicator_id"] == "fingertips_10101"
        coarse = 0.05 + 100 * 2.5 * len(districts) / both["denominator"]
        allowed = coarse.where(rounded, 0.00005)
        assert (near <= allowed + 1e-9).all(), both["indicator_id"][near > allowed].tolist()
        for limit in ("lower_ci", "upper_ci"):
            close = (both[limit] - both[f"{limit}_published"]).abs() <= allowed + 1e-9
            assert close.all(), both["indicator_id"][~close].tolist()
    assert compared >= 17


def test_people_of_the_old_districts_are_those_of_the_county(real_data, merged):
    folder = real_data / "population"
    districts = pd.read_csv(folder / "population_mid2020_lad21_single_year.csv.gz")
    counties = pd.read_csv(folder / "population_mid2020_utla20_single_year.csv.gz")
    total = districts.set_index("LAD21CD")["total_population"].to_dict()
    published = counties.set_index("CTYUA20CD")["total_population"]
    for code, county in COUNTY_OF.items():
        parts = [name for name in merged[code] if name in total]
        made = added([count_row(p, total[p]) for p in parts], Target(code, "", "lad", [parts]))
        assert made.rows["value"].item() == published[county]


@pytest.mark.parametrize("county", ["E10000006", "E10000023", "E10000027"])
def test_deaths_and_their_rate_in_all_old_districts_are_the_countys(real_data, county):
    table = pd.read_csv(real_data / "phe_methods_reference" / "LE_by_la_decile_sex.csv.gz")
    total = table.groupby(["GeoCode", "Sex"])[["Deaths", "Pop"]].sum()
    old = {
        "E10000006": [*(f"E0700002{n}" for n in (6, 7, 8, 9)), "E07000030", "E07000031"],
        "E10000023": [f"E0700016{n}" for n in range(3, 10)],
        "E10000027": [*(f"E0700018{n}" for n in (7, 8, 9)), "E07000190", "E07000191"],
    }[county]
    for number, sex in ((1, "Male"), (2, "Female")):
        rows = [
            count_row(
                code,
                100_000 * deaths / people,
                people,
                count=deaths,
                unit="per 100,000",
                sex=sex,
            )
            for code in old
            for deaths, people in [total.loc[(code, number)]]
        ]
        made = added(rows, Target(county, "", "utla", [old])).rows.iloc[0]
        deaths, people = total.loc[(county, number)]
        assert (made["count"], made["denominator"]) == (deaths, people)
        assert made["value"] == pytest.approx(100_000 * deaths / people)


@pytest.mark.parametrize("domain", ["income", "employment"])
def test_unitaries_rebuilt_from_old_districts_have_the_published_number_of_poor_people(
    real_data, domain
):
    changes = lookup(real_data, "lsoa11_lsoa21_lad22_change.csv.gz").drop_duplicates("LSOA21CD")
    old = changes.set_index("LSOA21CD")["LAD22CD"]
    new = lookup(real_data, "lad22_lad23_change.csv").set_index("LAD22CD")["LAD23CD"]
    published = pd.read_csv(real_data / "imd" / "iod2025_lad24_summaries.csv")
    published = published.set_index("ltla24_code")[f"{domain}_scale"]
    counts = pd.read_csv(real_data / "imd" / "iod2025_lsoa21_underlying_indicators.csv.gz")
    counts["old"] = counts["lsoa21_code"].map(old)
    by_district = counts.groupby("old")[f"{domain}_domain_numerator"].agg(["sum", "size"])
    for code in UNITARIES:
        parts = new[new == code].index.tolist()
        rows = [count_row(part, by_district.loc[part, "sum"]) for part in parts]
        made = added(rows, Target(code, "", "lad", [parts])).rows["value"].item()
        # The number of each neighbourhood is published to the nearest 5: the errors of n of them
        # add up to a standard deviation of 5 / sqrt(12) * sqrt(n).
        spread = 5 * np.sqrt(by_district.loc[parts, "size"].sum() / 12)
        assert abs(made - published[code]) < 3 * spread


def test_unitaries_rebuilt_from_old_districts_have_the_published_share_of_deprivation(real_data):
    table = pd.read_csv(real_data / "imd" / "imd2019_lsoa11_ranks_deciles_england.csv.gz")
    published = pd.read_csv(real_data / "imd" / "imd2019_lad23_recalculated.csv")
    published = published.set_index("ltla23_code")["Proportion"]
    codes = lookup(real_data, "lad_code_history_2016_2024_uk.csv")
    new = codes.drop_duplicates("ltla19_code").set_index("ltla19_code")["ltla23_code"]
    table["area_code"] = table["Local Authority District code (2019)"].map(new)
    decile = next(
        name for name in table if name.startswith("Index of Multiple Deprivation (IMD) D")
    )
    for code in UNITARIES:
        rows = table[table["area_code"] == code].assign(score=np.nan, population=np.nan)
        share = deprivation(rows.rename(columns={decile: "decile"}))["share_most_deprived"]
        assert share == pytest.approx(published[code], abs=1e-6)


def test_all_neighbourhoods_of_stevenage_are_stevenage(pack, real_data):
    tables = {name: pack.table(name) for name in pack.meta.tables if "boundaries" not in name}
    small = tables["small_areas"]
    here = small["area_code"] == STEVENAGE
    codes = small.loc[here & (small["index"] == "iod2025"), "small_area_code"]
    mine = OwnArea("X-STEVENAGE", "All of it", tuple(("lsoa", code) for code in codes))
    after = with_own_areas(tables, OwnAreas((mine,))).tables
    rows = after["observations"]
    numbers = ["value", "lower_ci", "upper_ci", "count", "denominator"]
    ours, published = (
        rows[rows["area_code"] == code].sort_values([*SERIES]).reset_index(drop=True)
        for code in (mine.id, STEVENAGE)
    )
    pd.testing.assert_frame_equal(ours[[*SERIES, *numbers]], published[[*SERIES, *numbers]])
    members = after["own_small_areas"]
    for index, of_index in members.groupby("index"):
        own = small[(small["index"] == index) & small["small_area_code"].isin(of_index.iloc[:, 2])]
        whole = small[here & (small["index"] == index)]
        assert own["decile"].value_counts().to_dict() == whole["decile"].value_counts().to_dict()
    summary = after["area_deprivation"].set_index(["area_code", "index"])
    pd.testing.assert_frame_equal(
        summary.loc[mine.id].sort_index(), summary.loc[STEVENAGE].sort_index()
    )


def test_people_of_all_neighbourhoods_of_stevenage_are_its_people(real_data):
    folder = real_data / "population"
    people = pd.read_csv(folder / "population_mid2020_lsoa11_quinary.csv.gz")
    areas = lookup(real_data, "lsoa11_msoa11_lad19_lad21_utla19_region.csv.gz")
    inside = areas.loc[areas["LAD21CD"] == STEVENAGE, "LSOA11CD"]
    here = people[people["LSOA11CD"].isin(inside)].set_index("LSOA11CD")["total_population"]
    rows = [count_row(code, number) for code, number in here.items()]
    made = added(rows, Target("X-A", "", "own", [list(here.index)])).rows["value"].item()
    whole = pd.read_csv(folder / "population_mid2020_lad21_single_year.csv.gz")
    assert made == whole.set_index("LAD21CD").loc[STEVENAGE, "total_population"]


def test_all_neighbourhoods_of_2011_are_carried_to_2021_but_the_irregular(real_data):
    published = lookup(real_data, "lsoa11_lsoa21_lad22_change.csv.gz")
    english = published[published["LSOA11CD"].str.startswith("E")]
    is_irregular = english["CHGIND"] == "X"
    carried = SmallAreaChanges(small_area_changes(english)).carry(english["LSOA11CD"], "new")
    assert carried.codes == set(english.loc[~is_irregular, "LSOA21CD"])
    assert set(carried.left) == set(english.loc[is_irregular, "LSOA11CD"])
