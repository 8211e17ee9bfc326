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


def accepted_drift(path: Path = ACCEPTED) -> tuple[Accepted, ...]:
    """Read the accepted disagreements; those of the catalogue, or of another file.

    Raises
    ------
    InputError
        The file breaks the schema.
    """
    entries = read_checked_yaml(path, "accepted_drift")["accepted"]
    return tuple(Accepted(**entry) for entry in entries)
