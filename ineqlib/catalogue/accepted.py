"""Disagreements with publishers that are accepted, each with the reason."""

from dataclasses import dataclass
from pathlib import Path

from ineqlib.catalogue.checked_yaml import read_checked_yaml

ACCEPTED = Path(__file__).parent / "accepted_drift.yml"


@dataclass(frozen=True)
class Accepted:
    """One disagreement: as long as the publisher says just this, nobody is told again."""

    service: str
    id: str
    key: str
    says: str
    why: str


def accepted_drift() -> tuple[Accepted, ...]:
    """Read the accepted disagreements of the catalogue."""
    entries = read_checked_yaml(ACCEPTED, "accepted_drift")["accepted"]
    return tuple(Accepted(**entry) for entry in entries)
