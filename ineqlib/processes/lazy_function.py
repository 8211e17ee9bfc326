"""Functions that are imported only where they are called."""

from dataclasses import dataclass
from importlib import import_module
from typing import Any


@dataclass(frozen=True)
class LazyFunction:
    """A function of a module: who passes it on need not import what it imports.

    Parameters
    ----------
    module, function
        Their names.
    """

    module: str
    function: str

    def load(self) -> Any:
        """Import the module and return the function."""
        return getattr(import_module(self.module), self.function)

    def __call__(self, *args: Any, **options: Any) -> Any:
        """Import the module and call the function."""
        return self.load()(*args, **options)
