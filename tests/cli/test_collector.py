"""The collector of garbage looks seldom while a command runs, and not at all as it ends."""

import gc
import subprocess
import sys

import pytest
from click.testing import CliRunner

from ineqlib.cli import main
from ineqlib.cli.collector import ALLOCATIONS, seldom_at_work


def test_it_is_put_back_where_a_command_runs_in_a_process_of_somebody_elses() -> None:
    before, frozen = gc.get_threshold(), gc.get_freeze_count()
    with pytest.raises(ZeroDivisionError), seldom_at_work():
        assert gc.get_threshold()[0] == ALLOCATIONS
        _ = 1 / 0
    assert gc.get_threshold() == before
    assert CliRunner().invoke(main, ["--version"]).exit_code == 0
    assert gc.get_threshold() == before
    assert gc.get_freeze_count() <= frozen  # only as the program ends


def test_what_a_program_holds_is_not_looked_through_as_it_ends() -> None:
    script = (
        "import atexit, gc\n"
        "atexit.register(lambda: print(gc.get_freeze_count() > 10_000))\n"  # the last to be asked
        "import ineqlib.cli\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "True"
