"""`areas.yml` is read strictly: what it misspells or doubles is refused in words."""

import pytest

from ineqlib.errors import InputError
from ineqlib.geography.own_areas import OwnArea, read_own_areas
from ineqlib.publish.run_file import read_run


def read(tmp_path, text: str):
    path = tmp_path / "areas.yml"
    path.write_text(text, encoding="utf-8")
    return read_own_areas(path)


def test_parts_of_several_kinds_make_an_area(tmp_path):
    own = read(
        tmp_path,
        """
        successors: true
        areas:
          - id: X-TOWN
            name: The Town
            type: town
            option: First
            parent: County
            districts: [Here]
            wards: [E05000001, There]
        """,
    )
    assert own.successors
    parts = (("lad", "Here"), ("ward", "E05000001"), ("ward", "There"))
    assert own.areas == (OwnArea("X-TOWN", "The Town", parts, "town", "First", "County"),)


ONE = "areas: [{{id: {id}, name: {name}, {more}}}]"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (ONE.format(id="X-A", name="A", more="distrcts: [B]"), "Did you mean 'districts'"),
        (ONE.format(id="E07000001", name="A", more="wards: [B]"), "Begin it with X-"),
        (ONE.format(id="X-a", name="A", more="wards: [B]"), "Begin it with X-"),
        (ONE.format(id="X-A", name="''", more="wards: [B]"), "has no name"),
        (ONE.format(id="X-A", name="A", more="type: town"), "has no parts"),
        (ONE.format(id="X-A", name="A", more="wards: [B, B]"), "1 part(s) listed twice: B"),
        (ONE.format(id="X-A", name="A", more="wards: B"), "should be a list of codes or names"),
        (ONE.format(id="X-A", name="A", more="wards: [B], type: twon"), "Did you mean 'town'"),
        (
            "areas: [{id: X-A, name: A, wards: [B]}, {id: X-A, name: C, wards: [D]}]",
            "1 id(s) given twice",
        ),
        (
            "areas: [{id: X-A, name: A, wards: [B]}, {id: X-B, name: a, wards: [D]}]",
            "1 name(s) given twice",
        ),
        ("areas: []", "describes no area"),
        ("[1]", "should have a list 'areas'"),
        ("successors: yes please", "is true or false"),
        ("areas: [], areas: []", "YAML"),
    ],
)
def test_what_is_wrong_is_said(tmp_path, text, said):
    with pytest.raises(InputError) as refused:
        read(tmp_path, text)
    assert said in str(refused.value)


@pytest.mark.parametrize("name", ["demo.yml", "hertfordshire.yml"])
def test_the_worked_examples_can_be_read(repo, name):
    own = read_own_areas(repo / "params" / "reorganisation" / name)
    options = {area.option for area in own.areas}
    assert len(options) == 2
    for option in options:
        parts = [part for area in own.areas if area.option == option for part in area.parts]
        assert len(parts) == len(set(parts)) == 10, "each option divides all ten districts"


def test_the_run_of_the_worked_example_names_its_areas(repo):
    folder = repo / "params" / "reorganisation"
    named = read_run(folder / "demo-run.yml").choice.areas
    assert set(named) == {area.id for area in read_own_areas(folder / "demo.yml").areas}
