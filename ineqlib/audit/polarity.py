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


def polarity_by_name(name: str, value_type: str = "") -> str:
    """Return ``favourable`` or ``adverse`` where words of a name leave no doubt, else nothing.

    Examples
    --------
    >>> names = ("Healthy life expectancy at birth", "Year 6 prevalence of obesity")
    >>> [polarity_by_name(name) for name in (*names, "Gap in the employment rate")]
    ['favourable', 'adverse', '']
    """
    words = name.casefold()
    if value_type in _GAPS or re.search(r"\b(gap|inequality|difference)\b", words):
        return ""
    good, bad = (
        any(re.search(rf"\b{word}", words) for word in beginnings) for beginnings in (_GOOD, _BAD)
    )
    return "" if good == bad else "favourable" if good else "adverse"
