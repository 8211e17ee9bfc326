"""What ipykernel asks IPython's shell before each cell, answered the same in less time.

To answer takes longer than to run many a cell.
"""

import inspect
from functools import lru_cache, partial
from typing import Any

from ipykernel.zmqshell import ZMQInteractiveShell

ASYNCHRONOUS = ("async", "await")
"""Words of which every asynchronous cell has one."""

# Asked for before each cell, and worked out by Python each time where it is not noted.
_run_cell: Any = ZMQInteractiveShell.run_cell_async
_run_cell.__signature__ = inspect.signature(_run_cell)


def prepare_for_cell(shell: Any) -> None:
    """Have a shell answer what is asked about its next cell."""
    # ipykernel has it transform the cell, and then it does so itself.
    shell.transform_cell = lru_cache(1)(partial(type(shell).transform_cell, shell))
    shell.should_run_async = partial(should_run_async, shell)


def should_run_async(shell: Any, raw_cell: str, **transformed: Any) -> bool:
    """Tell what IPython tells, without compiling the cells that cannot be asynchronous."""
    if not any(word in transformed["transformed_cell"] for word in ASYNCHRONOUS):
        return False
    is_async: bool = type(shell).should_run_async(shell, raw_cell, **transformed)
    return is_async
