"""What if these councils were one: options compared, and refused where they leave people out."""

import re

import numpy as np
import pytest
import yaml

from ineqlib.briefings.reorganisation.document import check, open_reorganisation
from ineqlib.document.blocks import sentences
from ineqlib.errors import ParameterError
from ineqlib.pack import Pack, open_pack, write_pack
from ineqlib.pack.combine import combine
from ineqlib.pack.model import REQUIRED
from ineqlib.publish.batch import render_batch
from ineqlib.publish.plan import plan
from ineqlib.publish.run_file import Run, read_run

COUNTY = "X10000001"


@pytest.fixture(scope="module")
def bare(small_pack, tmp_path_factory) -> Pack:
    """The areas with one indicator of theirs: enough to see whether an option divides a county."""
    tables = {name: small_pack.table(name) for name in (*REQUIRED, "small_areas")}
    rows = tables["observations"]
    tables["observations"] = rows[rows["indicator_id"] == "smoking_adults"]
    folder = tmp_path_factory.mktemp("bare") / "pack"
    write_pack(folder, tables, small_pack.meta)
    return open_pack(folder)


@pytest.fixture(scope="module")
def document(options_pack):
    return open_reorganisation(options_pack, COUNTY)


def fact(document, *words: str):
    names = [name for name in document.facts if all(word in name for word in words)]
    assert len(names) == 1, names
    return document.facts[names[0]]


def test_people_are_those_of_the_districts_in_every_option(document):
    people = {f.area_name: f.value for n, f in document.facts.items() if n.startswith("people-in")}
    county = sum(people[name] for name in people if "Wendlemere" not in name)
    assert people["North Wendlemere"] + people["South Wendlemere"] == county
    three = ("Wendlemere Coast", "Mid Wendlemere", "Wendlemere Downs")
    assert sum(people[name] for name in three) == county


def test_differences_between_authorities_never_grow_by_merging_districts(document):
    today = fact(document, "between-", "today").value
    three, two = (fact(document, "between-", name).value for name in ("three", "two"))
    assert 0 < two < today <= 100
    assert three < today


def test_pairs_of_districts_are_told_apart(document):
    for words in sentences(document.section("neighbours").blocks):
        for listed in re.findall(r"\(([^()]*)\)", words.text):
            assert all(pair.count(" and ") == 1 for pair in listed.split("; ")), listed


def test_gaps_are_highest_less_lowest_of_what_the_pack_has(options_pack, document):
    gap = fact(document, "gap-two-unitaries-smoking")
    rows = options_pack.observations("smoking_adults", ["X-NORTH", "X-SOUTH"], dimension="")
    newest = rows[rows["period_end"] == rows["period_end"].max()]["value"]
    assert gap.value == pytest.approx(newest.max() - newest.min())
    assert gap.unit == "percentage points"


def test_districts_that_touch_are_joined_or_keep_their_border(document):
    words = " ".join(s.text for s in sentences(document.section("neighbours").blocks))
    two = words.partition("Three unitaries")[0]
    assert "Brackenhythe and Coldmarket" in two.partition("would have a border")[0]
    assert "Greywick and Hollinscar" in two.partition("would have a border")[2]
    numbers = [int(text) for text in re.findall(r"(\d+) pairs|; (\d+) would", two)[0] if text]
    assert numbers


def test_what_the_comparison_does_not_have_is_named(document):
    words = " ".join(s.text for s in sentences(document.section("limits").blocks))
    assert "no publisher stands behind them" in words


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"districts": ["Hollinscar"]}, "left out"),
        ({"districts": ["Ambersea", "Hollinscar"]}, "not in Wendlemere"),
    ],
)
def test_an_option_that_does_not_divide_the_county_is_refused(repo, bare, tmp_path, change, said):
    content = yaml.safe_load((repo / "params" / "reorganisation" / "demo.yml").read_text("utf-8"))
    content["areas"] = [content["areas"][0] | change, content["areas"][1]]
    (tmp_path / "areas.yml").write_text(yaml.safe_dump(content), encoding="utf-8")
    pack = combine(bare, tmp_path / "areas.yml", tmp_path / "pack")
    with pytest.raises(ParameterError, match=said):
        check(pack, COUNTY, "marmot")


def test_a_pack_without_options_says_how_to_get_them(small_pack):
    with pytest.raises(ParameterError, match="ineq combine"):
        check(small_pack, COUNTY, "marmot")
    with pytest.raises(ParameterError, match="cannot be divided"):
        check(small_pack, "X06000001", "marmot")


def test_it_is_made_checked_and_indexed_like_any_other(options_pack, tmp_path):
    run = tmp_path / "run.yml"
    run.write_text(
        f"title: Options\npack: {options_pack.path}\nout: out\ndocuments: [reorganisation]\n"
        f"areas: [{COUNTY}]\n",
        encoding="utf-8",
    )
    read: Run = read_run(run)
    batch = render_batch(plan(read))
    assert batch.failed == []
    (page,) = (tmp_path / "out").glob("*reorganisation.html")
    text = page.read_text(encoding="utf-8")
    assert "What if? Ways to divide Wendlemere" in text
    assert np.all([f"part-{name}" in text for name in ("in_short", "maps", "gaps", "neighbours")])
