"""The command line: reads what was typed, prints what was found; decides nothing."""

from ineqlib.cli import briefings, caches, combining, packs, projects
from ineqlib.cli.group import main

__all__ = ["briefings", "caches", "combining", "main", "packs", "projects"]
