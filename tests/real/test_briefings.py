"""Figures in finished briefings, each against the row its publisher wrote.

The expected side is read from the raw files with plain pandas and numpy; nothing of the package's
readers or measures is used for it.
"""

import numpy as np
import pandas as pd
import pytest

from .page import AREAS, COUNTY, DISTRICTS, ENGLAND, SEXES, SINGLE_TIER, named, plain

pytestmark = [pytest.mark.real, pytest.mark.slow]


@pytest.fixture(scope="module")
def themes(real_data):
    """Read one of the extracts of Fingertips: area, period, group and value as they stand."""

    def read(name: str, indicator: str) -> pd.DataFrame:
        path = real_data / "fingertips_derived" / "trafford_themes" / f"{name}.csv.gz"
        rows = pd.read_csv(path, dtype=str, keep_default_na=False)
        return rows[(rows["indicator"] == indicator) & (rows["value"] != "NA")]

    return read


@pytest.fixture(scope="module")
def explore(real_data):
    """Read one file of Explore Local Statistics as it stands."""

    def read(name: str) -> pd.DataFrame:
        path = real_data / "ons_els" / f"{name}.csv.gz"
        return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")

    return read


@pytest.fixture(scope="module")
def deciles(real_data) -> pd.DataFrame:
    path = real_data / "phe_methods_reference" / "LE_by_la_decile_sex.csv.gz"
    rows = pd.read_csv(path)
    return rows.sort_values(["GeoCode", "Sex", "Decile"])


def _value(rows: pd.DataFrame, code: str, period: str) -> float:
    found = rows[(rows["area_code"] == code) & (rows["period"] == period)]
    (value,) = found["value"].unique()
    return float(value)


def _limits(row: pd.Series) -> str:
    return f"{float(row['lci_95']):.1f} to {float(row['uci_95']):.1f}"


@pytest.mark.parametrize("code", AREAS)
@pytest.mark.parametrize("sex", SEXES)
def test_life_expectancy_stands_beside_england_s_in_every_period(pages, themes, code, sex):
    raw = themes("life_expectancy", "Life expectancy at birth")
    raw = raw[raw["inequality"] == sex]
    shown = pages[code].table(f"trend-life-expectancy-{sex.lower()}")
    periods = set(raw.loc[raw["area_code"] == code, "period"])
    assert {"2015 - 17", "2023 - 25"} <= periods
    assert set(shown) == {_written(period) for period in periods}
    for period in periods:
        row = shown[_written(period)]
        assert row[AREAS[code]] == f"{_value(raw, code, period):.1f} years"
        assert row["England"] == f"{_value(raw, ENGLAND, period):.1f} years"


def _written(period: str) -> str:
    """``2023 - 25`` as the page writes it."""
    start, _, end = period.partition(" - ")
    return f"{start} to {start[:2]}{end}"


@pytest.mark.parametrize("code", AREAS)
@pytest.mark.parametrize("sex", SEXES)
def test_the_headline_is_the_newest_life_expectancy(pages, themes, code, sex):
    raw = themes("life_expectancy", "Life expectancy at birth")
    raw = raw[raw["inequality"] == sex]
    expected = {place: f"{_value(raw, place, '2023 - 25'):.1f} years" for place in (code, ENGLAND)}
    found = pages[code].root.xpath('//section[@data-section="headline"]//li')
    (line,) = [each for each in found if named("life_expectancy", sex) in each.text_content()]
    shown = [element.text_content() for element in line.iterfind(".//data")]
    assert shown == [expected[code], expected[ENGLAND]]
    assert "in 2023 to 2025" in plain(line.text_content())


@pytest.mark.parametrize("code", AREAS)
@pytest.mark.parametrize("sex", SEXES)
def test_the_published_slope_index_is_in_the_headline(pages, themes, code, sex):
    raw = themes("inequality_life_expectancy", "Inequality in life expectancy at birth")
    raw = raw[raw["inequality"] == sex]
    newest = max(raw.loc[raw["area_code"] == code, "period"])
    shown = pages[code].table(f"trend-life-expectancy-inequality-{sex.lower()}")
    found = pages[code].fact(
        indicator_id="life_expectancy_inequality",
        area_code=code,
        sex=sex,
        period=_written(newest),
        method="published",
    )
    expected = f"{_value(raw, code, newest):.1f} years"
    assert found["text"] == expected == pages[code].shown(found["id"])[0]
    assert shown[_written(newest)][AREAS[code]] == expected
    assert shown[_written(newest)]["England"] == f"{_value(raw, ENGLAND, newest):.1f} years"


@pytest.mark.parametrize("code", AREAS)
def test_year_6_obesity_stands_beside_england_and_the_county(pages, themes, code):
    raw = themes("obese_year6", "Year 6 prevalence of obesity (including severe obesity)")
    raw = raw[raw["inequality"].isin(["NA", ""])]
    places = {code: AREAS[code], ENGLAND: "England"}
    places |= {COUNTY: "Hertfordshire"} if code in DISTRICTS else {}
    shown = pages[code].table("trend-year-6-obesity-persons")
    for place, column in places.items():
        own = raw[raw["area_code"] == place]
        assert {"2023/24", "2024/25"} <= set(own["period"])
        for period, value in zip(own["period"], own["value"], strict=True):
            assert shown[period][column] == f"{float(value):.1f}%"
    glance = pages[code].glance[named("year_6_obesity")]
    assert glance["Period"] == "2024/25"
    assert glance[AREAS[code]] == f"{_value(raw, code, '2024/25'):.1f}%"
    assert glance["England"] == f"{_value(raw, ENGLAND, '2024/25'):.1f}%"
    county = f"{_value(raw, COUNTY, '2024/25'):.1f}%" if code in DISTRICTS else "[z]"
    assert glance["County"] == county


@pytest.mark.parametrize("code", AREAS)
def test_smoking_is_the_survey_s_newest_year(pages, themes, code):
    name = "Smoking Prevalence in adults (aged 18 and over) - current smokers (APS)"
    raw = themes("adults_smoking", name)
    shown = pages[code].table("trend-smoking-adults-persons")
    for period in ("2023", "2024"):
        assert shown[period][AREAS[code]] == f"{_value(raw, code, period):.1f}%"
        assert shown[period]["England"] == f"{_value(raw, ENGLAND, period):.1f}%"


@pytest.mark.parametrize("code", AREAS)
def test_smoking_over_five_years_has_its_published_limits(pages, explore, code):
    raw = explore("cigarette-smokers")
    raw = raw[raw["period"] == "2020-01-01/P5Y"].set_index("areacd")
    row = pages[code].glance[named("smoking_adults_5_years")]
    assert row["Period"] == "2020 to 2024"
    assert row[AREAS[code]] == f"{float(raw.loc[code, 'observation']):.1f}%"
    assert row["95% interval"] == _limits(raw.loc[code])
    assert row["England"] == f"{float(raw.loc[ENGLAND, 'observation']):.1f}%"


@pytest.fixture(scope="module")
def healthy(explore):
    rows = explore("healthy-life-expectancy")
    rows["sex"] = rows["indicator"].str.partition(" ")[0]
    return rows[rows["period"].str.endswith("/P3Y") & (rows["observation"] != "")]


@pytest.mark.parametrize("code", SINGLE_TIER)
@pytest.mark.parametrize("sex", SEXES)
def test_healthy_life_expectancy_has_its_published_limits(pages, healthy, code, sex):
    raw = healthy[healthy["sex"] == sex].set_index(["areacd", "period"])
    shown = pages[code].table(f"trend-healthy-life-expectancy-{sex.lower()}")
    assert len(shown) == 12
    for start in range(2011, 2023):
        row = shown[f"{start} to {start + 2}"]
        for place, column in {code: AREAS[code], ENGLAND: "England"}.items():
            expected = raw.loc[(place, f"{start}-01-01/P3Y")]
            assert row[column] == f"{float(expected['observation']):.1f} years"
            if place == code:  # the table has the intervals of the area alone
                assert row["95% interval"] == _limits(expected)


@pytest.mark.parametrize("code", DISTRICTS)
@pytest.mark.parametrize("sex", SEXES)
def test_a_district_s_page_gives_the_county_s_healthy_life_expectancy_as_the_county_s(
    pages, healthy, code, sex
):
    page = pages[code]
    raw = healthy[(healthy["sex"] == sex) & (healthy["areacd"] == COUNTY)]
    raw = raw.set_index("period").loc["2022-01-01/P3Y"]
    fact = page.fact(indicator_id="healthy_life_expectancy", area_code=COUNTY, sex=sex)
    assert fact["period"] == "2022 to 2024"
    assert page.shown(fact["id"])[0] == f"{float(raw['observation']):.1f} years"
    (line,) = [
        plain(item.text_content())
        for item in page.root.iterfind(".//li")
        if any(each.get("data-fact") == fact["id"] for each in item.iterfind(".//data"))
    ]
    assert f"Hertfordshire {page.shown(fact['id'])[0]}" in line
    assert page.figures(starting="trend-healthy-life-expectancy") == []
    of_indicator = page.facts[page.facts["indicator_id"] == "healthy_life_expectancy"]
    assert code not in set(of_indicator["area_code"])


@pytest.mark.parametrize("code", AREAS)
@pytest.mark.parametrize(("number", "sex"), [(1, "Male"), (2, "Female")])
def test_the_slope_index_is_that_of_an_independent_least_squares(pages, deciles, code, number, sex):
    codes = {"E07000243": ["E07000243", "E07000101"], "E07000240": ["E07000240", "E07000100"]}
    rows = deciles[deciles["GeoCode"].isin(codes.get(code, [code])) & (deciles["Sex"] == number)]
    assert rows["Decile"].tolist() == list(range(1, 11))
    slope, error = _slope(rows)
    name = f"sii-life-expectancy-{code.lower()}-{sex.lower()}-10-groups-2014-to-2016"
    fact = pages[code].fact(id=name)
    assert fact["method"].startswith("SII across 10 groups")
    assert float(fact["value"]) == pytest.approx(slope, abs=1e-9)
    assert float(fact["lower_ci"]) == pytest.approx(slope - 1.959964 * error, abs=1e-5)
    assert float(fact["upper_ci"]) == pytest.approx(slope + 1.959964 * error, abs=1e-5)
    assert fact["text"] == f"{slope:.1f} years".replace("-", "−")
    assert pages[code].shown(fact["id"])[0] == f"{abs(slope):.1f} years" or abs(slope) < error


def _slope(rows: pd.DataFrame) -> tuple[float, float]:
    """Slope on cumulative rank, weighted by population, and its standard error from the groups'."""
    share = (rows["Pop"] / rows["Pop"].sum()).to_numpy()
    rank = np.cumsum(share) - share / 2
    weight = np.sqrt(share)
    design = weight[:, None] * np.column_stack([np.ones_like(rank), rank])
    value = weight * rows["LifeExp"].to_numpy()
    slope = np.linalg.lstsq(design, value, rcond=None)[0][1]
    # The slope is a fixed sum of the groups' values, so its error is known from theirs.
    parts = np.linalg.lstsq(design, np.diag(weight), rcond=None)[0][1]
    return float(slope), float(np.sqrt(((parts * rows["SE"].to_numpy()) ** 2).sum()))


@pytest.mark.parametrize("code", DISTRICTS)
def test_the_county_has_no_life_expectancy_and_the_page_says_so(pages, code):
    page = pages[code]
    for sex in SEXES:
        columns = next(iter(page.table(f"trend-life-expectancy-{sex.lower()}").values()))
        assert not [name for name in columns if "Hertfordshire" in name]
        assert page.glance[named("life_expectancy", sex)]["County"] == "[x]"
    county = page.facts[page.facts["area_code"] == COUNTY]
    assert "life_expectancy" not in set(county["indicator_id"])
    assert "life_expectancy_inequality" not in set(county["indicator_id"])
    (note,) = [
        plain(item.text_content())
        for item in page.root.iterfind(".//li")
        if "the pack has none of Hertfordshire (county) in the same period" in item.text_content()
    ]
    for sex in SEXES:
        assert named("life_expectancy", sex) in note


@pytest.mark.parametrize("code", SINGLE_TIER)
def test_a_single_tier_page_has_no_county(pages, code):
    page = pages[code]
    assert {row["County"] for row in page.glance.values()} == {"[z]"}
    assert not page.facts["area_code"].str.startswith("E10").any()
