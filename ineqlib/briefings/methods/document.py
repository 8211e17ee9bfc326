"""What the methods notebook asks for: published tables, and groups of one area of a pack."""

from functools import cached_property
from html import escape
from pathlib import Path

import pandas as pd

from ineqlib import __version__
from ineqlib.briefings.area.document import PageDetails
from ineqlib.briefings.methods.published import Published, published, readable
from ineqlib.document.blocks import Html, paragraph
from ineqlib.errors import PackError
from ineqlib.pack import Area, Pack, open_pack


def open_methods(pack: Pack | str | Path, area: str) -> "Methods":
    """Open what the methods notebook shows.

    Parameters
    ----------
    pack
        A pack, or where it is.
    area
        Code or name of a current area, whose groups the last part measures.

    Raises
    ------
    PackError, UnknownArea
        A name that does not exist; the message offers the nearest.
    """
    held = pack if isinstance(pack, Pack) else open_pack(pack)
    return Methods(held, held.area(area))


class Methods:
    """Published tables beside ours, and one area's groups to measure.

    Parameters
    ----------
    pack, area
        Where the groups of the last part come from.
    """

    def __init__(self, pack: Pack, area: Area) -> None:
        self.pack, self.area = pack, area

    def page(self) -> PageDetails:
        """Title and pack: what the exported page says it is."""
        return PageDetails(
            {
                "title": "How the measures work, beside published figures",
                "area_name": self.area.name,
                "area_code": self.area.code,
                "pack_title": self.pack.title,
                # Published tables are real whatever the pack is: `whose` says what is made up.
                "fictional": False,
                "made_with": f"ineqlib {__version__}",
                "summary": "Published tables recomputed, and every measure of one area",
            }
        )

    def published(self, name: str) -> Published:
        """Return a published table by name; a wrong name is told with those there are."""
        return published(name)

    def table(self, frame: pd.DataFrame, caption: str, *, decimals: int = 2) -> Html:
        """Write a frame as a captioned table."""
        return readable(frame, caption, decimals=decimals)

    def whose(self) -> Html:
        """Say whose groups are measured, and whether they are made up."""
        made_up = " It is fictional: every number of it is made up." if self.pack.fictional else ""
        return self.say(f"Area: {self.area.name}, from the pack '{self.pack.title}'.{made_up}")

    def say(self, words: str) -> Html:
        """Write a sentence with results in it."""
        return paragraph(escape(words))

    def groups(self, indicator: str) -> pd.DataFrame:
        """Return the area's groups of deprivation within the area, in the newest period."""
        rows = self.pack.observations(indicator=indicator, area=self.area.code)
        rows = rows[rows["dimension"].str.startswith("local_deprivation")]
        return rows[rows["period_end"] == rows["period_end"].max()]

    @cached_property
    def _by_age(self) -> pd.DataFrame:
        """Deaths and person-years by fifth and age band, both sexes, newest period."""
        for needed in ("deaths", "populations"):
            if not self.pack.has(needed):
                raise PackError(
                    f"'{self.pack.title}' has no table of {needed} by age. "
                    "The demonstration pack has: ineq demo makes it."
                )
        keys = ["subgroup_order", "age_band"]
        parts = {
            "deaths": self._newest("deaths").groupby(keys)["deaths"].sum(),
            "person_years": self._newest("populations").groupby(keys)["person_years"].sum(),
        }
        found = pd.DataFrame(parts).reset_index()
        found["age"] = found["age_band"].str.extract(r"(\d+)", expand=False).astype(int)
        return found.sort_values(["subgroup_order", "age"])

    def death_rates(self) -> pd.DataFrame:
        """Deaths a person-year by age (rows) and fifth of the area (columns, 1 = most deprived)."""
        rates = self._by_age.assign(rate=lambda rows: rows["deaths"] / rows["person_years"])
        return rates.pivot(index="age", columns="subgroup_order", values="rate")

    def _newest(self, name: str) -> pd.DataFrame:
        rows = self.pack.table(name, [("area_code", "==", self.area.code)])
        rows = rows[rows["dimension"].str.startswith("local_deprivation")]
        return rows[rows["period_end"] == rows["period_end"].max()]
