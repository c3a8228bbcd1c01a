"""For tests with chance in them: a seed that is printed, and how much is done. A conftest.py imports what it needs."""

import json
import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

SEEDS = Path(__file__).parents[1] / "proofs" / "seeds.json"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that takes a seed runs with a fresh one, and once more with each that it failed with before."""
    if "given_seed" in metafunc.fixturenames:
        kept = json.loads(SEEDS.read_text()).get(metafunc.function.__name__, [])
        metafunc.parametrize("given_seed", [None, *kept], ids=["fresh", *map(str, kept)])
    if (
        "part" in metafunc.fixturenames
    ):  # at full size, what takes long is done in parts, four unless the test says more
        marker = metafunc.definition.get_closest_marker("parts")
        parts = marker.args[0] if marker else 4
        metafunc.parametrize("part", range(parts if metafunc.config.getoption("size") == "R" else 1))


@pytest.fixture
def seed(given_seed: int | None) -> int:
    """PROOF_SEED, or one that has failed before, or a fresh one. What fails is written into seeds.json by hand."""
    chosen = int(os.environ.get("PROOF_SEED") or given_seed or random.randrange(1, 2**31))
    print(f"PROOF_SEED={chosen}")
    return chosen


@pytest.fixture
def size(request: pytest.FixtureRequest) -> Callable[..., Any]:
    """`size(c=30, r=300)`: how much of something, in every run or in `make soak`."""
    chosen = request.config.getoption("size").lower()
    return lambda **counts: counts[chosen]
