"""Everything the page shows: what could be avoided, what that costs, and what was chosen."""

from dataclasses import dataclass
from typing import Any

from ineqlib.briefings.economic_case.asked import Asked
from ineqlib.briefings.economic_case.events import Avoidable, worth_a_case
from ineqlib.briefings.economic_case.money import Money, money_of
from ineqlib.facts.fact import Fact, calculated_of, fact_id
from ineqlib.pack import Pack

PROVEN, UNSURE, NONE, CANNOT = "to avoid", "cannot tell", "nothing to avoid", "no case"


@dataclass(frozen=True)
class Case:
    """Everything the page shows."""

    pack: Pack
    asked: Asked
    about: Avoidable
    verdict: str
    """`PROVEN` where more than chance could be avoided; `UNSURE`; `NONE` where the figure is no
    worse than what is aimed at; `CANNOT` where the pack cannot say."""
    money: Money | None
    """None without unit costs, and where there is nothing to avoid."""
    years: Fact
    rate: Fact | None
    draws: Fact
    seed: Fact
    """What was chosen; the rate in per cent, None without discounting."""

    @property
    def is_adverse(self) -> bool:
        """Whether there should be fewer; else more."""
        return self.asked.indicator.polarity == "adverse"


def case_of(pack: Pack, asked: Asked) -> Case:
    """Work out every figure."""
    asked, about = worth_a_case(pack, asked)
    way = about.way
    verdict, money, costs = CANNOT, None, asked.costs
    if way is not None:
        verdict = PROVEN if way.is_sure else UNSURE if way.yearly.value > 0 else NONE
        if verdict != NONE and costs is not None and costs.of(asked.indicator.id):
            money = money_of(asked, about, costs)
    per_cent = round(100 * asked.discount_rate, 3)
    decimals = len(f"{per_cent:g}".partition(".")[2])  # as many as it has
    rate = _chosen(asked, "discount-rate", per_cent, unit="%", decimals=decimals)
    return Case(
        pack,
        asked,
        about,
        verdict,
        money,
        _chosen(asked, "years", asked.years, unit="year" if asked.years == 1 else "years"),
        rate if asked.discount_rate else None,
        _chosen(asked, "draws", asked.draws),
        _chosen(asked, "seed", asked.seed),
    )


def _chosen(asked: Asked, name: str, value: float, **shown: Any) -> Fact:
    own_id = fact_id("chosen", name, asked.place.code)
    return calculated_of(asked.place, own_id, value, method="chosen", **shown)
