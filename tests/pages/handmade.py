"""A notebook made by hand, as if it had been run: figures, a section, prose, facts, names."""

from typing import Any

import altair as alt
import geopandas as gpd
import nbformat
import pandas as pd
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from shapely import box

from ineqlib.charts.figure import Figure, Labels
from ineqlib.document.blocks import BulletList
from ineqlib.document.model import PAGE_MIME, Section
from ineqlib.facts.fact import Fact, FactTable
from ineqlib.narrative.sentence import sentence

HOSTILE = '<script>document.title="owned"</script>"\'&amp;../../etc ' + "Llanfair" * 12

PAGE = {
    "kind": "area_briefing",
    "title": "Testshire: health inequalities briefing",
    "subject_name": "Testshire",
    "subject_code": "E99999999",
    "subject_type": "area",
    "pack_title": "Demonstration pack",
    "fictional": True,
    "made_with": "ineqlib 0",
}


def line_figure(place: str = "Testshire") -> Figure:
    frame = pd.DataFrame(
        {
            "year": [2016, 2018, 2020, 2022] * 2,
            "value": [78.1, 78.4, 78.2, 79.0, 80.1, 80.3, 80.0, 80.4],
            "place": [place] * 4 + ["England"] * 4,
        }
    )
    lines = alt.Chart(frame).encode(
        x=alt.X("year", type="quantitative", title=None, axis=alt.Axis(format="d")),
        y=alt.Y("value", type="quantitative", title="Years", scale=alt.Scale(zero=False)),
        color=alt.Color("place", type="nominal", title=None),
    )
    points = lines.mark_point().encode(description=alt.Description("place", type="nominal"))
    chart = (lines.mark_line(clip=True) + points).properties(width=560)
    labels = Labels(
        id="life-expectancy",
        title=f"Life expectancy in {place} has stayed below England's",
        subtitle="Life expectancy at birth, women, 2016 to 2022",
        alt=f"Line chart. {place} rose from 78.1 to 79.0 years; England from 80.1 to 80.4.",
        source="Made up for this test",
        note="Shown without intervals.",
    )
    return Figure(labels, chart, frame.astype(str))


def bar_figure(place: str = "Testshire") -> Figure:
    frame = pd.DataFrame({"fifth": ["Most deprived", "Least deprived"], "value": [74.2, 82.9]})
    labelled = frame.assign(label=["Most deprived\n74.2 years", "Least deprived\n82.9 years"])
    chart = (
        alt.Chart(labelled)
        .mark_bar()
        .encode(
            x=alt.X("value", type="quantitative", title="Years"),
            y=alt.Y("fifth", type="nominal", title=None),
            description=alt.Description("label", type="nominal"),
        )
        .properties(width=200, height=120)
    )
    labels = Labels(
        id="gradient",
        title="People in the most deprived fifth live 8.7 years less",
        subtitle=f"Life expectancy at birth, {place}, 2020 to 2022",
        alt="Bar chart. Most deprived fifth 74.2 years, least deprived fifth 82.9 years.",
        source="Made up for this test",
    )
    return Figure(labels, chart, frame.astype(str))


def facts(place: str = "Testshire") -> FactTable:
    women = Fact(
        id="life-expectancy-female",
        value=79.04,
        text="79.0 years",
        decimals=1,
        unit="years",
        lower_ci=78.5,
        upper_ci=79.5,
        indicator_id="life_expectancy",
        area_code="E99999999",
        area_name=place,
        period="2022",
        sex="Female",
        rows=(7,),
        source="test",
    )
    gap = Fact(id="gap", value=-8.7, text="−8.7 years", area_name=place, method="difference")
    return FactTable([women, gap])


def section(place: str = "Testshire") -> Section:
    women, gap = facts(place).values()
    items = (
        sentence(f"Women in {place} can expect to live ", women, "."),
        sentence("The gap inside the area is ", gap, "."),
    )
    lead = sentence("Women and men together make the whole.")
    return Section("glance", "At a glance", (BulletList("headlines", items),), lead, "E99999999")


def output(thing: Any) -> NotebookNode:
    """What a kernel would store for an object of ours."""
    data = thing if isinstance(thing, dict) else thing._repr_mimebundle_()
    return new_output("display_data", data=data)


def cell(*outputs: NotebookNode, tags: list[str] | None = None) -> NotebookNode:
    return new_code_cell(
        "secret_code()", outputs=list(outputs), execution_count=1, metadata={"tags": tags or []}
    )


def html(text: str) -> NotebookNode:
    return new_output("display_data", data={"text/html": text, "text/plain": "PLAIN TEXT"})


def notebook(place: str = "Testshire", **page: Any) -> NotebookNode:
    made = new_notebook(
        cells=[
            new_markdown_cell("# A notebook's own title\n\nHow long people live, and how evenly."),
            cell(output({PAGE_MIME: PAGE | {"subject_name": place, **page}})),
            cell(output(section(place)), new_output("stream", name="stdout", text="PRINTED")),
            new_markdown_cell("## Trends"),
            cell(output(line_figure(place))),
            new_markdown_cell("## The gradient\n\nSmall figures stand side by side."),
            cell(output(bar_figure(place))),
            new_markdown_cell(
                "## How this was calculated\n\nBy hand.\n\n| a | b |\n|--|--|\n|1|2|"
            ),
            cell(output(facts(place))),
        ]
    )
    nbformat.validate(made)
    return made


def shapes() -> gpd.GeoDataFrame:
    squares = [box(x, y, x + 10_000, y + 10_000) for x in (0, 10_000) for y in (0, 10_000)]
    codes = [f"E0{n}" for n in range(4)]
    return gpd.GeoDataFrame({"code": codes}, geometry=squares, crs=27700)


def entries() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "document": "area_briefing",
            "subject_code": [f"E0{n}" for n in range(4)],
            "subject_name": ["Alder", "Birch", "Cedar", HOSTILE],
            "href": ["alder.html", "birch.html", "", "hostile.html"],
            "summary": ["Women live 81.2 years", "80.1 years", "Cell 4 failed: no data", HOSTILE],
            "status": ["made", "made", "failed", "made"],
        }
    )
