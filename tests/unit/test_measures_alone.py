"""The measures need numpy, scipy and pandas, and nothing else of what the project installs."""

import os
import subprocess
import sys
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parents[2]
TESTS = sorted(
    [
        *(set((REPO / "tests" / "unit").glob("test_measures_*.py")) - {Path(__file__).resolve()}),
        *(REPO / "tests" / "laws").glob("test_*.py"),
    ]
)

ARITHMETIC = "ineqlib numpy scipy pandas python-dateutil six tzdata"
TESTING = "pytest pluggy iniconfig packaging pygments hypothesis sortedcontainers attrs"


@cache
def alone() -> str:
    """Return the first lines of a program that finds no module of any other installed package."""
    others = sorted(
        module
        for module, packages in packages_distributions().items()
        if not {package.lower() for package in packages} & set(f"{ARITHMETIC} {TESTING}".split())
        and module != "tests"  # some packages bring tests under the name of ours
    )
    return f"""
import sys


class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {others}:
            raise ModuleNotFoundError(f"{{name}} is not numpy, scipy or pandas", name=name)


sys.meta_path.insert(0, Refuse())
"""


RUN_TESTS = """
from collections import Counter
from pathlib import Path

import hypothesis
import pytest

LONG = (
    "hold_the_truth", "agree_with", "simulation", "simulated", "alarm", "by_chance", "few_events",
    "many_events", "memory_is_bounded", "plain_loop", "shuffled_rows", "other_clothes",
    "a_cell_that_cannot_be", "holds_no_numbers", "draws",
)
ALL_MEASURES = "a_plain_number_serves_all_or_is_refused"
profile = {"deadline": None, "derandomize": True, "max_examples": 2, "database": None}
settings = hypothesis.settings
settings.register_profile("alone", **profile)
settings.load_profile("alone")
# A test that asks for more examples gets two: enough to import all that it needs.
hypothesis.settings = lambda **asked: settings(**{**asked, "max_examples": 2})


class Plugin:
    @pytest.fixture
    def repo(self):  # tests/conftest.py knows the whole package, so it is not read
        return Path.cwd()

    def pytest_collection_modifyitems(self, items):
        # What takes long repeats on many numbers what a short test does on few, and the further
        # cases of a test need what its first one does, but where each is of another measure.
        cases = Counter()
        short = []
        for item in items:
            test = (item.path, item.name.partition("[")[0])
            cases[test] += 1
            first = cases[test] == 1 and not any(word in item.name for word in LONG)
            if first or ALL_MEASURES in item.name:
                short.append(item)
        items[:] = short


options = "-q -x --noconftest --import-mode=importlib -p no:cacheprovider -W error -c"
sys.exit(pytest.main([*options.split(), *sys.argv[1:]], plugins=[Plugin()]))
"""


def run(program: str, *words: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a program in a fresh Python that finds nothing but what it may."""
    environment = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONUTF8": "1"}
    environment.pop("PYTEST_ADDOPTS", None)
    return subprocess.run(
        [sys.executable, "-c", program, *map(str, words)],
        cwd=REPO,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_unit_and_law_tests_pass_with_numpy_scipy_and_pandas_alone(tmp_path: Path) -> None:
    settings = tmp_path / "pytest.ini"
    settings.write_text("[pytest]\nmarkers =\n    slow: s\n    real: r\n    browser: b\n")
    assert len(TESTS) > 10
    done = run(alone() + RUN_TESTS, settings, f"--rootdir={REPO}", *TESTS)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    assert "passed" in done.stdout


@pytest.mark.parametrize("other", ["geopandas", "altair", "IPython", "yaml", "pyarrow", "click"])
def test_nothing_else_can_be_imported_there(other: str) -> None:
    done = run(f"{alone()}\nimport {other}")
    assert f"{other} is not numpy, scipy or pandas" in done.stderr


def test_measures_do_not_wait_for_the_slow_parts_of_scipy() -> None:
    done = run(
        alone()
        + "import ineqlib.measures\n"
        + "slow = {'scipy.stats', 'scipy.optimize', 'scipy.spatial'} & set(sys.modules)\n"
        + "sys.exit(', '.join(sorted(slow)) or 0)"
    )
    assert done.returncode == 0, f"imported at once: {done.stderr}"
