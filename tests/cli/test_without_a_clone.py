"""What is installed is enough: a beginner's steps, from a wheel in an environment of its own."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import tarfile
import time
import urllib.error
import urllib.request
import venv
import zipfile
from pathlib import Path

import openpyxl
import pytest

from ineqlib.files import WINDOWS
from ineqlib.pack import Pack
from ineqlib.workbench.templates import XLSX

SOURCES = ("ineqlib", "notebooks", "params", "pyproject.toml", "setup.py", "MANIFEST.in")
SOURCES += ("README.md", "LICENSE")
BUILT = "from setuptools import build_meta; build_meta.build_{}('dist')"
AREA = "X07000001"
QUICKLY = (
    "import shutil, sys, ineqlib.demo\n"
    "ineqlib.demo.make_demo_pack = lambda out: shutil.copytree({pack!r}, out)\n"
    "from ineqlib.cli import main\n"
    "main(sys.argv[1:])"
)


@pytest.fixture(scope="module")
def wheel(repo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel that was built from an archive of the sources, as package indices do."""
    folder = tmp_path_factory.mktemp("built")
    for name in SOURCES:
        source = repo / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder)
    build = [sys.executable, "-W", "ignore", "-c"]
    subprocess.run([*build, BUILT.format("sdist")], cwd=folder, check=True, capture_output=True)
    [archive] = (folder / "dist").glob("*.tar.gz")
    with tarfile.open(archive) as sources:
        sources.extractall(folder / "unpacked", filter="data")
    [sources_folder] = (folder / "unpacked").iterdir()
    command = [*build, BUILT.format("wheel")]
    subprocess.run(command, cwd=sources_folder, check=True, capture_output=True)
    [made] = (sources_folder / "dist").glob("*.whl")
    return made


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment that has the wheel, and of this one the dependencies alone."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False)
    home = {"base": str(folder), "platbase": str(folder)}
    packages = Path(sysconfig.get_path("purelib", "venv", home))
    with zipfile.ZipFile(wheel) as content:
        content.extractall(packages)
    # What a .pth file names is not looked through for others, such as that of this very clone.
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return folder / ("Scripts/python.exe" if WINDOWS else "bin/python")


@pytest.fixture(scope="module")
def project(python: Path, small_pack: Pack, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project made in an empty folder, whose demonstration pack is copied to be quick."""
    folder = tmp_path_factory.mktemp("empty")
    quickly = ["-c", QUICKLY.format(pack=str(small_pack.path))]
    run(python, folder, *quickly, "new", "my-council", "--area", "Stevenage", "--quiet")
    return folder / "my-council"


def run(python: Path, folder: Path, *words: object) -> str:
    """What a command of the environment prints; it may read nothing of this clone."""
    environment = {**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": ""}
    done = subprocess.run(
        [str(python), *map(str, words)],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def ineq(python: Path, folder: Path, *words: object) -> str:
    return run(python, folder, "-m", "ineqlib", *words)


def test_the_wheel_holds_every_notebook_and_no_file_twice(repo: Path, wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as content:
        names = content.namelist()
    notebooks = {
        f"ineqlib/shipped/notebooks/{path.name}" for path in repo.glob("notebooks/*.ipynb")
    }
    assert {name for name in names if name.endswith(".ipynb")} == notebooks
    assert len(names) == len(set(names))
    assert not [name for name in names if name.startswith(("tests/", "benchmarks/", "docs/"))]


def test_the_demonstration_works_from_the_wheel_alone(
    python: Path, small_pack: Pack, tmp_path: Path
) -> None:
    code = "from ineqlib.files import shipped; print(shipped('params', 'runs', 'demo.yml'))"
    run_file = Path(run(python, tmp_path, "-c", code).strip())
    assert "site-packages" in run_file.parts
    text = run_file.read_text(encoding="utf-8")
    one = text.replace("parent: X10000001", f"areas: [{AREA}] #")
    assert one != text
    run_file.write_text(one, encoding="utf-8")  # of ten districts one, to be quick
    quickly = ["-c", QUICKLY.format(pack=str(small_pack.path))]
    run(python, tmp_path, *quickly, "demo", "--quiet")
    pages = {path.name for path in (tmp_path / "build" / "demo").glob("*.html")}
    assert {"index.html", "x07000001-brackenhythe.html"} <= pages


def test_own_figures_get_from_the_template_into_a_briefing(python: Path, project: Path) -> None:
    book = openpyxl.load_workbook(project / "templates" / XLSX)
    for year, value in (("2022/23", 4.1), ("2023/24", 3.9)):
        for code, name in (("E07000243", "Stevenage"), ("E92000001", "England")):
            limits = (value - 0.5, value + 0.5)
            row = (code, name, "Warm homes visits", year, "Persons", "", value, *limits)
            book["Figures"].append([*row, "", "", "%", ""])
    figures = project / "data" / "downloads" / "warm-homes.xlsx"
    book.save(figures)
    assert "can be used: 4 figures of 2 areas" in ineq(python, project, "check", figures)
    ineq(python, project, "build", "data/downloads", "--out", "data/packs/mine", "--quiet")
    ineq(python, project, "render", "params/runs/mine.yml", "--quiet", "--workers", 1)
    page = project / "build" / "mine" / "e07000243-stevenage.html"
    assert "Warm homes visits" in page.read_text(encoding="utf-8")


def test_jupyterlab_opens_a_project_and_stops_cleanly(python: Path, project: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = ["--no-browser", f"--port={port}", "--IdentityProvider.token=", "--allow-root"]
    # The environment has JupyterLab's code, but not its pages.
    environment = {**os.environ, "PYTHONPATH": ""}
    environment["JUPYTERLAB_DIR"] = str(Path(sys.prefix) / "share" / "jupyter" / "lab")
    flags = 0
    if sys.platform == "win32":
        flags = subprocess.CREATE_NEW_PROCESS_GROUP
    log = project / "lab.log"
    with (
        log.open("wb") as written,
        subprocess.Popen(
            [str(python), "-m", "ineqlib", "lab", str(project), *options],
            env=environment,
            stdout=written,
            stderr=subprocess.STDOUT,
            creationflags=flags,
        ) as lab,
    ):
        address = f"http://127.0.0.1:{port}"
        try:
            welcome = json.loads(answer(f"{address}/api/contents/notebooks/welcome.ipynb", lab))
            # Without a terminal, one that comes while extensions still start can be lost.
            time.sleep(5)
            lab.send_signal(signal.CTRL_BREAK_EVENT if sys.platform == "win32" else signal.SIGINT)
            code = lab.wait(120)
        finally:
            lab.kill()
    assert welcome["type"] == "notebook"
    said = log.read_text(encoding="utf-8")
    assert "/lab/tree/notebooks/welcome.ipynb" in said
    assert "Traceback" not in said
    assert WINDOWS or code == 0, said


def answer(address: str, server: "subprocess.Popen[bytes]") -> bytes:
    """What a server says, as soon as it is there."""
    for _ in range(2_000):
        assert server.poll() is None, "it has ended"
        try:
            with urllib.request.urlopen(address, timeout=30) as response:
                content: bytes = response.read()
                return content
        except urllib.error.URLError:
            time.sleep(0.1)
    raise AssertionError(f"nothing answers at {address}")
