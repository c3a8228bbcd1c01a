"""What administrators keep, with what a change touches said before it; and everybody's own page."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.board import Board, new_board, snapshot
from tests.support.browser import ask


def test_a_limit_says_which_cards_it_touches_before_it_is_set(sign_in: Callable[..., Page]) -> None:
    page = sign_in("zhiyuan.shen")
    flow = ask(page, "POST", "/workflows", {"code": "narrow", "name": "Narrow", "name_zh": "窄流程"})["id"]
    column = ask(page, "GET", "/workspace")["workflows"]
    statuses = sorted(next(one for one in column if one["id"] == flow)["statuses"], key=lambda one: one["position"])
    name = statuses[0]["name"]
    key = new_board(page, {name: ["One", "Two", "Three"]}, workflow=flow)

    page.goto("/settings/workflows")
    page.get_by_role("button", name="Narrow").click()
    page.get_by_role("button", name=f"Edit {name}").click()
    dialog = page.get_by_role("dialog", name="Edit status")
    touched = dialog.get_by_role("region", name="What this touches")
    expect(touched).to_have_count(0)
    dialog.get_by_label("Limit", exact=True).fill("2")
    expect(touched).to_contain_text("1 card")
    expect(touched.get_by_role("listitem").filter(has_text="Three")).to_be_visible()
    expect(touched.get_by_role("link", name=f"{key}-3")).to_be_visible()
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("listitem").filter(has_text=name).first).to_contain_text("up to 2 cards")

    board = Board(page, key)
    expect(board.column(name).get_by_text("3 / 2, over limit")).to_be_visible()


def test_two_labels_become_one_on_cards_and_in_filters(sign_in: Callable[..., Page]) -> None:
    page = sign_in("zhiyuan.shen")
    old, new = (ask(page, "POST", "/labels", {"name": name}) for name in ("Go-live old", "Go-live new"))
    key = new_board(page, {"Doing": ["Alpha", "Bravo"]})
    board = snapshot(page, key)
    tasks = [row[board["tasks"]["columns"].index("id")] for row in board["tasks"]["rows"]]
    ask(page, "PATCH", f"/tasks/{tasks[0]}", {"labels": [old["id"]]})
    settings = {"columns": "status", "lanes": "", "sort": "rank", "filter": 'label:"Go-live old"', "hidden": []}
    reference = f"project:{ask(page, 'GET', f'/projects/by-key/{key}')['id']}"
    ask(page, "POST", f"/boards/{reference}/views", {"name": "Live soon", "settings": settings, "is_shared": False})

    page.goto("/settings/labels")
    page.get_by_role("button", name="Merge Go-live old into another label").click()
    dialog = page.get_by_role("dialog", name="Merge “Go-live old” into another label")
    expect(dialog.get_by_role("region", name="What this touches")).to_contain_text(f"{key}-1")
    dialog.get_by_role("button", name="Merge").click()
    expect(dialog.get_by_text("Choose the label that stays.")).to_be_visible()
    dialog.get_by_role("button", name=re.compile("^Into: ")).click()
    page.get_by_role("option", name="Go-live new").click()
    dialog.get_by_role("button", name="Merge").click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("listitem").filter(has_text="Go-live old")).to_have_count(0)

    assert ask(page, "GET", f"/tasks/{tasks[0]}")["labels"] == [new["id"]]
    page.goto(f"/b/{key}")
    page.get_by_role("button", name="View: Standard").click()
    page.get_by_role("menuitemradio", name="Live soon").click()
    expect(page.get_by_role("combobox", name="Filter")).to_have_value('label:"Go-live new"')
    expect(page.get_by_role("article")).to_have_count(1)


def test_ones_own_name_language_time_zone_and_appearance(sign_in: Callable[..., Page]) -> None:
    page, other = sign_in("yifan.luo"), sign_in("zhiyuan.shen")
    page.goto("/settings/profile")
    page.get_by_role("textbox", name="Name", exact=True).fill("Luo Yi-Fan")
    page.get_by_role("textbox", name="Chinese name").fill("罗逸帆")
    page.get_by_role("button", name="Save").first.click()
    expect(page.get_by_role("status").filter(has_text="Saved")).to_be_visible()

    page.get_by_role("button", name=re.compile("^Time zone: ")).click()
    page.get_by_role("combobox", name="Search").fill("Lisbon")
    page.get_by_role("option", name="Europe/Lisbon").click()
    expect(page.get_by_role("button", name="Time zone: Europe/Lisbon")).to_be_visible()
    page.get_by_role("button", name=re.compile("^Appearance: ")).click()
    page.get_by_role("option", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    tab = page.context.new_page()  # which follows what is chosen in the first one
    tab.goto("/accounts")
    expect(tab.get_by_role("heading", name="Accounts", level=1)).to_be_visible()
    page.get_by_role("button", name="Language: English").click()
    page.get_by_role("option", name="简体中文").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    expect(tab.get_by_role("heading", name="大客户", level=1)).to_be_visible()
    page.get_by_role("button", name=re.compile("^外观: ")).click()
    page.get_by_role("option", name="浅色").click()
    expect(tab.locator("html")).to_have_attribute("data-theme", "light")
    page.get_by_role("button", name=re.compile("^外观: ")).click()
    page.get_by_role("option", name="深色").click()
    expect(tab.locator("html")).to_have_attribute("data-theme", "dark")
    page.reload()
    expect(page.get_by_role("button", name="时区: Europe/Lisbon")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")

    me = ask(page, "GET", "/me")
    assert (me["name"], me["time_zone"], me["language"], me["theme"]) == (
        "Luo Yi-Fan",
        "Europe/Lisbon",
        "zh-Hans",
        "dark",
    )
    other.goto(f"/people/{me['id']}")
    expect(other.get_by_role("heading", name="Luo Yi-Fan", level=1)).to_be_visible()
    expect(other.get_by_role("main")).to_contain_text("Lisbon")
    undo = {"name": "Luo Yifan", "name_zh": "罗一帆", "time_zone": "Asia/Shanghai", "theme": "system"}
    ask(page, "PATCH", "/me", undo)
