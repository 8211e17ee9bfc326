"""What is kept is known by all that decides it: a key without a part of it gives stale numbers."""

import ast
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

from ineqlib.catalogue import load_catalogue
from ineqlib.pack import build as build_module
from ineqlib.pack import code_version, examined, figure_files, figures, reading, shapes, shares
from ineqlib.pack.build import build
from ineqlib.pack.code_history import CodeHistory
from ineqlib.pack.code_version import key_of
from ineqlib.pack.editions import Edition
from ineqlib.pack.examined import Around, Believed, _besides
from ineqlib.pack.figure_files import FigureFile, Summary
from ineqlib.pack.file_areas import FileAreas, areas_of
from ineqlib.pack.geography import area_changes
from ineqlib.pack.inputs import Input
from ineqlib.pack.kept import LazyTable, in_memory, recall, remember
from ineqlib.pack.report import FileReport
from ineqlib.pack.shape_sets import Part
from ineqlib.pack.stages import Outcome, Step, known_by
from ineqlib.pack.unchanged import fingerprint
from ineqlib.sources.plausible import Context, Names

from .built_again import kept_in

NONE_YET = CodeHistory(area_changes([], pd.Timestamp("1900-01-01")))
PRESENT = CodeHistory(area_changes([], pd.Timestamp("2025-01-01")))


def read(key: str, *remarks: str, name: str = "a.csv") -> Input:
    report = FileReport(name, recognised_as="known", remarks=[*remarks])
    return Input(SimpleNamespace(), report, Edition(), key=key)


def assert_all_differ(keys: list[object]) -> None:
    assert all(keys)
    assert len({str(key) for key in keys}) == len(keys)


def test_a_key_is_of_the_present_code_and_of_nothing_that_cannot_be_written(monkeypatch):
    present = key_of("a", 1)
    assert_all_differ([present, key_of("a", 2), key_of("b", 1)])
    with pytest.raises(TypeError):
        key_of("a", {"of a set", "nothing would be left"})
    monkeypatch.setattr(code_version, "code_fingerprint", lambda: "of other code")
    assert key_of("a", 1) != present


def test_a_step_is_known_by_its_name_its_files_what_they_say_so_far_and_all_else():
    keys = [
        Step(*given).key
        for given in (
            ("a", [read("1")], 1),
            ("b", [read("1")], 1),
            ("a", [read("2")], 1),
            ("a", [read("1"), read("2")], 1),
            ("a", [read("1", "said before")], 1),
            ("a", [read("1")], 2),
        )
    ]
    assert_all_differ(keys)
    assert Step("a", [read("1"), read("")], 1).key == ""
    assert Step("a", [read("1")], None).key == ""


def test_what_a_step_is_given_is_known_by_its_keys_or_by_itself():
    table = LazyTable("of a table", pd.DataFrame)
    assert known_by([table, ["E1"], 2024]) == ["of a table", ["E1"], 2024]
    assert_all_differ([known_by([NONE_YET]), known_by([PRESENT])])
    assert known_by([in_memory(pd.DataFrame()), 2024]) is None


def test_what_makes_tables_once_is_a_function_of_a_module():
    """So that it has no names about it which hold what is no part of the key."""
    calls = 0
    made = ("made_once", "make_elsewhere")
    room = Path(figures.__file__).parent
    for file in {*room.glob("*.py")} - {room / "stages.py"}:
        tree = ast.parse(file.read_text(encoding="utf-8"))
        functions = {part.name for part in tree.body if isinstance(part, ast.FunctionDef)}
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") in made:
                given = {getattr(part, "id", "") for part in call.args[:3]}
                assert given & functions, f"{file.name}:{call.lineno}"
                calls += 1
    assert calls >= 4


def test_a_file_is_known_by_its_name_its_bytes_and_what_is_stated_of_it(tmp_path):
    table, archive = tmp_path / "a.csv", tmp_path / "a.zip"
    table.write_text("a,b\n", encoding="utf-8")
    archive.write_bytes(b"PK\x03\x04")
    of_it, of_another = {"a.csv": {"period": "2023"}}, {"b.csv": {"period": "2023"}}
    plain = reading._key(table, "a.csv", "1", {})
    assert_all_differ(
        [
            plain,
            reading._key(table, "b/a.csv", "1", {}),
            reading._key(table, "a.csv", "2", {}),
            reading._key(table, "a.csv", "1", of_it),
        ]
    )
    assert reading._key(table, "a.csv", "1", of_another) == plain
    assert reading._key(table, "a.csv", "", {}) == ""
    assert reading._key(tmp_path / "gone.csv", "a.csv", "1", {}) == ""
    packed = [reading._key(archive, "a.zip", "1", stated) for stated in ({}, of_it, of_another)]
    assert_all_differ(packed)  # the files in it may be described by names of their own


def test_of_a_file_without_a_key_nothing_is_remembered(tmp_path):
    """Or another one would be taken for it."""
    with kept_in(tmp_path) as cache:
        for code in ("E07000240", "E07000242"):
            frame = pd.DataFrame({"area_code": [code], "area_name": ["Ware"]})
            parsed = SimpleNamespace(kind="observations", frame=frame)
            assert areas_of(replace(read(""), parsed=parsed)).codes == {code}
        assert figure_files._key(read("")) == ""
        remember("", "of no file")
        assert recall("") is None
        assert not cache.exists()


def figured(key: str, *indicators: str, names: frozenset = frozenset(), own: bool = False):
    areas = FileAreas(frozenset(), names, [], True)
    file = FigureFile(read(key), areas, load_catalogue())
    file.summary = Summary({name: {} for name in indicators}, "2025-01-02", own)
    return file


WARE, LEA = ("E07000242", "Ware"), ("E07000242", "Lea")
AROUND = Around(PRESENT, pd.Timestamp("2025-02-01"), Names([]), {"E07000242": "E10000015"})


def test_checks_of_a_file_are_known_by_all_that_they_hold_it_against():
    mine, namesake = figured("1", "i", names=frozenset([WARE])), frozenset([LEA])
    beside = [
        _besides(files, around)[0]
        for files, around in (
            ([mine], AROUND),
            ([mine], replace(AROUND, history=NONE_YET)),
            ([mine], replace(AROUND, county_of={})),
            ([mine], replace(AROUND, names=Names([mine.areas.names, namesake]))),
            ([mine], replace(AROUND, today=pd.Timestamp("2025-01-01"))),
            ([mine], replace(AROUND, today=pd.Timestamp("2024-12-31"))),
            ([mine, figured("2", "i")], AROUND),
            ([mine, figured("3", "i")], AROUND),
        )
    ]
    assert_all_differ(beside)
    later = replace(AROUND, today=pd.Timestamp("2026-01-01"))
    assert _besides([mine, figured("2", "j")], later)[0] == beside[0], "no part of it"
    assert _besides([mine, figured("", "i")], AROUND)[0] is None
    assert _besides([mine, figured("", "j")], AROUND)[0] == beside[0]


def test_checks_that_ask_no_other_file_are_given_none(monkeypatch):
    """What they find is remembered under the key of the file alone."""
    given = []
    monkeypatch.setattr(examined, "find_doubts", lambda _, context, __: given.append(context) or [])
    monkeypatch.setattr(
        examined, "possible_checks", lambda _, context: given.append(context) or [[]]
    )
    monkeypatch.setattr(examined, "_without_repeats", lambda file: file.rows)
    monkeypatch.setattr(examined, "county_sums", lambda *_: pd.DataFrame({"count": [1]}))
    mine = figured("", "i")
    mine.rows, mine.repeats = pd.DataFrame({"value": [1.0]}), []
    unchecked = examined._unchecked([mine], [0], AROUND)[0]
    assert unchecked.context.names is AROUND.names
    examined._found(unchecked)
    assert given == [Context(pd.Timestamp.max)] * 2


def test_rows_of_a_file_are_known_by_it_and_those_left_out_and_renamed():
    def identity(key: str, left_out: list[int], renamed: list[list[str]]) -> object:
        return Believed(figured(key), left_out, True, renamed, pd.DataFrame(), []).identity

    assert_all_differ(
        [
            identity("1", [], []),
            identity("2", [], []),
            identity("1", [3], []),
            identity("1", [4], []),
            identity("1", [], [["E07000241", "E07000999"]]),
        ]
    )
    assert identity("", [], []) is None


def test_a_share_is_known_by_its_place_among_how_many_and_the_rows_it_is_of(monkeypatch):
    beside = []
    nothing = {name: in_memory(pd.DataFrame()) for name in ("rows", "undecided")}
    outcome = Outcome(nothing, [0, [], [], [], [], False, 0, []])

    def step(_: str, __: list[Input], decisive: object) -> object:
        beside.append(decisive)
        return SimpleNamespace(known=lambda: outcome)

    def believed(key: str) -> Believed:
        return Believed(figured(key), [], True, [], pd.DataFrame(), [])

    monkeypatch.setattr(shares, "Step", step)
    one, two = believed("1"), believed("2")
    for share, number, files in (
        (0, 8, [one]),
        (1, 8, [one]),
        (0, 16, [one]),
        (0, 8, [two]),
        (0, 8, [one, two]),
        (0, 8, [two, one]),
    ):
        shares._share(shares._Given(share, number, files), PRESENT)
    assert_all_differ(beside)
    shares._share(shares._Given(0, 8, [one, believed("")]), PRESENT)
    assert beside[-1] is None


def test_a_pack_is_known_by_its_files_and_all_that_is_said_of_them(tmp_path, monkeypatch):
    monkeypatch.setattr(build_module, "unchanged", lambda _, __, made_from: made_from)
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "files"  # of a pull, which notes beside it what it fetched
    folder.mkdir()

    def made_from(day: date = date(2025, 2, 1), **given: Path) -> object:
        return build(folder, "pack", today=day, **given)

    def written(name: str, text: str) -> Path:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path / name

    written("files/a.csv", "a\n")
    keys = [made_from(), made_from(date(2025, 2, 2))]
    for published in ("2025-02-01", "2025-02-02", "2025-02-03"):  # today, and two to come
        mine = written("mine.yml", f"a.csv: {{published: {published}}}\n")
        keys.append(made_from(describe=mine))
    keys.append(made_from(areas=written("own.yml", "successors: true\n")))
    for name, text in (
        ("params/describe/mine.yml", "a.csv: {published: 2025-02-01}\n"),
        ("provenance.json", '{"kind": "ineqlib downloads", "files": [{"file": "a.csv"}]}'),
        ("files/.hidden", ""),
        ("files/b.csv", "a\n"),
        ("files/a.csv", "b\n"),
    ):
        written(name, text)
        keys.append(made_from())
    assert_all_differ(keys)
    assert fingerprint(folder, {folder / "a.csv": ""}, []) == ""


def test_figures_of_a_file_are_known_by_those_they_are_of_the_names_and_the_columns():
    def key(*keys: str, name: str = "Ware", unused: tuple[str, ...] = ()) -> str:
        about = SimpleNamespace(codes=["E07000242"])
        shares = [SimpleNamespace(rows=LazyTable(of, pd.DataFrame), about=about) for of in keys]
        return figures._file(shares, {"E07000242": {"area_name": name}}, unused).key

    assert_all_differ(
        [key("1"), key("2"), key("1", "2"), key("1", name="Lea"), key("1", unused=("trend",))]
    )
    assert key("1", "") == ""


def test_thinned_shapes_are_known_by_their_files_their_country_and_those_used():
    def key(files: list[str], code: str = "E1", again: tuple[bool, ...] = (False,)) -> str:
        used = [Part(read(of), pd.DataFrame({"code": [code]})) for of in files]
        return shapes._key(used, pd.Series(again))

    assert_all_differ(
        [key(["1"]), key(["2"]), key(["1", "2"]), key(["1"], "W1"), key(["1"], again=(True,))]
    )
    assert key(["1", ""]) == ""
