"""What a pack is asked by name: values it lacks, kinds of areas, people, and where it is."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

from ineqlib.areas import area_type
from ineqlib.errors import PackError, ParameterError, UnknownArea
from ineqlib.pack import Pack, open_pack, write_pack

from .test_pack import META, tables


def test_a_sex_that_does_not_exist_is_refused_with_those_that_do(demo_pack: Pack) -> None:
    with pytest.raises(ParameterError, match=r"no figures with sex 'person'.*'Female', 'Male', 'P"):
        demo_pack.observations("life_expectancy", sex="person")
    with pytest.raises(ParameterError, match=r"no figures with dimension 'ethnicity'"):
        demo_pack.observations("life_expectancy", dimension="ethnicity")


def test_capitals_do_not_matter(demo_pack: Pack) -> None:
    one, other = (demo_pack.observations("smoking_adults", sex=s) for s in ("persons", "Persons"))
    assert len(one) == len(other) > 0


def test_current_areas_are_those_that_have_not_ended(demo_pack: Pack) -> None:
    table = demo_pack.areas
    current = table[(table["area_type"] == "lad") & ~table["ended"]]
    districts = demo_pack.current("Districts")
    assert set(districts["area_code"]) == set(current["area_code"])
    assert len(districts) < (table["area_type"] == "lad").sum()
    region = demo_pack.current("districts", within="Mid Lindermark")
    assert set(region["region_code"]) == {demo_pack.area("Mid Lindermark").code}
    with pytest.raises(ParameterError, match=r"no type of area 'distrits'.*'districts'"):
        demo_pack.current("distrits")
    with pytest.raises(ParameterError, match=r"has none.*country, lad, region, utla"):
        demo_pack.current("wards")


def test_people_are_those_of_the_neighbourhoods(demo_pack: Pack) -> None:
    small = demo_pack.table("small_areas")
    people = demo_pack.population().set_index("area_code")["population"]
    assert people.to_dict() == small.groupby("area_code")["population"].sum().to_dict()
    county = demo_pack.population("Wendlemere")["population"].item()
    districts = [area.code for area in demo_pack.districts("Wendlemere")]
    assert county == people[districts].sum()


@pytest.fixture(scope="module")
def named_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pack whose areas are called as some of England are."""
    names = {
        "E06000010": "Kingston upon Hull",
        "E08000029": "Solihull",
        "E08000013": "St. Helens",
        "E08000021": "Newcastle upon Tyne",
        "E07000195": "Newcastle-under-Lyme",
        "E07000240": "St Albans",
        "E07000242": "East Hertfordshire",
        "E10000015": "Hertfordshire",
    }
    areas = pd.DataFrame({"area_code": list(names), "area_name": list(names.values())})
    areas = areas.assign(
        area_type=areas["area_code"].map(area_type),
        parent_code="",
        region_code="",
        country_code="",
        ended=False,
        successors="",
        renamed_from="",
    )
    folder = tmp_path_factory.mktemp("written") / "named"
    write_pack(folder, {**tables(), "areas": areas}, META)
    return folder


@pytest.fixture
def named(named_once: Path, tmp_path: Path) -> Pack:
    """A copy that the test may move."""
    return open_pack(shutil.copytree(named_once, tmp_path / "named"))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Hull", "Kingston upon Hull"),
        ("hull", "Kingston upon Hull"),
        ("St Helens", "St. Helens"),
        ("Hertfordshire", "Hertfordshire"),
        ("upon Tyne", "Newcastle upon Tyne"),
    ],
)
def test_words_of_one_name_alone_are_enough(named: Pack, text: str, name: str) -> None:
    assert named.area(text).name == name


def test_words_of_several_names_are_listed(named: Pack) -> None:
    with pytest.raises(UnknownArea, match=r"2 with that in their name: .*Tyne.*Lyme"):
        named.area("Newcastle")
    with pytest.raises(UnknownArea, match="Did you mean 'Solihull'"):
        named.area("Solihul")


@pytest.mark.parametrize("place", ["data/packs", "data"])
def test_a_pack_is_found_from_a_folder_below(
    named: Pack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    (tmp_path / place).mkdir(parents=True)
    named.path.rename(tmp_path / place / "mine")
    notebooks = tmp_path / "notebooks" / "deep"
    notebooks.mkdir(parents=True)
    monkeypatch.chdir(notebooks)
    assert open_pack("mine").title == named.title
    assert open_pack(f"{place}/mine").title == named.title
    with pytest.raises(PackError, match=r"no pack at mime\. Packs in .*notebooks.*: .*'mine'"):
        open_pack("mime")
    with pytest.raises(PackError) as caught:
        open_pack(f"{place}/mime")
    assert f"Packs in {tmp_path / place}: mine. Did you mean 'mine'?" in str(caught.value)
