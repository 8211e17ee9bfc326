"""What a batch publishes tells nobody where on which machine it was made."""

import json
import os
import re
import sys
from pathlib import Path

import pytest

from ineqlib.pack import Pack
from ineqlib.publish.batch import render_batch
from ineqlib.publish.local_backend import LocalBackend
from ineqlib.publish.machine_paths import without_paths
from ineqlib.publish.manifest import read_manifest
from ineqlib.publish.plan import plan

from .conftest import FIRST, SECOND, key, run

PRINTS = """
import os, sys, warnings
from pathlib import Path
from IPython.display import HTML
print(pack, sys.executable, os.getcwd(), Path.home() / "plans.docx", sys.prefix)
warnings.warn("careful")
HTML(f"<p>read from {pack}</p>")
"""
RETURNS = "Path(pack) / 'observations.parquet'"
FAILS = """
def read(name):
    with open(Path(pack).parent / "private folder" / name): pass
if area == "X07000002":
    read("minutes.csv")
"""


@pytest.mark.slow
def test_no_file_in_the_folder_holds_a_path_of_the_machine(
    tmp_path: Path, demo_pack: Pack, backend: LocalBackend
) -> None:
    asked = run(tmp_path, demo_pack, PRINTS, RETURNS, FAILS, areas=(FIRST, SECOND))
    batch = render_batch(asked)
    assert [outcome.status for outcome in batch.outcomes] == ["ready", "failed"]

    texts = {
        path.relative_to(asked.out).as_posix(): path.read_text(encoding="utf-8")
        for path in asked.out.rglob("*")
        if path.suffix in (".html", ".ipynb", ".json")
    }
    assert len(texts) == 5
    base = Path(os.path.commonpath([tmp_path, demo_pack.path]))
    private = "|".join(re.escape(str(path)) for path in (base, Path.home(), sys.prefix, Path.cwd()))
    for name, text in texts.items():
        assert re.findall(rf"(?<!\w)(?:{private})\b|/site-packages/|/tmp/", text) == [], name

    book = json.loads(texts["x07000001-brackenhythe.ipynb"])
    about = book["metadata"]["papermill"]
    assert (about["input_path"], about["parameters"]["pack"]) == ("book.ipynb", "demo")
    assert 'pack = "demo"' in "".join(book["cells"][1]["source"]), "as it can be opened elsewhere"
    assert "Path('demo/observations.parquet')" in texts["x07000001-brackenhythe.ipynb"]
    assert "read from demo" in texts["x07000001-brackenhythe.html"]
    problem = read_manifest(asked.out).entries[key(SECOND)].problem
    assert "kept at failed/x07000002-coldmarket.ipynb" in problem
    assert "minutes.csv" in problem
    assert "minutes.csv" in texts["index.html"]
    (failed,) = batch.failed
    assert str(demo_pack.path.parent) in failed.summary, "but who made it is told"
    assert [each.reason for each in plan(asked).tasks] == ["failed last time"]


@pytest.mark.parametrize(
    ("text", "public"),
    [
        ("'/srv/mine/a b/x.csv'", "'mine/a b/x.csv'"),
        ("/srv/mine2/x.csv and /srv/mine.", "x.csv and mine."),
        ("\x1b[32m/opt/py/lib/x.py:12\x1b[39m, in f", "\x1b[32mx.py:12\x1b[39m, in f"),
        ("File ~/projects/secret/x.py:3", "File x.py:3"),
        ("file:///home/ann/x.csv", "x.csv"),
        (r"open('C:\\Users\\ann\\x.csv')", "open('x.csv')"),
        (r"C:\Users\ann\x.csv", "x.csv"),
        ("C:/Users/ann/x.csv", "x.csv"),
        (r"\\server\share\x.csv", "x.csv"),
        ("https://example.org/a/b?c=/d", "https://example.org/a/b?c=/d"),
        ("2023/24, 3 per 1,000 and/or 1/2 of ./a/b", "2023/24, 3 per 1,000 and/or 1/2 of ./a/b"),
    ],
)
def test_only_paths_are_taken_out_of_a_text(text: str, public: str) -> None:
    assert without_paths(text, {"/srv/mine": "mine"}) == public
