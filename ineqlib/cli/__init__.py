"""The command line: reads what was typed, prints what was found; decides nothing."""

from ineqlib.cli import briefings, caches, packs, projects, pulling
from ineqlib.cli.group import main

__all__ = ["briefings", "caches", "main", "packs", "projects", "pulling"]
