"""A folder of files that contradict one another, and all that may become of it."""

from collections.abc import Callable
from pathlib import Path

from .built_again import FINGERTIPS, smoked
from .test_pack_build import EAST, ELS, FILE_7, LOOKUP, NEIGHBOURS, POPULATION, SMOKERS, SQUARE
from .test_pack_build import shapes as drawn

STEVENAGE, RENAMED = "E07000243", "E07000241"
CHANGE = f"LAD22CD,LAD22NM,LAD23CD,LAD23NM\n{RENAMED},Welwyn,E07000999,Welwyn\n"
OWN = "area_code,area_name,indicator,period,value,parent_code\n"
UNCODED = "Area,Metric type,2023\nWare,Walks (%),6\n"
REGION = "LAD24CD,LAD24NM,RGN24CD,RGN24NM\nE07000243,Stevenage,E12000006,East of England\n"


def figures(*indicators: int, by: float = 0.0, code: str = STEVENAGE) -> str:
    """Return a download; those of another `by` differ."""
    series = (15.1 + by, 15.2 + by, 15.4 + by)
    return FINGERTIPS + "".join(smoked(code, indicator, series) for indicator in indicators)


MANY = (15.1, 15.2, 15.3, 15.4, 15.2, 15.1, 15.3, 15.2, 15.1)
FOLDER = {
    "many.csv": FINGERTIPS + smoked(STEVENAGE, 4, MANY),
    "named.csv": figures(3, code="E07000240").replace("Town", "Ware"),
    "a.csv": figures(7, 8, 9),
    "b.csv": figures(8, 9, by=1.5),
    "c.csv": figures(8, by=2.5),
    "of_another.csv": figures(9, code=RENAMED),
    "of_ward.csv": f"{OWN}E05000001,Old Town,Falls,2023,3,{STEVENAGE}\n",
    "smokers.csv": ELS + SMOKERS,
    "lookup.csv": LOOKUP,
    "lad24.geojson": drawn("LAD24", (STEVENAGE, "Stevenage", SQUARE), (RENAMED, "", EAST)),
    "file7.csv": FILE_7,
    "population.csv": POPULATION,
    "neighbours.csv": NEIGHBOURS,
    "lsoa11.geojson": drawn("LSOA11", ("E01000001", "", SQUARE), ("E01000002", "", EAST)),
}
OF_EVERY_SORT = ("a.csv", "of_another.csv", "of_ward.csv", "lookup.csv", "lad24.geojson")
OF_EVERY_SORT += ("file7.csv", "population.csv", "neighbours.csv", "lsoa11.geojson")
"""Files for each step of a build; all of them take twice its time."""

FILES = {**FOLDER, "uncoded.csv": UNCODED}
"""With a file that has the codes which others have for its names: nothing of it is kept."""


def written(name: str, text: str) -> Callable[[Path], None]:
    """Return what writes a file, be it new or not."""
    return lambda folder: (folder / name).write_text(text, encoding="utf-8") and None


def described(text: str, name: str = "mine.yml") -> Callable[[Path], None]:
    """Return what describes files of the folder anew."""

    def describe(folder: Path) -> None:
        place = folder.parent / "params" / "describe"
        place.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(text, encoding="utf-8")

    return describe


OF_FIGURES = {
    "figures of an indicator there is": written("new.csv", figures(7, code="E07000242")),
    "a figure that others have": written("new.csv", figures(8)),
    "a revision": written("new.csv", figures(7, by=0.7)),
    "figures of a new indicator": written("new.csv", figures(5, 6)),
    "a figure to come": written("new.csv", figures(7).replace(",2010,", ",2090,")),
    "a file that is nothing": written("new.csv", "colour,shape\nred,round\n"),
    "a file changed": written("c.csv", figures(8, by=3.5)),
    "figures removed": lambda folder: (folder / "c.csv").unlink(),
    "a file renamed": lambda folder: (folder / "a.csv").rename(folder / "z.csv") and None,
    "dates described": described("b.csv: {published: 2026-01-02}\n"),
    "a check overruled": described("a.csv: {accept: [jump_between_periods]}\n"),
    "a file left out": described("b.csv: {leave_out: it is wrong}\n"),
}
"""Changes of what files say of the same figures."""

OF_NAMES = {
    "figures of which those of another file are a hundredth": written(
        "new.csv",
        FINGERTIPS
        + smoked("E07000242", 4, tuple(100 * value for value in MANY)).replace("Town", "Watford"),
    ),
    "names by which another file has its areas wrong": written(
        "new.csv",
        figures(2, code="E07000240").replace("Town", "St Albans")
        + smoked("E07000242", 2, MANY).replace("Town", "Ware"),
    ),
    "a name of another area": written("new.csv", figures(7).replace("Town", "England")),
    "own figures": written("new.csv", f"{OWN}E07000244,East,Fell,2023,3,\n"),
    "figures of areas without codes": written("new.csv", UNCODED),
}
"""Changes that other files are held against for the names, or the size, of what they give."""

OF_PLACES = {
    "a lookup": written("new.csv", REGION),
    "another name of a county": written("lookup.csv", LOOKUP.replace("Hertfordshire", "Herts")),
    "a change of codes": written("new.csv", CHANGE),
    "a map": written("new.geojson", drawn("LAD25", (STEVENAGE, "Newer", SQUARE))),
    "neighbours": written("new.csv", NEIGHBOURS.replace("W06000001", "W06000002")),
    "another name of an area whose shape has none": written(
        "of_another.csv", figures(9, code=RENAMED).replace("Town", "Welwyn")
    ),
    "a map changed": written("lad24.geojson", drawn("LAD24", (STEVENAGE, "Old", SQUARE))),
    "a map removed": lambda folder: (folder / "lad24.geojson").unlink(),
    "a lookup removed": lambda folder: (folder / "lookup.csv").unlink(),
}
"""Changes of what is known of areas."""

OF_CODES = {
    "another code of a name": written(
        "named.csv", figures(3, code="E07000242").replace("Town", "Ware")
    ),
}
"""Changes of the codes that a file which only names its areas has from others."""

CHANGES = {**OF_FIGURES, **OF_NAMES, **OF_PLACES, **OF_CODES}
BESIDE = {
    **dict.fromkeys(OF_FIGURES, ("a.csv", "b.csv", "c.csv", "lookup.csv")),
    **dict.fromkeys(OF_NAMES, ("many.csv", "named.csv", "of_another.csv", "of_ward.csv")),
    **dict.fromkeys(OF_PLACES, OF_EVERY_SORT),
    **dict.fromkeys(OF_CODES, ("named.csv", "uncoded.csv")),
}
"""Of each change the files that it may concern."""
