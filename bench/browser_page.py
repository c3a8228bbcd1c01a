"""What the browser benchmarks ask of a page: its process, its memory, its long tasks and frames."""

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, Page

from bench import board_page
from bench.live_cost import processor_seconds
from bench.room import Room
from tests.support import browser as chromium
from tests.support.product import Product

PERSON = "ruoxi.lin"

# Long tasks and frames since `window.noted` was emptied. A frame is as long as the pause between two of them; while
# nothing moves there are none that count.
_NOTE = """
window.noted = { tasks: [], frames: [] };
new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) window.noted.tasks.push(duration);
}).observe({ type: "longtask" });
{
  let last = 0;
  const frame = (now) => {
    if (last) window.noted.frames.push(now - last);
    last = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}
"""


@dataclass(frozen=True)
class Board:
    """A large board in a browser, and its server."""

    product: Product
    browser: Browser
    page: Page
    project: int


def open_board(room: Room, cards: int, script: str = "") -> Board:
    """The board on a page that has settled; `script` runs there before everything else."""
    product, browser = room.product(), room.browser()
    product.run("-m", "bench.large_board", str(cards))
    page = chromium.new_context(browser, product.url).new_page()
    page.add_init_script(_NOTE + script)
    chromium.sign_in(page, PERSON)
    page.goto(board_page.address("LARGE"))
    board_page.wait_for_cards(page)
    page.wait_for_load_state("networkidle")
    return Board(product, browser, page, project_of(page))


def project_of(page: Page) -> int:
    found = chromium.ask(page, "GET", "/projects?limit=200")["items"]
    return next(int(item["id"]) for item in found if item["key"] == "LARGE")


def renderer(browser: Browser) -> int:
    """The process id of the page's renderer: of several, the one that has worked most."""
    found = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    return int(
        max((one for one in found if one["type"] == "renderer"), key=lambda one: processor_seconds(one["id"]))["id"]
    )


def heap_megabytes(page: Page) -> float:
    """What JavaScript holds after the garbage has been collected."""
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    used = session.send("Runtime.getHeapUsage")["usedSize"]
    session.detach()
    return float(used) / 1_000_000


def elements(page: Page) -> float:
    return float(page.evaluate("document.getElementsByTagName('*').length"))


def forget(page: Page) -> None:
    page.evaluate("window.noted = { tasks: [], frames: [] }")


def noted(page: Page) -> dict[str, list[float]]:
    """Milliseconds of each long task (over 50 ms) and of each frame since `forget`."""
    page.evaluate("new Promise((done) => setTimeout(done, 100))")  # an observer is told a little later
    answer: dict[str, Any] = page.evaluate("window.noted")
    return answer
