"""A pack: its areas, figures, neighbours, deprivation and shapes, by code or by name."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pandas as pd

from ineqlib.areas import OWN_AREA
from ineqlib.catalogue import index_title, newest_index
from ineqlib.errors import ParameterError, UnknownIndicator, listed, nearest
from ineqlib.observations import COLUMNS
from ineqlib.pack.files import Filters
from ineqlib.pack.model import OPTIONAL, TABLES, Neighbours
from ineqlib.pack.neighbours import neighbours_in
from ineqlib.pack.pack_areas import PackAreas
from ineqlib.pack.people import population

if TYPE_CHECKING:
    import geopandas as gpd  # takes half a second, for maps alone

Selection = str | Iterable[str] | None
_NO_PARTS = pd.DataFrame(columns=list(TABLES["own_areas"]))


class Pack(PackAreas):
    """A frozen folder of tables, asked by code or name; nothing is read before it is asked for."""

    @property
    def indicators(self) -> pd.DataFrame:
        """One row per indicator in the observations."""
        return self._whole("indicators")

    @property
    def indicator_ids(self) -> frozenset[str]:
        """Ids of the indicators in the observations."""
        return self.shared(_indicator_ids)

    @property
    def sources(self) -> pd.DataFrame:
        """Publisher, licence and attribution of everything in the pack."""
        return self._whole("sources")

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
        UnknownIndicator, UnknownArea, ParameterError
            A name, sex or dimension the pack does not have; the message says what there is.
        """
        wanted = {
            "area_code": None if area is None else [self._finder.code(a) for a in _as_list(area)],
            "indicator_id": None if indicator is None else self._known_indicators(indicator),
            "sex": None if sex is None else self._known_values("sex", sex),
            "dimension": None if dimension is None else self._known_values("dimension", dimension),
        }
        filters: list[tuple] = [(c, "in", v) for c, v in wanted.items() if v is not None]
        return self._in_contract(filters, columns or [*TABLES["observations"]])

    def _in_contract(self, filters: Filters, columns: list[str]) -> pd.DataFrame:
        """Read columns of the observations; one that had nothing to be written is empty."""
        unwritten = {*OPTIONAL}.difference(self.columns("observations"))
        absent = [name for name in columns if name in unwritten]
        present = [name for name in columns if name not in unwritten]
        frame: pd.DataFrame = self.table("observations", filters, present)
        nothing = {name: pd.Series("", frame.index, dtype=COLUMNS[name]) for name in absent}
        return frame.assign(**nothing)[columns] if absent else frame

    def population(self, areas: Selection = None) -> pd.DataFrame:
        """Return how many people live in each current district, or in some areas.

        The people of its neighbourhoods, as the newest index of deprivation that knows them counts
        them.

        Parameters
        ----------
        areas
            Codes or names of districts, counties or regions; None for every current district.

        Returns
        -------
        DataFrame
            ``area_code``, ``area_name``, ``population``, and ``index``, whose neighbourhoods are
            added up; by name, or in the order asked for.

        Raises
        ------
        PackError
            The pack does not know how many people live in its neighbourhoods.
        ParameterError
            It does not for some of the areas; the message names them.

        Examples
        --------
        >>> import ineqlib as iq
        >>> iq.open_pack("demo").population("Ambersea")["population"].item()
        61428.0
        """
        wanted = None if areas is None else [self.area(area) for area in _as_list(areas)]
        return population(self, wanted)

    def neighbours(self, area_code: str, n: int = 15, *, method: str | None = None) -> Neighbours:
        """Return the `n` areas most like this one and the method that found them; may be empty.

        Of several methods in the pack, None prefers one of areas alike in their economy, which lies
        closer to health than their age structure.
        """
        if not self.has("neighbours"):
            return Neighbours()
        code = self.area(area_code).code
        near = [("area_code", "==", code), ("rank", "<=", n)]
        return neighbours_in(self.table("neighbours", near), method)

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
        filters = self._within(area_code, "small_area_code")
        if index is not None:
            filters.append(("index", "==", index))
        return self.table("small_areas", filters)

    def _within(self, area_code: str, column: str) -> list[tuple]:
        """Return filters for the neighbourhoods of an area, whose codes are in a column."""
        area = self.area(area_code)
        if area.area_type != OWN_AREA:
            return [("area_code", "in", self._finder.lads(area))]
        members = self.table("own_small_areas", [("area_code", "==", area.code)])
        return [(column, "in", members["small_area_code"].unique().tolist())]

    def parts(self, area_code: str) -> pd.DataFrame:
        """Return what an area of one's own is made of; without a row for any other area.

        Returns
        -------
        DataFrame
            ``own_type, option, part_code, part_name, part_type``.
        """
        code = self.area(area_code).code
        if not self.has("own_areas"):
            return _NO_PARTS.copy(deep=False)
        return self.table("own_areas", [("area_code", "==", code)])

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
            ``lad``, ``utla``, ``region``, ``own`` or ``small_area``.
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
            filters += self._within(area_code, "code")
        if index is not None:
            filters.append(("index", "==", index))
        return self.table(f"boundaries_{level}", filters)

    def _known_values(self, column: str, wanted: str | Iterable[str]) -> list[str]:
        """Return values of a column of the observations as the pack writes them."""
        known = {value.casefold(): value for value in self.shared(_values, column)}
        unknown = [value for value in _as_list(wanted) if value.casefold() not in known]
        if unknown:
            there = listed((f"'{value}'" for value in known.values()), 30)
            raise ParameterError(
                f"The pack '{self.title}' has no figures with {column} '{unknown[0]}'."
                f"{nearest(unknown[0], known.values())} It has {there}."
            )
        return [known[value.casefold()] for value in _as_list(wanted)]

    def _known_indicators(self, indicator: str | Iterable[str]) -> list[str]:
        known = self.indicator_ids
        wanted = _as_list(indicator)
        if unknown := [name for name in wanted if name not in known]:
            raise UnknownIndicator(
                f"The pack '{self.title}' has no indicator '{unknown[0]}'."
                f"{nearest(unknown[0], known)} It has {len(known)}: see `pack.indicators`."
            )
        return wanted


def _indicator_ids(pack: Pack) -> frozenset[str]:
    return frozenset(pack.indicators["indicator_id"])


def _values(pack: Pack, column: str) -> list[str]:
    return sorted(pack.table("observations", columns=[column])[column].unique())


def _as_list(value: str | Iterable[str]) -> list[str]:
    return [value] if isinstance(value, str) else list(value)
