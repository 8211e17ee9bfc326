"""The Local Outcomes Framework: every metric mapped or listed, and told as a briefing tells it."""

from pathlib import Path

import pytest
import yaml

import ineqlib as iq
from ineqlib.briefings.local_outcomes.facts import TOLD, WIDER, lens_facts
from ineqlib.catalogue import load_catalogue, load_local_outcomes
from ineqlib.catalogue.local_outcomes import FILE, read_local_outcomes
from ineqlib.errors import InputError
from ineqlib.pack import Pack

COUNTY, DISTRICT = "X10000001", "X07000001"
FRAMEWORK = load_local_outcomes()
NOWHERE = {
    "Unmet need for treatment of drug and alcohol use",
    "Proportion of the opiate and/or crack prevalent population (15-64) and the proportion of "
    "alcohol-dependent population (18+) that are not in treatment (unmet need)",
}
"""Metrics that are published nowhere, as far as is known."""


def spoilt(path: Path, change) -> Path:
    content = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    change(content)
    path.write_text(yaml.safe_dump(content), encoding="utf-8")
    return path


def test_the_packaged_file_passes_the_schema_it_is_trusted_to_pass() -> None:
    assert read_local_outcomes(FILE) == FRAMEWORK
    assert FRAMEWORK.in_all == 16
    own = [outcome for outcome in FRAMEWORK.outcomes if not outcome.working_name]
    assert len(own) == FRAMEWORK.in_all
    assert all(outcome.ambition for outcome in own)
    assert [outcome.listed for outcome in own] == ["all"] * 5 + ["some"] * 11
    names = [metric.name for metric in FRAMEWORK.metrics]
    assert len(names) == len(set(names)) > 30


def test_every_metric_is_measured_or_said_to_have_no_open_data() -> None:
    indicators = load_catalogue().indicators
    for metric in FRAMEWORK.metrics:
        ways = [bool(metric.indicator), metric.placeholder, bool(metric.open_data)]
        assert sum(ways) == (metric.name not in NOWHERE), metric.name
        if metric.indicator:
            assert metric.indicator in indicators
            assert bool(metric.differs) == (metric.fit == "near"), metric.name
    for outcome in FRAMEWORK.outcomes:
        assert outcome.metrics or outcome.without, outcome.id


def test_a_name_that_was_not_read_is_marked_as_ours(demo_pack: Pack) -> None:
    page = iq.open_local_outcomes(demo_pack, COUNTY)
    told = page.section("without").blocks[0].cells["Outcome"]
    for outcome in FRAMEWORK.outcomes:
        if outcome.working_name:
            assert outcome.wording != "read"
            assert outcome.name not in told
    assert any(name.endswith("(our name)") for name in told)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda c: c["outcomes"][1]["metrics"][0].pop("open_data"), "is not valid|under any"),
        (lambda c: c["outcomes"][1]["metrics"][1].update(fit="near"), "is not valid|under any"),
        (
            lambda c: c["outcomes"][1]["metrics"][1].update(indicator="homes"),
            "not in the catalogue",
        ),
        (lambda c: c["outcomes"][0].pop("without"), "say why in 'without'"),
        (lambda c: c["outcomes"].append(c["outcomes"][0]), "is there twice"),
        (lambda c: c["outcomes"][0].update(ambitoin="x"), "Did you mean 'ambition'"),
    ],
)
def test_a_fault_in_the_file_is_told(tmp_path: Path, change, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_local_outcomes(spoilt(tmp_path / "lof.yml", change))


def test_each_metric_is_above_or_in_the_table(demo_pack: Pack) -> None:
    lens = lens_facts(demo_pack, COUNTY)
    page = iq.open_local_outcomes(demo_pack, COUNTY)
    without = page.section("without").blocks[0].cells["Metric"]
    told = {measured.metric.name for measured in lens.of(TOLD)}
    assert told
    assert told.isdisjoint(without)
    assert told | set(without) - {"[z]"} == {metric.name for metric in FRAMEWORK.metrics}
    assert lens.counts["metrics"].value == len(FRAMEWORK.metrics)


def test_figures_and_verdicts_are_those_of_the_briefing(demo_pack: Pack) -> None:
    briefing = iq.open_briefing(demo_pack, COUNTY)
    lens = lens_facts(demo_pack, COUNTY)
    figures = {(f["indicator"], f["sex"]): f for f in briefing.figures}
    assert lens.comparisons
    for comparison in lens.comparisons:
        there = figures[comparison.indicator.id, comparison.series.sex]
        assert there["value"] == comparison.facts["area"].value
        assert there["period"] == comparison.period
    verdicts = ("worse", "probably worse", "similar", "probably better", "better", "not judged")
    counted = sum(lens.counts[verdict].value for verdict in verdicts)
    assert counted == lens.counts["figures"].value


def test_what_is_published_for_the_county_alone_is_told_as_such(demo_pack: Pack) -> None:
    wider = lens_facts(demo_pack, DISTRICT).of(WIDER)
    assert {fact.area_name for measured in wider for fact in measured.wider} == {"Wendlemere"}
    table = iq.open_local_outcomes(demo_pack, DISTRICT).section("without").blocks[0].cells
    reasons = table["Why there is no figure"]
    assert any(
        reason.startswith("published for a wider area alone: Wendlemere") for reason in reasons
    )


def test_the_two_other_lenses_are_those_of_the_catalogue(demo_pack: Pack) -> None:
    cells = iq.open_local_outcomes(demo_pack, COUNTY).section("lenses").blocks[0].cells
    catalogue = load_catalogue()
    metrics = [metric for metric in FRAMEWORK.metrics if metric.indicator]
    assert cells["Metric"] == [metric.name for metric in metrics]
    assert cells["Marmot objective"] == [
        catalogue.objectives[catalogue[metric.indicator].objective].public_name
        for metric in metrics
    ]
