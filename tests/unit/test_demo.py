"""The demonstration country: made the same every time, well formed, plainly fictional."""

import json
import re

import numpy as np
import pandas as pd
import pytest
import shapely

from ineqlib.areas import CODE, area_type
from ineqlib.briefings.area.document import open_briefing
from ineqlib.catalogue import load_catalogue
from ineqlib.demo import make_country, make_demo_pack
from ineqlib.demo.geography import make_neighbourhoods
from ineqlib.demo.groups import SMALL, TOO_FEW, make_groups
from ineqlib.demo.indicators import load_indicators
from ineqlib.demo.mortality import pooled_periods
from ineqlib.demo.parameters import BAND_START, load_parameters
from ineqlib.demo.withheld import GIVES_AWAY
from ineqlib.document.page import document_page
from ineqlib.errors import UnknownArea
from ineqlib.measures import empirical_bayes, life_expectancy, sii
from ineqlib.observations import STATUSES
from ineqlib.pack import Pack
from ineqlib.validation import validate

from .demo_truth import true_early_deaths, true_life_expectancy

COUNTY = "X10000001"
MEGABYTE = 1_000_000


@pytest.fixture(scope="module")
def country():
    return make_country(2024)


@pytest.fixture(scope="module")
def groups(country):
    return make_groups(country)


@pytest.fixture(scope="module")
def pack(demo_pack):
    return demo_pack


@pytest.fixture(scope="module")
def observed(pack):
    return pack.observations()


def hashes(folder):
    tables = json.loads((folder / "pack.json").read_text(encoding="utf-8"))["tables"]
    return {file["file"]: file["sha256"] for table in tables.values() for file in table["files"]}


def test_the_same_seed_makes_the_same_bytes(pack, tmp_path):
    assert hashes(pack.path) == hashes(make_demo_pack(tmp_path / "again"))


def test_another_seed_makes_another_country(country):
    other = make_country(7)
    assert not np.array_equal(country.deaths, other.deaths)
    assert not country.neighbourhoods.geometry.equals(other.neighbourhoods.geometry)


def test_the_pack_is_small_and_labelled_fictional(pack):
    assert sum(file.stat().st_size for file in pack.path.iterdir()) < 12 * MEGABYTE
    assert pack.fictional
    assert "fictional" in pack.title.lower()
    (source,) = pack.sources.to_dict("records")
    assert "Fictional" in source["title"] and "not real" in source["title"]


def test_every_area_code_is_of_the_fictional_country(pack):
    codes = [*pack.areas["area_code"], *pack.table("small_areas")["small_area_code"]]
    assert all(CODE.fullmatch(code) and code.startswith("X") for code in codes)
    assert len(codes) == len(set(codes))


def test_the_county_has_ten_districts(pack):
    districts = pack.districts(COUNTY)
    assert len(districts) == 10
    assert {area_type(district.code) for district in districts} == {"lad"}


@pytest.mark.real
def test_names_are_not_those_of_real_authorities(real_data):
    lookups = real_data / "lookups"
    real = set()
    for file in [*lookups.glob("lad*.csv")]:
        table = pd.read_csv(file, dtype=str)
        real |= {name.casefold() for column in table for name in table[column].dropna()}
    parameters = load_parameters()
    made_up = {
        parameters.country["name"],
        *parameters.counties.values(),
        *(place.name for place in parameters.places),
        *(region.name for region in parameters.regions),
        *(change["old_name"] for change in parameters.changes),
    }
    assert not {name for name in made_up if name.casefold() in real}


@pytest.mark.parametrize("seed", [2024, 1, 5])
def test_neighbourhoods_share_their_borders_exactly(seed):
    shapes = make_neighbourhoods(load_parameters(), seed).geometry.to_numpy()
    assert shapely.is_valid(shapes).all()
    assert shapely.coverage_is_valid(shapes)
    assert (shapely.area(shapes) > 0).all()


@pytest.mark.parametrize("level", ["lad", "utla", "region"])
def test_areas_share_their_borders_and_are_whole(pack, level):
    shapes = pack.boundaries(level)
    assert shapely.coverage_is_valid(shapes.geometry.to_numpy())
    assert set(shapes.geom_type) == {"Polygon"}
    assert shapes.crs.to_epsg() == 27700
    assert set(shapes["name"]) <= set(pack.areas["area_name"])


def test_every_row_keeps_the_contract(observed):
    validate(observed[[name for name in observed if name != "row"]], "the demonstration pack")


def test_missing_values_say_why(observed):
    withheld = observed[observed["value"].isna()]
    assert set(withheld["status"]) == {"suppressed", "not_available", "not_applicable"}
    assert (withheld["note"] != "").all()
    assert withheld["count"].isna().all()


def test_every_status_occurs(observed):
    assert set(observed["status"]) == set(STATUSES)


def test_withheld_missing_and_zero_are_three_things(observed):
    reasons = {status: set(rows["note"]) for status, rows in observed.groupby("status")}
    assert reasons["suppressed"] == {SMALL[1], GIVES_AWAY}
    assert TOO_FEW[1] in reasons["not_available"]
    none = observed[observed["count"] == 0]
    assert len(none)
    assert set(none["status"]) == {"ok"} and (none["value"] == 0).all()


def test_early_death_in_few_people_is_missing_and_not_withheld(observed):
    rows = observed[observed["indicator_id"].str.contains("deaths_under_75")]
    assert "suppressed" not in set(rows["status"])
    assert rows["count"].min() >= 10


def test_fifths_too_have_counts_withheld_for_other_counts_sake(observed):
    fifths = observed[observed["dimension"].ne("") & observed["status"].eq("suppressed")]
    assert set(fifths["indicator_id"]) == {"year_6_obesity"}
    assert set(fifths["note"]) == {SMALL[1], GIVES_AWAY}


def test_every_districts_newest_gradients_have_all_their_fifths(pack, observed):
    districts = [district.code for district in pack.districts(COUNTY)]
    own = observed[
        observed["area_code"].isin(districts)
        & observed["dimension"].str.startswith("local")
        & observed["indicator_id"].isin(["life_expectancy", "deaths_under_75", "year_6_obesity"])
    ]
    newest = own[own["period_end"] == own.groupby("indicator_id")["period_end"].transform("max")]
    assert newest.groupby("indicator_id")["area_code"].nunique().eq(10).all()
    assert newest["value"].notna().all()


def test_all_objectives_but_fair_treatment_have_indicators(pack):
    catalogue = load_catalogue()
    known = pack.indicators.loc[pack.indicators["catalogued"], "indicator_id"]
    assert {catalogue[name].objective for name in known} == set(catalogue.objectives) - {"G"}


def test_indicators_keep_the_catalogues_units(observed):
    catalogue = load_catalogue()
    units = observed.drop_duplicates("indicator_id").set_index("indicator_id")["unit"]
    assert {name: unit for name, unit in units.items() if name in catalogue} == {
        name: catalogue[name].unit for name in units.index if name in catalogue
    }


def test_there_is_an_indicator_the_catalogue_does_not_know(pack):
    assert (~pack.indicators["catalogued"]).sum() == 1


def test_series_are_at_least_five_periods_long(observed):
    local = [one.id for one in load_indicators() if one.described]
    periods = observed[~observed["indicator_id"].isin(local)]
    assert periods.groupby("indicator_id")["period"].nunique().min() >= 5


def test_upper_tier_figures_are_not_published_for_districts(observed):
    upper = [one.id for one in load_indicators() if one.level == "upper"]
    rows = observed[observed["indicator_id"].isin([*upper, "healthy_life_expectancy"])]
    assert not rows["area_code"].str.startswith("X07").any()
    assert COUNTY in set(rows["area_code"])


def test_counts_of_the_districts_add_up_to_the_county(pack, observed):
    districts = [district.code for district in pack.districts(COUNTY)]
    rows = observed[(observed["dimension"] == "") & observed["count"].notna()]
    key = ["indicator_id", "period", "sex"]
    parts = rows[rows["area_code"].isin(districts)].groupby(key)["count"].agg(["sum", "size"])
    whole = rows[rows["area_code"] == COUNTY].set_index(key)["count"]
    complete = parts[parts["size"] == len(districts)]["sum"]
    assert len(complete) > 100
    pd.testing.assert_series_equal(complete, whole[complete.index], check_names=False)


def test_an_affluent_district_has_nobody_in_the_most_deprived_fifth_of_the_country(observed):
    rows = observed[
        (observed["area_code"] == "X07000008")
        & (observed["dimension"] == "national_deprivation_quintile:demo2024")
        & (observed["subgroup_order"] == 1)
    ]
    assert set(rows["status"]) == {"not_applicable"}
    assert rows["value"].isna().all()


def test_small_areas_are_ranked_most_deprived_first(pack):
    frame = pack.table("small_areas")
    assert sorted(frame["rank"]) == list(range(1, len(frame) + 1))
    assert frame.loc[frame["rank"] == 1, "score"].item() == frame["score"].max()
    assert frame.groupby("decile")["rank"].max().is_monotonic_increasing


def test_a_renamed_area_answers_to_its_old_code(pack):
    assert pack.area("X07000090").name == "Millthorn"


def test_a_merged_area_names_its_successor(pack):
    with pytest.raises(UnknownArea, match="Wrenborough"):
        pack.area("X07000091")


def test_neighbours_are_other_areas_of_the_same_tier(pack):
    frame = pack.table("neighbours")
    assert (frame["area_code"] != frame["neighbour_code"]).all()
    assert not frame.duplicated(["area_code", "neighbour_code"]).any()
    of_county = pack.neighbours(COUNTY).codes
    assert len(of_county) == 15
    assert all(re.match("X10|X06", code) for code in of_county)


def test_deaths_by_cause_are_those_behind_the_published_rates(pack, observed):
    deaths = pack.table("deaths")
    rows = deaths[
        (deaths["area_code"] == COUNTY)
        & (deaths["period"] == "2022 - 24")
        & deaths["age_band"].map(lambda band: int(re.split(r"[-+]", band)[0]) < 75)
    ]
    by_fifth = rows.groupby("subgroup_order")["deaths"].sum()
    published = observed[
        (observed["area_code"] == COUNTY)
        & (observed["period"] == "2022 - 24")
        & (observed["indicator_id"] == "deaths_under_75")
        & observed["dimension"].str.startswith("local")
    ].set_index("subgroup_order")["count"]
    assert by_fifth.to_dict() == published.to_dict()


def test_spending_covers_the_county_alone(pack):
    spending = pack.table("spending")
    districts = {district.code for district in pack.districts(COUNTY)}
    assert set(spending["area_code"]) == districts
    assert (spending["spend"] > 0).all()


def test_the_demonstration_is_as_unequal_as_published_figures(country, groups):
    """Published for England around 2022-24: 79 and 83 years; deciles 10 and 8 years apart."""
    years = dict(pooled_periods(country))["2022 - 24"]
    all_of_it = groups[groups.totals & (groups.frame["area_type"] == "country").to_numpy()]
    assert true_life_expectancy(country, all_of_it, years)[0] == pytest.approx([79, 83], abs=0.5)
    tenths = true_life_expectancy(country, _tenths(groups), years)
    assert tenths[-1] - tenths[0] == pytest.approx([9.8, 7.9], abs=0.8)


def test_the_slope_of_the_pack_holds_its_truth(country, groups, observed):
    held = observed[
        observed["dimension"].str.startswith("national_deprivation_decile")
        & (observed["indicator_id"] == "life_expectancy")
    ]
    truth = true_life_expectancy(
        country, _tenths(groups), dict(pooled_periods(country))["2022 - 24"]
    )
    for sex, number in (("Male", 0), ("Female", 1)):
        rows = held[(held["sex"] == sex) & (held["period"] == "2022 - 24")]
        rows = rows.sort_values("subgroup_order")
        population = rows["denominator"].to_numpy()
        se = (rows["upper_ci"] - rows["lower_ci"]).to_numpy() / (2 * 1.959964)
        estimate = sii(rows["value"].to_numpy(), population, se=se)
        true = sii(truth[:, number], population).value
        assert estimate.lower < true < estimate.upper


def test_intervals_hold_the_truth_as_often_as_they_say(country, groups):
    years = dict(pooled_periods(country))["2022 - 24"]
    tenths = _tenths(groups)
    expected = tenths.sum(country.expected_deaths[years].sum(axis=(0, -1)))
    people = tenths.sum(country.population[years].sum(axis=0))
    truth = true_life_expectancy(country, tenths, years)
    drawn = np.random.default_rng(5).poisson(expected, size=(400, *expected.shape))
    estimate = life_expectancy(drawn, np.broadcast_to(people, drawn.shape), bands=BAND_START)
    holds = (estimate.lower < truth) & (truth < estimate.upper)
    assert holds.mean() == pytest.approx(0.95, abs=0.01)


def test_the_published_slope_is_that_of_the_areas_own_fifths(observed):
    rows = observed[
        (observed["area_code"] == COUNTY)
        & (observed["period"] == "2022 - 24")
        & (observed["sex"] == "Female")
    ]
    fifths = rows[
        rows["dimension"].str.startswith("local") & (rows["indicator_id"] == "life_expectancy")
    ].sort_values("subgroup_order")
    published = rows[rows["indicator_id"] == "life_expectancy_inequality"]["value"].item()
    slope = sii(fifths["value"].to_numpy(), fifths["denominator"].to_numpy())
    assert published == pytest.approx(float(slope.value))


def _tenths(groups):
    return groups[groups.by("national", 10)]


def test_a_page_of_the_fictional_county_never_names_the_real_country(demo_pack: Pack) -> None:
    assert "England" not in document_page(open_briefing(demo_pack, "X07000001"))


def test_counts_of_neighbourhoods_add_up_to_what_is_published_of_their_district(pack, observed):
    figures = pack.table("small_area_indicators_demo2024").merge(pack.table("small_areas"))
    for indicator in ("deaths_under_75", "children_relative_poverty"):
        rows = observed[(observed["indicator_id"] == indicator) & (observed["dimension"] == "")]
        newest = rows[rows["period_end"] == rows["period_end"].max()].set_index("area_code")
        added = figures.groupby("area_code")[f"{indicator}_count"].sum()
        assert added.equals(newest["count"].reindex(added.index).rename(added.name))
    of_all = figures[["deaths_under_75_count", "deaths_under_75_expected"]].sum()
    assert of_all.iloc[0] == pytest.approx(of_all.iloc[1])


def test_smoothed_figures_lie_nearer_the_demonstrations_truth_than_raw_ones(pack, country):
    *_, years = dict(pooled_periods(country)).values()
    truth = true_early_deaths(country, years)
    table = pack.table("small_area_indicators_demo2024")
    assert table["small_area_code"].tolist() == country.neighbourhoods["code"].tolist()
    count, of = (table[f"deaths_under_75_{part}"].to_numpy() for part in ("count", "expected"))
    raw_error, smoothed_error, held = [], [], []
    for _, at in country.neighbourhoods.groupby("area_code").indices.items():
        made = empirical_bayes(count[at], of[at], kind="rate", multiplier=100).estimate
        raw_error.append(((100 * count[at] / of[at] - truth[at]) ** 2).mean())
        smoothed_error.append(((made.value - truth[at]) ** 2).mean())
        held.append(((made.lower <= truth[at]) & (truth[at] <= made.upper)).mean())
    # By much, and nearly everywhere: of 35 authorities chance puts one or two the other way.
    assert (np.array(smoothed_error) < raw_error).sum() >= 33
    assert np.mean(smoothed_error) < 0.6 * np.mean(raw_error)
    assert 0.93 < np.mean(held) < 0.99
