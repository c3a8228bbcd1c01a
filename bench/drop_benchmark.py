"""Two browsers on one board: from the drop of a card in one to the frame in which the other shows it in its place."""

from dataclasses import dataclass

from playwright.sync_api import Browser, Page

from bench import board_page
from bench.figures import Figure, at_most
from bench.report import Group
from bench.room import Room
from tests.support import browser as chromium
from tests.support.product import Product


@dataclass(frozen=True)
class Size:
    rounds: int


FULL, TINY = Size(rounds=30), Size(rounds=2)

# Both pages run on one machine, so one clock serves both.
_NOTE_DROP = """
addEventListener("drop", () => { window.dropped = performance.timeOrigin + performance.now(); }, { capture: true });
"""
_NOTE_REPAINT = """
(place) => {
  window.repainted = new Promise((done) => {
    const look = () => document.querySelector(place)
      ? requestAnimationFrame(() => done(performance.timeOrigin + performance.now()))
      : requestAnimationFrame(look);
    look();
  });
}
"""


HOW = "One card goes to and fro between two columns. The first drops warm both pages up and are left out."


def measure(room: Room, size: Size) -> list[Group]:
    product, browser = room.product(), room.browser()
    mover, watcher = _page(product, browser, "ruoxi.lin"), _page(product, browser, "zhiyuan.shen")
    key, task, here, there = _card_and_columns(mover)
    for page in (mover, watcher):
        page.goto(board_page.address(key))
        page.wait_for_selector(board_page.card(task))
    samples = []
    for _ in range(size.rounds + 3):
        samples.append(_round(mover, watcher, task, there))
        here, there = there, here
    drop = Figure((tuple(samples[3:]),), "drop to repaint in the other browser", "ms", (at_most(250),))
    return [Group("Two browsers on one board", HOW, [drop])]


def _round(mover: Page, watcher: Page, task: int, target: int) -> float:
    card, column = board_page.card(task), board_page.column(target)
    place = f"{column} {card}"
    watcher.evaluate(_NOTE_REPAINT, place)
    mover.drag_and_drop(card, column, target_position={"x": 80, "y": 90})
    repainted: float = watcher.evaluate("() => window.repainted")
    dropped: float = mover.evaluate("window.dropped")
    mover.wait_for_selector(place)
    return repainted - dropped


def _page(product: Product, browser: Browser, person: str) -> Page:
    page = chromium.new_context(browser, product.url).new_page()
    page.add_init_script(_NOTE_DROP)
    chromium.sign_in(page, person)
    return page


def _card_and_columns(page: Page) -> tuple[str, int, int, int]:
    """A card of Hengyue's roll-out that may go to the next column, and come back."""
    account_key = "HY"
    projects = page.request.get("/api/v1/projects?limit=200").json()["items"]
    project = next(item for item in projects if item["key"].startswith(account_key))
    board = page.request.get(f"/api/v1/projects/{project['id']}/board").json()
    columns = board["tasks"]["columns"]
    first, second = (status["id"] for status in board["statuses"][:2])
    cards = [dict(zip(columns, row, strict=True)) for row in board["tasks"]["rows"]]
    card = next(card for card in cards if card["status"] in (first, second))
    target = second if card["status"] == first else first
    return project["key"], card["id"], card["status"], target
