"""What a publisher says of one of its indicators: facts that are its own, in words of ours."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PublisherFact:
    """One indicator, as a publisher describes it; what it does not say is empty.

    Parameters
    ----------
    service
        ``fingertips``; ``fingertips_next``, which is to replace it and keeps its ids; or
        ``explore_statistics``.
    id, name
        As the publisher has them.
    polarity
        ``favourable``, ``adverse``, ``neutral`` (no judgement); empty where it is not said.
    polarity_words
        The same as the publisher writes it.
    unit, value_type, year_type
        In the publisher's words.
    ages, sexes
        Labels that its rows bear.
    levels
        Levels of area that it has figures for, in the catalogue's words.
    place
        File or address that says so.
    """

    service: str
    id: str
    name: str = ""
    polarity: str = ""
    polarity_words: str = ""
    unit: str = ""
    value_type: str = ""
    year_type: str = ""
    ages: tuple[str, ...] = ()
    sexes: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    place: str = ""
