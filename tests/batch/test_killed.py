"""A batch that is killed or stopped, at whatever moment, has lost nothing that was published."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import yaml

from ineqlib.briefing.manifest import MANIFEST, READY, read_manifest
from ineqlib.pack import Pack

from .conftest import COUNTY, notebook, require_tidy, require_true_manifest

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="kills by signal, in forks"),
]
HERE = Path(__file__).parent


def test_fifty_kills_at_random_moments(tmp_path: Path, demo_pack: Pack, repo: Path) -> None:
    command = [sys.executable, HERE / "killed_batches.py", notebook(tmp_path), demo_pack.path]
    done = subprocess.run(
        [*command, tmp_path / "out"], capture_output=True, text=True, check=False, cwd=repo
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "50 kills, 10 briefings, left [], wrong [], index=True" in done.stdout


def published(out: Path) -> int:
    if not (out / MANIFEST).exists():
        return 0
    return sum(entry.status == READY for entry in read_manifest(out).entries.values())


def start(run_file: Path, repo: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "ineqlib", "render", str(run_file)]
    return subprocess.Popen(command, cwd=repo, stderr=subprocess.PIPE, text=True)


def wait_for(number: int, out: Path, process: subprocess.Popen[str]) -> None:
    while published(out) < number and process.poll() is None:
        time.sleep(0.05)


def test_a_stopped_batch_says_so_and_the_next_one_ends_it(
    tmp_path: Path, demo_pack: Pack, repo: Path
) -> None:
    content = {
        "title": "Stopped",
        "notebook": notebook(tmp_path).name,
        "pack": str(demo_pack.path),
        "out": "out",
        "parent": COUNTY,
    }
    run_file, out = tmp_path / "run.yml", tmp_path / "out"
    run_file.write_text(yaml.safe_dump(content), encoding="utf-8")

    stopped = start(run_file, repo)
    wait_for(2, out, stopped)
    stopped.send_signal(signal.SIGINT)
    words = stopped.communicate(timeout=60)[1]
    assert stopped.returncode == 130, words
    assert "run the same command again for the rest" in words
    first = require_true_manifest(out)
    assert 2 <= len(first.entries) < 10
    require_tidy(out)

    killed = start(run_file, repo)
    wait_for(len(first.entries) + 2, out, killed)
    killed.kill()
    killed.communicate(timeout=60)
    second = read_manifest(out)
    assert len(first.entries) < len(second.entries) < 10

    last = start(run_file, repo)
    words = last.communicate(timeout=300)[1]
    assert last.returncode == 0, words
    whole = require_true_manifest(out)
    assert len(whole.entries) == 10
    assert whole.is_finished
    require_tidy(out)
    untouched = [code for code in first.entries if first.entries[code] == whole.entries[code]]
    assert untouched == list(first.entries)
