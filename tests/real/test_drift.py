"""In the recorded descriptions of Fingertips' successor the two wrong polarities are found."""

from ineqlib.audit import find_drift
from ineqlib.audit.disagreements import DECIDE, EDIT, FAULT
from ineqlib.audit.drift import ACCEPTED
from ineqlib.catalogue import load_catalogue
from ineqlib.catalogue.accepted import accepted_drift
from ineqlib.sources.content import read_content
from ineqlib.sources.publisher_facts import read_facts

FILES = ("indicators.csv", "search_indicators.json.gz")


def test_the_wrong_polarities_are_faults_and_nothing_asks_for_an_edit(real_data) -> None:
    folder = real_data / "fingertips_next"
    facts = [fact for name in FILES for fact in read_facts(read_content(folder / name), name)]
    report = find_drift(facts, load_catalogue(), accepted_drift())
    faults = report.of_kind(FAULT)[["id", "key", "publisher"]].to_numpy().tolist()
    assert faults == [["90362", "polarity", "Low is good"], ["92033", "polarity", "High is good"]]
    assert report.of_kind(EDIT, DECIDE).empty
    assert report.of_kind(ACCEPTED)["id"].tolist() == ["93283"]
    assert (report.compared, report.unknown) == (18, 19)


def test_against_a_catalogue_without_accepted_ones_the_odd_age_asks_for_a_decision(
    real_data,
) -> None:
    content = read_content(real_data / "fingertips_next" / FILES[0])
    report = find_drift(read_facts(content, FILES[0]), load_catalogue())
    assert report.of_kind(DECIDE)[["id", "key"]].to_numpy().tolist() == [["93283", "age"]]
