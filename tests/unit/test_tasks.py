"""`tasks.py` sets up once, passes words on, and hands back exit codes."""

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import BinaryIO

import pytest


@pytest.fixture
def tasks(repo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The module, with its commands recorded in `ran` instead of run, and an empty .venv."""
    spec = importlib.util.spec_from_file_location("tasks", repo / "tasks.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.ran, module.fails = [], ""

    def record(*command: object, output: BinaryIO | None = None) -> int:
        words = " ".join(map(str, command))
        module.ran.append(words)
        if output:
            output.write(b"what it says\n")
        if "venv" in words.split():
            module.PYTHON.parent.mkdir(parents=True, exist_ok=True)
            module.PYTHON.touch()
        return 7 if module.fails and module.fails in words else 0

    monkeypatch.setattr(module, "run", record)
    for name in ("VENV", "PYTHON", "STAMP"):
        inside = getattr(module, name).relative_to(repo)
        monkeypatch.setattr(module, name, tmp_path / inside)
    return module


def without_uv(tasks: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks.shutil, "which", lambda name: None)


def test_sets_up_before_the_first_run_and_not_before_the_second(tasks) -> None:
    assert tasks.main(["demo"]) == 0
    assert any("--require-hashes" in words for words in tasks.ran)
    tasks.ran.clear()
    assert tasks.main(["demo"]) == 0
    assert not any("install" in words for words in tasks.ran)
    assert tasks.ran[-1] == f"{tasks.PYTHON} -m ineqlib demo"


def test_the_site_is_built_with_what_follows(tasks, repo: Path) -> None:
    assert tasks.main(["docs", "--run", "welcome"]) == 0
    script = repo / "docs" / "_site" / "make_site.py"
    assert tasks.ran[-1] == f"{tasks.PYTHON} {script} --run welcome"


def test_sets_up_again_when_the_python_beneath_is_gone(tasks) -> None:
    tasks.main(["demo"])
    assert tasks.PYTHON.exists()
    tasks.fails = " -c"
    tasks.main(["demo"])
    assert sum("venv" in words.split() for words in tasks.ran) == 2


def test_sets_up_again_when_the_lock_changes(tasks, tmp_path, monkeypatch) -> None:
    tasks.main(["demo"])
    changed = tmp_path / "requirements.lock"
    changed.write_text("pandas==99", encoding="utf-8")
    monkeypatch.setattr(tasks, "LOCK", changed)
    tasks.ran.clear()
    tasks.main(["demo"])
    assert any(f"-r {changed}" in words for words in tasks.ran)


def test_pip_serves_where_there_is_no_uv(tasks, monkeypatch) -> None:
    without_uv(tasks, monkeypatch)
    assert tasks.main(["demo"]) == 0
    assert any("-m pip install" in words and "--require-hashes" in words for words in tasks.ran)


def test_failed_set_up_says_what_to_do_and_is_tried_again(tasks, capsys) -> None:
    tasks.fails = "--require-hashes"
    assert tasks.main(["demo"]) == 2
    assert "needs a connection to your package index" in capsys.readouterr().err
    assert not tasks.STAMP.exists()


@pytest.mark.parametrize(("length", "told"), [(30, False), (120, True)])
def test_a_folder_too_deep_for_windows_is_told(
    tasks, monkeypatch, capsys, length: int, told: bool
) -> None:
    monkeypatch.setattr(tasks, "WINDOWS", True)
    monkeypatch.setattr(tasks, "ROOT", "C:\\" + "x" * length)
    tasks.fails = "--require-hashes"
    assert tasks.main(["demo"]) == 2
    assert ("C:\\ineqlib" in capsys.readouterr().err) is told


def test_words_are_passed_on_and_exit_code_comes_back(tasks) -> None:
    tasks.fails = "ineqlib demo"
    assert tasks.main(["demo", "--quiet"]) == 7
    assert tasks.ran[-1].endswith("ineqlib demo --quiet")


@pytest.mark.parametrize("check", ["ruff format", "mypy", "pytest"])
def test_one_failed_check_fails_the_tests_after_all_have_run(tasks, capsys, check: str) -> None:
    tasks.fails = f"-m {check}"
    assert tasks.main(["test", "tests/unit"]) == 1
    assert any(words.endswith("--no-loadscope-reorder tests/unit") for words in tasks.ran)
    assert any(words.endswith("-m mypy") for words in tasks.ran)
    said = capsys.readouterr().out
    assert "== mypy\nwhat it says\n" in said, "in one piece, though it ran beside the tests"
    assert f"Failed: {check}." in said


def test_all_checks_that_pass_pass(tasks, capsys) -> None:
    assert tasks.main(["test"]) == 0
    assert "All checks passed." in capsys.readouterr().out


def test_old_python_is_told_what_is_needed(tasks, monkeypatch, capsys) -> None:
    monkeypatch.setattr(tasks.sys, "version_info", (3, 9, 1))
    assert tasks.main(["demo"]) == 2
    assert "This is Python 3.9.1; 3.11 or newer is needed" in capsys.readouterr().out


def test_lock_needs_uv(tasks, monkeypatch, capsys) -> None:
    without_uv(tasks, monkeypatch)
    assert tasks.main(["lock"]) == 2
    assert "needs uv" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("task", "script"),
    [
        ("dist", "make_dist"),
        ("bounds", "dependency_bounds"),
        ("unmaintained", "unmaintained"),
    ],
)
def test_tasks_of_a_release_run_their_script(tasks, repo: Path, task: str, script: str) -> None:
    assert (repo / "release" / f"{script}.py").is_file()
    tasks.fails = script
    assert tasks.main([task, "--word"]) == 7
    assert tasks.ran[-1].endswith(f"{script}.py --word")


@pytest.mark.parametrize(("words", "code"), [([], 2), (["dmo"], 2), (["--help"], 0)])
def test_usage_is_shown(tasks, capsys, words: list[str], code: int) -> None:
    assert tasks.main(words) == code
    assert "python tasks.py demo" in capsys.readouterr().out
