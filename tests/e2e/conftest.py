"""Browser tests: the real product in a process of its own, seen through Chromium.

A test asks for `sign_in` and gets pages, each in a browser profile of its own: signed in, and not yet anywhere.
Errors in a page's console, violations of the content security policy and answers from 500 on fail the test at its
end. What a failing test saw (picture, trace, the server's log) is kept in var/test-results. With TRACE=1 the trace holds
the page at each step, which takes a tenth longer.
"""

import os
import re
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.support import browser as chromium
from tests.support.originals import QUICK, begin_with_the_demo
from tests.support.product import REPOSITORY, Product
from tests.support.seeds import pytest_generate_tests, seed, size

__all__ = ["pytest_generate_tests", "seed", "size"]

RESULTS = REPOSITORY / "var" / "test-results"
_failed = pytest.StashKey[bool]()

# Tests judge states and not how soon they come about, also on a machine that is busy with something else.
PATIENCE_MS = 45_000
expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="session")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """A running Accord with the demo, shared by the tests of this process."""
    running = Product(tmp_path_factory.mktemp("accord"), **QUICK)
    begin_with_the_demo(running)
    running.start()
    yield running
    running.kill()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium.launched_browser() as running:
        yield running


@pytest.fixture(scope="session")
def whole_browser(browser: Browser) -> Iterator[Browser]:
    running = chromium.launch(browser.browser_type, lean=False)
    yield running
    running.close()


@pytest.fixture
def trouble() -> chromium.Trouble:
    """Errors on this test's pages; `trouble.allow("pattern")` for those that it causes on purpose."""
    return chromium.Trouble()


@pytest.fixture
def new_page(
    browser: Browser, product: Product, trouble: chromium.Trouble, request: pytest.FixtureRequest
) -> Iterator[Callable[..., Page]]:
    """`new_page(language="en", phone=False, dark=False)`: a page in a profile of its own, nobody signed in.

    `whole=True` for a browser that shows messages of the system.
    """
    contexts: list[BrowserContext] = []

    def open_page(*, whole: bool = False, **look: Any) -> Page:
        program = request.getfixturevalue("whole_browser") if whole else browser
        context = chromium.new_context(program, product.url, **look)
        context.tracing.start(snapshots=bool(os.environ.get("TRACE")))
        trouble.watch(context)
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        return context.new_page()

    yield open_page
    has_failed = request.node.stash.get(_failed, False) or bool(trouble.unexpected())
    for number, context in enumerate(contexts, start=1):
        if has_failed:
            _keep(context, _results_of(request.node) / str(number))
        context.close()
    if has_failed and contexts:
        (_results_of(request.node) / "server.log").write_text(product.log_text())
    if trouble.unexpected():
        pytest.fail("errors on the pages:\n" + "\n".join(trouble.unexpected()), pytrace=False)


@pytest.fixture
def sign_in(new_page: Callable[..., Page]) -> Callable[..., Page]:
    """`sign_in("ruoxi.lin", language="zh-Hans")`: a page of that person, in a profile of its own."""

    def signed_in(person: str, *, language: str = "en", **look: Any) -> Page:
        page = new_page(language=language, **look)
        chromium.sign_in(page, person, language=language)
        return page

    return signed_in


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.failed:
        item.stash[_failed] = True
    return report


def _results_of(test: pytest.Item) -> Path:
    folder = RESULTS / re.sub(r"[^\w.-]+", "_", test.nodeid)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _keep(context: BrowserContext, folder: Path) -> None:
    for number, page in enumerate(context.pages, start=1):
        page.screenshot(path=folder / f"page-{number}.png")
    context.tracing.stop(path=folder / "trace.zip")
