"""The benchmark scripts run, and our answers are those of a plain loop over areas."""

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import nbformat
import pytest

from ineqlib.pack import Pack

loops = pytest.mark.skipif(
    find_spec("statsmodels") is None, reason="the plain loops need statsmodels (dev extra)"
)
CELLS = (
    "area = ''\npack = ''",
    "import ineqlib as iq\nbriefing = iq.open_briefing(pack, area)\nbriefing.cover",
    'briefing.section("headline")',
    "briefing.facts",
)
BATCH = """
import sys
from importlib.util import find_spec
from pathlib import Path
sys.path.insert(0, "benchmarks")
import batch, ways
ways.NOTEBOOK = Path(sys.argv[1])
pack, folder, areas = Path(sys.argv[2]), Path(sys.argv[3]), ["X07000001"]
with ways.Memory() as memory:
    ours = ways.ours(pack, areas, folder / "ours")
costs = {
    "ours": ours,
    "again": ways.ours(pack, areas, folder / "ours"),
    # Making anew what is there would cost as much as all the others together.
    "unforked": ways.ours(pack, areas, folder / "ours", forks=False),
    "floor": ways.floor(pack, areas),
    "stock": ways.stock(pack, areas, folder / "stock"),
}
assert set(memory.peaks) >= {"parent", "fork server", "renderer"}, memory.peaks
# Once each is enough: what is done twice at once is the same code.
costs |= {"stock_two": costs["stock"], "ours_few": ours, "ours_some": ours, "ours_all": ours}
costs["ours_bare"] = ways.ours(pack, areas, folder / "bare", draws=False)
[page] = (folder / "bare").glob("x*.html")
assert "<circle" not in page.read_text(encoding="utf-8")
costs |= {"ours_some_bare": costs["ours_bare"], "ours_all_bare": costs["ours_bare"]}
costs["stock_bare"] = costs["stock"]
seconds = ways.stages(pack, areas)
print(batch.report(batch.Asked(pack, areas, areas, 1, 1), [costs], memory, seconds))
"""

TURNS = """
import json, sys
from pathlib import Path
sys.path.insert(0, "benchmarks")
import batch, ways
ways.ours = lambda pack, areas, out, **options: [len(areas), options]
ways.stock = ways.floor = lambda *asked, **options: None
every = list(map(str, range(296)))
asked = batch.Asked(Path("pack"), batch.spread_over(every, 60), every, stock=3, repeats=1)
repeat = batch.one_repeat(asked, Path("folder"))
assert list(batch.TITLES) == [name for name in batch.TITLES if name in repeat]
told = {batch.TITLES[name]: [*repeat[name], wanted] for name, wanted in batch.TARGETS.items()}
print(json.dumps(told))
"""
AIMS = """
import sys
sys.path.insert(0, "benchmarks")
import build
pages = []
for first, more in ((4, 0.4), (6, 0.9)):
    costs = {"readers": build.Cost(1, 2, 1), "first": build.Cost(first, 2 * first, 1)}
    costs["one more"] = build.Cost(9, 2 * more, 1)
    pages.append(str(build.aims_met(costs)))
print("---".join(pages))
"""


def run(repo: Path, *words: str) -> str:
    """Return what a script prints; its warnings are errors."""
    command = [sys.executable, "-W", "error", *words]
    done = subprocess.run(command, cwd=repo, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@loops
def test_answers_are_those_of_a_plain_loop(repo: Path) -> None:
    assert run(repo, "benchmarks/measures.py", "--check") == ""


@loops
def test_coverage_prints_a_table_for_each_family(repo: Path) -> None:
    page = run(repo, "-X", "utf8", "benchmarks/coverage.py", "--sets", "20")
    assert page.startswith("# Coverage of intervals")
    assert page.count("\n## ") == page.count("| --- | --- |") == 9


def test_the_page_of_builds_says_which_aims_are_met(repo: Path) -> None:
    """Whatever is measured, in the words of the aims."""
    pages = [" ".join(page.split()) for page in run(repo, "-c", AIMS).split("---")]
    for page, first, more, said in zip(pages, (4, 6), (0.4, 0.9), ("met", "not met"), strict=True):
        assert f"of all files: {said}, {first:.1f} times." in page
        assert f"of the first work: {said}, {more / first:.1%}." in page


def test_targets_are_measured_with_30_areas_60_and_every_district(repo: Path) -> None:
    bare = {"draws": False}
    assert json.loads(run(repo, "-c", TURNS)) == {
        "ours, 30 areas": [30, {}, 25],
        "ours": [60, {}, 25],
        "ours, every district": [296, {}, 25],
        "ours, 30 areas, nothing drawn": [30, bare, 40],
        "ours, nothing drawn": [60, bare, 40],
        "ours, every district, nothing drawn": [296, bare, 40],
    }


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is read from /proc")
def test_all_ways_to_make_a_batch_are_run_and_told(
    repo: Path, small_pack: Pack, tmp_path: Path
) -> None:
    parameters, *others = (nbformat.v4.new_code_cell(source) for source in CELLS)
    parameters.metadata["tags"] = ["parameters"]
    book = nbformat.v4.new_notebook(
        cells=[parameters, *others],
        metadata=nbformat.read(repo / "notebooks" / "area_briefing.ipynb", 4).metadata,
    )
    nbformat.write(book, tmp_path / "tiny.ipynb")
    words = [str(path) for path in (tmp_path / "tiny.ipynb", small_pack.path, tmp_path)]

    page = run(repo, "-X", "utf8", "-c", BATCH, *words)

    assert page.startswith("# Benchmark of batches")
    assert "| stock, two at once | 1 |" in page
    assert "times stock; the target of 25 is " in page
    assert "times stock, nothing drawn; the target of 40 is " in page
    assert "| renderer | " in page
