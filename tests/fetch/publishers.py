"""Every question to a publisher, what is proved of its answer, and the tests that hold it.

`python -m tests.fetch.publishers` writes the table of them into docs/publishers.md.
"""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

TESTS = Path(__file__).resolve().parents[1]
PAGE = TESTS.parent / "docs" / "publishers.md"
INTERFACES = TESTS.parent / "ineqlib" / "sources" / "interfaces"
BEGIN, END = "<!-- publishers: begin -->\n", "<!-- publishers: end -->\n"
QUESTIONS = {"Query", "list[Query]", "Layer", "NomisCells"}
"""What a function of an interface returns that asks something."""


class Asked(NamedTuple):
    """One thing that a publisher can be asked, or one trap of its answers."""

    publisher: str
    what: str
    by: str
    """Module and name of what asks it; empty for a trap."""
    proved: str
    test: str
    """File and function, below the folder of tests."""


FT, FT_CSV = (f"fetch/test_interfaces{end}.py::test_" for end in ("", "_csv"))
FILES, GEO, ELS = (
    f"fetch/test_interfaces_{name}.py::test_" for name in ("files", "geography", "explore")
)
PAGES, PULL = "fetch/test_pages.py::test_", "fetch/test_pull.py::test_"
PLAN, PEOPLE = "fetch/test_pull_plan.py::test_", "fetch/test_interfaces_people.py::test_"

ASKED = (
    Asked("Fingertips", "figures of indicators", "fingertips.data",
          "100 ids at a time; ids and areas asked are those got; no row cut, no figure twice",
          f"{FT}fingertips_is_asked_for_at_most_100_ids_in_one_order"),
    Asked("Fingertips", "headers of 2018, 2020 and 2026", "", "known, and read alike",
          f"{FT_CSV}every_header_that_fingertips_has_had_is_known"),
    Asked("Fingertips", "rows one cell short", "", "read where all are; else refused",
          f"{FT_CSV}rows_may_lack_the_last_cell_together_and_no_other"),
    Asked("Fingertips", "a name with a line end in it", "", "one row",
          f"{FT_CSV}a_name_with_a_line_end_inside_is_one_row"),
    Asked("Fingertips", "periods as it writes them", "", "each is read",
          f"{FT_CSV}every_way_in_which_fingertips_writes_a_period_is_read"),
    Asked("Fingertips", "status 400 and 500 with a text", "",
          "quoted; a 500, which may be for good, is tried twice more",
          f"{FT_CSV}errors_are_quoted_and_a_500_is_tried_twice_more"),
    Asked("Fingertips", "descriptions of indicators", "fingertips.metadata",
          "ids asked are those got", f"{FT}fingertips_metadata_are_whole_only_with_every_id"),
    Asked("Fingertips", "types of area", "fingertips.area_types", "each has id and name",
          f"{PULL}an_area_is_pulled_and_built_in_one_go"),
    Asked("Fingertips", "areas of a type", "fingertips.areas_of_type", "each has code and name",
          f"{FT}areas_are_whole_only_with_their_codes"),
    Asked("Fingertips", "which indicators there are", "fingertips.available_data",
          "each has its id", f"{PULL}an_area_is_pulled_and_built_in_one_go"),
    Asked("Fingertips", "methods of finding similar areas", "fingertips.neighbour_types",
          "each has id and name",
          f"{PLAN}the_first_method_for_a_type_of_area_finds_the_neighbours"),
    Asked("Fingertips", "the areas that are similar to one", "fingertips.neighbours",
          "each has code and name",
          f"{PLAN}a_pull_brings_neighbours_with_their_figures_wards_and_the_map"),
    Asked("Explore Local Statistics", "an indicator", "explore_statistics.data",
          "levels that exist, and all years, are asked; whole rows of known columns",
          f"{FT}explore_statistics_is_asked_for_all_years_of_known_levels"),
    Asked("Explore Local Statistics", "which indicators there are, and what is said of them",
          "explore_statistics.indicators",
          "each has names, sources and levels; none twice",
          f"{ELS}the_list_of_indicators_is_fetched_whole"),
    Asked("Explore Local Statistics", "its download", "", "read with sex and status",
          f"{FT_CSV}a_download_of_explore_statistics_is_proved_and_read"),
    Asked("Explore Local Statistics", "status 400 with a text", "", "quoted, and final",
          f"{FT_CSV}what_explore_statistics_says_in_place_of_data_is_quoted_and_final"),
    Asked("Open Geography", "the names of its layers", "open_geography.layers",
          "not empty, after three tries",
          f"{GEO}an_empty_list_of_layers_for_ever_is_refused"),
    Asked("Open Geography", "boundaries", "open_geography.boundaries",
          "found by level and detail, the newest",
          f"{GEO}each_name_that_layers_have_had_is_found_by_level_and_detail"),
    Asked("Open Geography", "lookups", "open_geography.lookup", "found by name, the newest",
          f"{PAGES}the_newest_layer_of_a_detail_is_chosen"),
    Asked("Open Geography", "the features of a layer", "open_geography.Layer",
          "as many as counted before, each code once",
          f"{PAGES}layers_are_not_believed_when_features_are_missing"),
    Asked("Open Geography", "wards of small areas", "small_areas.wards",
          "found by name; of the years of the districts",
          f"{PLAN}a_lookup_of_other_years_is_refused"),
    Asked("Open Geography", "shapes of some small areas", "small_areas.ChosenShapes",
          "asked in lots; the codes asked are together those got",
          f"{PLAN}shapes_of_chosen_codes_are_asked_in_lots_and_are_whole_only_together"),
    Asked("Open Geography", "errors with status 200, in two shapes", "",
          "asked again two seconds later; quoted",
          f"{GEO}an_error_that_means_too_fast_passes_when_the_pace_is_two_seconds"),
    Asked("Open Geography", "exceededTransferLimit, at two places", "",
          "refused on the last page",
          f"{GEO}a_cut_is_seen_wherever_it_is_marked_and_the_last_page_has_no_mark"),
    Asked("Open Geography", "an empty result", "", "refused",
          f"{GEO}an_empty_result_which_has_not_even_fields_is_refused"),
    Asked("Nomis", "cells of a data set", "nomis.NomisCells",
          "rows counted by Nomis; areas and years asked are those got",
          f"{PAGES}nomis_is_not_believed_when_it_cuts_or_answers_another_year"),
    Asked("Nomis", "sex, under three names", "", "read alike",
          f"{FT_CSV}nomis_calls_sex_by_three_names"),
    Asked("Nomis", "a zero of deaths by cause", "", "withheld: it stands for 0 to 4",
          f"{FILES}a_zero_of_deaths_is_withheld_and_no_total_is_made_of_it"),
    Asked("Nomis", "people by sex and age", "nomis.people_by_age",
          "every year of age is there for each; they add up to all ages together",
          f"{PEOPLE}people_are_asked_by_single_years_and_read_in_bands_of_life_tables"),
    Asked("Nomis", "people, where a pull finds deaths by age of one's own", "",
          "the plan says so; goes on without if they are not whole",
          f"{PEOPLE}a_pull_asks_for_people_only_where_deaths_of_ones_own_need_them"),
    Asked("GOV.UK", "attachments of a page, and one by title", "gov_uk.Publication",
          "the file has the size announced, and the header meant",
          f"{FT}an_attachment_is_found_by_title_and_is_as_large_as_announced"),
    Asked("GOV.UK", "two versions under one title", "", "the newest stands, and it is said",
          f"{FILES}of_two_versions_under_one_title_the_newest_stands_and_it_is_said"),
    Asked("GOV.UK", "File 7 of the Indices of 2019 and 2025", "publications.file_7",
          "found by title; codes of the edition's own year",
          f"{FILES}file_7_of_2019_is_found_and_read"),
    Asked("GOV.UK", "Revenue Outturn", "publications.spending",
          "the lines meant are in its header",
          f"{FILES}spending_is_found_by_title_and_has_the_lines_meant"),
    Asked("GOV.UK", "totals of classes in Revenue Outturn", "", "set aside",
          f"{FILES}spending_is_read_by_authority_and_line_without_totals_of_classes"),
    Asked("ONS", "editions of life expectancy", "ons_files.editions", "each has its address",
          f"{FILES}the_newest_edition_of_life_expectancy_is_asked_for"),
    Asked("ONS", "the workbook of life expectancy", "ons_files.life_expectancy",
          "a whole workbook; read below the row with `Area code`",
          f"{FILES}life_expectancy_is_read_below_the_row_with_area_code"),
)  # fmt: skip


def as_table() -> str:
    """The table for the page."""
    lines = ["| publisher | asked, or met | proved, or done | test |", "|---|---|---|---|"]
    lines += [
        f"| {asked.publisher} | {asked.what}{f' (`{asked.by}`)' if asked.by else ''} | "
        f"{asked.proved} | `{asked.test.partition('::')[2]}` |"
        for asked in ASKED
    ]
    return "\n".join(lines) + "\n"


def with_table(page: str) -> str:
    """A page with the table as it is now."""
    before, _, rest = page.partition(BEGIN)
    return before + BEGIN + as_table() + END + rest.partition(END)[2]


def questions() -> Iterator[str]:
    """Everything in the interfaces that asks a publisher, as module and name."""
    for path in INTERFACES.glob("*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            match node:
                case ast.FunctionDef(returns=ast.expr() as returns):
                    asks = ast.unparse(returns) in QUESTIONS
                case ast.ClassDef(bases=[], body=body):
                    asks = any(
                        isinstance(item, ast.FunctionDef)
                        and item.returns is not None
                        and ast.unparse(item.returns) in QUESTIONS
                        for item in body
                    )
                case _:
                    continue
            if asks and not node.name.startswith("_"):
                yield f"{path.stem}.{node.name}"


def names_of_tests(file: Path) -> set[str]:
    """The names of the tests of a file."""
    body = ast.parse(file.read_text(encoding="utf-8")).body
    return {node.name for node in body if isinstance(node, ast.FunctionDef)}


if __name__ == "__main__":
    PAGE.write_text(with_table(PAGE.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
