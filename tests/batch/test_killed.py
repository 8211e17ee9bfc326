"""A batch that is killed or stopped, at whatever moment, has lost nothing that was published."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import yaml

from ineqlib.files import file_sha256
from ineqlib.pack import Pack
from ineqlib.publish.manifest import MANIFEST, READY, read_manifest

from .conftest import FIRST, SECOND, notebook, require_tidy, require_true_manifest
from .hunt import Hunt

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="kills by signal, in forks"),
]
HERE = Path(__file__).parent
SEED, KILLS, LEAST = 4, 12, 3
FOUR = [FIRST, SECOND, "X07000003", "X07000004"]
SEVEN = [*FOUR, "X07000005", "X07000006", "X07000007"]


def written_run(folder: Path, pack: Pack, **chosen: object) -> Path:
    """A run file of a notebook that shows one chart."""
    content = {
        "title": "Killed",
        "notebook": notebook(folder, sections=("deprivation",)).name,
        "pack": str(pack.path),
        "out": "out",
        **chosen,
    }
    (folder / "run.yml").write_text(yaml.safe_dump(content), encoding="utf-8")
    return folder / "run.yml"


def test_fifty_batches_killed_while_they_publish(
    tmp_path: Path, demo_pack: Pack, repo: Path
) -> None:
    command = [sys.executable, HERE / "killed_batches.py", notebook(tmp_path), demo_pack.path]
    done = subprocess.run(
        [*command, tmp_path / "out"], capture_output=True, text=True, check=False, cwd=repo
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "50 kills, 10 briefings, left [], wrong [], index=True" in done.stdout


def test_twelve_kills_of_any_process_of_a_batch_at_random_moments(
    tmp_path: Path, demo_pack: Pack
) -> None:
    """Real processes throughout; see `hunt`, which verifies the folder after each kill.

    Starting a batch is most of what each kill costs, and all kills are alike but for their moment:
    twelve, of each kind of process three, beside the fifty above that fall while it publishes.
    """
    print(f"seed {SEED}")
    hunt = Hunt(written_run(tmp_path, demo_pack, areas=FOUR), tmp_path, SEED)

    hunt.run(KILLS, LEAST)
    whole = hunt.finish()

    print(dict(hunt.kills))
    assert hunt.kills.total() >= KILLS
    assert len(hunt.pages) == len(whole.entries) == len(hunt.ready) == len(FOUR)
    assert whole.is_finished
    assert file_sha256(hunt.out / "index.html") == whole.index["sha256"]
    assert {path.name for path in hunt.out.glob("x*.html")} == set(hunt.pages)
    require_tidy(hunt.out)


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
    run_file, out = written_run(tmp_path, demo_pack, areas=SEVEN), tmp_path / "out"

    stopped = start(run_file, repo)
    wait_for(2, out, stopped)
    stopped.send_signal(signal.SIGINT)
    words = stopped.communicate(timeout=60)[1]
    assert stopped.returncode == 130, words
    assert "run the same command again for the rest" in words
    first = require_true_manifest(out)
    assert 2 <= len(first.entries) < len(SEVEN)
    require_tidy(out)

    killed = start(run_file, repo)
    wait_for(len(first.entries) + 2, out, killed)
    killed.kill()
    killed.communicate(timeout=60)
    second = read_manifest(out)
    assert len(first.entries) < len(second.entries) < len(SEVEN)

    last = start(run_file, repo)
    words = last.communicate(timeout=300)[1]
    assert last.returncode == 0, words
    whole = require_true_manifest(out)
    assert len(whole.entries) == len(SEVEN)
    assert whole.is_finished
    require_tidy(out)
    untouched = [code for code in first.entries if first.entries[code] == whole.entries[code]]
    assert untouched == list(first.entries)
