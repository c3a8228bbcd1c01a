"""Coming back after a failure, as frontend/src/live/back-off.ts does, ten times as fast."""

import random

FIRST, LONGEST = 0.05, 1.0


def full_jitter(failures: int, chance: random.Random) -> float:
    """Anywhere between nothing and a bound that doubles, so that a crowd does not come back as a crowd."""
    return chance.random() * min(LONGEST, FIRST * 2 ** min(failures, 20))
