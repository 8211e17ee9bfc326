"""What a high value means, told from the name of an indicator: the judge between two polarities."""

import re

_GOOD = (
    *("life expectancy", "vaccination", "coverage", "screening", "good level of development"),
    *("expected level", "employment rate", "in employment", "breastfe", "active adults"),
    *("physically active", "health check", "satisfaction", "happiness", "worthwhile", "uptake"),
    *("readiness", "school ready", "qualification", "disposable income", "attainment"),
)
_BAD = (
    *("mortality", "death", "obesity", "overweight", "smok", "inactive", "suicide", "admission"),
    *("poverty", "low income", "unemploy", "homeless", "conception", "decay", "absence", "violen"),
    *("alcohol", "deprivation", "stillb", "low birth weight", "anxiety", "lonel", "pollution"),
    *("self-harm", "injur", "incidence", "infection", "neet", "not in education", "claimant"),
    *("hunger", "no qualification", "low happiness", "low satisfaction", "overcrowd", "debt"),
    *("crime", "sickness", "falls"),
)
_GAPS = ("inequality", "slope_index")


def meaning_of(name: str, value_type: str = "") -> str:
    """Return ``favourable`` or ``adverse`` where words of a name leave no doubt, else nothing.

    Examples
    --------
    >>> meaning_of("Healthy life expectancy at birth"), meaning_of("Year 6 prevalence of obesity")
    ('favourable', 'adverse')
    >>> meaning_of("Diabetes: QOF prevalence"), meaning_of("Gap in the employment rate")
    ('', '')
    """
    words = name.casefold()
    if value_type in _GAPS or re.search(r"\b(gap|inequality|difference)\b", words):
        return ""
    good, bad = (
        any(re.search(rf"\b{word}", words) for word in beginnings) for beginnings in (_GOOD, _BAD)
    )
    return "" if good == bad else "favourable" if good else "adverse"
