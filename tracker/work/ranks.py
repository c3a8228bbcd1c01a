"""Ranks: short strings that sort in byte order, with room between any two (fractional indexing, base 62)."""

from fractional_indexing import generate_key_between, generate_n_keys_between

LONGEST = 50  # characters; a column with a longer rank gets fresh ones


def between(low: str | None, high: str | None) -> str:
    """A rank after `low` and before `high`; None is no bound."""
    return generate_key_between(low, high)


def within(low: str | None, high: str | None, count: int) -> list[str]:
    """`count` ranks in order after `low` and before `high`, as short as they can be."""
    return generate_n_keys_between(low, high, count)


def after(last: str | None, count: int) -> list[str]:
    """`count` ranks in order, all after `last`: they can't collide with any rank in use."""
    return within(last, None, count)
