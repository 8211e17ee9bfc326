"""Parameters are checked before a kernel starts: unknown names and wrong types are refused."""

from pathlib import Path

import nbformat
import pytest

from ineqlib.document.notebook_parameters import Cell, check_parameters, defaults, read_notebook
from ineqlib.errors import InputError, ParameterError

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


def test_a_misspelt_parameter_is_named_with_the_nearest() -> None:
    with pytest.raises(ParameterError, match=r"1 unknown.*comparitors.*Did you mean 'comparators'"):
        check_parameters({"comparitors": []}, {"comparators": ["county"], "area": "X"}, HERE)


@pytest.mark.parametrize(
    ("value", "default"),
    [(3, "text"), ("county", ["county"]), ([1], ["county"]), (True, 1), (1, True), ("3", 3)],
)
def test_a_value_of_another_type_is_refused(value: object, default: object) -> None:
    with pytest.raises(ParameterError, match=r"'it' is .*; expected something like"):
        check_parameters({"it": value}, {"it": default}, HERE)


@pytest.mark.parametrize(
    ("value", "default"),
    [("b", "a"), (["x", "y"], ["county"]), ([], ["county"]), (2, 1.5), (1, None)],
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
    with pytest.raises(InputError, match="no notebook at"):
        read_notebook(tmp_path / "absent.ipynb")
