"""Invented areas, shares and lengths of life, which the seeds are made of."""

import random

PLACES = (
    ("E06000055", "Bedford"),
    ("E07000095", "Broxbourne"),
    ("E07000098", "Hertsmere"),
    ("E07000102", "Three Rivers"),
    ("E07000103", "Watford"),
    ("E07000243", "Stevenage"),
)


def share(
    rng: random.Random, usual: float, people: int, per: int = 100
) -> tuple[str, str, str, str, str]:
    """Value, limits, count and denominator of a share or rate near the usual one."""
    denominator = rng.randint(people, 2 * people)
    count = round(denominator * usual * rng.uniform(0.7, 1.4) / per)
    rate = per * count / denominator
    around = 1.96 * per * (count * (1 - count / denominator)) ** 0.5 / denominator
    numbers = (rate, rate - around, rate + around)
    return (*(f"{number:.1f}" for number in numbers), str(count), str(denominator))


def years(rng: random.Random, usual: float) -> tuple[str, str, str]:
    """Value and limits of a length of life near the usual one."""
    value = usual * rng.uniform(0.985, 1.015)
    return f"{value:.1f}", f"{value - 0.6:.1f}", f"{value + 0.6:.1f}"
