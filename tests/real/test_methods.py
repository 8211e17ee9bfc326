"""The methods of a real pack, whose groups are tenths and whose deaths by age nobody publishes."""

import pytest

from ineqlib.briefings.methods.document import open_methods
from ineqlib.document.blocks import TableBlock

pytestmark = [pytest.mark.real, pytest.mark.slow]


def test_the_methods_of_england_are_of_tenths_and_say_what_is_not_there(pack) -> None:
    methods = open_methods(pack)
    measured = methods.section("every_measure")
    assert "life expectancy in its tenths" in measured.lead.text
    assert "fifth" not in measured.lead.text
    [table] = [block for block in measured.blocks if isinstance(block, TableBlock)]
    assert {"Male", "Female"} <= set(table.cells["sex"])
    [why] = methods.section("decomposition").blocks
    assert "no table of deaths and populations by age" in why.words.text
