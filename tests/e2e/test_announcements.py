"""What is announced on an initiative reaches everybody, and all see who has read it."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.board import Board, new_board
from tests.support.browser import ask


def test_an_announcement_is_read_live_over_the_board_and_confirmed(sign_in: Callable[..., Page]) -> None:
    lead, supporter = sign_in("ruoxi.lin"), sign_in("yifan.luo", language="zh-Hans")
    key = new_board(lead, {"Ready": ["Tablets"]}, account="HY")
    project = ask(lead, "GET", f"/projects/by-key/{key}")["id"]
    ask(lead, "PUT", f"/projects/{project}/people/{ask(supporter, 'GET', '/me')['id']}", {"role": "member"})
    supporter.goto(f"/b/{key}")
    expect(supporter.get_by_role("article", name="Tablets")).to_be_visible()

    lead.goto(f"/initiatives/{key}/settings")
    panel = lead.get_by_role("region", name="Announcements")
    panel.get_by_role("button", name="Announce").click()
    form = lead.get_by_role("dialog", name="Announce")
    form.get_by_role("textbox", name="What everybody should know").fill("Plant 4 moves to January")
    form.get_by_role("textbox", name="The details").fill("The **VPN accounts** are late.")
    form.get_by_role("button", name="Announce").click()
    expect(panel.get_by_role("listitem").filter(has_text="Plant 4 moves to January")).to_be_visible()
    readers = panel.get_by_role("button", name=re.compile("have read it"))
    before = readers.inner_text()

    bar = supporter.get_by_role("region", name="公告")
    expect(bar).to_contain_text("林若溪发布了公告：Plant 4 moves to January")
    bar.get_by_role("button", name="查看").click()
    shown = supporter.get_by_role("dialog", name="公告")
    expect(shown.get_by_text("VPN accounts")).to_be_visible()
    shown.get_by_role("button", name="我已阅读").click()
    expect(bar).to_have_count(0)

    lead.reload()
    expect(readers).not_to_have_text(before)
    readers.click()
    expect(lead.get_by_role("dialog").get_by_text("Luo Yifan")).to_be_visible()
    supporter.goto("/inbox")
    expect(supporter.get_by_text("林若溪发布了公告：Plant 4 moves to January")).to_be_visible()
    assert Board(lead, key).seen()["Ready"] == ["Tablets"]
