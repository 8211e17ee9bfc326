"""Write the methods page from docstrings and the registry: ``python tasks.py methods``."""

import doctest
import inspect
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ineqlib.measures import ABRIDGED_BANDS
from ineqlib.measures.methods import METHODS
from ineqlib.measures.registry import PROPORTIONS, REGISTRY, Method

PAGE = Path(__file__).with_name("methods.md")

FAMILIES = {
    "Gaps": "gaps impact excess heat",
    "Gradients": (
        "gradients logistic count_regression people_slopes simulated_slopes line_checks quantiles"
    ),
    "Concentration": "concentration concentration_curve individual contributions",
    "Dispersion": "dispersion entropy between_within deviation individual_dispersion",
    "Rates and intervals": "rates standardised indirect intervals",
    "Life tables and decomposition": (
        "life_table life_expectancy life_expectancy_rules years_lost decomposition "
        "continuous_decomposition decomposition_limits rate_decomposition lifespan_variation"
    ),
    "Comparison and trends": (
        "comparison ranks change regression_to_mean required_change trends slope_trend "
        "slope_bootstrap"
    ),
    "Funnels and spend": (
        "funnel funnel_verdicts funnel_points overdispersion empirical_bayes spend"
    ),
    "Disclosure": "disclosure.suppress disclosure.differencing",
}
"""Sections of the page, and the modules of `ineqlib.measures` each is made from, in order."""
REFERENCE = re.compile(r"\b([Aa]s|[Ss]ee) (\w+)")

OPENING = """\
# Methods

What each function of `ineqlib.measures` computes, when to take it and when not, how its limits are
made, and where it comes from. This page is made from docstrings, whose `Method` says all of it, and
from the registry: after a change there run `py tasks.py methods`.

- Arrays go in with the **most deprived group first** on the last axis; other axes are independent
  problems solved in one call. An `Estimate` comes out: `value`, `lower`, `upper`, `se`.
- Gaps and slopes are the **least deprived less (or over) the most deprived**: positive where the
  value rises with affluence. No sign is ever dropped.
- Relative measures are plain fractions: 0.05, not 5%.
- Missing numbers are refused, never taken as zero. `measure_table` does many areas of a frame at
  once and gives each row a status and the reason for whatever is absent. `rate_table` does rates
  and life expectancies, after `add_by_lookup` if they are to be of larger areas than the rows.
- Age bands are matched **by name**, never by how many there are: name them with `bands=`, or give
  pandas data with their names as labels. A standard is a small named table: `ESP2013.for_bands(…)`.
- `se` are the standard errors of the groups' values; without them there are no limits. z is the
  normal quantile of the confidence asked for: 1.96 for 95%. Decisions
  behind the limits are in [the list of decisions](decisions.md).
"""


def page() -> str:
    """Return the page as Markdown."""
    sections = by_family()
    contents = [
        f"- {family}: {', '.join(f'[{row.title}](#{row.name})' for row in rows)}"
        for family, rows in sections.items()
    ]
    parts = [OPENING, "## Contents\n", *contents, "", overview()]
    for family, rows in sections.items():
        parts += [f"## {family}\n", *(entry(row) for row in rows)]
    return "\n".join(parts).rstrip() + "\n"


def by_family() -> dict[str, list[Method]]:
    """Return the methods of each section, in the order in which their modules have them."""
    sections: dict[str, list[Method]] = {}
    by_module: dict[str, list[Method]] = {}
    for row in sorted(METHODS.values(), key=lambda row: row.function.__code__.co_firstlineno):
        module = row.function.__module__.removeprefix("ineqlib.measures.")
        by_module.setdefault(module, []).append(row)
    for family, modules in FAMILIES.items():
        sections[family] = [row for module in modules.split() for row in by_module.pop(module)]
    if by_module:
        raise KeyError(f"put the modules {', '.join(by_module)} in a section of FAMILIES")
    return sections


def overview() -> str:
    """Return the table of the measures of inequality between groups."""
    lines = [
        "## Measures of inequality between groups at a glance\n",
        "*In order*: groups are ranked by deprivation. *Weighted*: groups count by population.\n",
        "| measure | name | kind | in order | weighted | at equality | fewest groups |",
        "|---|---|---|---|---|---|---|",
    ]
    for row in (*REGISTRY.values(), *PROPORTIONS.values()):
        kind = f"{row.kind}, squared" if row.squared else row.kind
        ordered, weighted = ("yes" if flag else "no" for flag in (row.ordered, row.weighted))
        lines.append(
            f"| [{row.title}](#{row.name}) | `{row.name}` | {kind} | {ordered} | {weighted} "
            f"| {row.at_equality:g} | {row.least_groups} |"
        )
    return "\n".join([*lines, ""])


def entry(row: Method) -> str:
    """Return one method's part of the page."""
    first, *others = row.source.split("; ")
    link = f" [doi:{row.doi}](https://doi.org/{row.doi})" if row.doi else ""
    source = "; ".join([first + link, *others])
    parts = [
        f'<a id="{row.name}"></a>\n\n### {row.title}',
        f"`{signature(row.function)}`",
        row.sentence,
        f"```text\n{row.formula}\n```",
        f"**When to use.** {linked(row.use)}",
        f"**When not.** {linked(row.avoid)}",
        f"**Interval.** {linked(row.interval)}",
    ]
    if needs := [need.words for need in getattr(row, "needs", ())]:
        parts.append(f"**Needs** {'; '.join(needs)}.")
    parts.append(f"**Source.** {source}")
    if example := worked_example(row.function):
        parts.append(f"```python\n{example}\n```")
    return "\n\n".join(parts) + "\n"


def linked(text: str) -> str:
    """Have a text that refers to another method ("as bgv") lead there."""
    return REFERENCE.sub(
        lambda match: f"{match[1]} [{match[2]}](#{match[2]})" if match[2] in METHODS else match[0],
        text,
    )


def signature(function: Callable[..., Any]) -> str:
    """Return how the function is called, without its types."""
    parameters = [
        parameter.replace(annotation=inspect.Parameter.empty)
        for parameter in inspect.signature(function).parameters.values()
    ]
    call = f"{function.__name__}{inspect.Signature(parameters)}".replace("'", '"')
    return call.replace(str(ABRIDGED_BANDS), "ABRIDGED_BANDS")


def worked_example(function: Callable[..., Any]) -> str:
    """Return the examples of the function's docstring with what they print."""
    lines = []
    for example in doctest.DocTestParser().get_examples(inspect.getdoc(function) or ""):
        first, *more = example.source.rstrip("\n").split("\n")
        lines += [f">>> {first}", *(f"... {line}".rstrip() for line in more)]
        lines += example.want.rstrip("\n").split("\n") if example.want else []
    return "\n".join(lines)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
