"""Every benchmark still runs, at its smallest size, and says something. Its figures are not judged.

Those with a browser are in tests/e2e/test_benchmarks.py.
"""

import pytest

from bench.run import BENCHMARKS
from tests.support.small_room import SmallRoom
from tests.support.small_run import IN_A_BROWSER, measured

pytestmark = pytest.mark.slow

ON_POSTGRES = (pytest.mark.postgres, pytest.mark.redis)
ONE_LAYOUT = {
    **dict.fromkeys(("fan-out", "idle", "return", "restart", "memory", "import"), pytest.mark.sqlite),
    "http": ON_POSTGRES,
}
"""Those that measure the same in both; the others run on each database."""


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=ONE_LAYOUT.get(name, ())) for name in BENCHMARKS if name not in IN_A_BROWSER],
)
def test_a_benchmark_runs(name: str, pytestconfig: pytest.Config) -> None:
    with SmallRoom(pytestconfig.getoption("layout")) as room:
        measured(name, room)


def test_each_benchmark_with_a_browser_is_one() -> None:
    assert set(IN_A_BROWSER) <= set(BENCHMARKS)
