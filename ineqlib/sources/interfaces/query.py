"""A question to a publisher, and one whose answer comes in pages."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
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


def address(base: str, parameters: Mapping[str, object], **repeated: Iterable[object]) -> str:
    """Return an address with parameters in the order given; lists are joined by commas.

    Those that a publisher wants once for each value are given by name.

    Examples
    --------
    >>> address("https://example.org/csv", {"ids": (1, 2), "name": "a b"})
    'https://example.org/csv?ids=1,2&name=a+b'
    >>> address("https://example.org/data", {}, code=("E1", "E2"))
    'https://example.org/data?code=E1&code=E2'
    """
    texts = [
        (name, ",".join(map(str, value)) if isinstance(value, tuple | list) else str(value))
        for name, value in parameters.items()
    ]
    texts += [(name, str(value)) for name, values in repeated.items() for value in values]
    return f"{base}?{urlencode(texts, safe=',=*')}"


def in_lots(values: Iterable[str], most: int) -> Iterator[tuple[str, ...]]:
    """Give values, each once, in lots of at most so many as are answered at once.

    Examples
    --------
    >>> list(in_lots(["a", "b", "a", "c"], 2))
    [('a', 'b'), ('c',)]
    """
    every = tuple(dict.fromkeys(values))
    for start in range(0, len(every), most):
        yield every[start : start + most]
