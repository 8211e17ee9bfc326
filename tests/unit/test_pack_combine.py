"""A pack with areas of one's own: asked like any other, added up exactly, refused in words."""

import numpy as np
import pandas as pd
import pytest

from ineqlib.briefings.area.document import open_briefing
from ineqlib.catalogue import load_catalogue
from ineqlib.document.blocks import sentences
from ineqlib.errors import OutputError, ParameterError
from ineqlib.geography.by_age import AgeTables
from ineqlib.geography.combine import Combiner, Target
from ineqlib.geography.parts import SERIES
from ineqlib.pack import Pack
from ineqlib.pack.combine import combine
from ineqlib.publish.area_selection import AreaChoice, areas_of

COUNTY, WHOLE = "X10000001", "X07000001"
NORTH = "[Hollinscar, Larkstead, Millthorn, Netherwold, Pellwater]"


@pytest.fixture(scope="module")
def own(demo_pack, tmp_path_factory) -> Pack:
    folder = tmp_path_factory.mktemp("own")
    rows = demo_pack.small_areas(WHOLE)
    some = demo_pack.small_areas("X07000002")["small_area_code"].tolist()[:12]
    (folder / "areas.yml").write_text(
        f"""
        areas:
          - id: X-NORTH
            name: North Wendlemere
            type: proposed unitary
            option: Two
            parent: Wendlemere
            districts: {NORTH}
          - {{id: X-SAME, name: Same ground, lsoas: {rows["small_area_code"].tolist()}}}
          - {{id: X-TOWN, name: Some town, type: town, lsoas: {some}}}
        """,
        encoding="utf-8",
    )
    return combine(demo_pack, folder / "areas.yml", folder / "pack", title="Options")


def test_all_districts_together_are_the_county_to_the_last_digit(demo_pack):
    rows = demo_pack.observations().drop(columns="row")
    ages = AgeTables.of(demo_pack.table("deaths"), demo_pack.table("populations"))
    districts = [area.code for area in demo_pack.districts(COUNTY)]
    made = Combiner(rows, load_catalogue(), ages).combine(Target("X-C", "C", "own", [districts]))
    both = made.rows[made.rows["value"].notna()].merge(
        rows[rows["area_code"] == COUNTY], on=list(SERIES), suffixes=("", "_county")
    )
    kinds = both.groupby("indicator_id").size()
    assert {"life_expectancy", "deaths_under_75", "suicide", "smoking_adults"} <= set(kinds.index)
    assert len(both) > 120
    for name in ("value", "count", "denominator", "lower_ci", "upper_ci"):
        ours, published = both[name].to_numpy(), both[f"{name}_county"].to_numpy()
        known = ~np.isnan(ours)
        np.testing.assert_allclose(ours[known], published[known], rtol=1e-9)
        assert known.sum() > 100
    # What one district withholds is withheld of the whole, whoever could subtract.
    hidden = rows[rows["status"].eq("suppressed") & rows["area_code"].isin(districts)]
    keys = set(map(tuple, hidden[list(SERIES)].astype(str).to_numpy()))
    assert keys.isdisjoint(map(tuple, both[list(SERIES)].astype(str).to_numpy()))


def test_all_neighbourhoods_of_a_district_are_that_district(demo_pack, own):
    numbers = [*SERIES, "value", "count", "denominator", "lower_ci", "upper_ci", "status"]
    ours = own.observations(area="X-SAME")[numbers].sort_values([*SERIES], ignore_index=True)
    published = own.observations(area=WHOLE)[numbers].sort_values([*SERIES], ignore_index=True)
    pd.testing.assert_frame_equal(ours, published)
    profile = [
        own.small_areas(code)["decile"].value_counts().sort_index() for code in ("X-SAME", WHOLE)
    ]
    pd.testing.assert_series_equal(*profile)
    summary = own.area_deprivation().set_index("area_code")
    assert summary.loc["X-SAME"].to_dict() == summary.loc[WHOLE].to_dict()
    assert (
        own.population("X-SAME")["population"].item()
        == demo_pack.population(WHOLE)["population"].item()
    )


def test_an_own_area_is_found_and_chosen_like_any_other(own):
    area = own.area("North Wendlemere")
    assert (area.code, area.area_type, area.parent_code) == ("X-NORTH", "own", COUNTY)
    assert (area.region_code, area.country_code) == ("X12000002", "X92000001")
    assert [district.name for district in own.districts("X-NORTH")] == NORTH[1:-1].split(", ")
    assert own.parts("X-NORTH")["option"].unique().tolist() == ["Two"]
    assert own.parts(WHOLE).empty
    chosen = areas_of(AreaChoice(areas=("X-TOWN", "north wendlemere")), own)
    assert [area.code for area in chosen] == ["X-TOWN", "X-NORTH"]
    # The others are as they were: nobody counts the people of a proposal twice.
    assert "X-NORTH" not in own.current("districts")["area_code"].tolist()
    assert len(own.districts(COUNTY)) == 10


def test_deprivation_of_a_town_is_of_its_neighbourhoods_weighted_by_people(own):
    rows = own.small_areas("X-TOWN")
    assert len(rows) == 12
    summary = own.area_deprivation().set_index("area_code").loc["X-TOWN"]
    expected = np.average(rows["score"], weights=rows["population"])
    assert summary["average_score"] == pytest.approx(expected)
    assert summary["share_most_deprived"] == (rows["decile"] == 1).mean()
    assert own.population("X-TOWN")["population"].item() == rows["population"].sum()


def test_outlines_are_joined_without_gaps_or_overlaps(own):
    (outline,) = own.boundaries("own", ["X-NORTH"]).geometry
    districts = [area.code for area in own.districts("X-NORTH")]
    parts = own.boundaries("lad", districts).geometry.area.sum()
    assert outline.geom_type == "Polygon"
    assert outline.area == pytest.approx(parts, rel=1e-4)


def test_the_briefing_says_who_made_the_figures_and_what_could_not_be_made(own):
    document = open_briefing(own, "X-NORTH")
    added = [fact for fact in document.facts.values() if fact.method == "added up by ineqlib"]
    assert added
    assert {fact.area_code for fact in added} == {"X-NORTH"}
    words = {
        name: " ".join(sentence.text for sentence in sentences(document.section(name).blocks))
        for name in ("uncertain", "missing", "methods", "publishers_notes")
    }
    assert "made of Hollinscar, Larkstead, Millthorn, Netherwold, Pellwater" in words["uncertain"]
    assert "no publisher stands behind them" in words["methods"]
    assert "a median cannot be made from medians" in words["missing"]
    assert "Added up by ineqlib from" in words["methods"]
    assert "Added up by ineqlib from" not in words["publishers_notes"]


def test_what_was_refused_is_kept_and_told(own):
    refused = own.table("own_area_refusals")
    of_north = refused[refused["area_code"] == "X-NORTH"].set_index("indicator_id")["reason"]
    assert of_north["weekly_pay"] == "a median cannot be made from medians"
    assert (refused["area_code"] != "X-SAME").all()
    told = "\n".join(own.meta.remarks)
    assert "North Wendlemere (X-NORTH), made of Hollinscar, Larkstead" in told
    assert "1 indicator not added up: a median cannot be made from medians" in told


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{id: X-A, name: A, districts: [Pelwater]}", "Did you mean 'Pellwater'"),
        ("{id: X-A, name: A, districts: [West Wren]}", "is no more; it is now X06000014"),
        ("{id: X-A, name: Pellwater, districts: [Millthorn]}", "the name of another area"),
    ],
)
def test_what_no_pack_can_be_made_of_leaves_none(demo_pack, tmp_path, text, said):
    (tmp_path / "areas.yml").write_text(f"areas: [{text}]", encoding="utf-8")
    with pytest.raises(ParameterError) as refused:
        combine(demo_pack, tmp_path / "areas.yml", tmp_path / "pack")
    assert said in str(refused.value)
    assert not (tmp_path / "pack").exists()


def test_a_pack_is_not_made_over_itself(demo_pack, tmp_path):
    (tmp_path / "areas.yml").write_text("successors: true", encoding="utf-8")
    with pytest.raises(OutputError, match="Choose another folder"):
        combine(demo_pack, tmp_path / "areas.yml", demo_pack.path)
