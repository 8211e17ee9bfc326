"""A pack: one frozen set of data, owned and understood. Everything after it reads nothing else."""

from ineqlib.pack.files import Read
from ineqlib.pack.model import Area, PackMeta
from ineqlib.pack.open import open_pack
from ineqlib.pack.pack import Pack, recorded_reads
from ineqlib.pack.write import write_pack

__all__ = ["Area", "Pack", "PackMeta", "Read", "open_pack", "recorded_reads", "write_pack"]
