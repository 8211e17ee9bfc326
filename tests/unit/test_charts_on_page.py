"""A drawing in a page says and paints what it does where it stands alone, in fewer bytes."""

import re
from html import unescape

import pytest

from ineqlib.briefings.area.document import open_briefing
from ineqlib.charts.draw.on_page import on_page
from ineqlib.charts.drawn_figure import DrawnFigure
from ineqlib.charts.figure import Figure
from ineqlib.pack import Pack

from .drawn_shapes import Shape, shapes

XMLNS = '<svg xmlns="http://www.w3.org/2000/svg"'
AREA, BESIDE = "Here, ", "Country, "


def as_read(drawing: str) -> list[Shape]:
    """Paint a drawing of a page as its style and its script have it."""
    whole = drawing.replace("<svg", XMLNS, 1)
    seen = re.search(r"<g data-of=[^>]*>((?:<circle[^>]*/>)+)</g>", whole)
    for run in re.findall(r'<g [^>]*data-beside="[^"]*"/>', whole):
        assert seen is not None
        at = re.findall(r'data-label="([^"\n]*)\n[^"]*" cx="([^"]*)"', seen[1])
        said = re.findall(r'data-beside="([^"]*)"', run)[0].split("\n\n")
        [size] = re.findall(r'data-r="([^"]*)"', run)
        marks = "".join(
            f'<circle data-label="{period}\n{words}" cx="{x}" cy="{y}" r="{size}"/>'
            for (period, x), (y, _, words) in zip(
                at, (part.partition(" ") for part in said), strict=True
            )
        )
        whole = whole.replace(run, f"{run[:-2]}>{marks}</g>", 1)
    return shapes(whole)


def without_ground(drawn: list[Shape]) -> list[Shape]:
    """Leave out the white behind a drawing, which a page's style paints."""
    return [shape for shape in drawn if shape.style.get("fill") != "white"]


def sized(drawn: list[Shape]) -> list[Shape]:
    """Write sizes of letters without their unit, which is pixels in a drawing."""
    return [
        shape._replace(
            style={name: str(said).removesuffix("px") for name, said in shape.style.items()}
        )
        for shape in drawn
    ]


@pytest.fixture(scope="module")
def charts(demo_pack: Pack) -> list[Figure]:
    briefing = open_briefing(demo_pack, "X07000009")
    drawn = [figure for section in briefing.sections for figure in section.figures]
    return [figure for figure in drawn if not isinstance(figure, DrawnFigure)]


def test_every_chart_paints_and_says_the_same_in_a_page(charts: list[Figure]) -> None:
    assert len(charts) > 40
    shorter = 0
    for figure in charts:
        short = on_page(figure.svg)
        assert without_ground(sized(as_read(short))) == without_ground(sized(shapes(figure.svg)))
        assert unescape(re.findall('aria-label="([^"]*)"', short)[0])
        shorter += len(figure.svg) - len(short)
    assert shorter > 10_000
    assert any("data-beside" in on_page(figure.svg) for figure in charts)


def marks(place: str, look: str, *placed: tuple[str, str]) -> str:
    drawn = "".join(
        f'<circle data-label="{period}\n5%" cx="{x}" cy="7.5" r="3"/>' for period, x in placed
    )
    return f'<g data-of="{place}" {look}>{drawn}</g>'


SEEN, UNSEEN = 'fill="#12436D"', 'fill="none" stroke="none"'


@pytest.mark.parametrize(
    "runs",
    [
        marks(BESIDE, UNSEEN, ("2020", "0"), ("2021", "9")),
        marks(BESIDE, UNSEEN, ("2020", "0")) + marks(AREA, SEEN, ("2020", "0")),
        marks(AREA, SEEN, ("2020", "0"), ("2021", "9")) + marks(BESIDE, UNSEEN, ("2020", "0")),
        marks(AREA, SEEN, ("2020", "0")) + marks(BESIDE, UNSEEN, ("2021", "0")),
        marks(AREA, SEEN, ("2020", "0")) + marks(BESIDE, SEEN, ("2020", "0")),
    ],
    ids=["alone", "unseen first", "fewer periods", "another period", "both seen"],
)
def test_marks_that_stand_beside_no_others_stay_as_they_are(runs: str) -> None:
    assert on_page(f"{XMLNS} width='9'>{runs}</svg>").removesuffix("</svg>").endswith(runs)


def test_what_is_no_drawing_of_ours_stays_as_it_is() -> None:
    html = '<p font-family="Arial, Helvetica, sans-serif">A < B</p><svg width="9"><rect/></svg>'
    assert on_page(html) == html
    assert on_page(f"{html}{XMLNS} no end") == f"{html}{XMLNS} no end"
