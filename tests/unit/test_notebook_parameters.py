"""Parameters are checked before a kernel starts: unknown names and wrong types are refused."""

from pathlib import Path

import nbformat
import pytest

from ineqlib.briefings.kinds import AREA_BRIEFING
from ineqlib.document.model import Subject
from ineqlib.document.notebook_parameters import (
    Cell,
    check_parameters,
    check_request,
    defaults,
    kind_parameters,
    read_notebook,
)
from ineqlib.errors import InputError, ParameterError, UnknownArea
from ineqlib.pack import Pack

HERE = Path("area_briefing.ipynb")


def notebook(source: str, *tags: str) -> list[Cell]:
    return [Cell("code", source, list(tags))]


def test_defaults_are_read_with_and_without_annotations() -> None:
    book = notebook('area = "X"\nyears: int | None = 3\nnames = ["a"]', "parameters")
    assert defaults(book, HERE) == {"area": "X", "years": 3, "names": ["a"]}


@pytest.mark.parametrize("tags", [(), ("other",)])
def test_a_notebook_without_a_parameters_cell_is_refused(tags: tuple[str, ...]) -> None:
    with pytest.raises(InputError, match="0 cells tagged 'parameters'"):
        defaults(notebook("a = 1", *tags), HERE)


def test_a_default_that_is_not_a_literal_is_refused() -> None:
    with pytest.raises(InputError, match=r"'a'.*not a plain value"):
        defaults(notebook("a = open('x')", "parameters"), HERE)


@pytest.mark.parametrize("source", ["a = 1\nb = ", "%matplotlib inline", "a = {[]: 1}"])
def test_a_parameters_cell_that_is_no_plain_python_is_refused(source: str) -> None:
    with pytest.raises(InputError, match="holds only names and literals"):
        defaults(notebook(source, "parameters"), HERE)


def test_a_misspelt_parameter_is_named_with_the_nearest() -> None:
    with pytest.raises(ParameterError, match=r"1 unknown.*comparitors.*Did you mean 'comparators'"):
        check_parameters({"comparitors": []}, {"comparators": ["county"], "area": "X"}, HERE)


@pytest.mark.parametrize(
    ("value", "default"),
    [
        (3, "text"),
        ("county", ["county"]),
        ([1], []),
        (1, []),
        ([1], ["county"]),
        (True, 1),
        (1, True),
        ("3", 3),
    ],
)
def test_a_value_of_another_type_is_refused(value: object, default: object) -> None:
    with pytest.raises(ParameterError, match=r"'it' is .*; expected something like"):
        check_parameters({"it": value}, {"it": default}, HERE)


@pytest.mark.parametrize(
    ("value", "default"),
    [
        *(("b", "a"), (["x", "y"], ["county"]), ([], ["county"]), (2, 1.5), (1, None)),
        *(("one text", []), (["several", "texts"], []), ([], [])),
    ],
)
def test_a_value_of_the_same_type_is_taken(value: object, default: object) -> None:
    check_parameters({"it": value}, {"it": default}, HERE)


def test_cells_are_read_as_the_notebook_library_writes_them(tmp_path: Path) -> None:
    new = nbformat.v4
    code = new.new_code_cell('area = "X"\nyears = 3', metadata={"tags": ["parameters"]})
    path = tmp_path / "book.ipynb"
    nbformat.write(new.new_notebook(cells=[new.new_markdown_cell("# Ünits"), code]), path)
    read = read_notebook(path)
    assert read == [
        Cell("markdown", "# Ünits", []),
        Cell("code", 'area = "X"\nyears = 3', ["parameters"]),
    ]
    assert defaults(read, path) == {"area": "X", "years": 3}


def test_what_is_not_a_notebook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "page.ipynb"
    path.write_text("<html>", encoding="utf-8")
    with pytest.raises(InputError, match="cannot be read as a notebook"):
        read_notebook(path)
    with pytest.raises(InputError, match=r"no file .* Did you mean 'page\.ipynb'\?"):
        read_notebook(tmp_path / "pgae.ipynb")
    with pytest.raises(InputError, match="is a folder: name a file in it"):
        read_notebook(tmp_path)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A notebook that takes a kind's parameters and one of its own."""
    source = 'area = ""\npack = ""\ncomparators = ["country"]\nindicator_set = ""\nyears = 3'
    code = nbformat.v4.new_code_cell(source, metadata={"tags": ["parameters"]})
    path = tmp_path / "book.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[code]), path)
    return path


HERE_IN_PACK = Subject("X07000001", "Brackenhythe", "area")


def test_a_kinds_parameters_are_those_chosen_in_the_place_of_its_defaults() -> None:
    chosen = {"comparators": ["county"], "years": 3}
    expected = {**AREA_BRIEFING.parameters, "comparators": ["county"], "indicator_set": "marmot"}
    assert kind_parameters(AREA_BRIEFING, chosen) == expected


@pytest.mark.parametrize(
    ("parameters", "error", "reason"),
    [
        ({"indicator_set": "headlines"}, ParameterError, "headlines"),
        ({"indicator_set": "headline", "comparators": ["contry"]}, ParameterError, "country"),
        ({"indicator_set": "headline", "years": "3"}, ParameterError, "'years' is '3'"),
        ({"indicator_set": "headline", "yaers": 3}, ParameterError, "Did you mean 'years'"),
    ],
)
def test_what_the_kind_or_the_notebook_does_not_know_is_refused(
    book: Path, demo_pack: Pack, parameters: dict, error: type[Exception], reason: str
) -> None:
    with pytest.raises(error, match=reason):
        check_request(book, demo_pack, HERE_IN_PACK, parameters, AREA_BRIEFING)


def test_a_subject_that_the_pack_does_not_have_is_refused(book: Path, demo_pack: Pack) -> None:
    stranger = Subject("X07000099", "Nowhere", "area")
    with pytest.raises(UnknownArea):
        check_request(book, demo_pack, stranger, {"indicator_set": "headline"}, AREA_BRIEFING)


def test_a_notebook_of_somebodys_own_is_asked_for_its_parameters_alone(
    book: Path, demo_pack: Pack
) -> None:
    check_request(book, demo_pack, HERE_IN_PACK, {"indicator_set": "headline"}, AREA_BRIEFING)
    check_request(book, demo_pack, HERE_IN_PACK, {"indicator_set": "unheard of"}, None)
    with pytest.raises(ParameterError, match="unknown parameter"):
        check_request(book, demo_pack, HERE_IN_PACK, {"other": 1}, None)
