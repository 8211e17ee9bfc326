"""What cannot be compared, drawn or judged is said to be so: never alike, never a change."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from ineqlib.briefings.area.document import open_briefing
from ineqlib.charts.figure import Figure
from ineqlib.document.blocks import FoldedList, leaves, sentences
from ineqlib.document.model import Document
from ineqlib.pack.build import build

HEADING = (
    "area_code,area_name,indicator,period,value,lower_ci,upper_ci,unit,denominator,dimension,"
    "subgroup,subgroup_order"
)
PLACES = {"E07000901": "Ashcombe", "E07000902": "Brindle", "E92000001": "England"}
FIFTHS = (
    "Most deprived",
    "Second most deprived",
    "Middle",
    "Second least deprived",
    "Least deprived",
)
OBESITY = "Children living with obesity at age 10 to 11"
INDEX = (
    "LSOA code (2021),LSOA name (2021),Local Authority District code (2024),"
    "Local Authority District name (2024),Index of Multiple Deprivation (IMD) Score,"
    "Index of Multiple Deprivation (IMD) Rank (where 1 is most deprived),"
    "Index of Multiple Deprivation (IMD) Decile (where 1 is most deprived 10% of LSOAs),"
    "Total population: mid 2022"
)


@dataclass
class Files:
    """Files of two districts, written row by row; `page` builds a briefing of the first."""

    folder: Path
    rows: list[str] = field(default_factory=list)
    inside: int = 0
    """Neighbourhoods of the area; as many again in the other."""

    def add(
        self, places: Iterable[str], indicator: str, periods: Iterable[object], value: object
    ) -> None:
        """Add a figure of each place and period, with an interval of 2 where it is a number."""
        for code, name in PLACES.items():
            for period in periods if name in places else ():
                limits = f"{value - 1},{value + 1}" if isinstance(value, float) else ","
                self.rows.append(f"{code},{name},{indicator},{period},{value},{limits},%,,,,")

    def add_fifths(self, values: dict[int, str], half: float | None = 1.0) -> None:
        """Add figures of the area's own fifths, by their order."""
        for order, value in values.items():
            limits = (
                f"{float(value) - half},{float(value) + half}" if half and value[0] != "[" else ","
            )
            self.rows.append(
                f"E07000901,{PLACES['E07000901']},year_6_obesity,2023/24,{value},{limits},%,900,"
                f"local_deprivation_quintile:iod2025,{FIFTHS[order - 1]} fifth,{order}"
            )

    def page(self, audience: str = "director") -> Document:
        """Build the pack and the briefing."""
        downloads = self.folder / "downloads"
        downloads.mkdir()
        own = "\n".join([HEADING, *self.rows])
        (downloads / "own.csv").write_text(own, encoding="utf-8")
        if self.inside:
            small = [
                f"E0109{n:04d},Place {n:03d}A,{code},{PLACES[code]},{60 - n / 10},{n},"
                f"{(n - 1) * 10 // (2 * self.inside) + 1},{1500 + n}"
                for n in range(1, 2 * self.inside + 1)
                for code in [list(PLACES)[n % 2]]
            ]
            (downloads / "f7.csv").write_text("\n".join([INDEX, *small]), encoding="utf-8")
        build(downloads, self.folder / "pack", title="Small")
        return open_briefing(self.folder / "pack", "E07000901", audience=audience)


@pytest.fixture
def files(tmp_path: Path) -> Files:
    """No figure yet."""
    return Files(tmp_path)


def said(document: Document, section: str) -> str:
    shown = document.section(section)
    lead = shown.lead.text if shown.lead else ""
    return " ".join([lead, *(words.text for words in sentences(shown.blocks))])


def figure(document: Document, section: str, place: int = 0) -> Figure:
    shown = leaves(document.section(section).blocks)
    return [leaf for leaf in shown if isinstance(leaf, Figure)][place]


@pytest.mark.parametrize("audience", ["director", "public"])
def test_an_area_whose_figures_are_withheld_is_not_called_much_like_the_country(
    files: Files, audience: str
) -> None:
    files.add(["Ashcombe"], "smoking_adults", range(2020, 2025), "[c]")
    files.add(["Brindle", "England"], "smoking_adults", range(2020, 2025), 14.0)
    files.inside = 25
    page = files.page(audience)
    assert "much like" not in said(page, "summary")
    assert "No figure of Ashcombe can be compared with England." in said(page, "summary")
    if audience == "director":
        assert "No figure differs" not in said(page, "objectives")
        assert "Of 0 recent" not in said(page, "headline")
        assert "No recent figure can be compared with England." in said(page, "headline")
        spine = figure(page, "at_a_glance").labels.alt
        assert "No figure is judged better or worse than England." in spine
        assert "None is" not in spine
        assert "one in twenty" not in said(page, "at_a_glance")


def test_one_figure_is_counted_as_one(files: Files) -> None:
    files.add(PLACES.values(), "smoking_adults", range(2020, 2025), 14.0)
    page = files.page()
    assert "1 recent figure can be compared with England: 0 better" in said(page, "headline")


def test_a_pack_of_own_figures_alone_does_not_deny_them(files: Files) -> None:
    files.add(PLACES.values(), "Warm hub visits", range(2020, 2025), 14.0)
    page = files.page()
    for section in ("headline", "at_a_glance", "trends"):
        assert "for this area but those under “Own figures”." in said(page, section)


def test_a_figure_withheld_in_the_newest_period_is_missed_in_that_period(files: Files) -> None:
    files.add(PLACES.values(), "smoking_adults", range(2018, 2024), 14.0)
    files.add(["Ashcombe"], "smoking_adults", [2024], "[c]")
    files.add(["England"], "smoking_adults", [2024], 14.0)
    assert figure(files.page(), "trends").labels.title == "Adults who smoke: no figure in 2024"


def test_a_change_over_months_is_not_told_in_years(files: Files) -> None:
    for month in range(1, 13):
        files.add(["Ashcombe"], "Warm hub visits", [f"2024-{month:02d}"], 10.0 + month)
    title = figure(files.page(), "own_figures", 1).labels.title
    assert title == "Warm hub visits: up from 11.0% to 22.0% since January 2024"


def test_quarters_that_jump_about_are_not_called_years(files: Files) -> None:
    for number in range(12):
        quarter = f"{2022 + number // 4} Q{number % 4 + 1}"
        files.add(["Ashcombe"], "Warm hub visits", [quarter], 10.0 + 4 * (number % 4))
    title = figure(files.page(), "own_figures", 1).labels.title
    assert title == "Warm hub visits: 10.0% then 22.0% (single quarters jump about)"


def test_a_group_that_is_withheld_is_named_in_the_words_of_the_chart(files: Files) -> None:
    files.add_fifths({1: "27", 2: "[c]", 3: "16", 4: "15", 5: "14"})
    alt = figure(files.page(), "gradients").labels.alt
    assert "Second most deprived fifth [c]" in alt


def test_two_fifths_of_an_area_are_not_all_its_people(files: Files) -> None:
    """Their people were drawn, and written, as half of the population each."""
    files.add_fifths({1: "25", 5: "15"})
    page = files.page()
    chart = figure(page, "gradients")
    assert chart.labels.alt.startswith("Chart of 2 groups.")
    assert set(chart.table["Share of the population"]) == {"[x]"}
    rows = chart.datasets[chart.spec["data"]["name"]]
    drawn = [(row["start"], row["end"]) for row in rows]
    assert drawn == [(pytest.approx(0.0), 0.2), (pytest.approx(0.8), 1.0)]


def test_a_gap_of_groups_without_intervals_is_neither_called_none_nor_published(
    files: Files,
) -> None:
    """One section called it no clear gap, the next a gap worse at the most deprived end."""
    files.add_fifths({1: "25", 2: "22", 3: "18", 4: "16", 5: "15"}, half=None)
    page = files.page()
    told = said(page, "inside")
    assert "no clear gap" not in told
    assert "published without" not in told
    assert "(no interval, for not every group has one)" in told
    assert "whether it is more than chance cannot be told" in told


@pytest.mark.parametrize(("owed", "told"), [(1234.5, "£1,234.50"), (1234.0, "£1,234")])
def test_own_amounts_of_money_are_in_pounds_or_pence(files: Files, owed: float, told: str) -> None:
    """Never £1,234.5."""
    files.add(["Ashcombe"], "Pounds owed", [2024], owed)
    files.rows = [row.replace(",%,", ",£,") for row in files.rows]
    table = figure(files.page(), "own_figures").table
    assert table["Ashcombe"].tolist() == [told]


def test_two_figures_alike_do_not_make_an_area_much_like_the_country(files: Files) -> None:
    files.add(PLACES.values(), "smoking_adults", range(2020, 2025), 14.0)
    files.inside = 25
    told = said(files.page(), "summary")
    assert "much like" not in told
    assert "No figure of it differs from England's clearly, lastingly and by enough" in told


def test_one_services_figures_do_not_make_an_area_much_like_the_country(files: Files) -> None:
    """What stands out of all others the service's reader is not told."""
    files.add(PLACES.values(), "social_care_users_contact", range(2020, 2025), 44.0)
    files.inside = 25
    told = said(files.page("adults"), "summary")
    assert "much like" not in told
    assert "No figure of it that concerns adult social care differs from England's" in told


def test_a_name_in_s_has_an_apostrophe_alone(files: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PLACES, "E07000901", "St Ives")
    files.add(PLACES.values(), "smoking_adults", range(2020, 2025), 14.0)
    files.add_fifths({1: "25", 2: "22", 3: "18", 4: "16", 5: "15"})
    files.inside = 25
    page = files.page()
    assert " of St Ives' people are in " in figure(page, "deprivation").labels.title
    assert "St Ives' own neighbourhoods" in figure(page, "gradients").labels.subtitle


def test_the_public_is_not_told_that_known_figures_are_unknown(files: Files) -> None:
    """A figure without the country's beside it is not told to them; it is not denied either."""
    files.add(["Ashcombe"], "life_expectancy", ["2021 - 23"], 80.0)
    files.rows = [row.replace(",%,", ",years,") for row in files.rows]
    page = files.page("public")
    assert "no recent figures on how long people live in Ashcombe to set beside England's" in said(
        page, "length_of_life"
    )
    assert "We have no figures on homes, money, work or school" in said(page, "building_blocks")


def test_own_counts_have_neither_decimals_nor_empty_brackets(files: Files) -> None:
    files.add(["Ashcombe"], "People helped", [2022, 2023, 2024], 2145.0)
    files.rows = [row.replace(",%,", ",,") for row in files.rows]
    chart = figure(files.page(), "own_figures", 1)
    assert chart.labels.subtitle.startswith("People helped;")
    assert set(chart.table["Ashcombe"]) == {"2,145"}


def test_own_figures_by_group_that_are_not_shown_are_told(files: Files) -> None:
    files.add(PLACES.values(), "smoking_adults", range(2020, 2025), 14.0)
    files.add_fifths({1: "25", 2: "22", 3: "18", 4: "16", 5: "15"})
    files.rows = [row.replace("year_6_obesity", "Warm hub visits") for row in files.rows]
    notes = files.page().section("missing").blocks
    (told,) = (item for block in notes for item in getattr(block, "items", ()) if _is_own(item))
    assert [item.text for item in told.items] == ["Warm hub visits: fifths by deprivation"]


def _is_own(item: object) -> bool:
    return isinstance(item, FoldedList) and item.summary.text.startswith("Own figures are shown")
