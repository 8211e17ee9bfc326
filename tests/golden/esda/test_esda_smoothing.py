"""Smoothed rates beside those of `esda`, on invented counts."""

import numpy as np
from numpy.testing import assert_allclose

from ineqlib.measures import empirical_bayes

COUNT = [0, 3, 7, 12, 4, 21, 9, 15, 2, 30, 6, 18]
PEOPLE = [310, 420, 980, 1105, 260, 1490, 1210, 760, 505, 2100, 890, 640]
SMOOTHED = [
    *(0.0073806968, 0.0097436989, 0.0087635655, 0.0111872597, 0.01308445, 0.0135384228),
    *(0.0087544628, 0.0166056189, 0.0079353635, 0.0138229831, 0.0086122187, 0.020962255),
]
ALIKE, OF = [4, 11, 5, 9, 7, 2, 13, 6, 8, 10], [200, 260, 240, 180, 330, 150, 290, 210, 190, 250]
BEYOND = [
    *(0.0328139594, 0.0324024245, 0.0328394841, 0.0323542996, 0.0329180958),
    *(0.0328430872, 0.0323181361, 0.032677763, 0.0324619453, 0.0324576722),
]


def test_they_agree_where_areas_differ_by_more_than_chance() -> None:
    ours = empirical_bayes(COUNT, PEOPLE, kind="rate").estimate.value
    assert_allclose(ours, SMOOTHED, rtol=1e-7)


def test_where_they_differ_by_less_ours_stops_at_the_average() -> None:
    average = sum(ALIKE) / sum(OF)
    raw = np.array(ALIKE) / OF
    assert ((np.array(BEYOND) - average) * (raw - average) < 0).all()  # esda: beyond it
    ours = empirical_bayes(ALIKE, OF, kind="rate")
    assert_allclose(ours.estimate.value, average)
    assert ours.between == 0
