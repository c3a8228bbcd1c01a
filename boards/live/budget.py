"""So much at once, and so much in the long run."""


class Budget:
    """For each key a bucket of `most` that fills again with `a_second`."""

    def __init__(self, most: float, a_second: float) -> None:
        self.most = most
        self.a_second = a_second
        self.held: dict[int, tuple[float, float]] = {}

    def take(self, key: int, amount: float, now: float) -> bool:
        """Take the amount out; False, and nothing is taken, where there is less."""
        level, at = self.held.get(key, (self.most, now))
        level = min(self.most, level + (now - at) * self.a_second)
        if amount > level:
            return False
        self.held[key] = (level - amount, now)
        if len(self.held) > 10_000:
            self.forget_full(now)
        return True

    def forget_full(self, now: float) -> None:
        full = [key for key, (level, at) in self.held.items() if level + (now - at) * self.a_second >= self.most]
        for key in full:
            del self.held[key]
