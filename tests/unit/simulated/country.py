"""Draw a country of areas: half of each indicator's areas are like the country, the others not.

Truth first (levels and slopes), then people, then counts drawn from them, then what a publisher
makes of the counts: an interval, a comparison of its own, or neither.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from ineqlib.catalogue import load_catalogue
from ineqlib.measures import byar_interval, wilson_interval
from ineqlib.pack import Pack, PackMeta, open_pack, write_pack

LAST_YEAR = 2024
EFFECTS = np.array([0.5, 1.0, 1.5, 2.0])
"""How far areas that differ do so, and how far those that change do in ten years, in `spread`."""
LIKE_THE_COUNTRY = 0.5
UNCHANGING = 0.7
COUNTRY = "X92000001"


class Made(NamedTuple):
    """One indicator as it is published.

    Parameters
    ----------
    id
        In the catalogue, which says what is better.
    level
        The country's rate, a share of one.
    share
        Of the people, how many it is about.
    spread
        How much areas that differ do so, as a share of the level.
    published
        ``interval`` with counts, ``limits`` without counts, ``publisher``: its own comparison
        alone, ``nothing``.
    pooled
        Years together.
    asked
        How many a survey asks in an area; 0 where everybody counts.
    periods
        How many are published.
    """

    id: str
    level: float
    share: float
    spread: float
    published: str
    pooled: int = 1
    asked: int = 0
    periods: int = 8
    drift: float = 0.0


INDICATORS = (
    Made("infant_mortality", 0.004, 0.011, 0.25, "interval", pooled=3),
    Made("low_birth_weight", 0.028, 0.011, 0.15, "interval"),
    Made("smoking_at_delivery", 0.09, 0.011, 0.3, "interval", drift=-0.03),
    Made("dental_decay_5", 0.23, 0.011, 0.3, "publisher", asked=250, periods=5),
    Made("early_communication", 0.79, 0.011, 0.04, "nothing", periods=5),
    Made("reception_obesity", 0.10, 0.011, 0.18, "publisher"),
    Made("year_6_obesity", 0.22, 0.012, 0.18, "publisher"),
    Made("ks2_expected_standard", 0.62, 0.012, 0.08, "nothing", periods=5),
    Made("gcse_english_maths", 0.73, 0.011, 0.08, "nothing", drift=0.01),
    Made("persistent_absence", 0.18, 0.15, 0.12, "nothing"),
    Made("self_harm_10_24", 0.0034, 0.17, 0.3, "interval"),
    Made("employment_rate", 0.76, 0.63, 0.05, "limits", asked=300),
    Made("no_qualifications", 0.07, 0.63, 0.3, "limits", asked=300, periods=2),
    Made("claimant_count", 0.04, 0.63, 0.3, "nothing", drift=0.04),
    Made("children_relative_poverty", 0.21, 0.19, 0.25, "nothing"),
    Made("fuel_poverty", 0.13, 0.4, 0.2, "nothing", drift=-0.02),
    Made("homelessness_duty", 0.013, 0.4, 0.3, "interval"),
    Made("loneliness", 0.22, 0.79, 0.1, "interval", asked=500, periods=5),
    Made("violent_crime_admissions", 0.0004, 1.0, 0.4, "interval", pooled=3),
    Made("smoking_adults", 0.12, 0.79, 0.25, "publisher", asked=200, drift=-0.04),
    Made("overweight_adults", 0.64, 0.79, 0.07, "publisher", asked=400),
    Made("active_adults", 0.67, 0.79, 0.06, "publisher", asked=400),
    Made("active_children", 0.47, 0.12, 0.1, "publisher", asked=350),
    Made("preventable_deaths_under_75", 0.0015, 0.92, 0.25, "publisher"),
    Made("preventable_cardiovascular_deaths", 0.0003, 0.92, 0.3, "limits", pooled=3),
    Made("cancer_deaths_under_75", 0.0013, 0.92, 0.15, "interval", pooled=3),
    Made("cervical_screening_younger", 0.69, 0.2, 0.05, "interval", drift=-0.005),
    Made("health_checks", 0.08, 0.3, 0.3, "interval", periods=1),
    Made("suicide", 0.0001, 0.9, 0.2, "interval", pooled=3),
    Made("falls_65", 0.02, 0.19, 0.15, "interval"),
)


@dataclass(frozen=True)
class Truth:
    """What is so, of one area and indicator.

    Parameters
    ----------
    level
        The area less the country in the newest period, in `Made.spread`.
    slope
        What the area's own figure does in ten years, in the same unit.
    beyond
        What it does beyond the country.
    """

    level: float
    slope: float
    beyond: float


def make_country(
    folder: Path, *, areas: int, seed: int, wobble: float = 0.0
) -> tuple[Pack, dict[tuple[str, str], Truth]]:
    """Draw a country and write its pack; return it with the truth by area code and indicator.

    Parameters
    ----------
    wobble
        What years differ by for reasons that no interval knows, in standard errors.
    """
    rng = np.random.default_rng(seed)
    codes = [f"X06{number:06d}" for number in range(1, areas + 1)]
    people = np.clip(rng.lognormal(math.log(140_000), 0.5, areas), 35_000, 900_000)
    frames, truth = [], {}
    for made in INDICATORS:
        frame, known = _indicator(rng, made, codes, people, wobble)
        frames.append(frame)
        truth |= known
    observations = pd.concat(frames, ignore_index=True)
    write_pack(folder, tables(codes, observations, [made.id for made in INDICATORS]), META)
    return open_pack(folder), truth


META = PackMeta(title="Simulated country", fictional=True, vintage="simulated")


def _indicator(
    rng: np.random.Generator, made: Made, codes: list[str], people: np.ndarray, wobble: float
) -> tuple[pd.DataFrame, dict[tuple[str, str], Truth]]:
    areas, years = len(codes), made.periods + made.pooled - 1
    sign = rng.choice([-1, 1], areas)
    level = np.where(rng.random(areas) < LIKE_THE_COUNTRY, 0.0, sign * rng.choice(EFFECTS, areas))
    beyond = np.where(
        rng.random(areas) < UNCHANGING, 0.0, rng.choice([-1, 1], areas) * rng.choice(EFFECTS, areas)
    )
    when = np.arange(years) - (years - 1)  # in years before the last
    country = made.level * (1 + made.drift * when)
    apart = made.spread * (level[:, None] + beyond[:, None] * when / 10)
    rate = np.clip(country * (1 + apart), 1e-6, 0.995)
    counted = np.maximum(1, np.round(people * made.share if not made.asked else made.asked))
    counted = np.broadcast_to(counted[..., None], (areas, years)).astype(int)
    if wobble:
        error = np.sqrt(rate * (1 - rate) / counted)
        rate = np.clip(rate + wobble * error * rng.standard_normal(rate.shape), 1e-6, 0.995)
    events = rng.binomial(counted, rate)
    window = np.lib.stride_tricks.sliding_window_view
    events = window(events, made.pooled, axis=1).sum(axis=-1)
    counted = window(counted, made.pooled, axis=1).sum(axis=-1)
    national = window(country, made.pooled).mean(axis=-1)
    middle = window(when, made.pooled).mean(axis=-1)
    # With several years together the newest period's truth is that of its middle.
    newest = level + beyond * middle[-1] / 10
    own = (made.drift * 10 / made.spread) * (1 + made.spread * level) + beyond
    truth = {
        (code, made.id): Truth(*three)
        for code, *three in zip(codes, newest.tolist(), own.tolist(), beyond.tolist(), strict=True)
    }
    return _published(made, codes, events, counted, national), truth


def _published(
    made: Made, codes: list[str], events: np.ndarray, counted: np.ndarray, national: np.ndarray
) -> pd.DataFrame:
    indicator = load_catalogue()[made.id]
    per = {"%": 100.0, "per 1,000": 1e3, "per 1,000 households": 1e3, "per 100,000": 1e5}
    scale = per.get(indicator.unit, 1.0)
    is_share = made.level > 0.02
    if is_share:
        lower, upper = wilson_interval(events, counted)
    else:
        lower, upper = (limit / counted for limit in byar_interval(events))
    last = LAST_YEAR - np.arange(made.periods)[::-1]
    rows = {
        "indicator_id": made.id,
        "area_code": np.repeat(codes, made.periods),
        "area_type": "lad",
        "period_start": np.tile(last - made.pooled + 1, len(codes)),
        "period_end": np.tile(last, len(codes)),
        "value": (events / counted).ravel() * scale,
        "lower_ci": lower.ravel() * scale,
        "upper_ci": upper.ravel() * scale,
        "count": events.ravel().astype(float),
        "denominator": counted.ravel().astype(float),
    }
    frame = pd.DataFrame(rows)
    beside = np.tile(national * scale, len(codes))
    side = np.where(frame["lower_ci"] > beside, 1, np.where(frame["upper_ci"] < beside, -1, 0))
    if indicator.polarity == "favourable":
        side = -side
    words = np.array(["better", "similar", "worse"])[side + 1]
    frame["comparison"] = words if made.published == "publisher" else ""
    if made.published != "interval":
        frame[["count", "denominator"]] = np.nan
    if made.published in ("publisher", "nothing"):
        frame[["lower_ci", "upper_ci"]] = np.nan
    whole = pd.DataFrame(
        {
            "indicator_id": made.id,
            "area_code": COUNTRY,
            "area_type": "country",
            "period_start": last - made.pooled + 1,
            "period_end": last,
            "value": national * scale,
        }
    )
    both = pd.concat([frame, whole], ignore_index=True)
    both["period"] = both["period_end"].astype(str)
    both["period_start"] = pd.to_datetime(both["period_start"].astype(str) + "-01-01")
    both["period_end"] = pd.to_datetime(both["period_end"].astype(str) + "-12-31")
    sex = "Female" if made.id == "cervical_screening_younger" else "Persons"
    return both.assign(
        area_name=both["area_code"].where(both["area_type"] == "lad", "Country"),
        sex=sex,
        age=indicator.age,
        unit=indicator.unit,
        status="ok",
        source="simulated",
    )


def tables(
    codes: list[str], observations: pd.DataFrame, indicators: Iterable[str]
) -> dict[str, pd.DataFrame]:
    """Return the tables of a pack of figures of such indicators."""
    catalogue = load_catalogue()
    about = [catalogue[name] for name in indicators]
    areas = pd.DataFrame({"area_code": codes, "area_name": codes, "area_type": "lad"})
    country = pd.DataFrame(
        {"area_code": [COUNTRY], "area_name": ["Country"], "area_type": ["country"]}
    )
    areas = pd.concat([areas.assign(country_code=COUNTRY), country.assign(country_code="")])
    empty = ("parent_code", "region_code", "successors", "renamed_from")
    return {
        "observations": observations,
        "areas": areas.assign(**dict.fromkeys(empty, ""), ended=False),
        "indicators": pd.DataFrame(
            {
                "indicator_id": [each.id for each in about],
                "name": [each.name for each in about],
                "unit": [each.unit for each in about],
                "decimals": [each.decimals for each in about],
                "source": "simulated",
                "catalogued": True,
            }
        ),
        "area_changes": pd.DataFrame(
            columns=["old_code", "old_name", "new_code", "new_name", "date", "kind"], dtype="str"
        ),
        "sources": pd.DataFrame(
            columns=["source_id", "title", "publisher", "licence", "attribution"], dtype="str"
        ),
    }
