"""The Local Outcomes Framework: its outcomes and metrics, and the indicators that measure them."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ineqlib.catalogue.checked_yaml import HERE, read_part
from ineqlib.catalogue.loader import load_catalogue
from ineqlib.errors import InputError, nearest
from ineqlib.text import repeated

FILE = HERE / "local_outcomes.yml"


@dataclass(frozen=True)
class Metric:
    """One metric of the framework."""

    name: str
    type: str
    """``outcome`` or ``output``, as the framework calls it."""
    wording: str
    """``read`` in the publication, or ``quoted`` by others."""
    indicator: str = ""
    """Id of the catalogue's indicator that measures it; empty where none does."""
    fit: str = ""
    differs: str = ""
    """What the indicator measures otherwise; empty where it is the same."""
    open_data: str = ""
    """Where it is published, for one without an indicator; empty where that is nowhere, as far as
    is known."""
    placeholder: bool = False
    """Whether the framework itself says that there are no data yet."""


@dataclass(frozen=True)
class Outcome:
    """One priority outcome."""

    id: str
    name: str
    ambition: str
    wording: str
    metrics: tuple[Metric, ...]
    contextual: bool = False
    """Whether the framework has it as context for the others."""
    without: str = ""
    """Why it has no metric; empty where it has."""


@dataclass(frozen=True)
class LocalOutcomes:
    """The framework, and what it was read in."""

    title: str
    publisher: str
    address: str
    published: str
    edition: str
    revised: str
    """Days of the first edition, of that whose metrics are listed, and of the newest."""
    outcomes: tuple[Outcome, ...]

    @property
    def metrics(self) -> tuple[Metric, ...]:
        """Every metric, in the order of the outcomes."""
        return tuple(metric for outcome in self.outcomes for metric in outcome.metrics)


@cache
def load_local_outcomes() -> LocalOutcomes:
    """Return the framework that comes with the package; the tests hold it to the schema.

    Examples
    --------
    >>> load_local_outcomes().outcomes[0].name
    'Housing supply'
    """
    return read_local_outcomes(FILE)


def read_local_outcomes(path: Path) -> LocalOutcomes:
    """Read and check a file of outcomes and metrics.

    It lists as many as it says there are, and names indicators of the catalogue.
    """
    content = read_part(path, "local_outcomes")
    outcomes = tuple(
        Outcome(**entry | {"metrics": tuple(Metric(**metric) for metric in entry["metrics"])})
        for entry in content["outcomes"]
    )
    if twice := repeated(outcome.id for outcome in outcomes):
        raise InputError(f"{path.name}: the outcome '{twice[0]}' is there twice.")
    known = load_catalogue().indicators
    for outcome in outcomes:
        if not outcome.metrics and not outcome.without:
            raise InputError(f"{path.name}: '{outcome.id}' has no metric; say why in 'without'.")
        for metric in outcome.metrics:
            if metric.indicator and metric.indicator not in known:
                raise InputError(
                    f"{path.name}: '{metric.name}' is measured by '{metric.indicator}', which is "
                    f"not in the catalogue.{nearest(metric.indicator, known)}"
                )
    about = dict(content["publication"])
    listed = {"outcomes": len(outcomes), "metrics": sum(len(o.metrics) for o in outcomes)}
    for name, number in listed.items():
        if (said := about.pop(name)) != number:
            raise InputError(
                f"{path.name}: the publication has {said} {name} and {number} are listed."
            )
    return LocalOutcomes(**about, outcomes=outcomes)
