"""A large board under the hand: what it holds, and how long the page is busy while somebody drags, scrolls and types."""

from collections.abc import Callable
from dataclasses import asdict, dataclass

from playwright.sync_api import Page

from bench import board_page
from bench.browser_page import elements, forget, heap_megabytes, noted, open_board
from bench.figures import Figure, at_most
from bench.report import Group
from bench.room import Room


@dataclass(frozen=True)
class Size:
    cards: int
    rounds: int
    filters: int


FULL = Size(cards=5_000, rounds=6, filters=12)
TINY = Size(cards=60, rounds=1, filters=1)
STEPS = 15
SPEED = 120  # pixels of each turn of the wheel; there is one in every frame
HOW = (
    "A board of {cards:,} cards in Chromium without a window, painted by the processor. A frame is the time between two"
    " frames; a long task is the longest time for which the page's thread was not free, 0 where none took over 50 ms."
    " Each act is done {rounds} times. A filter is timed from the press to the frame that shows its answer."
)

# From a press to the paint of the frame in which the chip is pressed and the columns follow it.
_NOTE_FILTER = """
(chip) => {
  const was = chip.getAttribute("aria-pressed");
  window.answered = new Promise((done) => {
    chip.addEventListener("pointerdown", () => {
      const began = performance.now();
      const look = () => {
        if (chip.getAttribute("aria-pressed") === was) return requestAnimationFrame(look);
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => done(performance.now() - began);
        requestAnimationFrame(() => port2.postMessage(0));
      };
      requestAnimationFrame(look);
    }, { once: true });
  });
}
"""


def measure(room: Room, size: Size) -> list[Group]:
    board = open_board(room, size.cards)
    page = board.page
    heap, nodes = heap_megabytes(page), elements(page)
    filters = [filtered(page) for _ in range(size.filters)]
    acts: dict[str, Callable[[Page], None]] = {"dragging": drag, "scrolling": scroll, "typing": type_title}
    found = {name: [watched(page, act) for _ in range(size.rounds)] for name, act in acts.items()}
    nodes = max(nodes, elements(page))
    figures = [
        Figure(((heap,),), "JavaScript's heap", "MB", (at_most(40),)),
        Figure(((nodes,),), "elements in the page, at most", "", (at_most(1_000),)),
        Figure((tuple(filters),), "a filter answers", "ms", (at_most(100),)),
        Figure(
            (tuple(frame for frame, _task in found["dragging"]),),
            "longest frame of a drag",
            "ms",
            (at_most(50, "max"),),
        ),
    ]
    figures += [
        Figure((tuple(task for _frame, task in runs),), f"longest task while {name}", "ms", (at_most(50, "max"),))
        for name, runs in found.items()
    ]
    return [Group(f"A board of {size.cards:,} cards under the hand", HOW.format(**asdict(size)), figures)]


def filtered(page: Page) -> float:
    """One of the chips above the board, pressed and released in turn."""
    chip = page.get_by_role("toolbar").get_by_role("button").nth(1)
    chip.evaluate(_NOTE_FILTER)
    chip.click()
    answered: float = page.evaluate("window.answered")
    return answered


def watched(page: Page, act: Callable[[Page], None]) -> tuple[float, float]:
    """The longest frame and the longest task of the page during an act, in milliseconds."""
    forget(page)
    act(page)
    told = noted(page)
    return max(told["frames"], default=0.0), max(told["tasks"], default=0.0)


def drag(page: Page) -> None:
    """Lift a card, carry it over every column that is on the screen, up and down in each, and take it back."""
    box = page.locator(board_page.CARD).first.bounding_box()
    assert box
    page.mouse.move(box["x"] + 60, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + 70, box["y"] + 30, steps=4)
    for column in page.locator(board_page.COLUMN).all()[:4]:
        place = column.bounding_box()
        assert place
        for height in (200, 500, 300):
            page.mouse.move(place["x"] + 100, place["y"] + height, steps=STEPS)
    page.keyboard.press("Escape")
    page.mouse.up()


def scroll(page: Page) -> None:
    """Down a long column and up again."""
    box = page.locator(board_page.COLUMN).nth(3).bounding_box()
    assert box
    page.mouse.move(box["x"] + 100, box["y"] + 300)
    for distance in [SPEED] * STEPS * 2 + [-SPEED] * STEPS * 2:
        page.mouse.wheel(0, distance)
        page.wait_for_timeout(16)


def type_title(page: Page) -> None:
    """Open the field for a new card, write a title, and think better of it."""
    page.locator(board_page.CARD).first.focus()
    page.keyboard.press("c")
    page.keyboard.type("Collect the offers of three plants", delay=20)
    page.keyboard.press("Escape")
