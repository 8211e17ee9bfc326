"""The command line: reads what was typed, prints what was found; decides nothing."""

from ineqlib.cli import (  # noqa: F401 (each adds its commands to `main`)
    briefings,
    caches,
    checking,
    combining,
    doctoring,
    packs,
    projects,
    pulling,
    tracing,
)
from ineqlib.cli.group import main

__all__ = ["main"]
