"""A board as a person sees and works it: columns and cards by name, moved with the mouse, keys or the menu."""

import itertools
import re
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.support.browser import ask
from tests.support.waiting import wait_until

Cards = dict[str, list[str]]
"""Column → the titles of its cards, from the top."""

_keys = (f"E{number}" for number in itertools.count(1))


class Board:
    """One person's view of a board, in English."""

    def __init__(self, page: Page, key: str) -> None:
        self.page, self.key = page, key
        page.goto(f"/b/{key}")
        expect(self.live_mark).to_have_text("Live")

    @property
    def live_mark(self) -> Locator:
        return self.page.get_by_role("main").get_by_role("status")

    def column(self, name: str) -> Locator:
        return self.page.get_by_role("region", name=re.compile(rf"^{name}, \d+ cards?$"))

    def card(self, title: str) -> Locator:
        return self.page.get_by_role("article", name=title)

    def cards_of(self, column: str) -> Locator:
        return self.column(column).get_by_role("heading", level=3)

    def shows(self, cards: Cards) -> None:
        """Wait until these columns hold just these cards, in this order."""
        for column, titles in cards.items():
            expect(self.cards_of(column)).to_have_text(titles)

    def seen(self) -> Cards:
        """All columns, with the titles of their cards in the order in which they lie below each other."""
        seen: Cards = self.page.get_by_role("region", name="Columns").evaluate(
            """(board) => Object.fromEntries([...board.querySelectorAll("section")].map((column) => [
                 column.querySelector("h2").textContent,
                 [...column.querySelectorAll("article")]
                   .sort((one, other) => one.getBoundingClientRect().top - other.getBoundingClientRect().top)
                   .map((card) => card.querySelector("h3").textContent)]))"""
        )
        return seen

    def equals_server(self) -> None:
        """Wait until what is seen is the server's snapshot."""
        wait_until(lambda: self.seen() == server_board(self.page, self.key), f"{self.key} as the server has it", 60)

    # --- with the mouse ---

    def lift(self, title: str) -> None:
        """Take a card into the hand."""
        x, y = _inside(self.card(title), 0.5)
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        self.page.mouse.move(x + 8, y + 8, steps=3)
        expect(self.page.get_by_text(re.compile("cancels$"))).to_be_visible()

    def hold_over(self, column: str, place: int, says: str, *, low: bool = False) -> None:
        """Hold it over the `place`-th card of a column (its lower half where `low`) until the board says `says`."""
        card = self.column(column).get_by_role("article").nth(place - 1)
        nudges = itertools.cycle((-1, 1))

        def aim() -> bool:
            x, y = _inside(card, 0.8 if low else 0.2)
            self.page.mouse.move(x + next(nudges), y, steps=4)
            return self.page.get_by_text(says).count() > 0

        wait_until(aim, f"“{says}”")

    def hold_over_column(self, column: str, says: str) -> None:
        """Hold it over the foot of a column until the board says `says`."""
        nudges = itertools.cycle((-1, 1))

        def aim() -> bool:
            x, y = _inside(self.column(column), 0.95)
            self.page.mouse.move(x + next(nudges), y, steps=4)
            return self.page.get_by_text(says).count() > 0

        wait_until(aim, f"“{says}”")

    def let_go(self) -> None:
        self.page.mouse.up()

    # --- otherwise ---

    def press(self, title: str, *keys: str) -> None:
        self.card(title).focus()
        for key in keys:
            self.page.keyboard.press(key)

    def move_to(self, title: str) -> Locator:
        """Open "Move to…" of a card; the dialog."""
        self.card(title).hover()
        self.card(title).get_by_role("button", name=re.compile(r"^Move .* to…$")).click()
        dialog = self.page.get_by_role("dialog", name="Move to…")
        expect(dialog).to_be_visible()
        return dialog

    def add(self, column: str, *titles: str) -> None:
        """Quick add: open the field at the top of the column, and write each title with Enter."""
        self.column(column).get_by_role("button", name=f"New card in {column}").click()
        field = self.page.get_by_role("textbox", name=f"New card in {column}")
        for title in titles:
            field.fill(title)
            field.press("Enter")
            expect(field).to_have_value("")
        field.press("Escape")


def new_board(page: Page, cards: Cards, *, account: str | None = None, **fields: Any) -> str:
    """A board of the test's own, on an account of the page's person or internal; its key."""
    key = next(_keys)
    if account is not None:
        accounts = ask(page, "GET", "/accounts?limit=200")["items"]
        fields["account"] = next(one["id"] for one in accounts if one["code"] == account)
    project = ask(page, "POST", "/projects", {"key": key, "name": f"Test board {key}", "state": "active", **fields})
    statuses = {status["name"]: status["id"] for status in snapshot(page, key)["statuses"]}
    for column, titles in cards.items():
        for title in titles:
            ask(page, "POST", f"/projects/{project['id']}/tasks", {"title": title, "status": statuses[column]})
    return key


def server_board(page: Page, key: str) -> Cards:
    """The board's snapshot, as the server would give it to somebody who comes now."""
    seen = snapshot(page, key)
    tasks = [dict(zip(seen["tasks"]["columns"], row, strict=True)) for row in seen["tasks"]["rows"]]
    tasks.sort(key=lambda task: task["rank"])
    return {
        status["name"]: [task["title"] for task in tasks if task["status"] == status["id"]]
        for status in seen["statuses"]
    }


def snapshot(page: Page, key: str) -> Any:
    """The whole answer that a browser opening the board is given."""
    project = ask(page, "GET", f"/projects/by-key/{key}")["id"]
    return ask(page, "GET", f"/projects/{project}/board")


def _inside(thing: Locator, share: float) -> tuple[float, float]:
    """A point in the middle of something, at a share of its height."""
    box = thing.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] * share
