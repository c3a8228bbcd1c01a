"""A board of 5,000 cards on a warm server: from navigation to the first painted cards, and the weight of its snapshot."""

import gzip
import urllib.request
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, Page

from bench import board_page
from bench.figures import Figure, at_most
from bench.report import Group
from bench.room import Room
from tests.support import browser as chromium
from tests.support.product import Product

PERSON = "ruoxi.lin"


@dataclass(frozen=True)
class Size:
    cards: int
    rounds: int
    many: int
    many_rounds: int


FULL = Size(cards=5_000, rounds=12, many=20_000, many_rounds=5)
TINY = Size(cards=20, rounds=1, many=30, many_rounds=1)

# Two frames after the first card came into the page, it has been painted.
_NOTE_FIRST_CARD = """
window.firstCardPainted = new Promise((painted) => {
  const look = () => {
    if (!document.querySelector("[data-card]")) return requestAnimationFrame(look);
    requestAnimationFrame(() => requestAnimationFrame(() => painted(performance.now())));
  };
  look();
});
"""


HOW = "Each navigation is in a new profile, so nothing comes from the browser's cache. The server is warm."


def measure(room: Room, size: Size) -> list[Group]:
    browser = room.browser()
    paints, weight = _opened(room.product(), browser, size.cards, size.rounds)
    many, many_weight = _opened(room.product(), browser, size.many, size.many_rounds)
    figures = [
        Figure((paints,), "from navigation to the first painted cards", "ms", (at_most(1500),)),
        Figure(((weight,),), "its snapshot, compressed", "kB", (at_most(160),)),
        Figure((many,), f"the same with {size.many:,} cards", "ms"),
        Figure(((many_weight,),), f"the snapshot of {size.many:,} cards, compressed", "kB"),
    ]
    return [Group(f"A board of {size.cards:,} cards", HOW, figures)]


def _opened(product: Product, browser: Browser, cards: int, rounds: int) -> tuple[tuple[float, ...], float]:
    """Milliseconds until the first cards were painted, each time, and the weight of the snapshot."""
    product.run("-m", "bench.large_board", str(cards))
    context = chromium.new_context(browser, product.url)
    page = context.new_page()
    chromium.sign_in(page, PERSON)
    page.goto("/")
    page.wait_for_load_state("networkidle")
    signed_in = context.storage_state()
    weight = _weight(product, page, _large_project(page))
    context.close()
    return tuple([_paint(browser, product, signed_in) for _ in range(rounds + 1)][1:]), weight


def _paint(browser: Browser, product: Product, signed_in: Any) -> float:
    context = browser.new_context(base_url=product.url, storage_state=signed_in, viewport=chromium.WIDE)
    page = context.new_page()
    page.add_init_script(_NOTE_FIRST_CARD)
    page.goto(board_page.address("LARGE"))
    painted: float = page.evaluate("window.firstCardPainted")
    context.close()
    return painted


def _large_project(page: Page) -> int:
    address = "/api/v1/projects?limit=200"
    found = [item for item in page.request.get(address).json()["items"] if item["key"] == "LARGE"]
    return int(found[0]["id"])


def _weight(product: Product, page: Page, project: int) -> float:
    """Kilobytes on the wire, as the server compressed them."""
    cookies = "; ".join(f"{cookie.get('name')}={cookie.get('value')}" for cookie in page.context.cookies())
    request = urllib.request.Request(
        f"{product.url}/api/v1/projects/{project}/board", headers={"Cookie": cookies, "Accept-Encoding": "gzip"}
    )
    with urllib.request.urlopen(request) as answer:
        body = answer.read()
        if answer.headers.get("Content-Encoding") == "gzip":
            assert len(gzip.decompress(body)) > len(body)
    return len(body) / 1000
