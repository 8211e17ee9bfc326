"""Figures in finished briefings, each against the row its publisher wrote.

The expected side is read from the raw files with plain pandas and numpy; nothing of the package's
readers or measures is used for it.
"""

import base64
import io
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from lxml import html

from ineqlib.briefing.batch import plan, render_batch
from ineqlib.briefing.runs import Run, areas_of, read_run
from ineqlib.catalogue import load_catalogue

pytestmark = [pytest.mark.real, pytest.mark.slow]

DISTRICTS = {"E07000243": "Stevenage", "E07000240": "St Albans"}
"""Two of Hertfordshire's ten; St Albans has changed its code."""
SINGLE_TIER = {
    "E06000010": "Kingston upon Hull",
    "E09000012": "Hackney",
    "E08000012": "Liverpool",
    "E06000052": "Cornwall",
    "E06000045": "Southampton",
}
AREAS = DISTRICTS | SINGLE_TIER
SEXES = {"Male": "men", "Female": "women"}
COUNTY, ENGLAND = "E10000015", "E92000001"
LARGEST = 3_000_000

ATTRIBUTED = {
    "Public Health Profiles (Fingertips)": "© Crown copyright. Office for Health Improvement and "
    "Disparities.",
    "Explore Local Statistics": "Source: Office for National Statistics",
    "Boundaries, 2021": "Contains OS data © Crown copyright and database right 2021",
    "Boundaries, 2024": "Contains OS data © Crown copyright and database right 2024",
    "English indices of deprivation 2025": "Ministry of Housing, Communities and Local Government",
    "National Child Measurement Programme": "NHS England",
    "Clusters and nearest neighbours of local authorities": "Office for National Statistics",
    "Extract of published indicators": "Contains public sector information",
}
LICENCE = re.compile(r"licensed under the Open Government Licence v\.?3\.0")


@dataclass(frozen=True)
class Page:
    """A finished briefing, taken apart."""

    path: Path
    text: str

    @cached_property
    def root(self) -> html.HtmlElement:
        return html.document_fromstring(self.text)

    @cached_property
    def prose(self) -> list[tuple[str, float, str]]:
        """Every number of the text: id of its fact, its value, and what a reader sees."""
        return [
            (each.get("data-fact"), float(each.get("value")), each.text_content())
            for each in self.root.iterfind(".//data[@data-fact]")
        ]

    def shown(self, fact: str) -> list[str]:
        """What a reader sees of one fact: the figure, then its limits, as often as it is said."""
        return [text for each, _, text in self.prose if each == fact]

    @cached_property
    def facts(self) -> pd.DataFrame:
        """The figures the reader can download."""
        (link,) = self.root.xpath('//a[@class="download"]/@href')
        content = base64.b64decode(link.partition(";base64,")[2]).decode("utf-8-sig")
        return pd.read_csv(io.StringIO(content), dtype={"rows": str}, keep_default_na=False)

    @property
    def spoken(self) -> str:
        """The words of the page, without scripts and drawings."""
        return _plain(" ".join(self.root.xpath("//main//text()[not(ancestor::svg)]")))

    def figures(self, *, starting: str) -> list[str]:
        return [name for name in self.root.xpath("//figure/@id") if name.startswith(starting)]

    def table(self, figure: str) -> dict[str, dict[str, str]]:
        """The table twin of a figure: row name -> column -> cell."""
        (table,) = self.root.xpath(f'//figure[@id="{figure}"]//table')
        names = [_plain(cell.text_content()) for cell in table.xpath("./thead/tr/th")]
        rows = [
            [_plain(cell.text_content()) for cell in row.xpath("./th|./td")]
            for row in table.xpath("./tbody/tr")
        ]
        return {row[0]: dict(zip(names, row, strict=True)) for row in rows}

    def fact(self, **columns: str) -> pd.Series:
        """The one fact with these columns."""
        found = self.facts
        for name, value in columns.items():
            found = found[found[name] == value]
        assert len(found) == 1, f"{len(found)} facts with {columns}"
        return found.iloc[0]


def _named(indicator: str, sex: str = "") -> str:
    """What the page calls an indicator."""
    name = load_catalogue()[indicator].public_name
    return f"{name}, {SEXES[sex]}" if sex else name


def _plain(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture(scope="module")
def pages(pack, repo, tmp_path_factory) -> dict[str, Page]:
    run = Run(
        title="Seven authorities",
        notebook=repo / "notebooks" / "area_briefing.ipynb",
        pack=pack.path,
        out=tmp_path_factory.mktemp("briefings"),
        areas=tuple(AREAS),
    )
    batch = render_batch(plan(run))
    assert [(each.area.code, each.reason) for each in batch.failed] == []
    made = {}
    for code in AREAS:
        (path,) = run.out.glob(f"{code.lower()}-*.html")
        made[code] = Page(path, path.read_text(encoding="utf-8"))
    return made


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
    found = pages[code].root.xpath('//section[@class="headline"]//li')
    (line,) = [each for each in found if _named("life_expectancy", sex) in each.text_content()]
    shown = [element.text_content() for element in line.iterfind(".//data")]
    assert shown == [expected[code], expected[ENGLAND]]
    assert "in 2023 to 2025" in _plain(line.text_content())


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
    glance = pages[code].table("at-a-glance")[_named("year_6_obesity")]
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
    row = pages[code].table("at-a-glance")[_named("smoking_adults_5_years")]
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
            assert row[f"{column}: 95% interval"] == _limits(expected)


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
        _plain(item.text_content())
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
    fact = pages[code].fact(
        area_code=code,
        indicator_id="life_expectancy",
        sex=sex,
        unit="years",
        subgroup="",
        period="2014 to 2016",
    )
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
        assert page.table("at-a-glance")[_named("life_expectancy", sex)]["County"] == "[x]"
    county = page.facts[page.facts["area_code"] == COUNTY]
    assert "life_expectancy" not in set(county["indicator_id"])
    assert "life_expectancy_inequality" not in set(county["indicator_id"])
    (note,) = [
        _plain(item.text_content())
        for item in page.root.iterfind(".//li")
        if "Hertfordshire (county) has no figure in the pack" in item.text_content()
    ]
    assert "for the same period" in note
    for sex in SEXES:
        assert _named("life_expectancy", sex) in note


@pytest.mark.parametrize("code", SINGLE_TIER)
def test_a_single_tier_page_has_no_county(pages, code):
    page = pages[code]
    assert {row["County"] for row in page.table("at-a-glance").values()} == {"[z]"}
    assert not page.facts["area_code"].str.startswith("E10").any()


@pytest.mark.parametrize("code", AREAS)
def test_a_page_is_small_and_about_its_own_area(pages, code):
    page = pages[code]
    assert page.path.stat().st_size < LARGEST
    (heading,) = page.root.iterfind(".//h1")
    assert heading.text_content() == f"{AREAS[code]}: health inequalities briefing"
    (headline,) = page.root.xpath('//section[contains(@class, "headline")]')
    assert headline.get("data-area-code") == code
    assert headline.get("data-area-name") == AREAS[code]
    assert set(re.findall(r'data-area-code="([^"]*)"', page.text)) == {code}


@pytest.mark.parametrize("code", AREAS)
def test_a_page_of_real_figures_is_not_called_fictional(pages, code):
    assert "fictional" not in pages[code].spoken.lower()
    assert "FICTIONAL" not in pages[code].text


@pytest.mark.parametrize("code", AREAS)
def test_a_page_credits_every_source(pages, pack, code):
    (table,) = pages[code].root.xpath('//table[contains(caption, "Sources of the data")]')
    rows = {
        _plain(row.find("th").text_content()): _plain(row.text_content())
        for row in table.xpath("./tbody/tr")
    }
    assert set(rows) == set(pack.sources["title"])
    for title, wording in ATTRIBUTED.items():
        assert wording in rows[title]
    assert all(LICENCE.search(row) for row in rows.values() if "indices of" not in row)
    assert all("Open Government Licence" in row for row in rows.values())


@pytest.mark.parametrize("code", AREAS)
def test_the_facts_file_leads_back_to_the_pack(pages, pack, code):
    page = pages[code]
    facts = page.facts
    assert facts["id"].is_unique
    assert {fact for fact, _, _ in page.prose} <= set(facts["id"])
    held = pack.observations().set_index("row")
    rows = facts["rows"].str.lstrip("'").str.split()
    assert {int(row) for each in rows for row in each} <= set(held.index)
    published = facts[facts["method"] == "published"]
    assert len(published) > 50
    behind = held.loc[[int(row) for row in published["rows"]]]
    assert published["area_code"].tolist() == behind["area_code"].tolist()
    assert published["indicator_id"].tolist() == behind["indicator_id"].tolist()
    assert np.array_equal(published["value"].astype(float), behind["value"])
    for name in ("lower_ci", "upper_ci"):
        shown = pd.to_numeric(published[name], errors="coerce").to_numpy()
        assert np.array_equal(shown, behind[name].to_numpy(), equal_nan=True)


@pytest.mark.parametrize("code", AREAS)
def test_a_number_in_the_text_is_its_fact_or_a_limit_of_it_rounded(pages, code):
    page = pages[code]
    columns = ["value", "lower_ci", "upper_ci"]
    facts = page.facts.set_index("id")[columns].apply(pd.to_numeric, errors="coerce")
    for fact, value, text in page.prose:
        known = facts.loc[fact].abs()
        assert (known - abs(value)).abs().min() <= 1e-9 * max(1.0, abs(value))
        digits = re.search(r"[\d,]+(?:\.(\d+))?", text)
        decimals = len(digits[1] or "")
        assert digits[0] == f"{abs(value):,.{decimals}f}"
    assert len(page.prose) > 50


@pytest.mark.parametrize("code", AREAS)
def test_the_map_has_every_neighbourhood_of_the_area_and_no_other(pages, real_data, code):
    path = real_data / "imd" / "iod2025_lsoa21_scores_ranks_deciles_england.csv.gz"
    raw = pd.read_csv(path)
    (authority,) = [
        name for name in raw.columns if name.startswith("Local Authority District code")
    ]
    (decile,) = [
        name
        for name in raw.columns
        if name.startswith("Index of Multiple Deprivation (IMD) Decile")
    ]
    expected = raw[raw[authority] == code]
    shown = pages[code].table("neighbourhood-map")
    counts = [int(row["Number of neighbourhoods"]) for row in shown.values()]
    assert counts == [int((expected[decile] == tenth).sum()) for tenth in range(1, 11)]
    share = 100 * (expected[decile] <= 2).mean()
    fact = pages[code].fact(id=f"share-most-deprived-fifth-{code.lower()}-iod2025")
    assert fact["text"] == f"{share:.0f}%"


def test_every_run_file_names_areas_of_the_pack(pack, repo):
    found = {
        path.stem: [area.name for area in areas_of(read_run(path), pack)]
        for path in (repo / "params" / "runs").glob("*.yml")
        if path.stem != "demo"
    }
    assert len(found.pop("hertfordshire")) == 10
    assert found == {
        "cornwall": ["Cornwall"],
        "hackney": ["Hackney"],
        "hull": ["Kingston upon Hull"],
        "liverpool": ["Liverpool"],
        "manchester": ["Manchester"],
        "southampton": ["Southampton"],
        "st-helens": ["St. Helens"],
        "walsall": ["Walsall"],
    }


@pytest.mark.parametrize("name", ["hertfordshire", "hull"])
def test_a_run_file_can_be_planned_with_the_pack(pack, repo, tmp_path, name):
    planned = plan(repo / "params" / "runs" / f"{name}.yml", pack=pack.path, out=tmp_path)
    assert {"E07000243", "E06000010"} & {area.code for area in planned.areas}
