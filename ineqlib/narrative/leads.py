"""How every page says how sure its answer is, and what to do next."""

from ineqlib.narrative.sentence import Sentence, Strong, Words, sentence

HOW_SURE = "How sure:"
WHAT_NEXT = "What next:"


def how_sure(*words: Words) -> Sentence:
    """Say how sure an answer is; nothing where there is nothing to say.

    Examples
    --------
    >>> how_sure("one in twenty by chance.").text
    'How sure: one in twenty by chance.'
    >>> bool(how_sure())
    False
    """
    return _led(HOW_SURE, words)


def what_next(*words: Words) -> Sentence:
    """Say what to do with an answer; nothing where there is nothing to say."""
    return _led(WHAT_NEXT, words)


def _led(lead: str, words: tuple[Words, ...]) -> Sentence:
    said = sentence(*words)
    return sentence(Strong(lead), " ", said) if said else said
