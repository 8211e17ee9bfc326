"""Notebooks ask and show: no outputs committed, thin cells, a story in Markdown."""

import ast
from pathlib import Path

import nbformat
import pytest

from ineqlib.document.notebook_parameters import defaults, read_notebook

NOTEBOOKS = sorted((Path(__file__).resolve().parents[2] / "notebooks").glob("*.ipynb"))
TEMPLATE = "my_question"
"""For a question of one's own: whoever fills it in tells the story."""
MOST_LINES = 12
"""A cell that needs more is computing; that belongs in the package."""


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def path(request: pytest.FixtureRequest) -> Path:
    return request.param


def test_there_are_notebooks() -> None:
    assert NOTEBOOKS


def test_no_outputs_are_committed(path: Path) -> None:
    for cell in nbformat.read(path, as_version=4).cells:
        assert not cell.get("outputs")
        assert not cell.get("execution_count")


def test_a_notebook_is_valid_and_its_parameters_are_literals(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    assert {"area", "pack"} <= set(defaults(read_notebook(path), path))


def test_cells_are_thin(path: Path) -> None:
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type != "code":
            continue
        if "parameters" not in cell.metadata.get("tags", []):  # they take a line each
            assert len(cell.source.splitlines()) <= MOST_LINES
        tree = ast.parse(cell.source)
        forbidden = (ast.FunctionDef, ast.ClassDef, ast.For, ast.While, ast.Try)
        assert not any(isinstance(node, forbidden) for node in ast.walk(tree)), cell.source


def test_only_the_package_is_imported(path: Path) -> None:
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code":
            for node in ast.walk(ast.parse(cell.source)):
                if isinstance(node, ast.Import):
                    assert {alias.name for alias in node.names} == {"ineqlib"}
                assert not isinstance(node, ast.ImportFrom)


def test_the_story_is_told_in_markdown(path: Path) -> None:
    cells = nbformat.read(path, as_version=4).cells
    headings = [c.source for c in cells if c.cell_type == "markdown" and c.source.startswith("#")]
    assert len(headings) >= (3 if path.stem == TEMPLATE else 5)


def test_the_template_is_six_cells() -> None:
    [template] = [path for path in NOTEBOOKS if path.stem == TEMPLATE]
    assert len(nbformat.read(template, as_version=4).cells) == 6


def test_the_welcome_leads_to_every_other_notebook() -> None:
    [welcome] = [path for path in NOTEBOOKS if path.stem == "welcome"]
    words = "\n".join(cell.source for cell in nbformat.read(welcome, as_version=4).cells)
    others = [path.name for path in NOTEBOOKS if path != welcome]
    assert [name for name in others if f"({name})" not in words] == []
