"""A pack: one frozen set of data, owned and understood. Everything after it reads nothing else."""

from ineqlib.pack.files import Read, recorded_reads
from ineqlib.pack.model import Area, Neighbours, PackMeta
from ineqlib.pack.open import open_pack
from ineqlib.pack.pack import Pack
from ineqlib.pack.write import write_pack

__all__ = [
    "Area",
    "Neighbours",
    "Pack",
    "PackMeta",
    "Read",
    "open_pack",
    "recorded_reads",
    "write_pack",
]
