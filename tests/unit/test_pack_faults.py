"""A failure is kept to its file, which is named; the others are read, whatever it was."""

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

import ineqlib
from ineqlib.catalogue import load_catalogue
from ineqlib.errors import InputError
from ineqlib.pack import assemble, shares
from ineqlib.pack.build import build
from ineqlib.pack.figure_files import summarised
from ineqlib.pack.file_areas import areas_of
from ineqlib.pack.folder import list_files
from ineqlib.pack.reading import read_files
from ineqlib.sources import recognise
from ineqlib.sources.base import Layout

from .built_again import kept_in

OWN = "area_code,area_name,indicator,period,value\n"
GOOD, BAD = "good.csv", "bad.csv"


class Panic(BaseException):
    """What a library written in another language raises: no `Exception`."""


UNFORESEEN = (
    KeyError("a secret cell"),
    IndexError("a secret cell"),
    ValueError("a secret cell"),
    TypeError("a secret cell"),
    AttributeError("a secret cell"),
    AssertionError("a secret cell"),
    OverflowError("a secret cell"),
    ZeroDivisionError("a secret cell"),
    RecursionError("a secret cell"),
    StopIteration("a secret cell"),
    NotImplementedError("a secret cell"),
    UnicodeDecodeError("utf-8", b"\xff", 0, 1, "a secret cell"),
    pd.errors.ParserError("a secret cell"),
    pd.errors.EmptyDataError("a secret cell"),
    pd.errors.OutOfBoundsDatetime("a secret cell"),
    Panic("a secret cell"),
)
FORESEEN = (
    (MemoryError(), "more memory than is free"),
    (PermissionError(13, "Permission denied"), "cannot be read: Permission denied"),
    (InputError("Row 2 is wrong."), "Row 2 is wrong."),
)


@pytest.fixture(autouse=True)
def cache(tmp_path: Path) -> Iterator[Path]:
    """Nothing is taken from builds of other days, for a step that is known cannot fail."""
    with kept_in(tmp_path) as folder:
        yield folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "received"
    made.mkdir()
    (made / GOOD).write_text(f"{OWN}E07000243,Stevenage,a,2023,1\n", encoding="utf-8")
    (made / BAD).write_text(f"{OWN}E07000242,Watford,a secret cell,2023,1\n", encoding="utf-8")
    return made


def failing(monkeypatch: pytest.MonkeyPatch, layout: Layout, error: BaseException) -> None:
    """Have a layout fail on the file called BAD; other files are read as ever."""

    def parse(content: bytes, described: dict[str, str]) -> object:
        if b"a secret cell" in content:
            raise error
        return layout.parse(content, described)

    others = [each for each in recognise.LAYOUTS if each is not layout]
    broken = Layout(layout.name, lambda head: "area_code" in head.columns, parse)
    monkeypatch.setattr(recognise, "LAYOUTS", (broken, *others))


def only_good(folder: Path) -> str:
    """Read the folder, hold it to the good file, and return what is said of the other."""
    inputs, reports = read_files(folder, list_files(folder)[0], {}, lambda *_: None)
    assert [file.report.name for file in inputs] == [GOOD]
    [refused] = [report for report in reports if not report.is_read]
    assert refused.name == BAD
    return " ".join(refused.remarks)


@pytest.mark.parametrize("error", UNFORESEEN, ids=lambda error: type(error).__name__)
def test_what_nobody_foresaw_is_a_fault_of_ours_and_says_what_to_send(folder, monkeypatch, error):
    own = next(each for each in recognise.LAYOUTS if each.name == "your own figures")
    failing(monkeypatch, own, error)
    said = only_good(folder)
    assert "a fault of ineqlib" in said and "send this line" in said
    kind = type(error).__name__
    assert f"ineqlib {ineqlib.__version__}, {BAD}, {kind} at ineqlib/sources/base.py" in said
    assert "secret" not in said, "nothing of the file's content is told"


@pytest.mark.parametrize(("error", "words"), FORESEEN)
def test_what_a_user_can_put_right_is_said_as_such(folder, monkeypatch, error, words):
    own = next(each for each in recognise.LAYOUTS if each.name == "your own figures")
    failing(monkeypatch, own, error)
    said = only_good(folder)
    assert words in said and "fault" not in said


@pytest.mark.parametrize("layout", recognise.LAYOUTS, ids=lambda layout: layout.name)
def test_a_failure_of_any_layout_is_kept_to_its_file(tmp_path, monkeypatch, layout):
    """Of each layout, whatever it is called and wherever it stands among the others."""
    folder = tmp_path / "received"
    folder.mkdir()
    (folder / GOOD).write_text(f"{OWN}E07000243,Stevenage,a,2023,1\n", encoding="utf-8")
    (folder / BAD).write_text("a secret cell,b\n1,2\n", encoding="utf-8")

    def parse(content: bytes, described: dict[str, str]) -> object:
        raise KeyError(content)

    broken = Layout(layout.name, lambda head: "a secret cell" in head.columns, parse)
    where = recognise.LAYOUTS.index(layout)
    layouts = (*recognise.LAYOUTS[:where], broken, *recognise.LAYOUTS[where:])
    monkeypatch.setattr(recognise, "LAYOUTS", layouts)
    assert f"{BAD}, KeyError" in only_good(folder)


@pytest.mark.parametrize("error", [KeyboardInterrupt(), SystemExit(3)])
def test_whoever_stops_the_build_stops_it(folder, monkeypatch, error):
    own = next(each for each in recognise.LAYOUTS if each.name == "your own figures")
    failing(monkeypatch, own, error)
    with pytest.raises(type(error)):
        build(folder, folder.parent / "pack")


@pytest.mark.parametrize(("module", "stage"), [(shares, "merge"), (assemble, "areas_table")])
def test_a_file_that_a_later_stage_fails_with_is_found_and_left_out(
    folder, monkeypatch, module, stage
):
    made = getattr(module, stage)

    def fails(given: pd.DataFrame | list[pd.DataFrame], *rest: object) -> object:
        frames = [given] if isinstance(given, pd.DataFrame) else given
        if any("E07000242" in set(frame["area_code"]) for frame in frames):
            raise ZeroDivisionError("a secret cell")
        return made(given, *rest)

    for number in range(2):
        text = f"{OWN}E07000243,Stevenage,b{number},2023,1\n"
        (folder / f"more{number}.csv").write_text(text, encoding="utf-8")
    monkeypatch.setattr(module, stage, fails)
    report = build(folder, folder.parent / "pack")
    [refused] = report.not_read
    assert refused.name == BAD
    place = module.__name__.replace(".", "/")
    assert f"{BAD}, ZeroDivisionError at {place}.py" in refused.remarks[0]
    assert (refused.rows_found, refused.rows_refused, refused.rows_kept) == (1, 1, 0)
    assert [len(file.remarks) for file in report.read] == [0] * 3, "told once, tried often"


def test_a_failure_that_is_no_files_is_blamed_on_none(folder, monkeypatch):
    def fails(*_: object) -> None:
        raise ZeroDivisionError("with whatever files")

    monkeypatch.setattr(assemble, "areas_table", fails)
    with pytest.raises(ZeroDivisionError, match="whatever files"):
        build(folder, folder.parent / "pack")


def test_a_name_that_is_no_text_is_told_as_far_as_it_is(folder):
    inputs, [report] = read_files(folder, [folder / "Name\udce9.csv"], {}, lambda *_: None)
    assert inputs == []
    assert report.name == r"Name\xe9.csv"
    report.name.encode("utf-8")


def test_of_files_whose_rows_are_validated_together_the_faulty_one_alone_is_refused(
    folder: Path,
) -> None:
    (folder / "more.csv").write_text(f"{OWN}E07000095,Broxbourne,a,2023,1\n", encoding="utf-8")
    inputs, _ = read_files(folder, list_files(folder)[0], {}, lambda *_: None)
    files = {file.report.name: file for file in inputs}
    files[BAD].parsed.frame["sex"] = "Nobody"
    kept = summarised([(file, areas_of(file)) for file in inputs], load_catalogue())
    assert [figured.file.report.name for figured in kept] == [GOOD, "more.csv"]
    assert "expected sex to be one of" in files[BAD].report.remarks[0]
