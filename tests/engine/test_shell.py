"""Which cells are asynchronous is told as IPython tells it, though most are not compiled for it."""

from typing import Any

import pytest
from ipykernel.zmqshell import ZMQInteractiveShell

from ineqlib.engine.shell import should_run_async

CELLS = [
    "x = 1",
    "await x",
    "[y async for y in z]",
    "async def f(): return 1",
    "async with x: pass",
    "print('await')",
    "return await x",
    "not python (",
    "",
]


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("autoawait", [True, False])
@pytest.mark.parametrize("problem", [None, (ValueError, ValueError("x"), None)])
def test_a_cell_is_asynchronous_where_ipython_says_so(
    cell: str, autoawait: bool, problem: Any
) -> None:
    shell: Any = ZMQInteractiveShell.__new__(ZMQInteractiveShell)
    shell.autoawait = autoawait
    about = {"transformed_cell": cell, "preprocessing_exc_tuple": problem}
    assert should_run_async(shell, cell, **about) == shell.should_run_async(cell, **about)
