"""Two people on one board: what one does is where it belongs on the other's screen, with a name, and on the server."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.board import Board, new_board

START = {"Ready": ["Alpha", "Bravo", "Charlie"], "Doing": ["Delta", "Echo"], "Review": ["Foxtrot"]}
MARKED = ("animation-name", re.compile("touched"))

Both = tuple[Board, Board]


@pytest.fixture
def both(sign_in: Callable[..., Page]) -> Both:
    """The account's manager and the support lead look at one board."""
    qiming, zimo = sign_in("qiming.zhou"), sign_in("zimo.qiu")
    key = new_board(qiming, START, account="JL")
    return Board(qiming, key), Board(zimo, key)


def in_step(both: Both) -> None:
    for board in both:
        board.equals_server()


def test_a_dragged_card_is_in_its_place_on_the_other_screen(both: Both) -> None:
    one, other = both
    one.lift("Bravo")
    one.hold_over("Doing", 2, f"Moving {one.key}-2 to Doing, 2 of 3")
    one.let_go()

    moved = {"Ready": ["Alpha", "Charlie"], "Doing": ["Delta", "Bravo", "Echo"]}
    one.shows(moved)
    other.shows(moved)
    in_step(both)
    expect(other.card("Bravo").get_by_text("Zhou Qiming moved it")).to_be_visible()
    expect(other.card("Bravo")).to_have_css(*MARKED)
    expect(one.card("Bravo").get_by_text("moved it")).to_have_count(0)


def test_dragging_within_a_column_and_to_its_end(both: Both) -> None:
    one, other = both
    one.lift("Charlie")
    one.hold_over("Ready", 1, f"Moving {one.key}-3 to Ready, 1 of 3")
    one.let_go()
    other.shows({"Ready": ["Charlie", "Alpha", "Bravo"]})

    other.lift("Charlie")
    other.hold_over("Ready", 2, f"Moving {one.key}-3 to Ready, 2 of 3", low=True)
    other.let_go()
    one.shows({"Ready": ["Alpha", "Charlie", "Bravo"]})

    one.lift("Alpha")
    one.hold_over_column("Review", f"Moving {one.key}-1 to Review, 2 of 2")
    one.let_go()
    other.shows({"Ready": ["Charlie", "Bravo"], "Review": ["Foxtrot", "Alpha"]})
    in_step(both)


def test_escape_takes_a_drag_back(both: Both) -> None:
    one, _ = both
    one.lift("Alpha")
    one.hold_over("Doing", 1, f"Moving {one.key}-1 to Doing, 1 of 3")
    one.page.keyboard.press("Escape")
    one.let_go()
    one.shows(START)
    in_step(both)


def test_keys_move_a_card_and_keep_the_focus_on_it(both: Both) -> None:
    one, other = both
    one.press("Alpha", "Alt+ArrowDown")
    other.shows({"Ready": ["Bravo", "Alpha", "Charlie"]})
    one.page.keyboard.press("Alt+ArrowRight")
    other.shows({"Ready": ["Bravo", "Charlie"], "Doing": ["Delta", "Alpha", "Echo"]})
    expect(one.card("Alpha")).to_be_focused()
    one.page.keyboard.press("Alt+ArrowUp")
    other.shows({"Doing": ["Alpha", "Delta", "Echo"]})
    expect(one.card("Alpha")).to_be_focused()
    one.page.keyboard.press("Alt+ArrowLeft")
    other.shows({"Ready": ["Alpha", "Bravo", "Charlie"], "Doing": ["Delta", "Echo"]})
    in_step(both)


def test_the_menu_moves_a_card_to_the_top_or_the_bottom(both: Both) -> None:
    one, other = both
    dialog = one.move_to("Alpha")
    dialog.get_by_role("radio", name="Review").click()
    dialog.get_by_role("radio", name="Bottom").click()
    dialog.get_by_role("button", name="Move to Review").click()
    expect(dialog).to_be_hidden()
    other.shows({"Review": ["Foxtrot", "Alpha"]})

    dialog = one.move_to("Charlie")
    dialog.get_by_role("radio", name="Review").click()
    dialog.get_by_role("button", name="Move to Review").click()
    other.shows({"Ready": ["Bravo"], "Review": ["Charlie", "Foxtrot", "Alpha"]})
    in_step(both)


def test_the_menu_opens_with_m_and_enter_moves(both: Both) -> None:
    one, other = both
    one.press("Delta", "m")
    dialog = one.page.get_by_role("dialog", name="Move to…")
    expect(dialog.get_by_role("radio", name="Waiting customer")).to_be_focused()
    one.page.keyboard.press("ArrowDown")
    one.page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    other.shows({"Doing": ["Echo"], "Review": ["Delta", "Foxtrot"]})
    expect(one.card("Delta")).to_be_focused()
    in_step(both)


def test_both_move_the_same_card_and_end_alike(both: Both) -> None:
    one, other = both
    one.press("Echo", "Alt+ArrowRight")
    other.press("Echo", "Alt+ArrowLeft")
    in_step(both)
    assert one.seen() == other.seen()


def test_a_new_card_appears_and_who_is_here_is_seen(both: Both) -> None:
    one, other = both
    one.add("Doing", "Golf")
    other.shows({"Doing": ["Golf", "Delta", "Echo"]})
    expect(other.card("Golf").get_by_text("Zhou Qiming added it")).to_be_visible()
    expect(one.page.get_by_title("1 person is here: Qiu Zimo")).to_be_visible()
    expect(other.page.get_by_title("1 person is here: Zhou Qiming")).to_be_visible()
    in_step(both)
