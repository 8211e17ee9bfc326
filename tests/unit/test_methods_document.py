"""The methods document: facts first, each number on it a fact's, its page what it says itself."""

import json
import re
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
import pytest

import ineqlib
from ineqlib.briefings.kinds import METHODS
from ineqlib.briefings.methods.document import open_methods
from ineqlib.briefings.methods.one_area import (
    INDICATOR,
    OneArea,
    OneAreaFacts,
    gap_by_age,
    newest_groups,
    one_area_facts,
    one_area_section,
)
from ineqlib.document.blocks import BulletList, Paragraph, TableBlock, leaves
from ineqlib.document.model import Document, Section
from ineqlib.document.page import export_html
from ineqlib.document.parse_page import read_page
from ineqlib.document.verify.page import problems
from ineqlib.errors import UnknownArea
from ineqlib.facts.fact import Fact
from ineqlib.measures import arriaga, difference
from ineqlib.narrative.sentence import Number
from ineqlib.pack import Pack, open_pack
from ineqlib.text import number

AREA = "X07000001"
SECTIONS = [
    *("introduction", "limits", "standardised_rate", "life_expectancy", "slopes", "who_measures"),
    *("every_measure", "decomposition"),
]
FENCED = re.compile(r"^```python\n(.*?)^```$", re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="module")
def methods(demo_pack: Pack) -> Document:
    return open_methods(demo_pack, AREA)


def of_type(section: Section, block_type: type) -> list[Any]:
    return [block for block in leaves(section.blocks) if isinstance(block, block_type)]


def words(section: Section) -> str:
    return " ".join(paragraph.words.text for paragraph in of_type(section, Paragraph))


def numbers_of(section: Section) -> list[Number]:
    sentences = [section.lead, *(paragraph.words for paragraph in of_type(section, Paragraph))]
    return [part for said in sentences for part in said.parts if isinstance(part, Number)]


def written(fact: Fact) -> set[str]:
    limits = {number(limit, fact.decimals) for limit in fact.limits or ()}
    return {fact.text, fact.number} | limits


def as_number(cell: str) -> float | None:
    try:
        return float(cell.replace("−", "-").replace(",", ""))
    except ValueError:
        return None


def test_it_is_a_kind_about_an_area(methods: Document, demo_pack: Pack) -> None:
    assert METHODS.find_subject(demo_pack, "Brackenhythe") == methods.subject
    assert methods.kind == METHODS.name
    assert (methods.subject.code, methods.subject.type) == (AREA, "area")
    assert set(methods.places) == {AREA, "X10000001", "X12000002", "X92000001"}
    assert METHODS.notebook.is_file()


def test_every_section_has_something_to_say(methods: Document) -> None:
    assert [section.id for section in methods.sections] == SECTIONS
    said = " ".join(map(words, methods.sections))
    assert said.count("every number of it is made up") == 2


def test_built_twice_it_is_equal(methods: Document, demo_pack: Pack) -> None:
    again = open_methods(demo_pack.path, "Brackenhythe")
    assert dict(again.facts) == dict(methods.facts)
    assert list(again.facts) == list(methods.facts)
    assert again.sections == methods.sections


@pytest.mark.parametrize("name", SECTIONS)
def test_each_number_in_words_is_a_facts(methods: Document, name: str) -> None:
    section = methods.section(name)
    assert not of_type(section, BulletList), "this test reads paragraphs"
    for shown in numbers_of(section):
        fact = methods.facts[shown.fact]
        decimals = len(shown.text.partition(".")[2].rstrip("%"))
        assert shown.value == fact.value
        assert as_number(shown.text.rstrip("%")) == pytest.approx(
            fact.value, abs=0.5 / 10**decimals
        )


@pytest.mark.parametrize("name", SECTIONS)
def test_each_number_in_a_table_is_a_facts(methods: Document, name: str) -> None:
    texts = set(chain.from_iterable(map(written, methods.facts.values())))
    for table in of_type(methods.section(name), TableBlock):
        labels = {next(iter(table.cells)), "subgroup_order"}
        cells = [
            cell for head, column in table.cells.items() if head not in labels for cell in column
        ]
        strays = [cell for cell in cells if as_number(cell) is not None and cell not in texts]
        assert strays == []


def test_published_numbers_are_shown_digit_for_digit(methods: Document) -> None:
    [obesity] = [t for t in of_type(methods.section("limits"), TableBlock) if "tenth" in t.cells]
    assert obesity.cells["percent, published"][4] == "20.0"
    assert obesity.cells["percent, ours"][4] == "19.97"
    assert obesity.cells["percent, difference"][4] == "−0.03"


def test_published_and_ours_agree_everywhere(methods: Document) -> None:
    said = " ".join(map(words, methods.sections))
    agree = re.findall(r"agree to the last digit published: all (\d+)\.", said)
    assert [int(count) for count in agree] == [4, 4, 30, 3, 60, 2, 6]
    assert "differ in the last digit" not in said


def test_the_parts_of_the_gap_add_up(methods: Document) -> None:
    section = methods.section("decomposition")
    said = re.findall(r"(Men|Women): sum of the parts ([\d.]+), gap ([\d.]+)\.", words(section))
    assert [sex for sex, _, _ in said] == ["Men", "Women"]
    assert all(total == gap for _, total, gap in said)
    [table] = of_type(section, TableBlock)
    for (_, total, _), column in zip(said, ("men, years", "women, years"), strict=True):
        parts = sum(filter(None, map(as_number, table.cells[column])))
        assert parts == pytest.approx(float(total), abs=0.005 * len(table.cells[column]))


def test_the_gap_of_each_sex_is_that_of_its_own_deaths(demo_pack: Pack) -> None:
    rates = {}
    for sex in ("Male", "Female"):
        own = [("area_code", "==", AREA), ("sex", "==", sex)]
        deaths, people = (demo_pack.table(name, own) for name in ("deaths", "populations"))
        newest = deaths["period_end"] == deaths["period_end"].max()
        by_group = deaths[newest].groupby(["subgroup_order", "age_band"])["deaths"].sum()
        lived = people[people["period_end"] == deaths["period_end"].max()]
        lived = lived.groupby(["subgroup_order", "age_band"])["person_years"].sum()
        rate = (by_group / lived).unstack(0)
        rate.index = [int(re.match(r"\d+", band)[0]) for band in rate.index]
        rates[sex] = rate.sort_index()
    gaps = gap_by_age(demo_pack, demo_pack.area(AREA)).by_sex
    for sex, rate in rates.items():
        parts = arriaga(rate[1], rate[5], bands=rate.index)
        assert gaps[sex].gap.value == pytest.approx(float(parts.difference))
        assert gaps[sex].gap.sex == sex
    assert gaps["Male"].gap.value != gaps["Female"].gap.value


@dataclass(frozen=True)
class Retold:
    """A pack whose area has tenths where it had fifths."""

    pack: Pack

    def __getattr__(self, name: str) -> Any:
        return getattr(self.pack, name)

    def observations(self, **asked: Any) -> pd.DataFrame:
        rows = self.pack.observations(**asked)
        tenths = rows["dimension"].str.replace("quintile", "decile")
        again = rows.assign(dimension=tenths, subgroup_order=rows["subgroup_order"] + 5)
        return pd.concat([rows.assign(dimension=tenths), again])


def test_groups_have_the_name_of_how_many_there_are(demo_pack: Pack, methods: Document) -> None:
    assert "life expectancy in its fifths" in methods.section("every_measure").lead.text
    assert "least deprived fifth apart" in methods.section("decomposition").lead.text
    area = demo_pack.area(AREA)
    tenths = one_area_facts(Retold(demo_pack), area)  # type: ignore[arg-type]
    lead = one_area_section(tenths, OneArea(area, "Retold", True)).lead.text
    assert "life expectancy in its tenths" in lead


def test_without_an_area_it_measures_the_first_that_has_groups(demo_pack: Pack) -> None:
    first = open_methods(demo_pack)
    assert first.subject.name == "Ambersea"
    assert first.section("every_measure").blocks


def test_a_measure_comes_from_the_rows_it_names(methods: Document, demo_pack: Pack) -> None:
    [gap] = [
        fact
        for fact in methods.facts.values()
        if fact.method.startswith("difference, ") and (fact.sex, fact.area_code) == ("Male", AREA)
    ]
    rows = demo_pack.table("observations", [("row", "in", list(gap.rows))])
    rows = rows.sort_values("subgroup_order")
    assert rows["subgroup_order"].tolist() == [1, 2, 3, 4, 5]
    assert rows["sex"].unique().tolist() == [gap.sex]
    assert rows["period"].unique().tolist() == [gap.period]
    assert gap.value == pytest.approx(difference(rows["value"]).value)


def test_groups_of_two_indices_or_lengths_of_period_are_never_mixed(demo_pack: Pack) -> None:
    rows = demo_pack.observations(indicator=INDICATOR, area=AREA)
    other = rows.assign(dimension=rows["dimension"].str.replace("demo2024", "demo2019"))
    one_year = rows.assign(period_start=rows["period_end"] - pd.DateOffset(years=1, days=-1))
    mixed = pd.concat([other, one_year, rows])
    pd.testing.assert_frame_equal(newest_groups(mixed), newest_groups(rows))
    assert len(newest_groups(rows)) == 10


def test_an_unknown_area_is_refused(demo_pack: Pack) -> None:
    for refuse in (open_methods, METHODS.check):
        with pytest.raises(UnknownArea, match="Brackenhythe"):
            refuse(demo_pack, "Brackenhyte")


@dataclass(frozen=True)
class Incomplete:
    """A pack without one table, or without some rows of it."""

    pack: Pack
    lacks: str
    rows: str = ""

    def __getattr__(self, name: str) -> Any:
        return getattr(self.pack, name)

    def has(self, table: str) -> bool:
        return bool(self.rows) or table != self.lacks

    def table(self, name: str, *args: Any) -> pd.DataFrame:
        rows = self.pack.table(name, *args)
        return rows.query(f"not ({self.rows})") if name == self.lacks else rows


@pytest.mark.parametrize(
    ("table", "rows", "why"),
    [
        ("deaths", "", "holds no table of deaths by age"),
        ("populations", "", "holds no table of populations by age"),
        ("deaths", "area_code == 'X07000001'", "no deaths and people by age of Brackenhythe."),
        ("deaths", "subgroup_order == 5", "of Brackenhythe for every one of its groups"),
        (
            "populations",
            "subgroup_order == 1 and age_band == '90+'",
            "without gaps: some counts are withheld or missing",
        ),
    ],
)
def test_what_the_decomposition_lacks_is_said(
    demo_pack: Pack, table: str, rows: str, why: str
) -> None:
    incomplete = Incomplete(demo_pack, table, rows)
    parts = gap_by_age(incomplete, demo_pack.area(AREA))  # type: ignore[arg-type]
    assert why in parts.why_not
    assert parts.by_sex == {}


def test_an_area_without_groups_still_has_a_document(demo_pack: Pack) -> None:
    country = open_methods(demo_pack, "X92000001")
    assert one_area_facts(demo_pack, demo_pack.area("X92000001")) == OneAreaFacts()
    for name in ("every_measure", "decomposition"):
        [line] = country.section(name).blocks
        assert isinstance(line, Paragraph)
        assert line.style == "no-data"
        assert "inside Lindermark" in line.words.text


@dataclass(frozen=True)
class Report:
    summary: str
    opening: str
    sections: tuple[str, ...]
    figures: list[dict[str, object]]


def page_of(document: Document) -> str:
    shown = [document.cover, *document.sections, document.facts]
    cells = [
        nbformat.v4.new_code_cell(
            "", outputs=[nbformat.v4.new_output("display_data", part._repr_mimebundle_())]
        )
        for part in shown
    ]
    return export_html(nbformat.v4.new_notebook(cells=cells))


def test_its_page_passes_the_check(methods: Document, demo_pack: Pack) -> None:
    page = page_of(methods)
    opening = read_page(page).sections[0].text
    made = Report(methods.summary, opening, tuple(SECTIONS), [])
    again = open_methods(open_pack(demo_pack.path), AREA)
    assert problems(page, again, demo_pack, report=made, others={}) == []
    elsewhere = open_methods(demo_pack, "X07000002")
    assert problems(page, elsewhere, demo_pack, report=made, others={})


def test_what_the_notebook_teaches_runs(demo_pack: Pack) -> None:
    cells = json.loads(METHODS.notebook.read_text(encoding="utf-8"))["cells"]
    prose = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
    taught = [code for text in prose for code in FENCED.findall(text)]
    assert len(taught) == 7
    for code in taught:
        exec(code, {"iq": ineqlib, "pack": Path(demo_pack.path)})


def test_the_notebook_shows_every_section() -> None:
    cells = json.loads(METHODS.notebook.read_text(encoding="utf-8"))["cells"]
    sources = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    assert re.findall(r'methods\.section\("(\w+)"\)', sources) == SECTIONS
