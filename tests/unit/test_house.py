"""What the files around the code promise one another."""

import ast
import json
import os
import re
import socket
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
import yaml
from pytest_socket import SocketConnectBlockedError

REQUIREMENT = re.compile(
    r"^(?P<name>[A-Za-z0-9._-]+?)(?:>=(?P<minimum>[0-9.]+)(?:,<(?P<below>[0-9.]+))?)?$"
)
Bounds = tuple[str | None, str | None]
USED_WITHOUT_IMPORT = {
    "ipykernel": "runs the notebooks",
    "ipywidgets": "the notebooks that tests/engine runs in both engines",
    "cryptography": "Dask encrypts with it",
    "jupyterlab": "opens the notebooks",
    "pyarrow": "pandas reads and writes packs with it",
    "codespell": "tasks.py test",
    "furo": "tasks.py docs",
    "myst-parser": "tasks.py docs",
    "sphinx": "tasks.py docs",
    "cyclonedx-bom": "release/bill_of_materials.py",
    "mypy": "tasks.py test",
    "nbstripout": "pre-commit",
    "pre-commit": "pre-commit",
    "pre-commit-hooks": "pre-commit",
    "pytest-timeout": "the limit in pyproject.toml",
    "pytest-xdist": "tasks.py test",
    "ruff": "tasks.py test",
    "setuptools": "tasks.py installs the project with it",
    "setuptools-scm": "setuptools takes the version from it",
    "types-pyyaml": "mypy",
    "types-requests": "mypy",
}
HASH = re.compile(r"^--hash=sha256:[0-9a-f]{64}$")


def bounds(requirements: list[str]) -> dict[str, Bounds]:
    """Return the least version of each package and the first too new, names spelt canonically."""
    matches = [REQUIREMENT.match(line) for line in requirements]
    assert all(matches), f"write requirements as name>=version[,<version]: {requirements}"
    return {
        canonical(match["name"]): (match["minimum"], match["below"]) for match in matches if match
    }


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


brought = cache(packages_distributions)


def statements(tree: ast.Module) -> Iterator[ast.AST]:
    """Yield every statement however deep: an import is one, and expressions are the most of it."""
    found: list[ast.AST] = [tree]
    while found:
        for node in ast.iter_child_nodes(found.pop()):
            if isinstance(node, ast.stmt | ast.excepthandler | ast.match_case):
                yield node
                found.append(node)


def imported(folder: Path) -> set[str]:
    """Return the packages that the files under a folder import, by their canonical names."""
    packages = brought()
    names = set()
    for path in folder.rglob("*.py"):
        for node in statements(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Import(names=aliases):
                    names |= {alias.name.partition(".")[0] for alias in aliases}
                case ast.ImportFrom(module=str(module), level=0):
                    names.add(module.partition(".")[0])
    beside = {path.stem for path in folder.rglob("*.py")}
    third_party = names - sys.stdlib_module_names - {"ineqlib"} - beside
    return {canonical(packages.get(name, [name])[0]) for name in third_party}


@pytest.fixture(scope="module")
def project(repo: Path) -> dict:
    return tomllib.loads((repo / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.fixture(scope="module")
def declared(project: dict) -> dict[str, Bounds]:
    """Every dependency of pyproject.toml with the bounds of its version."""
    optional = project["optional-dependencies"]
    return bounds(project["dependencies"] + optional["dev"] + optional["docs"])


@pytest.fixture(scope="module")
def lock(repo: Path) -> list[str]:
    return (repo / "requirements.lock").read_text(encoding="utf-8").splitlines()


def test_what_is_imported_is_declared_and_the_other_way_round(
    repo: Path, project: dict, declared: dict
) -> None:
    package, checks = imported(repo / "ineqlib"), imported(repo / "tests")
    optional = project["optional-dependencies"]
    extra = bounds([*optional["cluster"], *optional["word"]])
    assert set(extra) <= set(declared), "the tests need it too"
    offered = {**bounds(project["dependencies"]), **extra}
    assert package - set(offered) == set(), "add it to pyproject.toml"
    assert checks - set(declared) == set(), "add it to the dev extra of pyproject.toml"
    unused = set(declared) - package - checks - set(USED_WITHOUT_IMPORT)
    assert unused == set(), "nothing uses it: remove it, or say in USED_WITHOUT_IMPORT what does"


def test_conda_users_get_the_same_dependencies(repo: Path, declared: dict) -> None:
    packages = yaml.safe_load((repo / "environment.yml").read_text(encoding="utf-8"))
    *conda, last = packages["dependencies"]
    from_pip = [line for line in last["pip"] if not line.startswith("--")]
    offered = bounds(conda + from_pip)
    assert offered.pop("python") == ("3.11", None)
    assert offered.pop("pip") == (None, None)
    assert offered == declared


def test_lock_pins_every_dependency_within_its_bounds(lock: list[str], declared: dict):
    pinned: dict[str, list[tuple[int, ...]]] = {}
    for line in lock:
        if "==" in line and not line.startswith(" "):
            name, version = line.split(" ")[0].split("==")
            pinned.setdefault(canonical(name), []).append(numbers(version))
    outside = {
        name: pinned.get(name)
        for name, (minimum, below) in declared.items()
        if name not in pinned
        or min(pinned[name]) < numbers(minimum or "0")
        or (below and max(pinned[name]) >= numbers(below))
    }
    assert outside == {}, "remake the lock: python tasks.py lock"


def numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version))


def test_lock_holds_names_versions_and_hashes_only(lock: list[str]) -> None:
    for line in lock:
        text = line.removesuffix("\\").strip()
        if line.startswith(" "):
            assert HASH.match(text)
        else:
            assert re.match(r"^[a-z0-9-]+==[0-9a-z.]+( ; [A-Za-z0-9_ =!<>.'()*]+)?$", text)


def test_continuous_integration_calls_the_readme_test_command(repo: Path) -> None:
    script = repo / ".ci" / "run"
    last = script.read_text(encoding="utf-8").splitlines()[-1]
    assert f"`{last}`" in (repo / "README.md").read_text(encoding="utf-8")
    assert "set -euo pipefail" in script.read_text(encoding="utf-8")
    assert os.name == "nt" or os.access(script, os.X_OK)


def test_make_only_calls_the_tasks(repo: Path) -> None:
    recipes = [
        line.strip()
        for line in (repo / "Makefile").read_text(encoding="utf-8").splitlines()
        if line.startswith("\t")
    ]
    assert recipes == ["python3 tasks.py demo", "python3 tasks.py test"]


def test_old_pythons_can_read_tasks_and_say_they_are_too_old(repo: Path) -> None:
    ast.parse((repo / "tasks.py").read_text(encoding="utf-8"), feature_version=(3, 7))


def test_notebooks_are_committed_without_outputs(repo: Path) -> None:
    for path in (repo / "notebooks").rglob("*.ipynb"):
        if ".ipynb_checkpoints" in path.parts:
            continue
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        code = [cell for cell in cells if cell["cell_type"] == "code"]
        assert not any(cell["outputs"] or cell["execution_count"] for cell in code), path.name


@pytest.mark.filterwarnings("ignore:A test tried to use socket")
def test_tests_cannot_reach_the_network() -> None:
    with socket.socket() as connection, pytest.raises(SocketConnectBlockedError):
        connection.connect(("192.0.2.1", 80))
