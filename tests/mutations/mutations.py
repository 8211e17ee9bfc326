"""Every way in which a file is damaged."""

from . import of_files, of_labels, of_tables
from .mutation import Mutated, Mutation

__all__ = ["MUTATIONS", "Mutated", "Mutation"]

MUTATIONS = (*of_tables.MUTATIONS, *of_labels.MUTATIONS, *of_files.MUTATIONS)
"""Each is tried on every file that it can damage."""
