"""With one file more or fewer, only what it gives is judged again; the pack is the same."""

import gc
from pathlib import Path

import pytest

from ineqlib.pack import kept, merge
from ineqlib.pack.build import build
from ineqlib.sources import memory

from .built_again import FINGERTIPS, same_as_anew, smoked
from .test_pack_build import LOOKUP, SQUARE, shapes

STEVENAGE, RENAMED = "E07000243", "E07000241"
CHANGE = f"LAD22CD,LAD22NM,LAD23CD,LAD23NM\n{RENAMED},Welwyn,E07000999,Welwyn\n"
FILES = {
    "more": "d.csv",
    "third": "c.csv",
    "map": "lad24.geojson",
    "lookup": "lookup.csv",
    "codes": "change.csv",
}


def figures(*indicators: int, by: float = 0.0, code: str = STEVENAGE) -> str:
    """Return a download; those of another `by` differ."""
    series = (15.1 + by, 15.2 + by, 15.4 + by)
    return FINGERTIPS + "".join(smoked(code, indicator, series) for indicator in indicators)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three files that contradict one another, a lookup and a map; nothing kept of them yet."""
    monkeypatch.setattr(kept, "LEAST", 0)
    monkeypatch.setattr(kept, "cache_folder", lambda: tmp_path / "cache")
    monkeypatch.chdir(tmp_path)
    made = tmp_path / "received"
    made.mkdir()
    for name, text in {
        "a.csv": figures(7, 8, 9),
        "b.csv": figures(8, 9, by=1.5),
        "c.csv": figures(8, by=2.5),
        "of_another.csv": figures(9, code=RENAMED),
        "lookup.csv": LOOKUP,
        "lad24.geojson": shapes("LAD24", (STEVENAGE, "Stevenage", SQUARE)),
    }.items():
        (made / name).write_text(text, encoding="utf-8")
    return made


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Ids of the indicators of which rows are judged from now on."""
    names: set[str] = set()
    judge = merge._left_out

    def noting(rows, *rest):
        names.update(rows["indicator_id"].unique())
        return judge(rows, *rest)

    monkeypatch.setattr(merge, "_left_out", noting)
    return names


def test_only_indicators_of_changed_files_are_judged_again(folder, judged):
    def again(**texts: str) -> set[str]:
        for name, text in texts.items():
            path = folder / FILES[name]
            path.write_text(text, encoding="utf-8") if text else path.unlink()
        judged.clear()
        build(folder, "pack")
        numbers = {name.removeprefix("fingertips_") for name in judged}
        same_as_anew(folder)
        return numbers

    build(folder, "pack")
    assert judged == {"fingertips_8", "fingertips_9"}
    named_anew = shapes("LAD24", (STEVENAGE, "Old name", SQUARE))
    assert again(more=figures(5, 6), map=named_anew) == set(), "new indicators, and a map changed"
    renamed_county = LOOKUP.replace("Hertfordshire", "Herts")
    assert again(more=figures(7, by=0.7), lookup=renamed_county) == {"7"}, "a figure revised"
    assert again(third=figures(8, by=3.5)) == {"8"}, "a file changed"
    assert again(third="", codes=CHANGE) == {"8", "9"}, "a file removed, and a code of another"


def test_cycles_are_looked_for_rarely_while_a_pack_is_built_and_then_as_before(folder):
    before, meanwhile = gc.get_threshold(), set()
    build(folder, "pack", progress=lambda *_: meanwhile.add(gc.get_threshold()))
    assert meanwhile == {memory.RARELY}
    assert gc.get_threshold() == before
