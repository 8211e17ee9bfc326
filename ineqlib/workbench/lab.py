"""JupyterLab on a project, in this very process: nothing is left over when it ends."""

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from ineqlib.errors import ParameterError

WELCOME = "notebooks/welcome.ipynb"
OPTIONS = (
    "--ServerApp.answer_yes=True",  # Ctrl-C ends it: whoever types it means it
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",  # no request leaves
    "--LabApp.news_url=None",  # nor for news, whatever one answers
    "--LabApp.extension_manager=readonly",  # nor one for a list of extensions
)


def open_lab(folder: Path, options: Sequence[str] = ()) -> None:
    """Serve a project with JupyterLab, which takes further options, until it is stopped.

    Raises
    ------
    ParameterError
        The folder has no notebooks.
    """
    if not any((folder / "notebooks").glob("*.ipynb")):
        raise ParameterError(
            f"{folder.resolve()} has no folder 'notebooks' to open. Go to a project's folder, or "
            "name it: ineq lab my-council. `ineq new my-council` makes one."
        )
    os.chdir(folder)
    start = [f"--LabApp.default_url=/lab/tree/{WELCOME}"] if Path(WELCOME).exists() else []
    place = f"--ServerApp.root_dir={Path.cwd()}"
    with suppress(KeyboardInterrupt):  # before the server is up it is not the one to take it
        from jupyterlab.labapp import LabApp  # noqa: PLC0415 (slow to import)

        LabApp.launch_instance([place, *start, *OPTIONS, *options])
