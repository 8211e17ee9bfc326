"""Fixtures every kind of test may use."""

import gc
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest
from filelock import FileLock

import ineqlib.processes.fast_imports  # noqa: F401  # before anything else of ours
from ineqlib.demo import make_demo_pack
from ineqlib.demo.training import make_training_pack
from ineqlib.files import WAITS
from ineqlib.pack import Pack, open_pack, write_pack
from ineqlib.pack.combine import combine

if TYPE_CHECKING:  # not every test needs a browser
    from playwright.sync_api import Browser, Page

REPO = Path(__file__).resolve().parents[1]
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
BROWSERS += ("google-chrome-stable", "chrome", "msedge", "microsoft-edge")
"""The first has Chromium's engine without its windows: a page opens in a third of the time."""
INSTALLED = (  # where Windows and macOS put browsers, which are not on PATH
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "{ProgramFiles}/Google/Chrome/Application/chrome.exe",
    "{ProgramFiles(x86)}/Microsoft/Edge/Application/msedge.exe",
)

QUICK = str(REPO / "tests" / "quick")
"""Where programs that tests start look first, to do without the slowest import of jsonschema.

That costs each of them more than a second (see `ineqlib.processes.fast_imports`), and to look for
garbage while they import a tenth of their start. Programs of `test_start.py` and
`test_without_a_clone.py` are started as anybody's are.
"""
sys.path[:] = [place for place in sys.path if place != QUICK]  # a worker of pytest has it too
_places = [place for place in os.environ.get("PYTHONPATH", "").split(os.pathsep) if place]
os.environ["PYTHONPATH"] = os.pathsep.join(dict.fromkeys([QUICK, *_places]))
# Where nothing compiled is kept, each of these programs would compile all of the package anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# Laws are tried on the same data everywhere, and a slow machine does not break them. Of fifteen
# faults put into measures, fifteen examples find those that twenty-five find.
hypothesis.settings.register_profile("same", deadline=None, derandomize=True, max_examples=15)
hypothesis.settings.load_profile("same")

FEW = ("life_expectancy", "cancer_deaths_under_75", "early_communication")
FEW += ("smoking_adults", "year_6_obesity")
"""Indicators of the small pack; the first has figures for every grouping."""

TESTS = REPO / "tests"
MAKE_PACKS = (TESTS / "real" / "test_build.py", TESTS / "unit" / "test_training.py")
COMPUTING = {"golden", "laws", "sources", "unit"}
"""Folders of tests that hardly ever wait."""

FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Keep the search for garbage off what is imported and collected, and let it be rare later.

    None of that is garbage before the end, and it is most of what a worker holds: to look it
    through again and again would take a tenth of the suite's processor time.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.set_threshold(20_000, 20, 50)
        gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that make packs for which others would wait; then mix all others.

    Some tests wait for processes and browsers, too. In the order of names all workers have such
    tests at once, and at the end none has; mixed, there is always one that can compute.
    """
    files = dict.fromkeys(item.path for item in items)
    places = dict.fromkeys(MAKE_PACKS, -1.0)
    for computes in (True, False):
        group = [
            path for path in files if (path.relative_to(TESTS).parts[0] in COMPUTING) is computes
        ]
        # Evenly from the beginning to the end of the run, each group in the order of its names.
        places = {path: at / len(group) for at, path in enumerate(group)} | places
    items.sort(key=lambda item: places[item.path])


@pytest.fixture(scope="session")
def repo() -> Path:
    """The project's folder."""
    return REPO


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real publishers' files that stands beside the project, or a skip."""
    folder = REPO.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip(
            f"real data not found at {folder}: "
            "these checks run where the data folder stands beside the project"
        )
    return folder


@pytest.fixture(scope="session")
def browser_path() -> str:
    """The program of an installed Chromium, Chrome or Edge, or a skip that says what to install."""
    places = [place.format_map({**_program_folders(), **os.environ}) for place in INSTALLED]
    found = [path for name in BROWSERS if (path := shutil.which(name))]
    found += [place for place in places if Path(place).is_file()]
    if not found:
        pytest.skip(
            "no Chromium, Chrome or Edge found: the browser tests need one "
            "(Debian: apt-get install chromium, and chromium-headless-shell to be quick; "
            "Windows and macOS: install Chrome or Edge)"
        )
    return found[0]


@pytest.fixture(scope="session")
def browser(request: pytest.FixtureRequest) -> "Iterator[Browser]":
    """A headless browser for the whole session; on CI its absence fails instead of skipping."""
    try:
        program = request.getfixturevalue("browser_path")
    except pytest.skip.Exception as absent:
        if os.environ.get("CI"):
            pytest.fail(str(absent))
        raise
    reason = "the browser tests need `playwright` (dev extra)"
    api = pytest.importorskip("playwright.sync_api", reason=reason)
    with api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def open_page(browser: "Browser") -> Iterator[Callable[..., "Page"]]:
    """Open a file in a page that notes its `requests` and `complaints`.

    The first are addresses asked for, the second console messages and uncaught errors.
    """
    contexts = []

    def opened(
        path: Path, *, js: bool = True, viewport: tuple[int, int] = (1280, 900), **options: Any
    ) -> "Page":
        width, height = viewport
        context = browser.new_context(
            java_script_enabled=js,
            viewport={"width": width, "height": height},
            offline=True,
            **options,
        )
        contexts.append(context)
        page = context.new_page()
        page.requests = []
        page.complaints = []
        page.on("request", lambda request: page.requests.append(request.url))
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto(path.as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()


def _program_folders() -> dict[str, str]:
    return {"ProgramFiles": "C:/Program Files", "ProgramFiles(x86)": "C:/Program Files (x86)"}


@pytest.fixture
def held_on_windows(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Have a method of `Path` find the file open in another program, so many times."""
    monkeypatch.setattr("ineqlib.files.WINDOWS", True)
    monkeypatch.setattr("ineqlib.files.WAITS", [0] * len(WAITS))

    def hold(method: str, times: int) -> None:
        act, left = getattr(Path, method), [None] * times

        def refused(path: Path, *args: object, **options: object) -> object:
            if not left:
                return act(path, *args, **options)
            left.pop()
            raise PermissionError(13, "It is being used by another process", str(path))

        monkeypatch.setattr(Path, method, refused)

    return hold


@pytest.fixture(scope="session")
def common(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder that all processes of this run have in common.

    For what is dear to make: under a lock, the first to come makes it and the others wait.
    """
    own = tmp_path_factory.getbasetemp()
    return own if worker_id == "master" else own.parent


@pytest.fixture(scope="module", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Use a cache folder of this file of tests instead of the user's.

    Otherwise a build would take steps from another file's tests, or another day's, and a step that
    a test stands in for would be kept for the user's own builds.
    """
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("platformdirs.user_cache_path", lambda *_, **__: folder)
        yield


@pytest.fixture(scope="session")
def demo_pack(common: Path) -> Pack:
    """The demonstration pack, made once for all processes of this run."""
    folder = common / "demo"
    with FileLock(common / "demo.lock"):
        if not folder.exists():
            make_demo_pack(folder)
    return open_pack(folder)


@pytest.fixture(scope="session")
def site(repo: Path, demo_pack: Pack, common: Path) -> Path:
    """The folder of the documentation site: the one just built, which CI names, or one of our own.

    Ours is built once; one notebook is run for it, to be quick.
    """
    if built := os.environ.get("INEQLIB_SITE"):
        return repo / built
    out = common / "site"
    with FileLock(common / "site.lock"):
        if not (out / "html" / "index.html").exists():
            maker = repo / "docs" / "_site" / "make_site.py"
            words = ["--pack", demo_pack.path, "--out", out, "--run", "my_question"]
            subprocess.run([sys.executable, maker, *map(str, words)], check=True)
    return out / "html"


@pytest.fixture(scope="session")
def training_pack(common: Path) -> Pack:
    """The county with exercises, made once for all processes of this run."""
    folder = common / "training"
    with FileLock(common / "training.lock"):
        if not folder.exists():
            make_training_pack(folder, seed=1)
    return open_pack(folder)


@pytest.fixture(scope="session")
def small_pack(demo_pack: Pack, common: Path) -> Pack:
    """The demonstration pack with few indicators, so that less is read, told and drawn.

    For tests of what is around a briefing. Each start of a batch makes a whole one to warm up.
    """
    folder = common / "small" / "demo"
    with FileLock(common / "small.lock"):
        if not folder.exists():
            tables = {name: demo_pack.table(name) for name in demo_pack.meta.tables}
            for name in ("observations", "indicators"):
                rows = tables[name]
                tables[name] = rows[rows["indicator_id"].isin(FEW)]
            write_pack(folder, tables, demo_pack.meta)
    return open_pack(folder)


@pytest.fixture(scope="session")
def options_pack(small_pack: Pack, repo: Path, common: Path) -> Pack:
    """The county of the small pack with two proposals of how to divide it, made once."""
    folder = common / "options" / "pack"
    with FileLock(common / "options.lock"):
        if not folder.exists():
            combine(small_pack, repo / "params" / "reorganisation" / "demo.yml", folder)
    return open_pack(folder)
