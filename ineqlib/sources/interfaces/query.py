"""A question to a publisher, and one whose answer comes in pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlencode

from ineqlib.sources.base import Source
from ineqlib.sources.proof import Expectation

MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Query:
    """One request: an address, who answers under which licence, and what the answer must be."""

    url: str
    what: str
    """What is asked, in words: "Fingertips, 2 indicators for districts"."""
    source: Source
    expectation: Expectation
    redirects_to: tuple[str, ...] = ()
    """Hosts besides the address's own to which the publisher may send on."""
    most_bytes: int = 200 * MEGABYTE
    """Bytes, unpacked, of the largest answer that is taken."""


class PagedQuery(Protocol):
    """A question whose answer comes in pages, and is proved as one."""

    @property
    def what(self) -> str:
        """Say what is asked."""

    def first(self) -> Query:
        """Return the request that tells how much there is."""

    def rest(self, first: bytes) -> list[Query]:
        """Return the requests for what the first answer does not hold."""

    def joined(self, answers: Sequence[bytes]) -> bytes:
        """Join all answers, the first among them, and prove them whole together."""


def address(base: str, parameters: Mapping[str, object]) -> str:
    """Return an address with parameters in the order given; lists are joined by commas.

    Examples
    --------
    >>> address("https://example.org/csv", {"ids": (1, 2), "name": "a b"})
    'https://example.org/csv?ids=1,2&name=a+b'
    """
    texts = {
        name: ",".join(map(str, value)) if isinstance(value, tuple | list) else str(value)
        for name, value in parameters.items()
    }
    return f"{base}?{urlencode(texts, safe=',=*')}"
