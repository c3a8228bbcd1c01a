"""`make screens`: a picture of every page and dialog, in both languages, light and dark, wide and on a phone.

They lie in var/screens. `ONLY="board card"` takes some of them, `LOOK=phone` or `LOOK="zh-Hans dark"` some looks;
`ONLY=readme` renews the pictures in the README.
"""

from __future__ import annotations

import itertools
import os
import re
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.support import browser as chromium
from tests.support.product import Product
from tests.support.scenes import DOORS, FIRST, MORE, NOTHING, PAGES, PERSON, Scene, make_places, set_up
from tools.places import ROOT

SCREENS = ROOT / "var" / "screens"
README_PICTURES = ROOT / "docs" / "images"
LOOKS = list(itertools.product(("en", "zh-Hans"), ("light", "dark"), ("wide", "phone")))


def main() -> None:
    """All pages in all looks, or what ONLY= and LOOK= name."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    only, wanted = os.environ.get("ONLY", "").split(), set(os.environ.get("LOOK", "").split())
    with (
        tempfile.TemporaryDirectory(prefix="accord-screens-") as folder,
        Product(Path(folder, "demo")) as product,
        Product(Path(folder, "empty"), ACCORD_DEMO="0") as empty,
        chromium.launched_browser() as browser,
    ):
        if only == ["readme"]:
            _readme_pictures(browser, product.url)
            return
        known = [*DOORS, *PAGES, *MORE, *FIRST, *NOTHING]
        if unknown := set(only) - set(known):
            raise SystemExit(f"There is no {', '.join(sorted(unknown))}; there are {', '.join(known)}")
        places = _places(browser, product.url)
        looks = [look for look in LOOKS if wanted <= set(look)]
        for look in looks:
            _walk(browser, product.url, look, places, only)
        for look in looks:
            _pictures(_page(browser, empty.url, look), FIRST, {}, look, only)
        set_up(_page(browser, empty.url, LOOKS[0]), empty)
        for look in looks:
            page = _page(browser, empty.url, look)
            chromium.sign_in(page, PERSON, language=look[0])
            _pictures(page, NOTHING, {}, look, only)


def _walk(browser: Browser, address: str, look: tuple[str, str, str], places: dict[str, str], only: list[str]) -> None:
    """All pages in one look, or those named in `only`."""
    page = _page(browser, address, look)
    _pictures(page, DOORS, places, look, only)
    chromium.sign_in(page, PERSON, language=look[0])
    _pictures(page, PAGES | MORE, places, look, only)
    page.context.close()


def _page(browser: Browser, address: str, look: tuple[str, str, str]) -> Page:
    """Of a profile of its own, in which nobody is signed in."""
    language, theme, width = look
    context = chromium.new_context(browser, address, language=language, dark=theme == "dark", phone=width == "phone")
    return context.new_page()


def _pictures(
    page: Page, scenes: dict[str, Scene], places: dict[str, str], look: tuple[str, ...], only: list[str]
) -> None:
    for name, scene in scenes.items():
        if only and name not in only:
            continue
        scene.play(page, places)
        page.wait_for_load_state("networkidle")
        _picture(page, SCREENS / f"{'-'.join([name, *look])}.png")
        page.context.set_offline(False)


def _picture(page: Page, file: Path) -> None:
    """What is on the screen once nothing moves any more."""
    page.evaluate("() => Promise.all(document.getAnimations().map((one) => one.finished.catch(() => {})))")
    page.screenshot(path=file)
    print(file.relative_to(ROOT), flush=True)


def _places(browser: Browser, address: str) -> dict[str, str]:
    page = chromium.new_context(browser, address).new_page()
    chromium.sign_in(page, PERSON)
    places = make_places(page)
    page.context.close()
    return places


def _readme_pictures(browser: Browser, address: str) -> None:
    """The war room, looked at by three people, one of whom has just moved a card; a card; the board on a phone."""
    page, zimo, li = (chromium.new_context(browser, address).new_page() for _ in range(3))
    for one, person in ((page, "qiming.zhou"), (zimo, "zimo.qiu"), (li, "li.cheng")):
        chromium.sign_in(one, person, language="en")
        one.goto("/b/JL")
        one.wait_for_selector("article")
    page.get_by_title("2 people are here").wait_for()
    doing = page.get_by_role("region", name="Doing")
    before = doing.get_by_text(re.compile(r"\d h$")).last.inner_text()
    project = chromium.ask(li, "GET", "/projects/by-key/JL")["id"]
    board = chromium.ask(li, "GET", f"/projects/{project}/board")
    review = next(status["id"] for status in board["statuses"] if status["category"] == "review")
    card = next(card for card in _cards(board) if card["number"] == 17)
    chromium.ask(li, "PUT", f"/tasks/{card['id']}/position", {"status": review, "after": None, "before": None})
    expect(doing).not_to_contain_text(before)
    page.get_by_text("Cheng Li moved it").wait_for()
    page.screenshot(path=README_PICTURES / "board.png")
    _compress(README_PICTURES / "board.png")

    PAGES["card"].play(page, {})
    _small_picture(page, README_PICTURES / "card.png")
    phone = chromium.new_context(browser, address, language="zh-Hans", phone=True, dark=True).new_page()
    chromium.sign_in(phone, "qiming.zhou", language="zh-Hans")
    PAGES["board"].play(phone, {})
    phone.locator("main nav button").nth(2).tap()
    expect(phone.locator("main nav button").nth(2)).to_have_attribute("aria-current", "true")
    expect(phone.get_by_role("article", name="JL-6 ")).to_be_in_viewport(ratio=1)
    _small_picture(phone, README_PICTURES / "phone.png")


def _small_picture(page: Page, file: Path) -> None:
    page.wait_for_load_state("networkidle")
    _picture(page, file)
    _compress(file)


def _compress(file: Path) -> None:
    """The same picture with 256 colours, which nobody misses in an interface."""
    with Image.open(file) as picture:
        picture.convert("RGB").quantize(256).save(file, optimize=True)


def _cards(board: dict[str, Any]) -> list[dict[str, Any]]:
    return [dict(zip(board["tasks"]["columns"], row, strict=True)) for row in board["tasks"]["rows"]]


if __name__ == "__main__":
    main()
