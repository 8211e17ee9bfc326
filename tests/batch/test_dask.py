"""On other machines a batch gives the same pages, bears the same faults and leaves nothing."""

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import psutil
import pytest
import yaml
from click.testing import CliRunner

from ineqlib.cli import main
from ineqlib.errors import ClusterError
from ineqlib.pack import Pack
from ineqlib.publish import dask_connection
from ineqlib.publish.area_selection import AreaChoice
from ineqlib.publish.batch import render_batch
from ineqlib.publish.dask_backend import DaskBackend
from ineqlib.publish.dask_connection import LOCAL, Cluster, Connection
from ineqlib.publish.dask_worker import BatchSpec, prepare_worker
from ineqlib.publish.local_backend import Limits, LocalBackend

from .conftest import (
    EXAMPLE,
    FIRST,
    MEMORY,
    SECOND,
    SECONDS,
    key,
    require_tidy,
    require_true_manifest,
    run,
)

pytestmark = pytest.mark.slow

START = 180
"""Seconds that are never too few, however busy the machine."""
FAULTS = f"""
import time
if area == "{FIRST}":
    raise ValueError("no such thing")
if area == "{SECOND}":
    time.sleep(600)
"""
# The worker is two processes up: this one was forked from the fork server it keeps.
KILLS_ITS_WORKER = """
import pathlib, psutil, time
worker = psutil.Process().parent().parent()
try:
    with pathlib.Path(marks, "killed").open("x") as killed:  # only the first to come
        killed.write(f"{worker.pid} {area}")
    worker.kill()
    time.sleep(60)
except FileExistsError:
    pass
"""
LASTS = """
import pathlib, time
pathlib.Path(marks, area).touch()
time.sleep(float(pathlib.Path(marks, "nap").read_text()))
"""


def dask(*words: str, cache: Path) -> subprocess.Popen[bytes]:
    """Start a part of a Dask cluster, as one would on a machine of its own."""
    command = [sys.executable, "-m", "dask", *words, "--no-dashboard"]
    return subprocess.Popen(
        command, env={**os.environ, "XDG_CACHE_HOME": str(cache)}, stderr=subprocess.DEVNULL
    )


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a scheduler with two worker processes, each with a disk cache of its own."""
    folder = tmp_path_factory.mktemp("dask")
    file = folder / "scheduler.json"
    with contextlib.ExitStack() as running:

        def begin(*words: str) -> None:
            process = dask(*words, "--scheduler-file", str(file), cache=folder / words[0])
            running.callback(process.wait)
            running.callback(process.kill)

        begin("scheduler", "--host", "127.0.0.1", "--port", "0")
        until(file.exists)
        for _ in range(2):
            begin("worker", "--nthreads", "1", "--no-nanny", "--host", "127.0.0.1")
        address = yaml.safe_load(file.read_text(encoding="utf-8"))["address"]
        with connected(address) as client:
            client.wait_for_workers(2, timeout=START)
        yield address


@contextlib.contextmanager
def connected(address: str) -> Iterator:
    from distributed import Client

    with Client(address, set_as_default=False) as client:
        yield client


def until(true, seconds: float = START) -> None:
    """Wait for something to become true."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


def test_pages_and_manifest_are_those_of_one_machine(
    tmp_path: Path, demo_pack: Pack, backend: LocalBackend, scheduler: str
) -> None:
    near = run(tmp_path, demo_pack, areas=(FIRST, SECOND))
    near = replace(near, documents=(replace(near.documents[0], also=("markdown",)),))
    # Copied from its address by each worker into a cache of its own.
    far = replace(near, pack=demo_pack.path.as_uri(), out=tmp_path / "far")

    assert len(render_batch(near).made) == 2
    assert len(render_batch(far, workers=Cluster(scheduler)).made) == 2

    require_tidy(far.out)
    here, there = require_true_manifest(near.out), require_true_manifest(far.out)
    for code in (FIRST, SECOND):
        # A notebook tells when it ran and where its pack was; nothing else may differ.
        ours, theirs = here.entries[key(code)], there.entries[key(code)]
        assert replace(ours, files={}) == replace(theirs, files={})
        pages = [name for name in ours.files if name.endswith((".html", ".md"))]
        assert len(pages) == 2
        for page in pages:
            assert (near.out / page).read_bytes() == (far.out / page).read_bytes()
    assert not render_batch(far, workers=Cluster("tcp://127.0.0.1:9")).made, "nothing is to do"


def test_one_that_fails_and_one_that_hangs_are_reported_as_on_one_machine(
    tmp_path: Path, demo_pack: Pack, scheduler: str
) -> None:
    asked = run(tmp_path, demo_pack, FAULTS, areas=(FIRST, SECOND))
    batch = render_batch(asked, workers=Cluster(scheduler), seconds=5)
    fails, hangs = (outcome.summary for outcome in batch.failed)
    assert "(import time) with ValueError: no such thing" in fails
    assert "took longer than 5 seconds and was ended at" in hangs
    assert "(import time)" in hangs
    assert len(list((asked.out / "failed").glob("*.ipynb"))) == 2
    require_tidy(asked.out)


def test_workers_without_the_pack_are_named_and_nothing_is_made(
    demo_pack: Pack, scheduler: str, tmp_path: Path
) -> None:
    elsewhere = Pack(tmp_path / "only-here", demo_pack.meta)
    with pytest.raises(ClusterError, match=r"2 of 2 workers .*There is no pack at .*only-here"):
        DaskBackend(
            Cluster(scheduler), Limits(1, SECONDS, MEMORY), elsewhere, elsewhere.path, FIRST
        )


def test_the_areas_of_a_worker_that_is_killed_are_made_by_another(
    tmp_path: Path, demo_pack: Pack, scheduler: str
) -> None:
    """The last of those that use the scheduler: it has one worker less afterwards."""
    asked = run(tmp_path, demo_pack, f"marks = {str(tmp_path)!r}", KILLS_ITS_WORKER)
    asked = replace(asked, choice=AreaChoice((FIRST, SECOND, "X07000003")))

    batch = render_batch(asked, workers=Cluster(scheduler))

    killed, area = (tmp_path / "killed").read_text(encoding="utf-8").split()
    assert len(batch.made) == 3
    assert key(area) in require_true_manifest(asked.out).entries
    require_tidy(asked.out)
    with connected(scheduler) as client:
        [left] = client.run(os.getpid).values()
    assert left != int(killed)


def test_ctrl_c_on_this_machine_leaves_nothing_running_and_the_next_goes_on(
    tmp_path: Path, demo_pack: Pack, backend: LocalBackend
) -> None:
    asked = run(tmp_path, demo_pack, f"marks = {str(tmp_path)!r}", LASTS)
    (tmp_path / "nap").write_text("60", encoding="utf-8")
    keys = {"notebook": "book.ipynb", "pack": str(demo_pack.path), "out": "out", "areas": [FIRST]}
    (tmp_path / "run.yml").write_text(yaml.safe_dump({"title": "Run", **keys}), encoding="utf-8")
    command = [sys.executable, "-m", "ineqlib", "render", str(tmp_path / "run.yml")]
    command += ["--dask", "local", "--workers", "1"]

    batch = subprocess.Popen(command, start_new_session=True, stderr=subprocess.PIPE, text=True)
    until((tmp_path / FIRST).exists)
    family = psutil.Process(batch.pid).children(recursive=True)
    os.killpg(batch.pid, signal.SIGINT)
    _, messages = batch.communicate(timeout=START)

    assert batch.returncode == 130
    assert "Stopped. All that is written is complete" in messages
    assert "Traceback" not in messages
    assert "Warning" not in messages
    assert family
    assert psutil.wait_procs(family, timeout=START)[1] == []
    require_tidy(asked.out)

    (tmp_path / "nap").write_text("0", encoding="utf-8")
    assert len(render_batch(tmp_path / "run.yml").made) == 1
    require_true_manifest(asked.out)


@pytest.fixture(scope="module")
def local_cluster() -> Iterator[Connection]:
    with Connection(LOCAL, 1) as connection:
        yield connection


async def identity(address: str, security: Any) -> Any:
    """Ask a scheduler, worker or nanny who it is, which it tells whoever it lets in."""
    from distributed.core import rpc

    arguments = security.get_connection_args("client")
    async with rpc(address, timeout=2, connection_args=arguments) as server:
        return await server.identity()


@pytest.mark.parametrize("scheme", ["tcp://", "tls://"])
def test_a_cluster_on_this_machine_refuses_every_other_user(
    local_cluster: Connection, tmp_path: Path, scheme: str
) -> None:
    from distributed import Client
    from distributed.security import Security

    owner = local_cluster._client
    stranger = Security.temporary() if scheme == "tls://" else Security()
    workers = owner.scheduler_info()["workers"]
    nannies = [worker["nanny"] for worker in workers.values()]
    for address in (owner.scheduler.address, *workers, *nannies):
        assert asyncio.run(identity(address, owner.security))
        with pytest.raises(OSError):
            asyncio.run(identity(scheme + address.partition("://")[2], stranger))

    scheduler = scheme + owner.scheduler.address.partition("://")[2]
    with pytest.raises(OSError):
        Client(scheduler, security=stranger, timeout=2, set_as_default=False).run(
            (tmp_path / "stranger").touch
        )
    local_cluster.run((tmp_path / "owner").touch)
    assert [path.name for path in tmp_path.iterdir()] == ["owner"]


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "tls://127.0.0.1:9"])
def test_a_scheduler_out_of_reach_is_reported(
    tmp_path: Path, demo_pack: Pack, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setattr(dask_connection, "REPLY_TIMEOUT", 1.0)
    asked = run(tmp_path, demo_pack, areas=(FIRST,))
    with pytest.raises(ClusterError, match=rf"No Dask scheduler answers at {address} "):
        render_batch(asked, workers=Cluster(address))
    require_tidy(asked.out)


def test_what_to_install_is_reported_where_dask_is_missing(
    tmp_path: Path, demo_pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    asked = run(tmp_path, demo_pack, areas=(FIRST,))
    with pytest.raises(ClusterError, match=r"pip install 'ineqlib\[cluster\]'"):
        render_batch(asked, workers=Cluster(LOCAL))


def test_what_to_install_is_reported_where_a_cluster_could_not_be_kept_to_its_owner(
    tmp_path: Path, demo_pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "cryptography", None)
    asked = run(tmp_path, demo_pack, areas=(FIRST,))
    with pytest.raises(ClusterError, match=r"cryptography.* pip install 'ineqlib\[cluster\]'"):
        render_batch(asked, workers=Cluster(LOCAL))


def test_a_worker_with_another_version_is_refused() -> None:
    spec = BatchSpec("batch", "ineqlib 0.0.1 (other)", "pack", "", EXAMPLE, SECONDS, MEMORY)
    problem = prepare_worker(spec)
    assert problem.startswith("it has ineqlib")
    assert problem.endswith("where the batch has ineqlib 0.0.1 (other)")


def test_dask_is_chosen_in_one_way() -> None:
    words = ["render", "run.yml", "--dask", "local", "--scheduler", "tcp://127.0.0.1:9"]
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 2
    assert "either --scheduler or --dask" in result.output
