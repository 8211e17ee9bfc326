"""Write the gallery of charts from the demonstration: ``python tasks.py gallery``."""

import json
import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import make_gallery_documents
import make_gallery_pages
import vl_convert

from ineqlib.briefings.area.document import open_briefing
from ineqlib.briefings.area.spine_figures import spine_figures
from ineqlib.briefings.area.trend_figures import trend_figures
from ineqlib.briefings.area.within_area_figures import (
    contribution_figures,
    deprivation_line_figure,
    gradient_figures,
    most_deprived_figures,
    spread_figure,
)
from ineqlib.charts.figure import Figure
from ineqlib.demo import make_demo_pack
from ineqlib.facts.area import AreaFacts, Trend, area_facts
from ineqlib.facts.fact import Fact
from ineqlib.facts.gradients import Gradient
from ineqlib.facts.profile import COMPARATORS, read_profile
from ineqlib.pack import Pack, open_pack
from ineqlib.text import number, with_unit

DOCS = Path(__file__).parent
PAGE = DOCS / "gallery.md"
PICTURES = DOCS / "images" / "gallery"
PEERS = DOCS / "gallery_peers.json"
SCALE, WIDE = 1.5, 500
"""Pixels of a picture for each of the drawing, if that is not too wide for a page anyway."""

GOOD, RESTLESS, WITHHELD = "X07000005", "X07000009", "X06000013"
"""Greywick, Pellwater, and Tidewell, some of whose figures are withheld."""
LONG = "Great Underhill, Saint Bartholomew's Wold and Nether Brindlecombe"

OPENING = """\
# Gallery

Each kind of chart on a good and on a bad day, all of the fictional demonstration, beside what
well-known charts of others show. The comparison is ours, from general knowledge of them in 2025.
This page and its pictures are made by `py tasks.py gallery`.

A picture has the drawing alone. On a page each stands under its title and subtitle, with its
source and its figures as a table; a spine turns into a list of cards on a phone.
"""


class Case(NamedTuple):
    """One chart: which kind, on what day, and the figure."""

    kind: str
    day: str
    figure: Figure


def cases(pack: Pack) -> Iterator[Case]:
    """Make the charts, kind by kind."""
    good, restless, withheld = (_facts(pack, code) for code in (GOOD, RESTLESS, WITHHELD))
    yield Case("spine", "A good day", spine_figures(good, good.comparisons)[0])
    renamed = _renamed(withheld)
    worst = spine_figures(renamed, renamed.comparisons)[0]
    yield Case("spine", "Withheld figures and a long name", worst)

    pay, life = (_trend(good, name) for name in ("weekly_pay", "life_expectancy"))
    yield Case("trend", "A good day", trend_figures(good.profile, [pay])[0])
    yield Case("trend", "Years without a figure, wide intervals and a long name", _torn(good, life))
    yield Case("trend", "One period", _one_period(good, life))

    steep = next(each for each in restless.gradients if each.is_clear)
    yield Case("gradient", "A good day", gradient_figures(restless.profile, [steep])[0])
    unsure = _turned(steep)
    yield Case(
        "gradient",
        "The other way round, a group withheld and wide intervals",
        gradient_figures(restless.profile, [unsure])[0],
    )

    pair = next(each for each in good.most_deprived if each.like_for_like)
    yield Case("most-deprived", "A good day", most_deprived_figures(good.profile, [pair])[0])
    bare = {role: replace(fact, lower_ci=None, upper_ci=None) for role, fact in pair.facts.items()}
    cut_apart = replace(pair, like_for_like=False, facts=bare)
    yield Case(
        "most-deprived",
        "No intervals, groups cut differently and a long name",
        most_deprived_figures(_renamed(good).profile, [cut_apart])[0],
    )

    line = good.deprivation_lines[0]
    yield Case("scatter", "A good day", deprivation_line_figure(good.profile, line))
    area = replace(_bare(line.comparison.facts["area"]), area_name=LONG)
    unnamed = replace(line.comparison, facts={"area": area}, standing=None)
    points = tuple(
        point._replace(area_name=LONG, fact=area) if point.role == "area" else point
        for point in line.points
    )
    odd = replace(line, comparison=unnamed, points=points)
    yield Case("scatter", "No interval and a long name", deprivation_line_figure(good.profile, odd))

    assert restless.by_age
    (ages, *_) = contribution_figures(restless.profile, restless.by_age)
    yield Case("contributions", "A good day", ages)
    narrowing = {
        name: _share(fact, -fact.value / 2) if place % 2 else fact
        for place, (name, fact) in enumerate(restless.by_age.by_age.items())
    }
    mixed = replace(restless.by_age, by_age=narrowing)
    (mixed_ages, *_) = contribution_figures(restless.profile, mixed)
    yield Case("contributions", "Ages that narrow the gap", mixed_ages)

    assert good.spread
    yield Case("spread", "A good day", spread_figure(good.profile, good.spread))
    yield Case("spread", "Everybody in one tenth", _in_one_tenth(_renamed(good)))

    for code, day in ((GOOD, "A good day"), (WITHHELD, "Few neighbourhoods")):
        (mapped,) = open_briefing(pack, code).section("map").figures[:1]
        yield Case("map", day, mapped)


def _facts(pack: Pack, code: str) -> AreaFacts:
    options = {"comparators": list(COMPARATORS), "indicator_set": "marmot"}
    return area_facts(read_profile(pack, code, **options))  # type: ignore[arg-type]


def _renamed(facts: AreaFacts) -> AreaFacts:
    area = replace(facts.profile.area, name=LONG)
    return replace(
        facts, profile=replace(facts.profile, places={**facts.profile.places, "area": area})
    )


def _trend(facts: AreaFacts, indicator: str) -> Trend:
    return next(each for each in facts.trends if each.comparison.indicator.id == indicator)


def _bare(fact: Fact) -> Fact:
    return replace(fact, lower_ci=None, upper_ci=None)


def _wide(fact: Fact, times: float) -> Fact:
    low, high = fact.limits or (fact.value, fact.value)
    return replace(
        fact,
        lower_ci=fact.value - times * (fact.value - low),
        upper_ci=fact.value + times * (high - fact.value),
    )


def _torn(facts: AreaFacts, shown: Trend) -> Figure:
    """Leave out the years in the middle, and every other of the area's."""
    periods = list(dict.fromkeys(point.period for point in shown.points))
    gone = periods[3:5]
    points = []
    for point in shown.points:
        if point.period in gone:
            continue
        after = point._replace(segment=int(periods.index(point.period) >= 5))
        if point.role == "area" and point.fact:
            missing = periods.index(point.period) == 1
            fact = None if missing else _wide(point.fact, 4)
            status = "suppressed" if missing else point.status
            after = after._replace(place=LONG, fact=fact, status=status)
        points.append(after)
    comparison = replace(shown.comparison, change=None)
    drawn = replace(shown, comparison=comparison, points=tuple(points))
    return trend_figures(facts.profile, [drawn])[0]


def _one_period(facts: AreaFacts, shown: Trend) -> Figure:
    newest = [point for point in shown.points if point.period == shown.comparison.period]
    comparison = replace(shown.comparison, change=None)
    drawn = replace(shown, comparison=comparison, points=tuple(newest))
    return trend_figures(facts.profile, [drawn])[0]


def _turned(inside: Gradient) -> Gradient:
    """Turn the groups' figures round, take one away, and leave the rest unsure."""
    turned: Sequence[Fact | None] = [group.fact for group in reversed(inside.groups)]
    groups = tuple(
        group._replace(
            fact=_wide(fact, 5) if fact and place != 1 else None,
            status="ok" if place != 1 else "suppressed",
        )
        for place, (group, fact) in enumerate(zip(inside.groups, turned, strict=True))
    )
    return replace(inside, groups=groups, line=(), sii=None, rii=None)


def _share(fact: Fact, value: float) -> Fact:
    return replace(fact, value=value, text=with_unit(number(value, fact.decimals), fact.unit))


def _in_one_tenth(facts: AreaFacts) -> Figure:
    assert facts.spread
    whole = {tenth.decile: 100.0 * (tenth.decile == 1) for tenth in facts.spread.tenths}

    tenths = tuple(
        tenth._replace(share=_share(tenth.share, whole[tenth.decile]))
        for tenth in facts.spread.tenths
    )
    most, least = _share(facts.spread.most, 100.0), _share(facts.spread.least, 0.0)
    return spread_figure(
        facts.profile, replace(facts.spread, tenths=tenths, most=most, least=least)
    )


def page(made: Sequence[Case]) -> str:
    """Write the page; the pictures are named, not made."""
    peers = json.loads(PEERS.read_text(encoding="utf-8"))
    parts = [OPENING]
    for kind, together in groupby(made, key=lambda case: case.kind):
        about = peers[kind]
        parts.append(f"\n## {about['title']}\n")
        parts += [_case(case, n) for n, case in enumerate(together, start=1)]
        parts.append(f"\n| | here | {about['peer']} |\n|---|---|---|\n")
        parts += [f"| {point} | {here} | {there} |\n" for point, here, there in about["points"]]
    return "".join([*parts, make_gallery_pages.section()])


def _case(case: Case, which: int) -> str:
    labels = case.figure.labels
    alt = labels.alt.replace("[", "").replace("]", "")
    return (
        f"\n**{case.day}.** {labels.title}  \n{labels.subtitle}\n\n"
        f"![{alt}](images/gallery/{_file(case, which)})\n"
        + (f"\n{labels.note}\n" if labels.note else "")
    )


def _file(case: Case, which: int) -> str:
    return f"{case.kind}-{which}.png"


def write_pictures(made: Sequence[Case]) -> None:
    """Draw every chart as a picture, in place of those there were."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for old in PICTURES.glob("*.png"):
        old.unlink()
    for _, together in groupby(made, key=lambda case: case.kind):
        for n, case in enumerate(together, start=1):
            is_wide = float(re.findall(r'width="([\d.]+)"', case.figure.svg)[0]) > WIDE
            picture = vl_convert.svg_to_png(case.figure.svg, scale=1 if is_wide else SCALE)
            (PICTURES / _file(case, n)).write_bytes(picture)


def main() -> None:
    """Write the page and its pictures."""
    with tempfile.TemporaryDirectory() as folder:
        make_demo_pack(Path(folder))
        pack = open_pack(folder)
        made = list(cases(pack))
        PAGE.write_text(page(made), encoding="utf-8")
        write_pictures(made)
        make_gallery_pages.write_pictures(pack, PICTURES)
    make_gallery_documents.main()


if __name__ == "__main__":
    main()
