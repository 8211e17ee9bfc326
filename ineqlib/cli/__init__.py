"""The command line: reads what was typed, prints what was found; decides nothing."""

from ineqlib.cli import (
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

__all__ = [
    "briefings",
    "caches",
    "checking",
    "combining",
    "doctoring",
    "main",
    "packs",
    "projects",
    "pulling",
    "tracing",
]
