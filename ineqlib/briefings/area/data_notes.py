"""Data notes: sources, what is missing and why, what the catalogue does not know, the method."""

from html import escape
from typing import Any

import pandas as pd

from ineqlib.catalogue import load_catalogue
from ineqlib.document.blocks import Blocks, Html, bullets, heading, paragraph, table
from ineqlib.facts.comparisons import OVERLAP, PUBLISHER, Comparison
from ineqlib.facts.gradients import Gradient
from ineqlib.facts.profile import COMPARATORS, Profile
from ineqlib.facts.rows import Row
from ineqlib.facts.series import Series
from ineqlib.text import NO_VALUE, SHORTHAND, joined, number, plural, with_unit

ABSENT_PEOPLE = (
    "Some people are hardly in these figures at all: people sleeping rough, Gypsy, Roma and "
    "Traveller communities, people in prison, sex workers, and others who are rarely counted by "
    "area. An average for an area does not speak for them."
)


def missing(profile: Profile, comparisons: list[Comparison], above: list[Series]) -> Blocks:
    """What the reader might look for and not find, each with the reason."""
    items = [
        *_withheld(comparisons),
        *_no_comparator(profile, comparisons),
        *_not_here(profile, above),
        *_not_in_pack(profile),
        *_no_open_measure(),
    ]
    return Blocks([bullets(items)])


def _withheld(comparisons: list[Comparison]) -> list[str]:
    return [
        f"{escape(found.series.name)}, {found.period}: {_reason(status, found.newest.note)}."
        for found in comparisons
        if (status := found.missing.get("area"))
    ]


def _reason(status: str, note: str) -> str:
    """Why a figure is missing: its shorthand, and the note of its row where there is one."""
    mark = NO_VALUE[status]
    words = f"{SHORTHAND[mark]} ({mark})"
    return f"{words}; note: {escape(note.rstrip('.'))}" if note else words


def _no_comparator(profile: Profile, comparisons: list[Comparison]) -> list[str]:
    items = []
    for role, place in profile.places.items():
        names = [
            found.series.name
            for found in comparisons
            if "area" in found.facts and role not in found.facts
        ]
        if names:
            items.append(
                _folded(
                    f"{place.name} ({role}) has no figure in the pack for the same period: "
                    f"{plural(len(names), 'figure')}",
                    names,
                )
            )
    return items


def _not_here(profile: Profile, above: list[Series]) -> list[str]:
    names = [series.name for series in above]
    if not names:
        return []
    summary = f"The pack has no figure for {profile.area.name}: {plural(len(names), 'figure')}"
    return [_folded(summary, names)]


def _not_in_pack(profile: Profile) -> list[str]:
    held = set(profile.pack.indicators["indicator_id"])
    names = [i.name for i in profile.indicators if i.id not in held and i.source == "open"]
    if not names:
        return []
    return [_folded(f"{len(names)} indicators of the catalogue are not in this pack", names)]


def _folded(summary: str, names: list[str]) -> str:
    """A line that unfolds into a list."""
    items = "".join(f"<li>{escape(name)}</li>" for name in names)
    return f"<details><summary>{escape(summary)}</summary><ul>{items}</ul></details>"


def _no_open_measure() -> list[str]:
    return [
        f"{escape(objective.public_name)} ({escape(objective.name)}): no open measure yet."
        for objective in load_catalogue().objectives_without_open_measure()
    ]


def remarks(comparisons: list[Comparison]) -> Blocks:
    """What the publishers say of the figures shown, figure by figure."""
    items = [
        f"{escape(found.series.name)}, {found.period}: {escape(found.newest.note)}"
        for found in comparisons
        if found.newest.note and "area" in found.facts
    ]
    if not items:
        return Blocks()
    summary = f"The publishers' own notes on {plural(len(items), 'figure')}"
    return Blocks([Html(f"<details><summary>{summary}</summary>{bullets(items).html}</details>")])


def uncatalogued(profile: Profile) -> Blocks:
    """Figures in the pack that the catalogue does not know, beside the country's, unjudged."""
    known = profile.pack.indicators
    names = known.loc[~known["catalogued"]].set_index("indicator_id").to_dict("index")
    rows = [row for row in profile.totals if row.indicator_id in names and row.has_value]
    here = [row for row in rows if row.role == "area"]
    if not here:
        return Blocks()
    newest = {(row.indicator_id, row.sex, row.age): row.row for row in here}.values()
    frame = pd.DataFrame(
        [_unjudged(row, names[row.indicator_id], rows) for row in here if row.row in newest]
    )
    return Blocks(
        [
            paragraph(
                "Not in the catalogue, no judgement: these figures were in the files, and "
                "are shown as they were found."
            ),
            table(frame, "Figures that are not in the catalogue"),
        ]
    )


def _unjudged(row: Row, indicator: dict[str, Any], rows: list[Row]) -> dict[str, str]:
    who = (row.indicator_id, row.sex, row.age, row.period)
    country = [
        each.value
        for each in rows
        if each.role == "country" and (each.indicator_id, each.sex, each.age, each.period) == who
    ]
    decimals = int(indicator["decimals"])

    def text(value: float) -> str:
        return with_unit(number(value, decimals), row.unit)

    return {
        "Figure": str(indicator["name"]),
        "Who": row.sex,
        "Period": row.period,
        row.area_name: text(row.value),
        "Country": text(country[0]) if country else "[x]",
    }


def sources(profile: Profile) -> Blocks:
    """Publishers, licences and attributions of everything in the pack."""
    columns = {
        "title": "Data",
        "publisher": "Publisher",
        "licence": "Licence",
        "attribution": "Attribution",
    }
    frame = profile.pack.sources[list(columns)].rename(columns=columns)
    pack = profile.pack
    line = f"Data pack: {escape(pack.title)}; {escape(pack.meta.vintage)}."
    return Blocks([paragraph(line), table(frame, "Sources of the data in this briefing's pack")])


def methods(profile: Profile, comparisons: list[Comparison], found: list[Gradient]) -> Html:
    """How the figures were calculated, for whoever has to sign them."""
    bases = {each.basis for each in comparisons}
    items = [
        "Figures are the publishers' own, shown to the catalogue's number of decimals. Nothing "
        "missing is filled in, and no comparator is computed from its parts.",
    ]
    if OVERLAP in bases:
        items.append(
            "Better, similar and worse: the area's 95% interval is set against the country's "
            "value, the rule published for Fingertips. It is not a test of the difference."
        )
    if PUBLISHER in bases:
        items.append(
            "Where the files carry no interval, better, similar and worse are the publisher's own "
            "comparison, shown only where it agrees with the figures and with what a high value "
            "means."
        )
    if any(each.sii for each in found):
        items.append(
            "Slope index of inequality: least squares across the groups, most deprived first, "
            "weighted by population; the fitted value at the least deprived end minus that at "
            "the most deprived end. Relative index: the one over the other. Limits follow from "
            "the groups' own standard errors. " + escape(_limits_used(found))
        )
    items += [escape(ABSENT_PEOPLE), escape(_asked(profile))]
    return Html(
        "<details><summary>How this was calculated</summary>" + bullets(items).html + "</details>"
    )


def _limits_used(found: list[Gradient]) -> str:
    return " ".join(dict.fromkeys(f"{each.sii.method}." for each in found if each.sii))


def _asked(profile: Profile) -> str:
    absent = [role for role in COMPARATORS if role not in profile.places and role != "neighbours"]
    if not absent:
        return "All comparators asked for exist for this area."
    return f"No comparator of this kind for this area, or not asked for: {joined(absent)}."


def shorthand() -> Html:
    """The key to the bracketed letters."""
    items = [f"{escape(mark)} {escape(meaning)}" for mark, meaning in SHORTHAND.items()]
    return Html(heading("Shorthand").html + bullets(items).html)
