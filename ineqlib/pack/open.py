"""Opening a pack and reading what is asked for, never more."""

import json
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

import geopandas as gpd
import pandas as pd

from ineqlib.errors import PackError, ParameterError, UnknownIndicator, listed, nearest
from ineqlib.pack.areas import AreaFinder
from ineqlib.pack.model import FORMAT, MANIFEST, Area, PackMeta
from ineqlib.pack.write import sha256

PACKS = Path("data") / "packs"
"""Where packs given by bare name are looked for, under the current folder."""

Selection = str | Iterable[str] | None


def open_pack(path: str | Path, *, verify: bool = True) -> "Pack":
    """Open a pack by folder, or by bare name under ``data/packs``.

    Parameters
    ----------
    verify
        Compare every table with its SHA-256 before it is used.

    Raises
    ------
    PackError
        There is no such pack, its format is another one, or a table is not what was written.
    """
    folder = _find(Path(path))
    pack = Pack(folder, _read_manifest(folder))
    if verify:
        pack.verify()
    return pack


class Pack:
    """A frozen folder of tables; nothing is read before it is asked for.

    Parameters
    ----------
    path
        Folder of the pack.
    meta
        What its `pack.json` says.
    """

    def __init__(self, path: Path, meta: PackMeta) -> None:
        self.path = path
        self.meta = meta

    def __repr__(self) -> str:
        return f"<Pack '{self.title}' at {self.path}, {len(self.meta.tables)} tables>"

    @property
    def title(self) -> str:
        """Title as a briefing prints it."""
        return self.meta.title

    @property
    def fictional(self) -> bool:
        """Whether areas and figures are made up."""
        return self.meta.fictional

    @cached_property
    def areas(self) -> pd.DataFrame:
        """Every area, current or ended."""
        return self.table("areas")

    @cached_property
    def area_changes(self) -> pd.DataFrame:
        """Old codes, the codes that replaced them, and when."""
        return self.table("area_changes")

    @cached_property
    def indicators(self) -> pd.DataFrame:
        """One row per indicator in the observations."""
        return self.table("indicators")

    @cached_property
    def sources(self) -> pd.DataFrame:
        """Publisher, licence and attribution of everything in the pack."""
        return self.table("sources")

    @cached_property
    def _finder(self) -> AreaFinder:
        return AreaFinder(self.areas, self.area_changes, self.title)

    def verify(self) -> None:
        """Compare every table with the SHA-256 written when the pack was made.

        Raises
        ------
        PackError
            A file is missing or has changed; the message says which, and both hashes.
        """
        for name, record in self.meta.tables.items():
            file = self.path / record.file
            if not file.is_file():
                raise PackError(
                    f"The pack at {self.path} is incomplete: table '{name}' ({record.file}) is "
                    "missing. Build the pack again, or take a fresh copy."
                )
            if (found := sha256(file)) != record.sha256:
                raise PackError(
                    f"Table '{name}' of the pack at {self.path} is not the one that was built: "
                    f"{record.file} should have SHA-256 {record.sha256} but has {found}. "
                    "Someone or something changed it; build the pack again, or take a fresh copy."
                )

    def has(self, table: str) -> bool:
        """Tell whether the pack has a table."""
        return table in self.meta.tables

    def table(
        self,
        name: str,
        filters: list[tuple] | None = None,
        columns: list[str] | None = None,
    ) -> pd.DataFrame:
        """Read a table, or the rows that pass pyarrow `filters`, or some columns, from disk.

        Raises
        ------
        PackError
            The pack has no such table.
        """
        if not self.has(name):
            raise PackError(
                f"The pack '{self.title}' has no table '{name}'; it has "
                f"{listed(self.meta.tables, 30)}.{nearest(name, self.meta.tables)}"
            )
        read = gpd.read_parquet if name.startswith("boundaries_") else pd.read_parquet
        return read(
            self.path / self.meta.tables[name].file, columns=columns, filters=filters or None
        )

    def observations(
        self,
        indicator: Selection = None,
        area: Selection = None,
        sex: Selection = None,
        dimension: Selection = None,
        columns: list[str] | None = None,
    ) -> pd.DataFrame:
        """Read observations in the tidy contract, with `row`, their number in this pack.

        Parameters
        ----------
        indicator, sex, dimension
            A value, several, or None for all. The dimension ``""`` is each area's own total.
        area
            Codes or names. A code of an abolished area gives that area's own figures.
        columns
            Only these.

        Raises
        ------
        UnknownIndicator, UnknownArea
            A name the pack does not have; the message offers the nearest.
        """
        wanted = {
            "area_code": None if area is None else [self._finder.code(a) for a in _each(area)],
            "indicator_id": None if indicator is None else self._known_indicators(indicator),
            "sex": None if sex is None else _each(sex),
            "dimension": None if dimension is None else _each(dimension),
        }
        filters: list[tuple] = [(c, "in", v) for c, v in wanted.items() if v is not None]
        return self.table("observations", filters, columns)

    def area(self, code_or_name: str) -> Area:
        """Find a current area by code (old codes of renamed areas included) or by name.

        Raises
        ------
        UnknownArea
            No such area, an abolished one (the message names its successors), or a name that
            several areas share.
        """
        return self._finder.area(code_or_name)

    def districts(self, parent: str) -> list[Area]:
        """Return the current districts of a two-tier county, by name; empty for any other area."""
        return self._finder.districts(self.area(parent).code)

    def neighbours(self, area_code: str, n: int = 15, *, method: str | None = None) -> list[str]:
        """Return the codes of the `n` areas most like this one, nearest first; may be empty.

        Of several methods in the pack, None takes the first by name.
        """
        if not self.has("neighbours"):
            return []
        code = self.area(area_code).code
        frame = self.table("neighbours", [("area_code", "==", code), ("rank", "<=", n)])
        of_method = frame[frame["method"] == (method or frame["method"].min())]
        return of_method.sort_values("rank")["neighbour_code"].tolist()

    def small_areas(self, area_code: str, index: str | None = None) -> pd.DataFrame:
        """Read the neighbourhoods of a district, or of all districts of a county or region."""
        filters: list[tuple] = [("area_code", "in", self._finder.lads(self.area(area_code)))]
        if index is not None:
            filters.append(("index", "==", index))
        return self.table("small_areas", filters)

    def boundaries(
        self,
        level: str,
        codes: Iterable[str] | None = None,
        *,
        area_code: str | None = None,
        index: str | None = None,
    ) -> gpd.GeoDataFrame:
        """Read shapes in British National Grid (EPSG:27700).

        Parameters
        ----------
        level
            ``lad``, ``utla``, ``region`` or ``small_area``.
        codes
            Only these shapes.
        area_code
            For small areas: only those in this district, or in the districts of this county.
        index
            For small areas: the deprivation index whose neighbourhoods are wanted.
        """
        filters: list[tuple] = []
        if codes is not None:
            filters.append(("code", "in", list(codes)))
        if area_code is not None:
            self._only_small_areas(level, "area_code")
            filters.append(("area_code", "in", self._finder.lads(self.area(area_code))))
        if index is not None:
            self._only_small_areas(level, "index")
            filters.append(("index", "==", index))
        return self.table(f"boundaries_{level}", filters)

    def _known_indicators(self, indicator: str | Iterable[str]) -> list[str]:
        known = set(self.indicators["indicator_id"])
        wanted = _each(indicator)
        if unknown := [name for name in wanted if name not in known]:
            raise UnknownIndicator(
                f"The pack '{self.title}' has no indicator '{unknown[0]}'."
                f"{nearest(unknown[0], known)} It has {len(known)}: see `pack.indicators`."
            )
        return wanted

    @staticmethod
    def _only_small_areas(level: str, option: str) -> None:
        if level != "small_area":
            raise ParameterError(f"'{option}' chooses among small areas; level is '{level}'.")


def _each(value: str | Iterable[str]) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def _find(path: Path) -> Path:
    """Return the folder a path or a bare name means."""
    bare = len(path.parts) == 1
    candidates = [path, PACKS / path] if bare else [path]
    for folder in candidates:
        if (folder / MANIFEST).is_file():
            return folder
    beside = candidates[-1].parent
    found = sorted(each.parent.name for each in beside.glob(f"*/{MANIFEST}"))
    message = f"There is no pack at {candidates[-1]}."
    if path.name == "demo":
        raise PackError(f"{message} To make the demonstration pack, run `ineq demo` first.")
    exist = f"Packs in {beside}: {listed(found, 20)}." if found else f"{beside} holds no pack."
    raise PackError(f"{message} {exist}{nearest(path.name, found)} `ineq build` makes one.")


def _read_manifest(folder: Path) -> PackMeta:
    try:
        content = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        version = content["format"]
        if version == FORMAT:
            return PackMeta.from_json(content)
    except (ValueError, KeyError, TypeError) as error:
        raise PackError(
            f"{folder / MANIFEST} cannot be read ({error!r}). Build the pack again, or take a "
            "fresh copy."
        ) from error
    raise PackError(
        f"The pack at {folder} has format {version}; this version of ineqlib reads format "
        f"{FORMAT}. Build the pack again, or use the version that wrote it."
    )
