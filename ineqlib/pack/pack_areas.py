"""The areas of a pack, by code or by name."""

import pandas as pd

from ineqlib.pack.areas import AreaFinder, current
from ineqlib.pack.model import Area
from ineqlib.pack.store import PackFiles


class PackAreas(PackFiles):
    """Those tables of a pack that tell of its areas, asked by code or name."""

    @property
    def areas(self) -> pd.DataFrame:
        """Every area, current or ended."""
        return self._whole("areas")

    @property
    def area_changes(self) -> pd.DataFrame:
        """Old codes, the codes that replaced them, and when."""
        return self._whole("area_changes")

    @property
    def _finder(self) -> AreaFinder:
        return self.shared(_area_finder)

    def area(self, code_or_name: str) -> Area:
        """Find a current area by code (old codes of renamed areas included) or by name.

        Raises
        ------
        UnknownArea
            No such area, an abolished one (the message names its successors), or a name that
            several areas share.
        """
        return self._finder.area(code_or_name)

    def current(self, kind: str, *, within: str | None = None) -> pd.DataFrame:
        """Return the current areas of one kind, by name; ended ones are not among them.

        Parameters
        ----------
        kind
            ``districts`` (unitary authorities among them), ``upper-tier authorities``, ``regions``,
            ``wards`` or ``msoas``.
        within
            Code or name of the county, region or country they lie in.

        Returns
        -------
        DataFrame
            The columns of `areas`.

        Raises
        ------
        ParameterError
            There is no such kind, or the pack has none there.

        Examples
        --------
        >>> import ineqlib as iq
        >>> pack = iq.open_pack("demo")
        >>> pack.current("districts", within="Wendlemere")["area_name"].tolist()[:2]
        ['Brackenhythe', 'Coldmarket']
        """
        return current(self.areas, kind, self.area(within) if within else None, self.title)

    def districts(self, parent: str) -> list[Area]:
        """Return the current districts of a two-tier county, by name; empty for any other area."""
        return self._finder.districts(self.area(parent).code)

    def districts_within(self, area: str) -> list[str]:
        """Return the codes of the districts and unitary authorities that make up an area."""
        return self._finder.lads(self.area(area))


def _area_finder(pack: PackAreas) -> AreaFinder:
    districts: dict[str, list[str]] = {}
    if pack.has("own_areas"):
        for code, parts in pack.table("own_areas").groupby("area_code"):
            if (parts["part_type"] == "lad").all():
                districts[str(code)] = parts["part_code"].tolist()
    return AreaFinder(pack.areas, pack.area_changes, pack.title, districts)
