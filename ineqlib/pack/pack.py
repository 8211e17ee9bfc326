"""A pack: what is in it, read when it is asked for, and what was read."""

from collections.abc import Callable, Hashable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import pandas as pd

from ineqlib.catalogue import index_title, newest_index
from ineqlib.errors import PackError, ParameterError, UnknownIndicator, listed, nearest
from ineqlib.pack.areas import AreaFinder
from ineqlib.pack.files import (
    ABOUT,
    PARTS,
    Filters,
    Read,
    digest_of,
    digests,
    read_rows,
    reads_of,
    record_reads,
)
from ineqlib.pack.model import Area, Neighbours, PackMeta
from ineqlib.pack.report import BuildReport
from ineqlib.pack.verify import Compared, compare

if TYPE_CHECKING:
    import geopandas as gpd  # takes half a second, for maps alone

Selection = str | Iterable[str] | None
T = TypeVar("T")


class Common:
    """What is the same whoever opens a pack, kept while the process lives and forked with it."""

    def __init__(self) -> None:
        self.shared: dict[Hashable, tuple[Any, frozenset[Read]]] = {}
        self.digests: dict[str, dict[str, str]] = {}
        self.compared: Compared = {}


class Pack:
    """A frozen folder of tables; nothing is read before it is asked for.

    Parameters
    ----------
    path
        Folder of the pack.
    meta
        What its `pack.json` says.
    common
        What others who opened the same pack have made already; None for a pack of its own.

    Attributes
    ----------
    reads
        What has been read through this object, from disk or from what is kept in common.
    """

    def __init__(self, path: Path, meta: PackMeta, common: Common | None = None) -> None:
        self.path = path
        self.meta = meta
        self.reads = {ABOUT}
        self._common = common or Common()

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

    @property
    def report(self) -> BuildReport:
        """What its build did with every file."""
        return BuildReport.from_json(self.path, self.meta.inputs, self.meta.remarks)

    @property
    def areas(self) -> pd.DataFrame:
        """Every area, current or ended."""
        return self._whole("areas")

    @property
    def area_changes(self) -> pd.DataFrame:
        """Old codes, the codes that replaced them, and when."""
        return self._whole("area_changes")

    @property
    def indicators(self) -> pd.DataFrame:
        """One row per indicator in the observations."""
        return self._whole("indicators")

    @property
    def sources(self) -> pd.DataFrame:
        """Publisher, licence and attribution of everything in the pack."""
        return self._whole("sources")

    @property
    def _finder(self) -> AreaFinder:
        return self.shared(_area_finder)

    def _whole(self, table: str) -> pd.DataFrame:
        # Who changes a shallow copy changes nobody else's: pandas copies on write.
        return self.shared(Pack.table, table).copy(deep=False)

    def shared(self, make: Callable[..., T], *args: Hashable) -> T:
        """Return ``make(pack, *args)``, made once for all who open this pack in this process.

        What is made must not depend on one area, must not read later, and must not be changed. What
        `make` read counts as read by everyone who asks for it.
        """
        key = (make, args)
        if key not in self._common.shared:
            reader = Pack(self.path, self.meta, self._common)
            self._common.shared[key] = (make(reader, *args), frozenset(reader.reads))
        value: T
        value, reads = self._common.shared[key]
        self._note(reads)
        return value

    def _note(self, reads: Iterable[Read]) -> None:
        self.reads.update(reads)
        record_reads(reads)

    def digest(self, read: Read) -> str | None:
        """Return the SHA-256 of what a read reads in this pack; None where that does not exist.

        Equal digests mean equal content, whenever and wherever two packs were built.
        """
        if read == ABOUT:
            return digest_of([self.title, self.fictional, self.meta.vintage])
        table, part = read
        if not self.has(table):
            return None
        if table not in self._common.digests:
            kept = self.meta.tables[table].digests
            self._common.digests[table] = kept or digests(self._file(table), PARTS.get(table))
        return self._common.digests[table].get(part)

    def _file(self, table: str) -> Path:
        return self.path / self.meta.tables[table].file

    def verify(self) -> None:
        """Compare every table with the SHA-256 written when the pack was made.

        Raises
        ------
        PackError
            A file is missing or has changed; the message says which, and both hashes.
        """
        compare(self.path, self.meta.tables, self._common.compared)

    def has(self, table: str) -> bool:
        """Tell whether the pack has a table."""
        return table in self.meta.tables

    def table(self, name: str, filters: Filters = None, columns: list[str] | None = None) -> Any:
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
        self._note(reads_of(name, filters))
        return read_rows(self._file(name), filters, columns)

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
            "area_code": None if area is None else [self._finder.code(a) for a in _as_list(area)],
            "indicator_id": None if indicator is None else self._known_indicators(indicator),
            "sex": None if sex is None else _as_list(sex),
            "dimension": None if dimension is None else _as_list(dimension),
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

    def neighbours(self, area_code: str, n: int = 15, *, method: str | None = None) -> Neighbours:
        """Return the `n` areas most like this one and the method that found them; may be empty.

        Of several methods in the pack, None prefers one of areas alike in their economy, which lies
        closer to health than their age structure.
        """
        if not self.has("neighbours"):
            return Neighbours()
        code = self.area(area_code).code
        frame = self.table("neighbours", [("area_code", "==", code), ("rank", "<=", n)])
        methods = [name for name in frame["method"].unique() if method in (None, name)]
        chosen = max(methods, key=lambda name: ("economic" in name, name), default="")
        of_method = frame[frame["method"] == chosen].sort_values("rank")
        return Neighbours(tuple(of_method["neighbour_code"]), chosen)

    def area_deprivation(self, index: str | None = None) -> pd.DataFrame:
        """Read the deprivation of whole authorities by one index, None the newest in the pack.

        Raises
        ------
        PackError
            The pack has no deprivation of whole authorities.
        ParameterError
            The pack has no such index; the message offers the nearest.
        """
        table = self.table("area_deprivation")
        known = sorted(table["index"].unique())
        if index is not None and index not in known:
            raise ParameterError(
                f"The pack '{self.title}' has no index '{index}'.{nearest(index, known)} It has "
                f"{listed(f'{name} ({index_title(name)})' for name in known)}."
            )
        return table[table["index"] == (index or newest_index(known))]

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
    ) -> "gpd.GeoDataFrame":
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
        for option, value in (("area_code", area_code), ("index", index)):
            if value is not None and level != "small_area":
                raise ParameterError(f"'{option}' chooses among small areas; level is '{level}'.")
        filters: list[tuple] = []
        if codes is not None:
            filters.append(("code", "in", list(codes)))
        if area_code is not None:
            filters.append(("area_code", "in", self._finder.lads(self.area(area_code))))
        if index is not None:
            filters.append(("index", "==", index))
        return self.table(f"boundaries_{level}", filters)

    def _known_indicators(self, indicator: str | Iterable[str]) -> list[str]:
        known = set(self.indicators["indicator_id"])
        wanted = _as_list(indicator)
        if unknown := [name for name in wanted if name not in known]:
            raise UnknownIndicator(
                f"The pack '{self.title}' has no indicator '{unknown[0]}'."
                f"{nearest(unknown[0], known)} It has {len(known)}: see `pack.indicators`."
            )
        return wanted


def _area_finder(pack: Pack) -> AreaFinder:
    return AreaFinder(pack.areas, pack.area_changes, pack.title)


def _as_list(value: str | Iterable[str]) -> list[str]:
    return [value] if isinstance(value, str) else list(value)
