import pytest

from ineqlib.briefings.area.document import open_briefing
from ineqlib.briefings.area.within_area_figures import contribution_figures
from ineqlib.charts.contributions_chart import contributions
from ineqlib.charts.figure import Figure, Labels
from ineqlib.errors import InputError
from ineqlib.facts.age_contributions import ContributionByAge
from ineqlib.facts.profile import read_profile
from ineqlib.observations import Dimension
from ineqlib.pack import Pack

from .chart_records import a_fact

LABELS = Labels("parts", "Half from old age", "Years of the gap", "Half is.", "Made up")
PARTS = {"Aged under 1": 0.5, "Aged 1 to 64": -0.4, "Aged 65 and over <b>": 2.1}


def draw(parts: dict[str, float]) -> Figure:
    facts = {name: a_fact(value) for name, value in parts.items()}
    return contributions(facts, LABELS, whole=a_fact(sum(parts.values())))


def test_every_part_is_named_and_numbered_and_the_whole_is_in_the_table() -> None:
    figure = draw(PARTS)
    assert all(f">{number}</text>" in figure.svg for number in ("0.5", "−0.4", "2.1"))
    assert figure.table.to_dict("list") == {
        "Part": [*PARTS, "The whole gap"],
        "Share of the gap": ["0.5 years", "−0.4 years", "2.1 years", "2.2 years"],
    }
    assert "<b>" not in figure.svg


@pytest.mark.parametrize(
    ("values", "is_rounded"),
    [((1.44, 1.14, 2.44), True), ((1.4, 1.1, 2.5), False), ((-0.26, 0.44, 0.12), True)],
)
def test_parts_that_seem_not_to_add_up_are_said_to_be_rounded(
    values: tuple[float, ...], is_rounded: bool
) -> None:
    """1.4, 1.1 and 2.4 years are shown of 5.0: a reader who adds them gets 4.9."""
    note = draw(dict(zip("abc", values, strict=True))).labels.note
    assert ("the parts may not add up to the whole" in note) is is_rounded


def test_parts_of_which_some_are_missing_are_not_called_rounded() -> None:
    facts = {name: a_fact(value) for name, value in PARTS.items()}
    assert contributions(facts, LABELS, whole=a_fact(9.0)).labels.note == LABELS.note


def test_a_cause_of_three_words_is_not_cut() -> None:
    assert "Mental and neurological</text>" in draw({"Mental and neurological": 0.6}).svg


def test_a_part_that_narrows_the_gap_reaches_the_other_way_in_another_colour() -> None:
    figure = draw(PARTS)
    rows = figure.datasets[figure.spec["data"]["name"]]
    assert [row["narrows"] for row in rows] == [False, True, False]
    (ends,) = (p["value"] for p in figure.spec["params"] if p["name"] == "years")
    assert ends[0] < -0.4
    assert ends[1] > 2.1


def test_no_part_is_an_error() -> None:
    with pytest.raises(InputError, match="no value to draw"):
        draw({})


def made_of(gap: float, **ages: float) -> ContributionByAge:
    parts = {name: a_fact(value, age=f"aged {name}") for name, value in ages.items()}
    return ContributionByAge("2020 to 2022", Dimension.parse(LOCAL), a_fact(gap), parts, {})


LOCAL = "local_deprivation_quintile:imd2019"


@pytest.mark.parametrize(
    ("gap", "words"),
    [
        (3.0, "the largest part, 2.5 years of the gap of 3.0 years, is from people aged old"),
        (-1.0, "no gap at the most deprived end (−1.0 years)"),
    ],
)
def test_the_title_names_the_largest_part_of_a_gap(demo_pack: Pack, gap: float, words: str) -> None:
    profile = read_profile(demo_pack, "X07000001", comparators=[], indicator_set="marmot")
    (figure,) = contribution_figures(profile, made_of(gap, young=0.5, old=2.5))
    assert figure.labels.title == f"How long people live, by age: {words}"
    assert words in figure.labels.alt


def test_the_gradients_show_what_the_gap_is_made_of(demo_pack: Pack) -> None:
    ids = [f.labels.id for f in open_briefing(demo_pack, "X07000009").section("gradients").figures]
    assert "gap-by-age" in ids
