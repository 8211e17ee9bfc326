"""What every briefing of a real authority keeps, and that the run files fit the real pack."""

import re
from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import pandas as pd
import pytest

from ineqlib.briefings.area.document import open_briefing
from ineqlib.document.page import document_page
from ineqlib.publish.area_selection import areas_of
from ineqlib.publish.plan import plan
from ineqlib.publish.run_file import read_run

from .page import AREAS, plain

pytestmark = [pytest.mark.real, pytest.mark.slow]

LARGEST = 1_200_000
HEAVIEST = {"E08000039": "Sheffield", "E06000047": "County Durham", "E06000054": "Wiltshire"}
"""Districts with the largest pages, besides those that are made here anyway."""

ATTRIBUTED = {
    "Public Health Profiles (Fingertips)": "© Crown copyright. Office for Health Improvement and "
    "Disparities.",
    "Explore Local Statistics": "Office for National Statistics",
    "Boundaries of neighbourhoods (LSOAs), 2021": "Contains OS data © Crown copyright and "
    "database right 2021",
    "Boundaries of local authority districts, 2024": "Contains OS data © Crown copyright and "
    "database right 2024",
    "English indices of deprivation 2025": "Ministry of Housing, Communities and Local Government",
    "National Child Measurement Programme": "NHS England",
    "Clusters and nearest neighbours of local authorities": "Office for National Statistics",
    "Extract of published indicators": "Contains public sector information",
}
LICENCE = re.compile(r"licensed under the Open Government Licence v\.?3\.0")


@pytest.mark.parametrize("code", AREAS)
def test_a_page_is_small_and_about_its_own_area(pages, code):
    page = pages[code]
    assert page.path.stat().st_size < LARGEST
    (heading,) = page.root.iterfind(".//h1")
    assert heading.text_content() == f"{AREAS[code]}: health inequalities briefing"
    assert set(re.findall(r'data-subject="([^"]*)"', page.text)) == {code}


@pytest.mark.parametrize("code", HEAVIEST)
def test_the_largest_pages_are_small(pack, code):
    page = document_page(open_briefing(pack, code))
    assert len(page.encode("utf-8")) < LARGEST


@pytest.mark.parametrize("code", AREAS)
def test_a_page_of_real_figures_is_not_called_fictional(pages, code):
    assert "fictional" not in pages[code].spoken.lower()
    assert "FICTIONAL" not in pages[code].text


@pytest.mark.parametrize("code", AREAS)
def test_a_page_credits_every_source(pages, pack, code):
    (table,) = pages[code].root.xpath('//table[contains(caption, "Sources of the data")]')
    rows = {
        plain(row.find("th").text_content()): plain(row.text_content())
        for row in table.xpath("./tbody/tr")
    }
    assert set(rows) == set(pack.sources["title"])
    for title, wording in ATTRIBUTED.items():
        assert wording in rows[title]
    assert [title for title, row in rows.items() if not LICENCE.search(row)] == []


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
        if text == "none":
            assert value == 0
            continue
        digits = re.search(r"[\d,]+(?:\.(\d+))?", text)
        decimals = len(digits[1] or "")
        exact = Decimal(repr(abs(value)))
        assert digits[0] == f"{exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP):,}"
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
    tenths = [int(row["Deprivation as a whole"]) for row in shown.values()]
    assert sorted(tenths) == sorted(expected[decile])
    share = 100 * (expected[decile] <= 2).mean()
    fact = pages[code].fact(id=f"share-most-deprived-fifth-{code.lower()}-iod2025")
    assert fact["text"] == f"{share:.0f}%"


def test_every_run_file_names_areas_of_the_pack(pack, repo):
    found = {
        path.stem: [area.name for area in areas_of(read_run(path).choice, pack)]
        for path in (repo / "params" / "runs").glob("*.yml")
        if read_run(path).pack.name == "england"
    }
    assert len(found.pop("hertfordshire")) == 10
    assert len(found.pop("england-districts")) == 296
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
    assert {"E07000243", "E06000010"} & {target.subject.code for target in planned.targets}
