"""The interface of the service that is to replace Fingertips: indicators, areas, their figures.

Its host is not public yet, so it is a setting. It answers at most 300 areas, 20 years or 10
indicators at once; of areas that it does not know it says nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from ineqlib.errors import ParameterError
from ineqlib.sources.interfaces.query import Query, address, in_lots
from ineqlib.sources.layouts.fingertips_next import SOURCE
from ineqlib.sources.proof import WholeHealthData, WholeObjects
from ineqlib.text import plural

MOST_AREAS = 300
MOST_YEARS = 20
MOST_INDICATORS = 10
INEQUALITIES = ("age", "sex", "deprivation")


@dataclass(frozen=True)
class FingertipsNext:
    """The service at its address, which must be encrypted."""

    api: str
    """Such as ``"https://fingertips.example/api"``."""

    def __post_init__(self) -> None:
        """Refuse what is no address."""
        parts = urlsplit(self.api)
        if parts.scheme != "https" or not parts.hostname:
            raise ParameterError(
                "The address of the successor of Fingertips is not public yet. When you have it, "
                "write it as `fingertips_next: https://...` into network.yml (docs/proxies.md)."
            )

    def indicators(self, ids: Iterable[str]) -> list[Query]:
        """Ask what indicators are called and which way is better, in lots."""
        return [
            Query(
                address(f"{self.api}/indicators", {}, indicator_ids=lot),
                f"Fingertips' successor, {plural(len(lot), 'indicator')}",
                SOURCE,
                WholeObjects(("indicator_id", "title"), key="indicator_id", asked=lot),
            )
            for lot in in_lots(ids, MOST_INDICATORS)
        ]

    def areas(self, codes: Iterable[str]) -> list[Query]:
        """Ask for the names and types of areas, in lots."""
        return [
            Query(
                address(f"{self.api}/areas", {}, area_codes=lot),
                f"Fingertips' successor, {plural(len(lot), 'area')}",
                SOURCE,
                WholeObjects(("code", "name", "areaType"), key="code", asked=lot),
            )
            for lot in in_lots(codes, MOST_AREAS)
        ]

    def data(
        self,
        indicator_id: str,
        codes: Iterable[str],
        *,
        years: Iterable[int] = (),
        inequalities: Iterable[str] = (),
    ) -> list[Query]:
        """Ask for the figures of an indicator, in lots that are answered in full.

        Ids are those of Fingertips. Years are those in which periods begin, all of them by default.
        `inequalities` are groups to ask for besides, of `INEQUALITIES`.
        """
        asked, groups = tuple(map(str, years)), tuple(inequalities)
        every = tuple(dict.fromkeys(codes))
        strange = [group for group in groups if group not in INEQUALITIES]
        if strange or not every or len(asked) > MOST_YEARS:
            raise ParameterError(
                f"Asked of Fingertips' successor: {plural(len(every), 'area')}, "
                f"{plural(len(asked), 'year')}, groups by {groups or 'nothing'}. Expected an area "
                f"or more, at most {MOST_YEARS} years, and groups by {', '.join(INEQUALITIES)}."
            )
        url = f"{self.api}/indicators/{indicator_id}/data"
        return [
            Query(
                address(url, {}, area_codes=lot, years=asked, inequalities=groups),
                f"Fingertips' successor, indicator {indicator_id}, {plural(len(lot), 'area')}",
                SOURCE,
                WholeHealthData(indicator_id, lot, asked),
            )
            for lot in in_lots(every, MOST_AREAS)
        ]
