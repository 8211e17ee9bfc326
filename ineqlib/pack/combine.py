"""A pack made of another: with areas of one's own in it."""

from dataclasses import replace
from pathlib import Path

from ineqlib.errors import OutputError
from ineqlib.geography.own_areas import read_own_areas
from ineqlib.geography.tables import with_own_areas
from ineqlib.pack.files import ROW
from ineqlib.pack.open import open_pack
from ineqlib.pack.pack import Pack
from ineqlib.pack.place import require_place
from ineqlib.pack.write import write_pack


def combine(
    pack: Pack | str | Path, areas: str | Path, out: str | Path, *, title: str | None = None
) -> Pack:
    """Write a pack with areas of one's own beside those it has; it stays as it is itself.

    Parameters
    ----------
    pack
        The pack, or its name or folder.
    areas
        YAML file of areas of one's own, see ``docs/areas-of-your-own.md``.
    out
        Folder of the new pack.
    title
        Of the new pack; None takes that of the other.

    Returns
    -------
    Pack
        The new one; its `report` says what could be added up and what not.

    Raises
    ------
    InputError
        The file cannot be read as what it should be.
    ParameterError
        A part of an area is unknown or no more, or two parts overlap.
    OutputError
        `out` is the pack itself, or holds something that is not a pack of ours.
    """
    opened = open_pack(pack)
    out = Path(out)
    if Path(opened.path).resolve() == out.resolve():
        raise OutputError(f"{out} is the pack to combine areas of. Choose another folder.")
    require_place(out)
    tables = {name: opened.table(name) for name in opened.meta.tables}
    tables["observations"] = tables["observations"].drop(columns=ROW)
    extended = with_own_areas(tables, read_own_areas(areas))
    remarks = (*opened.meta.remarks, *extended.remarks)
    meta = replace(opened.meta, title=title or opened.title, remarks=remarks, made_from="")
    write_pack(out, extended.tables, meta)
    return open_pack(out)
