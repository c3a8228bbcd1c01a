"""One fact of several chosen cards, in one step: on everybody's screen, with one undo for all of them."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.board import Board, new_board

WORDS = {
    "en": {
        "bar": "Selected cards",
        "owner": "Owner",
        "person": "Luo Yifan",
        "function": "Function",
        "work": "Support",
        "label": "Label",
        "complaint": "Complaint",
        "due": "Due",
        "tomorrow": "Tomorrow",
        "changed": "2 cards changed",
        "undone": "Undone: 2 cards changed",
    },
    "zh-Hans": {
        "bar": "已选任务",
        "owner": "负责人",
        "person": "罗一帆",
        "function": "职能",
        "work": "支持",
        "label": "标签",
        "complaint": "客户投诉",
        "due": "截止日期",
        "tomorrow": "明天",
        "changed": "已修改2项任务",
        "undone": "已撤销：修改2项任务",
    },
}


def choose(page: Page, *titles: str) -> None:
    for title in titles:
        page.get_by_role("article", name=title).click(modifiers=["ControlOrMeta"])


@pytest.mark.parametrize("language", list(WORDS))
def test_owner_function_label_and_due_of_several_cards(sign_in: Callable[..., Page], language: str) -> None:
    page, other = sign_in("qiming.zhou", language=language), sign_in("zimo.qiu")
    words = WORDS[language]
    key = new_board(page, {"Ready": ["Alpha", "Bravo", "Charlie"]}, account="JL")
    for one in (page, other):
        one.goto(f"/b/{key}?hide=")
    faces = [other.get_by_role("article", name=title) for title in ("Alpha", "Charlie")]
    untouched = other.get_by_role("article", name="Bravo")

    def on_all(what: Callable[[Locator], Locator], *, count: int = 1) -> None:
        for face in faces:
            expect(what(face)).to_have_count(count)
        expect(what(untouched)).to_have_count(0)

    def give(fact: str, choice: str) -> None:
        page.get_by_role("toolbar", name=words["bar"]).get_by_role("button", name=re.compile(f"^{fact}")).click()
        page.get_by_role("dialog").get_by_role("option", name=choice, exact=True).click()

    choose(page, "Alpha", "Charlie")
    give(words["owner"], words["person"])
    on_all(lambda face: face.get_by_role("img", name="Luo Yifan"))
    give(words["function"], words["work"])
    on_all(lambda face: face.get_by_text("Support", exact=True))
    give(words["due"], words["tomorrow"])
    on_all(lambda face: face.get_by_text("Tomorrow", exact=True))
    give(words["label"], words["complaint"])
    on_all(lambda face: face.get_by_text("Complaint", exact=True))
    # A card may have several labels, so this list stays until it is left: to all that can be done, and then altogether.
    for _ in range(2):
        page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("status").filter(has_text=words["changed"])).to_be_visible()

    page.keyboard.press("ControlOrMeta+z")
    expect(page.get_by_role("status").filter(has_text=words["undone"])).to_be_visible()
    on_all(lambda face: face.get_by_text("Complaint", exact=True), count=0)
    on_all(lambda face: face.get_by_text("Tomorrow", exact=True))
    page.keyboard.press("ControlOrMeta+z")
    on_all(lambda face: face.get_by_text("Tomorrow", exact=True), count=0)
    on_all(lambda face: face.get_by_text("Support", exact=True))


def test_several_cards_go_where_all_of_them_may(sign_in: Callable[..., Page]) -> None:
    page = sign_in("qiming.zhou")
    board = Board(page, new_board(page, {"Backlog": ["Alpha"], "Ready": ["Bravo"], "Doing": ["Charlie"]}, account="JL"))
    choose(page, "Alpha", "Bravo")
    page.keyboard.press("m")
    palette = page.get_by_role("dialog")
    expect(palette.get_by_role("option", name="Review Not from Backlog")).to_be_disabled()
    palette.get_by_role("option", name="Doing", exact=True).click()
    board.shows({"Backlog": [], "Ready": [], "Doing": ["Charlie", "Alpha", "Bravo"]})
    board.equals_server()
    expect(page.get_by_role("status").filter(has_text="2 cards moved")).to_be_visible()
    page.keyboard.press("ControlOrMeta+z")
    board.shows({"Backlog": ["Alpha"], "Ready": ["Bravo"], "Doing": ["Charlie"]})
    board.equals_server()
