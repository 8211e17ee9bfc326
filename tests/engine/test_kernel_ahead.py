"""A kernel can be made in a process that is forked later, without harm to it or to its forks."""

import subprocess
import sys
from pathlib import Path

import pytest

AHEAD = """
import os, sys
import nbformat
from ineqlib.engine import kernel, relay

path, threads = list(sys.path), len(os.listdir("/proc/self/task"))
kernel.make_kernel_ahead()
assert sys.path == path, "the working folder is no place for libraries"
assert len(os.listdir("/proc/self/task")) == threads, "a process with threads cannot be forked"

def shown(source):
    cells = [nbformat.v4.new_code_cell(text) for text in ("import os; x = [os.getpid()]", source)]
    manager = relay.RelayManager(nbformat.v4.new_notebook(cells=cells), lambda message: None)
    relay.RelayClient(manager, kernel_name="python3").execute()
    return manager.nb.cells[1].outputs[0]

for _ in range(2):
    if os.fork() == 0:
        output = shown("x.append(1); print(x == [os.getpid(), 1], flush=True)")
        os._exit(output.text != "True\\n")
    assert os.wait()[1] == 0
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere nothing is forked")
def test_each_fork_runs_a_notebook_in_a_copy_of_its_own(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", AHEAD],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
