"""What publishers say about their figures, held against the figures and against the catalogue.

    rows with labels ──▶ comparisons ─┐
                    └──▶ trends ──────┴──▶ LabelReport: agrees, wrong, cannot be recomputed
    facts of a publisher + catalogue ──▶ drift ──▶ DriftReport: what disagrees, and the edit

Rows in, findings out: no files, no network. The rules are the publisher's own, as far as they are
public (docs/published-labels.md).
"""

from ineqlib.audit.drift import DriftReport, find_drift
from ineqlib.audit.labels import LabelReport, audit_labels

__all__ = ["DriftReport", "LabelReport", "audit_labels", "find_drift"]
