"""Pages of two areas of the demonstration, and the check of them."""

import pytest

from ineqlib.document.model import Document
from ineqlib.document.verify.page import Other, problems
from ineqlib.pack import Pack

from .made_pages import HERE, NAMES, Check, Made, built, made_page


@pytest.fixture(scope="session")
def documents(demo_pack: Pack) -> dict[str, Document]:
    return {code: built(demo_pack, code) for code in NAMES}


@pytest.fixture(scope="session")
def pages(documents: dict[str, Document]) -> dict[str, Made]:
    """The whole page of each."""
    return {code: made_page(document) for code, document in documents.items()}


@pytest.fixture(scope="session")
def ours(documents: dict[str, Document]) -> Document:
    return documents[HERE]


@pytest.fixture(scope="session")
def check(demo_pack: Pack, pages: dict[str, Made]) -> Check:
    """Hold a page against the true pack, as the page of `HERE`."""
    # Not the documents that the pages show; as in a batch, one serves however often it is asked.
    true = {code: built(demo_pack, code) for code in NAMES}

    def hold(made: Made, area: str = HERE, **options: int) -> list[str]:
        return problems(
            made.page,
            true[area],
            demo_pack,
            report=made.report,
            others={
                code: Other(NAMES[code], each.report.opening)
                for code, each in pages.items()
                if code != area
            },
            **options,
        )

    return hold
