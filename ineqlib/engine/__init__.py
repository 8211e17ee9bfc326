"""A Papermill engine: each notebook in a fresh process that has already imported its libraries.

    papermill --engine ineqlib input.ipynb output.ipynb

Papermill loads every registered engine while it is itself being imported, so this module imports
nothing; the engine behind it is loaded when it is first used.
"""

from typing import Any


class NotebookEngine:
    """What Papermill calls; see `ineqlib.engine.notebook` for what it does."""

    @classmethod
    def execute_notebook(cls, nb: Any, kernel_name: str, **options: Any) -> Any:
        """Run a notebook, as every engine does."""
        return _engine().execute_notebook(nb, kernel_name, **options)

    @classmethod
    def nb_kernel_name(cls, nb: Any, name: str | None = None) -> str:
        """Name of the notebook's kernel."""
        return _engine().nb_kernel_name(nb, name)

    @classmethod
    def nb_language(cls, nb: Any, language: str | None = None) -> str:
        """Language of the notebook."""
        return _engine().nb_language(nb, language)


def _engine() -> Any:
    from ineqlib.engine.notebook import FreshProcessEngine  # noqa: PLC0415 (see above)

    return FreshProcessEngine
