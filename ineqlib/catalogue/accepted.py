"""Disagreements with publishers that are accepted, each with the reason."""

from dataclasses import dataclass

from ineqlib.catalogue.checked_yaml import HERE, read_part

ACCEPTED = HERE / "accepted_drift.yml"


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
    entries = read_part(ACCEPTED, "accepted_drift")["accepted"]
    return tuple(Accepted(**entry) for entry in entries)
