"""Only a kernel that this Python would start itself is run in its process."""

import sys
from pathlib import Path

import pytest
from jupyter_client.kernelspec import KernelSpec

from ineqlib.engine.spec import is_this_python


@pytest.mark.parametrize(
    ("argv", "env", "same"),
    [
        (["python", "-m", "ipykernel_launcher", "-f", "{connection_file}"], {}, True),
        ([sys.executable, "-m", "ipykernel", "-f", "{connection_file}"], {}, True),
        (["python", "-m", "bash_kernel", "-f", "{connection_file}"], {}, False),
        (["python", "-m", "ipykernel_launcher", "-f", "{connection_file}"], {"A": "1"}, False),
        (["/other/bin/python", "-m", "ipykernel_launcher", "-f", "{connection_file}"], {}, False),
        (["R", "--slave"], {}, False),
    ],
)
def test_only_the_plain_kernel_of_this_python_is_run_here(argv, env, same):
    assert is_this_python(KernelSpec(argv=argv, env=env)) is same


def test_another_environments_link_to_the_same_program_is_another_python(tmp_path):
    try:
        (tmp_path / "python").symlink_to(Path(sys.executable).resolve())
    except OSError:
        pytest.skip("this system does not let us make links")
    words = ["-m", "ipykernel_launcher", "-f", "{connection_file}"]
    assert not is_this_python(KernelSpec(argv=[str(tmp_path / "python"), *words]))
