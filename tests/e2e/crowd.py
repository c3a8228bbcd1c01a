"""People who do at random what a board lets them do, each in a browser with a line of its own."""

import random
import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.e2e.board import Board
from tests.support.browser import ask
from tests.support.waiting import wait_until

Faces = dict[str, list[str]]
"""Column → what its cards say of themselves, from the top."""

ARROWS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"]
PRIORITIES = ["Low", "Medium", "High", "Urgent"]
MOST_UNSENT = 5  # nobody works on while more than this waits for its answer

# All cards are in the page: it is as tall as the longest column.
TALL = {"width": 1440, "height": 4000}

FACES = """
(board) => Object.fromEntries([...board.querySelectorAll("section")].map((column) => [
  column.querySelector("h2").textContent,
  [...column.querySelectorAll("article")]
    .sort((one, other) => one.getBoundingClientRect().top - other.getBoundingClientRect().top)
    .map((card) => [
      card.getAttribute("aria-label"),
      [...card.querySelectorAll("[role=img]")].map((mark) => mark.title).find((word) => /^(Low|Medium|High|Urgent)$/.test(word)),
      card.querySelector("[title$=comment],[title$=comments]")?.textContent ?? 0,
    ].join(" | "))
]))
"""
FOCUS = """
([chance, numbered]) => {
  const cards = [...document.querySelectorAll("article")]
    .filter((card) => !numbered || /^[A-Z0-9]+-[0-9]+ /.test(card.getAttribute("aria-label")));
  const card = cards[Math.floor(chance * cards.length)];
  card?.focus();
  return card !== undefined;
}
"""


class Worker:
    """One person at work in one browser; `name` marks what they write."""

    def __init__(self, page: Page, key: str, name: str, chance: random.Random) -> None:
        self.page, self.name, self.chance = page, name, chance
        page.set_viewport_size(TALL)
        self.board = Board(page, key)
        self.said: list[str] = []
        self.added: list[str] = []
        self.undone = 0  # at most so many of those went again
        self._network = page.context.new_cdp_session(page)
        self._away = 0  # how many more things are done before the line comes back
        self._line(offline=False)
        self.move_by_menu()  # what opens over a board is fetched after its first paint; nobody leaves before

    def act(self) -> None:
        """Do one thing, whatever the others are doing, and wait until the server has caught up with most of it."""
        kinds: list[tuple[Callable[[], None], int]] = [
            (self.move, 8), (self.move_by_menu, 3), (self.move_several, 3), (self.undo, 2), (self.add, 2),
        ]  # fmt: skip
        if self._away:
            self._away -= 1
            if not self._away:
                self._line(offline=False)
        else:
            kinds += [(self.rename, 3), (self.comment, 3), (self.rate, 3), (self.leave, 1)]
        does, weights = zip(*kinds, strict=True)
        self.chance.choices(does, weights)[0]()
        wait_until(lambda: self._away or self.unsent() <= MOST_UNSENT, f"{self.name} to be heard", 60)

    def come_back(self) -> None:
        self._away = 0
        self._line(offline=False)

    def unsent(self) -> int:
        """How many changes the page says to be waiting."""
        waiting = re.search(r"(\d+) changes? waits? to be sent$", self.board.live_mark.get_attribute("title") or "")
        return int(waiting[1]) if waiting else 0

    def faces(self) -> Faces:
        shown: Faces = self.page.get_by_role("region", name="Columns").evaluate(FACES)
        return shown

    # --- what people do ---

    def move(self) -> None:
        if self._focus():
            for _ in range(self.chance.randint(1, 3)):
                self.page.keyboard.press(f"Alt+{self.chance.choice(ARROWS)}")

    def move_by_menu(self) -> None:
        if not self._focus():
            return
        self.page.keyboard.press("m")
        dialog = self.page.get_by_role("dialog", name="Move to…")
        expect(dialog).to_be_visible()
        for _ in range(self.chance.randint(0, 3)):
            self.page.keyboard.press("ArrowDown")
        self.page.keyboard.press("Enter")
        # Somebody else may have moved the card meanwhile, so that the chosen column refuses it now, and says so.
        refused = dialog.locator("[role=radio][aria-checked=true][aria-disabled=true]:focus")
        wait_until(lambda: refused.count() or not dialog.is_visible(), f"{self.name} to move or to be refused", 45)
        self.page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()

    def move_several(self) -> None:
        """Choose a card and the next ones in its column, and move them together."""
        if self._focus(numbered=True):
            self.page.keyboard.press("x")
            for _ in range(self.chance.randint(1, 2)):
                self.page.keyboard.press("Shift+ArrowDown")
            self.page.keyboard.press(f"Alt+{self.chance.choice(ARROWS)}")
            self.page.keyboard.press("Escape")
            expect(self.page.get_by_role("toolbar", name="Selected cards")).to_be_hidden()

    def undo(self) -> None:
        """Take back what was done last here; sometimes do it again after all."""
        self.page.keyboard.press("ControlOrMeta+z")
        self.undone += 1
        if self.chance.random() < 0.3:
            self.page.keyboard.press("ControlOrMeta+Shift+z")

    def add(self) -> None:
        title = f"{self.name} adds {len(self.added) + 1}"
        if self._focus():
            self.page.keyboard.press("c")
            field = self.page.get_by_role("textbox", name=re.compile("^New card in "))
            field.fill(title)
            field.press("Enter")
            expect(field).to_have_value("")
            field.press("Escape")
            self.added.append(title)

    def rename(self) -> None:
        if sheet := self._open():
            title = sheet.get_by_role("textbox", name="Title")
            title.fill(f"{self.name} renames {self.chance.randrange(1000)}")
            title.press("Enter")
            self._close()

    def rate(self) -> None:
        """Say how urgent some card is, by its key and the palette."""
        if not self._focus(numbered=True):
            return
        self.page.keyboard.press("p")
        palette = self.page.get_by_role("dialog")
        expect(palette.get_by_role("option").first).to_be_visible()
        palette.get_by_role("option", name=self.chance.choice(PRIORITIES)).click()
        expect(palette).to_be_hidden()

    def comment(self) -> None:
        if sheet := self._open():
            words = f"{self.name} says {len(self.said) + 1}."
            field = sheet.get_by_label("Write a comment")
            field.fill(words)
            field.press("Control+Enter")
            expect(sheet.get_by_role("region", name="Comments")).to_contain_text(words)
            self.said.append(words)
            self._close()

    def leave(self) -> None:
        """The line goes, for some of the work to come."""
        self._away = self.chance.randint(2, 6)
        self._line(offline=True)
        expect(self.board.live_mark).to_have_text("Offline")

    # ---

    def _focus(self, *, numbered: bool = False) -> bool:
        """Put the focus on some card; False where there is none. `numbered`: one that the server knows."""
        return bool(self.page.evaluate(FOCUS, [self.chance.random(), numbered]))

    def _open(self) -> Any:
        if not self._focus(numbered=True):
            return None
        self.page.keyboard.press("Enter")
        sheet = self.page.get_by_role("dialog")
        expect(sheet.get_by_role("textbox", name="Title")).to_be_visible()
        return sheet

    def _close(self) -> None:
        self.page.keyboard.press("Escape")
        expect(self.page.get_by_role("dialog")).to_have_count(0)

    def _line(self, *, offline: bool) -> None:
        """A line of its own pace, so that what is done at once arrives in any order."""
        conditions = {"offline": offline, "latency": self.chance.randint(0, 250)}
        self._network.send(
            "Network.emulateNetworkConditions", {**conditions, "downloadThroughput": -1, "uploadThroughput": -1}
        )


def server_faces(page: Page, key: str) -> Faces:
    """What the cards of a board say, as the server would tell somebody who comes now."""
    project = ask(page, "GET", f"/projects/by-key/{key}")["id"]
    board = ask(page, "GET", f"/projects/{project}/board")
    tasks = [dict(zip(board["tasks"]["columns"], row, strict=True)) for row in board["tasks"]["rows"]]
    tasks.sort(key=lambda task: task["rank"])
    return {
        status["name"]: [
            f"{key}-{task['number']} {task['title']} | {task['priority'].title()} | {task['comments']}"
            for task in tasks
            if task["status"] == status["id"]
        ]
        for status in board["statuses"]
    }


def said_on(page: Page, key: str) -> list[str]:
    """Every comment on a board's cards."""
    project = ask(page, "GET", f"/projects/by-key/{key}")["id"]
    rows = ask(page, "GET", f"/projects/{project}/board")["tasks"]
    ids = [dict(zip(rows["columns"], row, strict=True))["id"] for row in rows["rows"]]
    return [
        comment["body"] for task in ids for comment in ask(page, "GET", f"/tasks/{task}/comments?limit=200")["items"]
    ]
