"""How a board is arranged from its Display menu, what a drop means then, and what stays folded."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.board import Board, new_board
from tests.e2e.test_views import tasks_of
from tests.support.browser import ask
from tests.support.waiting import wait_until

WORDS = {
    "en": {
        "display": "Display",
        "priority": "Priority",
        "function": "Function",
        "title": "Title",
        "none": "No priority",
        "high": "High",
        "support": "Support",
        "owner": "Owner",
        "nobody": "Nobody",
    },
    "zh-Hans": {
        "display": "显示",
        "priority": "优先级",
        "function": "职能",
        "title": "标题",
        "none": "无优先级",
        "high": "高",
        "support": "支持",
        "owner": "负责人",
        "nobody": "无人",
    },
}


def facts_of(page: Page, task: int) -> dict[str, Any]:
    facts: dict[str, Any] = ask(page, "GET", f"/tasks/{task}")
    return facts


def titles(page: Page, column: str) -> Locator:
    """Of the cards of a column, whatever the language counts them in."""
    return page.get_by_role("region", name=re.compile(rf"^{column}[,，]")).get_by_role("heading", level=3)


@pytest.mark.parametrize("language", list(WORDS))
def test_columns_lanes_order_and_what_stands_on_the_cards(sign_in: Callable[..., Page], language: str) -> None:
    page = sign_in("qiming.zhou", language=language)
    words = WORDS[language]
    key = new_board(page, {"Backlog": ["Charlie", "Alpha"], "Ready": ["Bravo"]})
    ids = tasks_of(page, key)
    support = next(one["id"] for one in ask(page, "GET", "/workspace")["functions"] if one["code"] == "support")
    ask(page, "PATCH", f"/tasks/{ids['Bravo']}", {"priority": "high", "function": support})
    page.goto(f"/b/{key}")
    bravo = page.get_by_role("article", name="Bravo")
    expect(bravo.get_by_role("img", name=words["high"])).to_be_visible()

    page.get_by_role("button", name=words["display"]).click()
    menu = page.get_by_role("menu")
    menu.get_by_role("menuitemradio", name=words["priority"], exact=True).first.click()
    expect(titles(page, words["none"])).to_have_text(["Charlie", "Alpha"])
    expect(titles(page, words["high"])).to_have_text(["Bravo"])
    menu.get_by_role("menuitemradio", name=words["title"], exact=True).click()
    expect(titles(page, words["none"])).to_have_text(["Alpha", "Charlie"])
    menu.get_by_role("menuitemradio", name=words["function"], exact=True).first.click()
    expect(titles(page, words["support"])).to_have_text(["Bravo"])
    menu.get_by_role("menuitemcheckbox", name=words["priority"]).click()
    expect(bravo.get_by_role("img", name=words["high"])).to_have_count(0)
    menu.get_by_role("menuitemradio", name=words["owner"], exact=True).last.click()
    page.keyboard.press("Escape")
    expect(page).to_have_url(re.compile(r"columns=function.*lanes=owner.*sort=title.*hide="))

    page.reload()
    lane = page.get_by_role("region", name=re.compile(f"^{words['nobody']}"))
    expect(lane.get_by_role("article")).to_have_count(3)
    expect(page.get_by_role("heading", name=words["support"], exact=True)).to_be_visible()
    expect(bravo.get_by_role("img", name=words["high"])).to_have_count(0)


def test_a_drop_changes_the_fact_that_the_column_stands_for_and_nothing_else(sign_in: Callable[..., Page]) -> None:
    page = sign_in("qiming.zhou")
    key = new_board(page, {"Backlog": ["Alpha"], "Ready": ["Bravo"]})
    ids = tasks_of(page, key)
    before = facts_of(page, ids["Alpha"])
    page.set_viewport_size({"width": 2400, "height": 900})  # all columns are within reach of the pointer
    board = Board(page, f"{key}?columns=priority")
    board.lift("Alpha")
    board.hold_over_column("Urgent", f"Moving {key}-1 to Urgent, 1 of 1")
    board.let_go()
    board.shows({"Urgent": ["Alpha"], "No priority": ["Bravo"]})
    wait_until(lambda: facts_of(page, ids["Alpha"])["priority"] == "urgent", "the server to have it")

    board = Board(page, f"{key}?columns=function")
    board.lift("Alpha")
    board.hold_over_column("Support", f"Moving {key}-1 to Support, 1 of 1")
    board.let_go()
    board.shows({"Support": ["Alpha"], "No function": ["Bravo"]})
    wait_until(lambda: facts_of(page, ids["Alpha"])["version"] == before["version"] + 2, "the server to have it")
    after = facts_of(page, ids["Alpha"])
    changed = {fact for fact, value in after.items() if value != before[fact]}
    assert changed <= {"priority", "function", "version", "updated_at", "rank"}
    assert after["rank"] == before["rank"]

    page.goto(f"/b/{key}?columns=due")
    board.lift("Bravo")
    board.hold_over_column("Overdue", f"{key}-2 can't go to Overdue")
    expect(board.column("Overdue").get_by_text("Nothing is planned into the past")).to_be_visible()
    board.let_go()
    board.shows({"Overdue": [], "No date": ["Alpha", "Bravo"]})


def test_a_lane_and_a_column_stay_folded_and_a_folded_column_takes_cards(sign_in: Callable[..., Page]) -> None:
    page = sign_in("qiming.zhou")
    key = new_board(page, {"Ready": ["Alpha", "Bravo"], "Doing": ["Charlie"]}, account="JL")
    ask(page, "PATCH", f"/tasks/{tasks_of(page, key)['Bravo']}", {"priority": "high"})
    page.goto(f"/b/{key}?lanes=priority")
    with page.expect_response(re.compile("/look$")):
        page.get_by_role("button", name=re.compile("^No priority"), expanded=True).click()
    expect(page.get_by_role("article")).to_have_count(1)
    page.reload()
    expect(page.get_by_role("button", name=re.compile("^No priority"), expanded=False)).to_be_visible()
    expect(page.get_by_role("article")).to_have_count(1)

    board = Board(page, key)
    with page.expect_response(re.compile("/look$")):
        page.get_by_role("button", name="Fold Doing").click()
    page.reload()
    folded = page.get_by_role("button", name="Unfold Doing")
    expect(folded).to_be_visible()
    expect(board.card("Charlie")).to_have_count(0)
    board.lift("Alpha")
    board.hold_over_column("Doing", f"Moving {key}-1 to Doing, 1 of 2")
    board.let_go()
    board.shows({"Ready": ["Bravo"]})
    expect(board.column("Doing")).to_have_accessible_name("Doing, 2 cards")
    folded.click()
    board.shows({"Doing": ["Alpha", "Charlie"]})
    board.equals_server()


FULL = {"en": ("Doing", "Doing is full", "1 of 1. Move one card out first.", "{key}-2 can't go to Doing")}
FULL["zh-Hans"] = ("进行中", "“进行中”已满", "已有1项，上限1项。请先移出一项。", "{key}-2不能移动到进行中")


def test_a_hard_limit_refuses_a_drop_and_says_why_in_either_language(sign_in: Callable[..., Page]) -> None:
    keeper = sign_in("zhiyuan.shen")
    flow = ask(keeper, "POST", "/workflows", {"code": "one_at_once", "name": "One at once"})["id"]
    workflow = next(one for one in ask(keeper, "GET", "/workspace")["workflows"] if one["id"] == flow)
    doing = next(one["id"] for one in workflow["statuses"] if one["name"] == "Doing")
    ask(keeper, "PATCH", f"/statuses/{doing}", {"limit": 1, "limit_is_hard": True})
    key = new_board(keeper, {"Doing": ["Alpha"], "Ready": ["Bravo"]}, account="JL", workflow=flow)
    for language, (column, why, remedy, says) in FULL.items():
        page = sign_in("qiming.zhou", language=language)
        page.goto(f"/b/{key}")
        full = page.get_by_role("region", name=re.compile(f"^{column}[,，]"))
        _drag(page, page.get_by_role("article", name="Bravo"), full, says.format(key=key))
        expect(full.get_by_text(why)).to_be_visible()
        expect(full.get_by_text(remedy)).to_be_visible()
        page.mouse.up()
        expect(full.get_by_text(why)).to_have_count(0)
        expect(titles(page, column)).to_have_text(["Alpha"])

    board = Board(keeper, key)  # administrators too
    refused = board.move_to("Bravo").get_by_role("radio", name="Doing Doing is full")
    expect(refused).to_be_disabled()
    keeper.keyboard.press("Escape")
    board.equals_server()


def _drag(page: Page, card: Locator, onto: Locator, says: str) -> None:
    """Hold a card over the foot of something until the board says so."""
    card.hover()
    page.mouse.down()

    def aim() -> bool:
        box = onto.bounding_box()
        assert box is not None
        for nudge in (0, 6):
            page.mouse.move(box["x"] + box["width"] / 2 + nudge, box["y"] + box["height"] * 0.9, steps=4)
        return page.get_by_text(says).count() > 0

    wait_until(aim, f"“{says}”")


def test_new_cards_at_the_bottom_stand_there_in_the_order_in_which_they_were_written(
    sign_in: Callable[..., Page],
) -> None:
    page = sign_in("qiming.zhou")
    board = Board(page, new_board(page, {"Ready": ["Alpha"]}, account="JL"))
    board.press("Alpha", "Shift+C")
    field = page.get_by_role("textbox", name="New card in Ready")
    for title in ("Bravo", "Charlie"):
        field.fill(title)
        field.press("Enter")
        expect(field).to_have_value("")
    page.get_by_role("button", name="Where in the column: Bottom").click()
    field.fill("First of all")
    field.press("Enter")
    field.press("Escape")
    board.shows({"Ready": ["First of all", "Alpha", "Bravo", "Charlie"]})
    board.equals_server()


def test_a_team_sees_its_work_over_all_initiatives_as_it_changes(sign_in: Callable[..., Page]) -> None:
    page = sign_in("zimo.qiu")
    key = new_board(page, {"Ready": ["Alpha", "Bravo"]}, account="JL")
    people = {one["name"]: one["id"] for one in ask(page, "GET", "/workspace")["people"]}
    ids = tasks_of(page, key)
    ask(page, "PATCH", f"/tasks/{ids['Alpha']}", {"owner": people["Luo Yifan"]})
    page.goto("/mine")
    page.get_by_role("button", name="Other boards").click()
    page.get_by_role("menuitem", name="Support desk").click()
    expect(page.get_by_role("heading", name="Work of Support desk", level=1)).to_be_visible()
    page.get_by_role("combobox", name="Filter").fill(f"initiative:{key}")
    expect(page.get_by_role("article")).to_have_count(1)
    expect(page.get_by_role("article", name=f"{key}-1 Alpha")).to_be_visible()

    somebody = sign_in("qiming.zhou")
    ask(somebody, "PATCH", f"/tasks/{ids['Bravo']}", {"assignees": [people["Qiu Zimo"]]})
    expect(page.get_by_role("article", name=f"{key}-2 Bravo")).to_be_visible()
    ask(somebody, "PATCH", f"/tasks/{ids['Alpha']}", {"owner": people["Zhou Qiming"]})
    expect(page.get_by_role("article", name=f"{key}-1 Alpha")).to_have_count(0)
