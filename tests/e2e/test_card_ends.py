"""How a card leaves: its link goes to somebody, it goes to another board, off the board or for good, and comes back."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.board import Board, new_board
from tests.e2e.test_card_sheet import new_card, sheet
from tests.support.browser import ask

WORDS = {
    "en": {
        "sheet": "Card {key}",
        "more": "More",
        "archive": "Archive",
        "restore": "Bring it back",
        "delete": "Delete",
        "archived": "{key} archived",
        "unarchived": "Undone: {key} archived",
        "deleted": "{key} deleted",
        "undo": "Undo",
    },
    "zh-Hans": {
        "sheet": "任务{key}",
        "more": "更多",
        "archive": "归档",
        "restore": "恢复",
        "delete": "删除",
        "archived": "已归档{key}",
        "unarchived": "已撤销：归档{key}",
        "deleted": "已删除{key}",
        "undo": "撤销",
    },
}


def from_the_menu(page: Page, item: str, more: str = "More") -> None:
    page.get_by_role("dialog").get_by_role("button", name=more, exact=True).click()
    page.get_by_role("menuitem", name=item, exact=True).click()
    expect(page.get_by_role("menu")).to_have_count(0)  # keys mean the card again


@pytest.mark.parametrize("language", list(WORDS))
def test_archived_brought_back_deleted_and_each_undone(sign_in: Callable[..., Page], language: str) -> None:
    page, other = sign_in("qiming.zhou", language=language), sign_in("zimo.qiu")
    words = WORDS[language]
    board = Board(other, new_board(page, {"Doing": ["Alpha", "Bravo"]}, account="JL"))
    key = f"{board.key}-1"
    page.goto(f"/b/{board.key}/{key}")
    card = page.get_by_role("dialog", name=words["sheet"].format(key=key))
    back = card.get_by_role("button", name=words["restore"], exact=True)

    def said(what: str) -> None:
        expect(page.get_by_role("status").filter(has_text=words[what].format(key=key))).to_be_visible()

    from_the_menu(page, words["archive"], words["more"])
    board.shows({"Doing": ["Bravo"]})
    back.click()
    expect(back).to_have_count(0)
    board.shows({"Doing": ["Alpha", "Bravo"]})

    from_the_menu(page, words["archive"], words["more"])
    expect(back).to_be_visible()
    said("archived")
    page.keyboard.press("ControlOrMeta+z")
    expect(back).to_have_count(0)
    said("unarchived")
    board.shows({"Doing": ["Alpha", "Bravo"]})

    from_the_menu(page, words["delete"], words["more"])
    expect(page.get_by_role("dialog")).to_have_count(0)
    said("deleted")
    board.shows({"Doing": ["Bravo"]})
    other.goto(f"/b/{board.key}/{key}")
    expect(other.get_by_text("It doesn't exist, or you don't have access to it.")).to_be_visible()
    page.get_by_role("status").get_by_role("button", name=words["undo"]).click()
    expect(page.get_by_role("article", name=f"{key} Alpha")).to_be_visible()
    other.reload()
    expect(other.get_by_role("dialog", name=f"Card {key}").get_by_role("textbox", name="Title")).to_have_value("Alpha")


def test_a_card_goes_to_another_board_and_back_and_its_old_address_leads_to_it(
    sign_in: Callable[..., Page],
) -> None:
    page = sign_in("qiming.zhou")
    here, there = (new_board(page, {"Doing": [title]}, account="JL") for title in ("Alpha", "Bravo"))
    blocker = ask(page, "GET", f"/tasks/by-key/{here}-1")
    ask(page, "POST", f"/projects/{blocker['project']}/tasks", {"title": "Charlie", "blocked_by": [blocker["id"]]})
    sheet(page, f"{here}-2")
    from_the_menu(page, "Move to another initiative…")
    form = page.get_by_role("dialog", name=f"Move {here}-2 to another initiative")
    form.get_by_role("button", name="Move", exact=True).click()
    expect(form.get_by_text("Choose an initiative.")).to_be_visible()
    form.get_by_role("button", name="Initiative: Choose…").click()
    page.get_by_role("combobox", name="Search").fill(there)
    page.get_by_role("option", name=f"Test board {there} {there}", exact=True).click()
    form.get_by_role("button", name="Move", exact=True).click()

    card = page.get_by_role("dialog", name=f"Card {there}-2")
    expect(card.get_by_text(f"It lives here now, as {there}-2. 1 link to a card was removed.")).to_be_visible()
    expect(page).to_have_url(f"/b/{there}/{there}-2")
    page.goto(f"/b/{here}/{here}-2")
    expect(card.get_by_role("textbox", name="Title")).to_have_value("Charlie")

    page.get_by_role("button", name="Close", exact=True).click()
    expect(card).to_have_count(0)
    page.keyboard.press("ControlOrMeta+z")
    expect(page.get_by_role("article", name="Charlie")).to_have_count(0)
    board = Board(page, here)
    board.shows({"Doing": ["Alpha"], "Backlog": ["Charlie"]})
    board.equals_server()


def test_the_link_to_a_card_is_copied_and_leads_somebody_else_to_it(sign_in: Callable[..., Page]) -> None:
    page, other = sign_in("qiming.zhou"), sign_in("zimo.qiu")
    key = new_card(page)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    card = sheet(page, key)
    card.get_by_role("button", name="Copy the link").click()
    expect(card.get_by_role("status").filter(has_text="Copied")).to_be_attached()
    other.goto(page.evaluate("navigator.clipboard.readText()"))
    expect(other.get_by_role("dialog", name=f"Card {key}")).to_be_visible()


def test_a_comment_is_deleted_once_its_author_has_said_so_twice(sign_in: Callable[..., Page]) -> None:
    page, other = sign_in("qiming.zhou"), sign_in("zimo.qiu")
    key = new_card(page)
    task = ask(page, "GET", f"/tasks/by-key/{key}")["id"]
    ask(page, "POST", f"/tasks/{task}/comments", {"body": "Never mind"})
    mine, theirs = (sheet(one, key).get_by_role("region", name="Comments") for one in (page, other))
    expect(theirs.get_by_text("Never mind")).to_be_visible()
    expect(theirs.get_by_role("button", name="edit or delete")).to_have_count(0)
    question = page.get_by_role("dialog", name="Delete this comment?")
    for answer in ("Cancel", "Delete"):
        mine.get_by_role("button", name="Comment by Zhou Qiming: edit or delete").click()
        page.get_by_role("menuitem", name="Delete").click()
        expect(question).to_be_visible()
        expect(mine.get_by_text("Never mind")).to_be_visible()
        question.get_by_role("button", name=answer).click()
        expect(question).to_have_count(0)
    for comments in (mine, theirs):
        expect(comments.get_by_text("Nobody has said anything yet.")).to_be_visible()
