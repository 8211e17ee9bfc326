"""A batch whose ipykernel is made otherwise inside gives the same pages, and says it was slower."""

import os
from pathlib import Path

import pytest

from ineqlib.pack import Pack
from ineqlib.pack.model import TABLES
from ineqlib.publish.batch import render_batch
from ineqlib.publish.local_backend import LocalBackend
from ineqlib.publish.manifest import read_manifest
from ineqlib.publish.staleness import PART

from .conftest import FIRST, key, lend, require_tidy, require_true_manifest, run

pytestmark = pytest.mark.slow

HIDE = "import sys\nsys.modules['ipykernel.inprocess.ipkernel'] = None\n"


def test_a_batch_falls_back_to_papermills_own_engine(
    tmp_path: Path, demo_pack: Pack, warm: LocalBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = run(tmp_path, demo_pack, areas=(FIRST,))
    with monkeypatch.context() as usual:
        lend(usual, warm)
        assert render_batch(asked).notes == ()
    expected = {
        path.name: path.read_bytes()
        for path in asked.out.rename(tmp_path / "usual").glob("x*.html")
    }
    reads = read_manifest(tmp_path / "usual").entries[key(FIRST)].inputs

    # Every process that is started from now on finds that module missing.
    (tmp_path / "hide").mkdir()
    (tmp_path / "hide" / "sitecustomize.py").write_text(HIDE, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "hide"), prepend=os.pathsep)
    batch = render_batch(asked, workers=1)

    assert batch.failed == []
    [note] = batch.notes
    assert "ipykernel.inprocess.ipkernel cannot be imported" in note
    assert {path.name: path.read_bytes() for path in asked.out.glob("x*.html")} == expected
    # What the kernel has read is not known, so a page rests on every table.
    inputs = require_true_manifest(asked.out).entries[key(FIRST)].inputs
    # Tables that a later pack may have are those that every pack may have.
    may_be_there = {*TABLES, *demo_pack.meta.tables}
    read = {name.partition(PART)[0] for name in reads} & may_be_there
    assert read <= {name.rstrip(PART) for name in inputs}
    assert {f"{table}{PART}" for table in demo_pack.meta.tables} <= set(inputs)
    require_tidy(asked.out)
