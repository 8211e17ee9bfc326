"""Whose figure it is stands beside it everywhere, and what is not shown is told with its reason."""

import re
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pandas as pd
import pytest

import ineqlib as iq
from ineqlib.briefings.area.data_notes import NOTE_WORDS
from ineqlib.briefings.area.document import open_briefing
from ineqlib.briefings.area.overview import SHARED_YEARS
from ineqlib.briefings.area.spine_figures import glance_alt
from ineqlib.catalogue import load_catalogue
from ineqlib.charts.figure import Figure
from ineqlib.charts.layout import shortened
from ineqlib.document.blocks import BulletList, Heading, Paragraph, leaves
from ineqlib.document.kinds import kind_named
from ineqlib.document.model import Document
from ineqlib.facts import not_shown
from ineqlib.facts.comparisons import Comparison
from ineqlib.facts.fact import Fact
from ineqlib.narrative.reader import AUDIENCES, clause
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


def sexed(sex: str) -> Fact:
    return Fact("f", 559.0, "£559", 0, "£", sex=sex, age="16+ yrs")


@pytest.mark.parametrize("sex", ["Female", "Male"])
def test_plain_words_that_name_nobody_are_not_told_of_one_sex(sex: str) -> None:
    """£559 is women's pay: told as everybody's it is the wrong figure."""
    pay = load_catalogue().indicators["weekly_pay"]
    assert clause(AUDIENCES["public"], pay, sexed("Persons")) is not None
    assert clause(AUDIENCES["public"], pay, sexed(sex)) is None


def test_plain_words_of_one_sex_say_so_of_every_indicator() -> None:
    said = {}
    for name, indicator in load_catalogue().indicators.items():
        fact = Fact("f", 12.0, "12.0", 1, indicator.unit, sex="Female", age=indicator.age)
        said[name] = clause(AUDIENCES["public"], indicator, fact)
    told = {name: words.text for name, words in said.items() if words}
    assert len(told) > 50
    whom = re.compile(r"\b(women|girls|mothers)\b")
    assert [name for name, text in told.items() if not whom.search(text)] == []


@pytest.mark.parametrize(
    ("name", "width", "cut"),
    [
        (
            "Children in families on a low income, girls",
            40,
            "Children in families on a low…, girls",
        ),
        ("Adults who smoke, men aged 65 and over", 34, "Adults who…, men aged 65 and over"),
        ("Adults who smoke, men", 40, "Adults who smoke, men"),
        ("Bournemouth, Christchurch and Poole", 24, "Bournemouth,…"),
        ("Smokers, of age cohort 1931 by the old count", 20, "Smokers, of age…"),
    ],
)
def test_a_name_that_is_cut_keeps_whose_figure_it_is(name: str, width: int, cut: str) -> None:
    assert shortened(name, width) == cut


def test_a_need_of_one_sex_is_named_so(demo_pack: Pack) -> None:
    """The pack has length of life by sex alone."""
    document = kind_named("spend_and_need").build(demo_pack, "X10000001")
    said = "\n".join(section.html for section in document.sections)
    assert "how long people can expect to live, men" in said
    assert "how long people can expect to live, 2022" not in said


def test_money_is_shared_by_the_figure_of_those_it_is_of(demo_pack: Pack) -> None:
    need = "life_expectancy_inequality"
    answer = iq.share_out(demo_pack, 1_000_000, "Wendlemere", need=need)
    assert (
        "most to least deprived areas, men (years), 2022 to 2024" in answer.figure.labels.subtitle
    )
