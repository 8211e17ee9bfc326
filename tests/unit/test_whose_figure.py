"""Whose figure it is stands beside it everywhere, and what is not shown is told with its reason."""

from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pandas as pd
import pytest

from ineqlib.briefings.area.data_notes import NOTE_WORDS
from ineqlib.briefings.area.document import open_briefing
from ineqlib.briefings.area.overview import SHARED_YEARS
from ineqlib.briefings.area.spine_figures import glance_alt
from ineqlib.charts.figure import Figure
from ineqlib.document.blocks import BulletList, Heading, Paragraph, leaves
from ineqlib.document.model import Document
from ineqlib.facts import not_shown
from ineqlib.facts.comparisons import Comparison
from ineqlib.pack import Pack, open_pack
from ineqlib.pack.build import build
from ineqlib.pack.editions import Edition
from ineqlib.pack.inputs import Input
from ineqlib.pack.report import FileReport
from ineqlib.pack.tables import build_notes
from ineqlib.sources.base import Finding, Parsed
from ineqlib.sources.layouts.own_figures import SOURCE
from ineqlib.text import series_name

HEADING = "area_code,area_name,indicator,period,value,lower_ci,upper_ci,sex,age,dimension,subgroup"
PLACES = {"E07000243": "Stevenage", "E92000001": "England"}
WOMEN = "Years people can expect in good health, women"


def made(folder: Path, *figures: str) -> Pack:
    """Make a pack of two places from rows of indicator, period, sex, age, dimension, group."""
    rows = []
    for figure in figures:
        indicator, period, *who = figure.split(",")
        rows += [
            f"{code},{name},{indicator},{period},60,59,61,{','.join(who)}"
            for code, name in PLACES.items()
        ]
    (folder / "downloads").mkdir()
    text = "\n".join([HEADING, *rows])
    (folder / "downloads" / "own.csv").write_text(text, encoding="utf-8")
    description = folder / "mine.yml"
    description.write_text("own.csv: {accessed: last spring}\n", encoding="utf-8")
    build(folder / "downloads", folder / "pack", title="Whose", describe=description)
    return open_pack(folder / "pack")


def words(document: Document, section: str) -> str:
    """Return all words of a section that a reader sees."""
    said = []
    for leaf in leaves(document.section(section).blocks):
        match leaf:
            case Figure(labels=labels, table=table):
                said += [labels.title, labels.subtitle, labels.alt, labels.note]
                said += table.astype("str").to_numpy().ravel().tolist()
            case Paragraph(_, sentence):
                said.append(sentence.text)
            case BulletList(_, items):
                said += [str(item) for item in items]
    return "\n".join(said)


def noted(document: Document) -> dict[str, list[str]]:
    """Return the folded lists of the data notes: what each is of, and its items."""
    lists = {}
    for leaf in leaves(document.section("missing").blocks):
        if isinstance(leaf, BulletList):
            lists |= {
                item.summary.text: [each.text for each in item.items]
                for item in leaf.items
                if hasattr(item, "summary")
            }
    return lists


@pytest.fixture(scope="module")
def pack(tmp_path_factory) -> Pack:
    """Of one sex, of three years that overlap, with a figure of another age and other groups."""
    years = [f"healthy_life_expectancy,{y} - {y + 2},Female,All ages,," for y in range(2015, 2020)]
    return made(
        tmp_path_factory.mktemp("women"),
        *years,
        "smoking_adults,2023,Persons,18+ yrs,,",
        "smoking_adults,2023,Male,18+ yrs,,",
        "smoking_adults,2023,Persons,65+ yrs,,",
        "smoking_adults,2021 - 23,Persons,18+ yrs,,",
        "smoking_adults,2023,Persons,18+ yrs,Ethnic group,White",
        "reception_obesity,2023/24,Female,,,",
        "depression,2023/24,Persons,65+ yrs,,",
    )


@pytest.fixture(scope="module")
def women_alone(pack) -> Document:
    return open_briefing(pack, "Stevenage")


@pytest.mark.parametrize("section", ["headline", "at_a_glance", "trends"])
def test_a_figure_of_women_is_called_so_though_the_pack_has_none_of_men(women_alone, section):
    said = words(women_alone, section)
    assert WOMEN in said
    assert said.replace(WOMEN, "").find("Years people can expect in good health") == -1


def test_children_are_girls_and_an_unusual_age_is_named(women_alone):
    said = words(women_alone, "at_a_glance")
    assert ", girls" in said
    assert ", aged 65 and over" in said
    assert "smoke, aged" not in said, "an indicator's own age group needs no naming"


def test_figures_in_the_pack_that_are_not_shown_are_told_apart_from_those_it_lacks(women_alone):
    heads = [
        leaf.text
        for leaf in leaves(women_alone.section("missing").blocks)
        if isinstance(leaf, Heading)
    ]
    assert heads[:2] == ["Not in the pack, or without a value", "In the pack, but not shown"]
    lists = noted(women_alone)
    assert lists[not_shown.APART] == ["Adults who smoke, men"]
    assert lists[not_shown.OTHER_AGE] == ["Adults who smoke, aged 65 and over"]
    assert lists[not_shown.OTHER_LENGTH] == ["Adults who smoke, 3 years"]
    assert lists[not_shown.OTHER_GROUPS] == ["Adults who smoke: Ethnic group"]
    assert "Adults who smoke" not in lists["Indicators of the catalogue that are not in this pack"]


def test_remarks_on_the_files_of_figures_and_doubts_overruled_are_told(pack, women_alone):
    remarks = noted(women_alone)[NOTE_WORDS["remark"]]
    assert any("last spring" in remark for remark in remarks)
    parsed = Parsed("observations", pd.DataFrame(), SOURCE)
    file = Input(parsed, FileReport("a", accepted="jump"), Edition())
    assert build_notes([file]).to_dict("list") == {"kind": ["accepted"], "text": ["jump"]}


def test_what_is_remarked_of_abolished_areas_is_for_the_report_and_no_page():
    cells = ("row 2: area_code E07000191, period 2024",)
    ended = Finding(
        "area_had_ended", "warn", "", 1, cells, "a period", "Look.", ("smoking_adults",)
    )
    report = FileReport("a", remarks=[ended.remark, "Something else."], findings=[ended])
    file = Input(Parsed("observations", pd.DataFrame(), SOURCE), report, Edition())
    assert build_notes([file])["text"].tolist() == ["Something else."]


def test_a_choice_of_indicators_is_a_reason_too(pack):
    document = open_briefing(pack, "Stevenage", indicator_set=["smoking_adults"])
    assert "Years people can expect in good health" in noted(document)[not_shown.OF_THE_CHOICE]


def test_points_that_share_years_are_said_to_and_others_are_not(women_alone):
    said = words(women_alone, "trends")
    assert said.count(SHARED_YEARS) == 1


@pytest.mark.parametrize(
    ("name", "sex", "age", "usual", "named"),
    [
        ("Adults who smoke", "Persons", "18+ yrs", "18+ yrs", "Adults who smoke"),
        ("Adults who smoke", "Persons", "18+", "18+ yrs", "Adults who smoke"),
        ("Deaths", "Persons", "<75 yrs", "All ages", "Deaths, aged under 75"),
        ("Deaths", "Male", "1-4 yrs", "All ages", "Deaths, boys aged 1 to 4"),
        ("Deaths", "Male", "<1 yr", "<1 yr", "Deaths, boys"),
        ("Deaths", "Male", "10-24 yrs", "10-24 yrs", "Deaths, men"),
        ("Deaths", "Female", "Cohort 1931", "All ages", "Deaths, women of age Cohort 1931"),
        ("Pregnancies among girls under 18", "Female", "<18 yrs", "<18 yrs", ""),
    ],
)
def test_who_is_named_unless_it_is_everybody(name, sex, age, usual, named):
    assert series_name(name, sex, age, usual) == (named or name)


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"country": "12.4%"}, "Not judged: Adults who smoke, no figure here, 12.4% in England."),
        ({"area": "15.1%"}, "Not judged: Adults who smoke, 15.1%."),
        (
            {"area": "15.1%", "country": "12.4%"},
            "Not judged: Adults who smoke, 15.1% against 12.4%.",
        ),
        ({}, "Not judged: Adults who smoke, no figure here."),
    ],
)
def test_a_figure_of_the_country_alone_is_not_told_as_the_areas(
    facts: dict[str, str], said: str
) -> None:
    """Where the area's own figure is withheld, a reader of the chart's words has no drawing."""
    names = {"area": "Stevenage", "country": "England"}
    figure = SimpleNamespace(
        **{"verdict": "", "likely": "", "distance": float("nan")},
        series=SimpleNamespace(name="Adults who smoke"),
        facts={
            role: SimpleNamespace(text=text, area_name=names[role]) for role, text in facts.items()
        },
    )
    assert glance_alt("Stevenage", "England", [cast(Comparison, figure)]).endswith(said)
