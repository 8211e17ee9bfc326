"""Proving a page of results whole, where the service says how many there are in all."""

import json
from dataclasses import dataclass
from typing import Any

from ineqlib.errors import listed
from ineqlib.sources.proof.model import NotWhole, Proof, read_json


@dataclass(frozen=True)
class WholeResults:
    """One page of results: as many as there must be, each once, and no warning beside them."""

    names: tuple[str, ...]
    """Names that each result has."""
    page: int
    size: int
    """Results of a full page."""
    shows_its_end = True

    def prove(self, content: bytes) -> Proof:
        """Prove the page whole."""
        total, results = self.read(content)
        expected = max(0, min(self.size, total - self.size * (self.page - 1)))
        distinct = len({json.dumps(result, sort_keys=True) for result in results})
        if distinct != expected:
            raise NotWhole(
                f"{distinct:,} of {expected:,} results came on page {self.page}, each counted "
                f"once: the service counts {total:,} in all",
                may_pass=True,
            )
        return Proof((f"{expected:,} of {total:,} results counted by the service",))

    def read(self, content: bytes) -> tuple[int, list[Any]]:
        """Return how many results there are in all, and those of this page."""
        match read_json(content):
            case {"warnings": [_, *_] as warnings}:
                codes = listed(sorted({_code(warning) for warning in warnings}))
                raise NotWhole(f"the service warns that it left something out: {codes}")
            case {
                "paging": {"page": self.page, "pageSize": self.size, "totalResults": int(total)},
                "results": [*results],
            }:
                pass
            case {"paging": dict(paging)}:
                raise NotWhole(
                    f"page {self.page} of {self.size:,} results each was asked, and "
                    f"{json.dumps(paging)} came"
                )
            case _:
                raise NotWhole("expected results and their number (paging)")
        if not total:
            raise NotWhole("the service has no results for this question")
        for number, result in enumerate(results, 1):
            there = result if isinstance(result, dict) else {}
            lacking = [name for name in self.names if name not in there]
            if lacking:
                raise NotWhole(
                    f"result {number:,} lacks {listed(lacking)}: the publisher has changed its "
                    "layout"
                )
        return total, results


def _code(warning: Any) -> str:
    return str(warning.get("code", warning) if isinstance(warning, dict) else warning)
