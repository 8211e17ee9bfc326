"""A pack that differs from another in some of its tables."""

import shutil
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from ineqlib.pack import Pack, PackMeta, open_pack, write_pack


def revised(
    pack: Pack, folder: Path, tables: Mapping[str, pd.DataFrame], meta: PackMeta | None = None
) -> Pack:
    """Write it over a copy of the other: whatever is as it was is taken over, which is quick."""
    shutil.copytree(pack.path, folder)
    write_pack(folder, tables, meta or pack.meta)
    return open_pack(folder)
