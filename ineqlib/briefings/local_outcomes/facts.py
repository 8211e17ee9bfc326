"""Every figure of the page: each metric of the framework, and how many have a figure here."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ineqlib.catalogue import LocalOutcomes, Metric, Outcome, load_local_outcomes
from ineqlib.facts.comparisons import JUDGED, LIKELY, Comparison, compare_newest, count_of, recent
from ineqlib.facts.fact import Fact, published
from ineqlib.facts.profile import Profile, read_profile
from ineqlib.facts.series import Series, series_shown
from ineqlib.pack import Area, Pack

SHOWN, WIDER, NOT_HERE = "told", "wider area", "not in this pack"
ELSEWHERE, NOWHERE = "published elsewhere", "published nowhere"
STATUSES = (SHOWN, WIDER, NOT_HERE, ELSEWHERE, NOWHERE)
"""What is known of a metric here, the most first."""


@dataclass(frozen=True)
class Measured:
    """One metric here."""

    outcome: Outcome
    metric: Metric
    comparisons: tuple[Comparison, ...] = ()
    """The area's newest figures of it, men and women apart where they are published so."""
    wider: tuple[Fact, ...] = ()
    """Newest figures of the county, region or country, where the area has none."""

    @property
    def status(self) -> str:
        """What is known of it here."""
        if self.comparisons:
            return SHOWN
        if self.wider:
            return WIDER
        if self.metric.indicator:
            return NOT_HERE
        return ELSEWHERE if self.metric.open_data else NOWHERE


@dataclass(frozen=True)
class Lens:
    """Everything the page shows."""

    framework: LocalOutcomes
    profile: Profile
    measured: tuple[Measured, ...]
    """Every metric, in the order of the framework."""
    counts: Mapping[str, Fact]
    """How many there are: of metrics, by what is known and by outcome, and figures by verdict."""
    older: frozenset[int]
    """Ids of figures too old to speak of today."""

    @property
    def area(self) -> Area:
        """The area it is about."""
        return self.profile.area

    @property
    def comparisons(self) -> list[Comparison]:
        """The area's figures, in the order of the framework."""
        return [figure for measured in self.measured for figure in measured.comparisons]

    def of(self, status: str) -> list[Measured]:
        """Return the metrics of one status."""
        return [measured for measured in self.measured if measured.status == status]

    def without(self, outcome: Outcome) -> list[Measured]:
        """Return an outcome's metrics without a figure of the area, the best known first."""
        rows = [m for m in self.measured if m.outcome is outcome and m.status != SHOWN]
        return sorted(rows, key=lambda measured: STATUSES.index(measured.status))


def lens_facts(pack: Pack, area: str) -> Lens:
    """Compute every figure of the page."""
    framework = load_local_outcomes()
    ids = list(dict.fromkeys(m.indicator for m in framework.metrics if m.indicator))
    profile = read_profile(pack, area, indicator_set=ids)
    shown = series_shown(profile)
    compared = compare_newest(profile, shown)
    # Where the pack holds only an indicator's duplicate, that one stands in.
    stands_for = dict(zip((i.id for i in profile.indicators), ids, strict=True))
    measured = tuple(
        Measured(
            outcome,
            metric,
            tuple(c for c in compared if stands_for[c.indicator.id] == metric.indicator),
            _wider(shown, stands_for, metric),
        )
        for outcome in framework.outcomes
        for metric in outcome.metrics
    )
    of_late = {id(figure) for figure in recent(compared)}
    older = frozenset(id(figure) for figure in compared) - of_late
    return Lens(framework, profile, measured, _counts(profile, measured, older), older)


def _wider(
    shown: Sequence[Series], stands_for: Mapping[str, str], metric: Metric
) -> tuple[Fact, ...]:
    """Return the newest figure of the nearest wider area for each series the area lacks."""
    facts = []
    for series in shown:
        if stands_for[series.indicator.id] != metric.indicator or series.latest("area") is not None:
            continue
        for role in ("county", "region", "country"):
            rows = [row for row in series.of(role) if row.has_value]
            if rows:
                facts.append(published(rows[-1], series.indicator.decimals))
                break
    return tuple(facts)


def _counts(
    profile: Profile, measured: tuple[Measured, ...], older: frozenset[int]
) -> dict[str, Fact]:
    by_status = Counter(metric.status for metric in measured)
    figures = [c for metric in measured for c in metric.comparisons if id(c) not in older]
    verdicts = Counter(figure.likely or figure.verdict for figure in figures)
    judged = (*JUDGED, *LIKELY)
    numbers = {
        "metrics": len(measured),
        **{status: by_status[status] for status in STATUSES},
        **Counter(metric.outcome.id for metric in measured),
        **Counter(f"{metric.outcome.id} without" for metric in measured if metric.status != SHOWN),
        "figures": len(figures),
        **{verdict: verdicts[verdict] for verdict in judged},
        "not judged": len(figures) - sum(verdicts[verdict] for verdict in judged),
        "older": len(older),
    }
    method = "counted over the metrics of the framework"
    return {
        name: count_of(profile, f"local outcomes {name}", number, method)
        for name, number in numbers.items()
    }
