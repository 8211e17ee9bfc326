"""What publishers say of their indicators beside what the catalogue says: who is likely right."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from ineqlib.audit.disagreements import (
    DECIDE,
    DIFFERENCE,
    EDIT,
    FAULT,
    SUCCESSOR,
    Disagreement,
    disagreements,
)
from ineqlib.catalogue import Catalogue, Indicator
from ineqlib.catalogue.accepted import Accepted
from ineqlib.catalogue.checked_yaml import HERE
from ineqlib.catalogue.entries import entry_of, proposed_edit
from ineqlib.catalogue.publisher_fact import PublisherFact
from ineqlib.errors import ContradictionError
from ineqlib.text import plural, upper_first

ACCEPTED = "accepted"
TO_DO = (EDIT, DECIDE)
"""What keeps the command from ending well."""
COLUMNS = (
    *("kind", "indicator", "service", "id", "key", "catalogue", "publisher", "why", "edit"),
    "place",
)


@dataclass(frozen=True)
class DriftReport:
    """Where publishers and the catalogue disagree."""

    findings: pd.DataFrame
    """One row a disagreement, with `COLUMNS`; `edit` is a unified diff, where one is proposed."""
    compared: int
    """How many indicators were compared."""
    unknown: int
    """How many the catalogue does not have."""

    def of_kind(self, *kinds: str) -> pd.DataFrame:
        """Return the disagreements of some kinds."""
        return self.findings[self.findings["kind"].isin(kinds)].reset_index(drop=True)

    def as_text(self) -> str:
        """Tell every disagreement but the accepted ones, those that ask for something first."""
        count = self.findings["kind"].value_counts()
        numbers = ", ".join(
            f"{kind}: {count.get(kind, 0)}" for kind in (EDIT, DECIDE, FAULT, DIFFERENCE, ACCEPTED)
        )
        lines = [
            f"{plural(self.compared, 'indicator')} compared with the catalogue, "
            f"{self.unknown} not in it. {numbers}."
        ]
        for kind in (EDIT, DECIDE, FAULT, DIFFERENCE):
            rows = self.of_kind(kind)
            if len(rows):
                lines += ["", f"{kind.capitalize()} ({len(rows)})"]
            for why, alike in rows.groupby("why", sort=False):
                lines.append(f"  {upper_first(why)}:")
                for row in alike.itertuples(index=False):
                    lines += [
                        f"    {row.indicator} ({row.service} {row.id}), {row.key}: "
                        f"catalogue “{row.catalogue}”, publisher “{row.publisher}”",
                        *(f"      {line}" for line in str(row.edit).splitlines()),
                    ]
        return "\n".join(lines)

    def require_none(self) -> None:
        """Refuse disagreements that ask for an edit or a decision."""
        if rows := len(self.of_kind(*TO_DO)):
            raise ContradictionError(
                f"{plural(rows, 'disagreement')} with publishers to settle: apply the edit "
                "proposed, or put the disagreement into accepted_drift.yml of the catalogue with "
                "the reason (docs/drift.md). Nothing was changed."
            )


def find_drift(
    facts: Sequence[PublisherFact],
    catalogue: Catalogue,
    accepted: Iterable[Accepted] = (),
    *,
    folder: Path = HERE,
) -> DriftReport:
    """Compare what publishers say with the catalogue; each disagreement is told once.

    Those that were accepted are counted, not told; edits are proposed of the files in `folder`.
    """
    known = {(entry.service, entry.id, entry.key, entry.says) for entry in accepted}
    rows: dict[tuple[str, ...], dict[str, str]] = {}
    ids = {name: catalogue.find(*name) for name in map(_publisher_id, facts)}
    for fact in facts:
        if match := ids[_publisher_id(fact)]:
            for disagreement in disagreements(fact, *match):
                key = (fact.service, fact.id, disagreement.key, disagreement.publisher)
                rows.setdefault(key, _row(fact, match[0], disagreement, key in known, folder))
    findings = pd.DataFrame(list(rows.values()), columns=list(COLUMNS))
    compared = sum(match is not None for match in ids.values())
    return DriftReport(findings, compared, len(ids) - compared)


def retired(facts: Iterable[PublisherFact], catalogue: Catalogue) -> list[str]:
    """Return the catalogue's ids of a publisher that are not in the list of all that it has."""
    there = {_publisher_id(fact) for fact in facts}
    return sorted(
        name.id
        for publisher in {publisher for publisher, _ in there}
        for indicator in catalogue.indicators.values()
        for name in indicator.publisher_ids.get(publisher, ())
        if (publisher, name.id) not in there
    )


def _publisher_id(fact: PublisherFact) -> tuple[str, str]:
    """Return publisher and id as the catalogue has them: the successor keeps Fingertips' ids."""
    return ("fingertips" if fact.service == SUCCESSOR else fact.service), fact.id


def _row(
    fact: PublisherFact,
    indicator: Indicator,
    disagreement: Disagreement,
    is_known: bool,
    folder: Path,
) -> dict[str, str]:
    edit = ""
    if disagreement.value and not is_known:
        edit = proposed_edit(entry_of(indicator.id, folder), disagreement.key, disagreement.value)
    return {
        "kind": ACCEPTED if is_known else disagreement.kind,
        "indicator": indicator.id,
        "service": fact.service,
        "id": fact.id,
        "key": disagreement.key,
        "catalogue": disagreement.catalogue,
        "publisher": disagreement.publisher,
        "why": disagreement.why,
        "edit": edit,
        "place": fact.place,
    }
