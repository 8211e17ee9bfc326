"""Parts picked on maps become an area of `areas.yml`; what somebody wrote there stays."""

from pathlib import Path

import pytest

import ineqlib as iq
from ineqlib.errors import InputError, OutputError, ParameterError
from ineqlib.exploring.explorer import Explorer
from ineqlib.exploring.links import Mark
from ineqlib.exploring.own_area import is_part, write_own_area
from ineqlib.exploring.panel import Panel
from ineqlib.exploring.question import Question
from ineqlib.geography.own_areas import read_own_areas
from ineqlib.pack import Pack

BRACKENHYTHE, GREYWICK = "X07000001", "X07000002"
MAP = ("map", 0)
PARTS = ("X01000003", "X07000002", "X01000001")
WRITTEN = """# For the board of March
areas:
  - id: X-OLD  # as the board calls it
    name: Old
    districts: [X07000001]
"""


@pytest.fixture
def explorer(demo_pack: Pack) -> Explorer:
    return Explorer(Question(str(demo_pack.path), BRACKENHYTHE, "life_expectancy"))


def test_a_file_is_made_with_parts_of_each_kind(tmp_path: Path) -> None:
    path = tmp_path / "params" / "areas.yml"
    assert write_own_area(path, " The  Old Town ", PARTS) == "X-THE-OLD-TOWN"
    [area] = read_own_areas(path).areas
    assert area.name == "The Old Town"
    assert area.parts == (("lad", "X07000002"), ("lsoa", "X01000003"), ("lsoa", "X01000001"))


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_file_that_is_there_keeps_what_is_written_in_it(tmp_path: Path, ends: str) -> None:
    path = tmp_path / "areas.yml"
    written = WRITTEN.replace("\n", ends).encode()
    path.write_bytes(written)
    write_own_area(path, "New", PARTS[:1])
    content = path.read_bytes()
    assert content.startswith(written)
    assert content.count(b"\n") == content.count(ends.encode())
    assert [area.id for area in read_own_areas(path).areas] == ["X-OLD", "X-NEW"]


@pytest.mark.parametrize(
    ("text", "name", "error", "words"),
    [
        (WRITTEN, "  ", ParameterError, "Give the area a name"),
        (WRITTEN, "Old", ParameterError, "has an area Old already"),
        (f"{WRITTEN}successors: true\n", "New", OutputError, "not its last key"),
        ("areas: [{id: X-A, name: A, districts: [X07000001]}]\n", "New", OutputError, "brackets"),
        ("title: T\n", "New", InputError, "title"),
    ],
)
def test_what_cannot_be_added_for_certain_leaves_the_file_as_it_is(
    tmp_path: Path, text: str, name: str, error: type[Exception], words: str
) -> None:
    path = tmp_path / "areas.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(error, match=words):
        write_own_area(path, name, PARTS)
    assert path.read_text(encoding="utf-8") == text


def test_neighbourhoods_and_districts_can_be_parts_and_groups_and_counties_cannot() -> None:
    codes = ("X01000001", "X07000001", "X05000001", "X10000001", "group 1 of 5", "")
    assert [is_part(code) for code in codes] == [True, True, True, False, False, False]


def test_what_is_picked_is_lit_and_let_go(explorer: Explorer) -> None:
    first, second, *_ = explorer.choices.fifths(BRACKENHYTHE)
    for code in (first, second):
        explorer.select(MAP, Mark(code, ""))
        explorer.pick()
    assert explorer.parts == (first, second)
    assert {first, second} <= set(explorer.lit(MAP).codes)
    explorer.pick()
    assert explorer.parts == (first,)
    explorer.ask(selected="group 1 of 5")
    assert not explorer.can_pick
    explorer.pick()
    assert explorer.parts == (first,)


def test_a_picked_town_is_an_area_of_the_pack_that_is_made_of_it(
    explorer: Explorer, demo_pack: Pack, tmp_path: Path
) -> None:
    panel = Panel(explorer, {"demo": explorer.choices.pack.path})
    controls = panel.controls
    assert controls.picked.layout.display == "none"
    codes = [*explorer.choices.fifths(BRACKENHYTHE)][:3]
    for code in codes:
        panel.cards[MAP]._handle_custom_msg({"act": "select", "code": code, "label": ""}, [])
        controls.pick.click()
    assert controls.own_area.description == "Write down 3 parts"
    controls.own_area.click()
    assert "Give the area a name" in panel.status.message
    assert explorer.parts == tuple(codes)
    controls.own_name.value, controls.areas_file.value = "Riverside", str(tmp_path / "my areas.yml")
    controls.own_area.click()
    assert f'ineq combine "{tmp_path / "my areas.yml"}" --pack' in panel.status.message
    assert explorer.parts == ()
    panel.close()
    pack = iq.combine(demo_pack, tmp_path / "my areas.yml", tmp_path / "pack")
    assert pack.area("Riverside").code == "X-RIVERSIDE"
    riverside = iq.map(pack, "deprivation", "X-RIVERSIDE").frame
    assert set(riverside["small_area_code"]) == set(codes)


def test_parts_of_one_pack_are_not_written_down_for_another(
    explorer: Explorer, demo_pack: Pack, tmp_path: Path
) -> None:
    explorer.ask(selected=GREYWICK)
    explorer.pick()
    (tmp_path / "areas.yml").write_text(WRITTEN, encoding="utf-8")
    other = iq.combine(demo_pack, tmp_path / "areas.yml", tmp_path / "other")
    explorer.ask(pack=str(other.path))
    assert explorer.parts == ()
