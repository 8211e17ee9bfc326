"""A pack of few areas: how far areas usually lie apart is unknown, which is not "no difference"."""

import pytest

from ineqlib.briefings.area.document import open_briefing
from ineqlib.briefings.county_profile.document import open_county_profile
from ineqlib.document.blocks import sentences
from ineqlib.document.model import Document, Section
from ineqlib.pack import Pack, open_pack
from ineqlib.pack.build import build

UNSIZED = "The figures are of too few areas to say how far areas usually lie apart"
SMOKING = {"Wy": 30.0, "Ashcombe": 16.0, "Dean": 15.0}


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    """Three districts, of which one has twice the country's figure in every year."""
    folder = tmp_path_factory.mktemp("few")
    (folder / "downloads").mkdir()
    places = {f"E0700090{n}": name for n, name in enumerate(SMOKING)} | {"E92000001": "England"}
    rows = ["area_code,area_name,indicator,period,value,lower_ci,upper_ci"]
    for code, name in places.items():
        value = SMOKING.get(name, 15.0)
        rows += [
            f"{code},{name},smoking_adults,{year},{value},{value - 1},{value + 1}"
            for year in range(2018, 2024)
        ]
    (folder / "downloads" / "own.csv").write_text("\n".join(rows), encoding="utf-8")
    lookup = ["LAD24CD,LAD24NM,CTYUA24CD,CTYUA24NM,RGN24CD,RGN24NM"]
    lookup += [
        f"{code},{name},E10000091,Wyeshire,E12000019,West"
        for code, name in places.items()
        if name != "England"
    ]
    (folder / "downloads" / "lookup.csv").write_text("\n".join(lookup), encoding="utf-8")
    build(folder / "downloads", folder / "pack", title="Few")
    return open_pack(folder / "pack")


def said(section: Section) -> str:
    lead = section.lead.text if section.lead else ""
    return " ".join([lead, *(words.text for words in sentences(section.blocks))])


def everything(document: Document) -> str:
    return " ".join(said(section) for section in document.sections)


def test_twice_the_countrys_figure_is_not_denied(few: Pack) -> None:
    briefing = open_briefing(few, "Wy")
    assert UNSIZED in said(briefing.section("summary"))
    assert UNSIZED in said(briefing.section("objectives"))
    assert "No recent figure of Wy differs" not in everything(briefing)
    assert "No figure differs" not in everything(briefing)


def test_an_area_like_the_country_is_told_that_it_is(few: Pack) -> None:
    assert "No recent figure of Dean differs" in said(open_briefing(few, "Dean").section("summary"))


def test_nor_is_it_where_districts_stand_side_by_side(few: Pack) -> None:
    profile = open_county_profile(few, "Wyeshire")
    assert UNSIZED in said(profile.section("answer"))
    assert UNSIZED in said(profile.section("figures"))
    assert "No figure of any district" not in everything(profile)
