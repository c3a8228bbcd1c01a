"""The benchmarks with a browser still run, at their smallest size. The others are in tests/bench."""

import pytest
from playwright.sync_api import Browser

from tests.support.small_room import SmallRoom
from tests.support.small_run import IN_A_BROWSER, measured


@pytest.mark.parametrize("name", IN_A_BROWSER)
def test_a_benchmark_runs(name: str, browser: Browser) -> None:
    with SmallRoom("sqlite", browser) as room:
        measured(name, room)
