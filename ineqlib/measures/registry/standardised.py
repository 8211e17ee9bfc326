"""Rates standardised for age."""

from ineqlib.measures.indirect import expected_events, isr, smr, smr_of_totals
from ineqlib.measures.registry.publications import BRESLOW_AND_DAY, OHID_GUIDANCE
from ineqlib.measures.registry.rows import Method
from ineqlib.measures.standardised import dsr, dsr_of_repeats

_DOBSON = f"Dobson et al. 1991, Stat Med 10:457; {OHID_GUIDANCE}"
_DOBSON_DOI = "10.1002/sim.4780100317"
_BANDS = "x, n: events and people of an age band"
_EXPECTED = (
    "O = Σ x;  E = Σ n X / N\n" + _BANDS + " in the area; X, N: the same in the reference area"
)
_OF_A_COUNT = (
    "The limits of the observed count (exact below 10 events, Byar's from 10), over E. The "
    "reference is taken to be known, and events to be independent of one another."
)

ROWS = (
    Method(
        function=dsr,
        title="Directly standardised rate",
        sentence="The rate there would be if the area had the ages of a standard population.",
        formula=(
            "DSR = 100,000 Σ w x/n / Σ w\n"
            + _BANDS
            + "; w: people of the band in the standard population"
        ),
        use=(
            "To compare places, groups and years of different ages with one another. England's "
            "standard is ESP2013, of which the bands named are taken."
        ),
        avoid=(
            "Of fewer than ten events (none is given), or of events one person can have several "
            "times (dsr_of_repeats). Two rates compare only on one standard and the same bands."
        ),
        interval=(
            "Dobson's: the limits of Byar for the total X of events, each difference from X times "
            "√(Σ w² x/n²) / (√X Σ w). Events are taken to be independent, people to be known."
        ),
        source=_DOBSON,
        doi=_DOBSON_DOI,
    ),
    Method(
        function=dsr_of_repeats,
        title="Directly standardised rate of repeated events",
        sentence="A standardised rate of events, such as admissions, one person can have again.",
        formula=(
            "events = Σ f x_f;  DSR as in dsr;  variance = Σ f² var_f\n"
            "x_f: people of an age band with f events; var_f: variance of the DSR of those people"
        ),
        use="For admissions, attendances and prescriptions, where people per frequency are known.",
        avoid="Where only the number of events is known: count people instead.",
        interval=(
            "Dobson's with that variance, from the total of events. People are taken to be "
            "independent of one another; their own events need not be."
        ),
        source=_DOBSON,
        doi=_DOBSON_DOI,
    ),
    Method(
        function=smr,
        title="Standardised ratio (SMR)",
        sentence="How many times the events expected at a reference area's rates there were.",
        formula="SMR = O / E\n" + _EXPECTED,
        use="For one area against its reference, above all where events by age are few.",
        avoid="To compare two areas with each other: each is weighed by its own ages.",
        interval=_OF_A_COUNT,
        source=BRESLOW_AND_DAY,
    ),
    Method(
        function=isr,
        title="Indirectly standardised rate",
        sentence="The standardised ratio, written as a rate.",
        formula="ISR = 100,000 (O / E) (Σ X / Σ N)\n" + _EXPECTED,
        use="As smr, where readers are used to rates.",
        avoid="As smr.",
        interval=_OF_A_COUNT,
        source=BRESLOW_AND_DAY,
    ),
    Method(
        function=smr_of_totals,
        title="Standardised ratio of totals",
        sentence="The standardised ratio where events are known in all, but not by age.",
        formula="SMR = O / E\nO: events in all; E: events expected, as published or as computed",
        use="For small areas, whose publishers give observed and expected totals alone.",
        avoid="With an E made from other ages, years or people than O is of.",
        interval=_OF_A_COUNT,
        source=BRESLOW_AND_DAY,
    ),
    Method(
        function=expected_events,
        title="Expected events",
        sentence="How many events there would be at a reference area's rates.",
        formula="E = Σ n X / N\n"
        "n: people of an age band; X, N: events and people of it in the reference area",
        use="Beside a total of events that nobody has by age.",
        avoid="As a forecast: it says what the reference's rates would give.",
        interval="None: the reference is taken to be known.",
        source=BRESLOW_AND_DAY,
    ),
)
