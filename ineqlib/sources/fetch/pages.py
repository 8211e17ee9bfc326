"""Fetching an answer that comes in pages, and proving it as one."""

from ineqlib.errors import FetchError
from ineqlib.sources.fetch.fetcher import Fetcher
from ineqlib.sources.fetch.store import Download
from ineqlib.sources.interfaces.query import PagedQuery
from ineqlib.sources.proof import NotWhole


def fetch_pages(fetcher: Fetcher, query: PagedQuery) -> tuple[bytes, list[Download]]:
    """Return the joined answer, proved as one, and the pages it was joined from."""
    first = fetcher.fetch(query.first())
    pages = [first, *fetcher.fetch_all(query.rest(first.content()))]
    try:
        return query.joined([page.content() for page in pages]), pages
    except NotWhole as error:
        raise FetchError(
            f"{query.what} cannot be put together: {error}. The publisher may have changed it "
            "between two pages; ask for all of them again with --refresh."
        ) from error
