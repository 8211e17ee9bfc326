"""Bounds are tried as users install, and what nobody releases any more is named."""

from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

NOW = datetime(2026, 11, 29, tzinfo=UTC)
RELEASES = {
    # As uv answered on that day, by the year asked about.
    "xlrd": {2026: "2.0.2", 2025: "2.0.2", 2024: "2.0.1"},
    "papermill": {2026: "2.7.0", 2025: "2.6.0", 2024: "2.6.0"},
    "cyclonedx-bom": {2026: "7.5.0", 2025: "", 2024: ""},
}


def newest(name: str, at: datetime) -> str:
    return RELEASES.get(name, {}).get(at.year, "")


@pytest.mark.parametrize(("months", "idle"), [(12, {"xlrd": "2.0.2"}), (24, {})])
def test_packages_without_a_release_are_named(script, months: int, idle: dict) -> None:
    assert script("unmaintained").without_release(RELEASES, months, newest, NOW) == idle


def test_a_package_that_is_not_there_is_an_error_and_not_well_kept(script) -> None:
    with pytest.raises(LookupError, match="has no lost"):
        script("unmaintained").without_release(["xlrd", "lost"], 12, newest, NOW)


@pytest.mark.parametrize(
    ("code", "output", "errors", "version"),
    [
        (0, "xlrd==2.0.2\n", "", "2.0.2"),
        (0, "numpy==2.4.6 ; python_version < '3.12'\n", "", "2.4.6"),
        (1, "", "hint: `pandas` was filtered by `exclude-newer` to only include", ""),
    ],
)
def test_what_uv_answers_is_read(
    script, monkeypatch: pytest.MonkeyPatch, code: int, output: str, errors: str, version: str
) -> None:
    unmaintained = script("unmaintained")
    asked = []

    def answer(command: list[str], **options: object) -> SimpleNamespace:
        asked.append((command[-1], options["input"]))
        return SimpleNamespace(returncode=code, stdout=output, stderr=errors)

    monkeypatch.setattr(unmaintained.shutil, "which", lambda name: name)
    monkeypatch.setattr(unmaintained.subprocess, "run", answer)
    assert unmaintained.newest_by_uv("xlrd", NOW) == version
    assert asked == [("2026-11-29T00:00:00Z", "xlrd")]


def test_no_connection_is_an_error_and_not_an_idle_package(
    script, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    unmaintained = script("unmaintained")
    broken = SimpleNamespace(returncode=2, stdout="", stderr="error: dns error")
    monkeypatch.setattr(unmaintained.shutil, "which", lambda name: name)
    monkeypatch.setattr(unmaintained.subprocess, "run", lambda *_, **__: broken)
    assert unmaintained.main(["--months", "12"]) == 1
    assert "dns error" in capsys.readouterr().err
    monkeypatch.setattr(unmaintained.shutil, "which", lambda name: None)
    assert unmaintained.main([]) == 1
    assert "needs uv" in capsys.readouterr().err


def test_every_direct_dependency_is_asked_about(script, repo: Path) -> None:
    names = script("unmaintained").dependencies(repo / "pyproject.toml")
    assert {"pandas", "ipykernel", "pytest"} <= set(names)
    assert not [name for name in names if not name.replace("-", "").replace("_", "").isalnum()]


@pytest.fixture
def steps(script, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What trying the bounds runs, in words; nothing is run."""
    bounds = script("dependency_bounds")
    ran: list[str] = []

    def record(command: list[object], **_: object) -> SimpleNamespace:
        words = list(map(str, command))
        ran.append(" ".join(words))
        if "clone" in words:
            (Path(words[-1]) / "ineqlib").mkdir(parents=True)
            project = bounds.ROOT / "pyproject.toml"
            (Path(words[-1]) / "pyproject.toml").write_bytes(project.read_bytes())
        return SimpleNamespace(returncode=0, stdout=str(bounds.ROOT / "release"))

    wheel = Path("ineqlib-0-py3-none-any.whl")
    monkeypatch.setattr(bounds.reproducible, "build", lambda *_: (wheel, wheel))
    monkeypatch.setattr(bounds.shutil, "which", lambda name: "uv")
    monkeypatch.setattr(bounds.subprocess, "run", record)
    return ran


@pytest.mark.parametrize(
    ("way", "resolution"), [("--lowest", "lowest-direct"), ("--newest", "highest")]
)
def test_the_wheel_is_tried_with_what_was_resolved(
    script, steps: list[str], way: str, resolution: str
) -> None:
    assert script("dependency_bounds").main([way]) == 0
    compiled = next(step for step in steps if "pip compile" in step)
    assert f"--resolution {resolution}" in compiled
    assert "--extra cluster --extra word" in compiled
    installed = [step for step in steps if "pip install" in step]
    assert "-r" in installed[0] and "needed.txt" in installed[0]
    assert "-c" in installed[1] and "needed.txt" in installed[1], "tools may change none of it"
    assert installed[2].endswith("--no-deps ineqlib-0-py3-none-any.whl")
    assert "iq.render" in steps[-2]
    assert steps[-1].endswith("-m pytest -q tests/unit tests/laws")


def test_named_tests_are_run_instead_of_all(script, steps: list[str]) -> None:
    script("dependency_bounds").main(["--lowest", "tests/unit/test_pack.py", "-x"])
    assert steps[-1].endswith("-m pytest -q tests/unit/test_pack.py -x")


def test_a_step_that_fails_ends_it(
    script, steps: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    bounds = script("dependency_bounds")
    record = bounds.subprocess.run

    def fails(command: list[object], **options: object) -> SimpleNamespace:
        done = record(command, **options)
        done.returncode = int("check" in map(str, command))
        return done

    monkeypatch.setattr(bounds.subprocess, "run", fails)
    assert bounds.main(["--lowest"]) == 1
    assert "Failed: uv pip check" in capsys.readouterr().err
    assert not [step for step in steps if "pytest" in step.split()]


@pytest.mark.parametrize("words", [[], ["--oldest"], ["--lowest", "--newest"]])
def test_usage_is_shown(script, capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    with pytest.raises(SystemExit):
        script("dependency_bounds").main(words)
    assert "--lowest | --newest" in capsys.readouterr().err


def test_another_python_can_be_named(script, steps: list[str]) -> None:
    assert script("dependency_bounds").main(["--newest", "--python", "3.13"]) == 0
    [made] = [step for step in steps if " venv " in step]
    assert "--python 3.13" in made


def test_what_the_tests_need_is_named_without_versions(script, repo: Path) -> None:
    names = script("dependency_bounds").names_of_tools(repo / "pyproject.toml")
    assert {"pytest", "hypothesis"} <= set(names)
    assert not {"python-docx", "distributed", "cyclonedx-bom"} & set(names)
