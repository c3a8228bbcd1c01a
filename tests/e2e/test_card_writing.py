"""Writing on a card: what a description may hold, the order of a checklist, and who else is at it."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.e2e.test_card_files import give, photo
from tests.e2e.test_card_sheet import STEPS, new_card, sheet
from tests.e2e.test_card_text import described, editor
from tests.support.browser import ask
from tests.support.waiting import wait_until


def test_a_link_a_pasted_picture_and_a_table_stay_in_a_description(sign_in: Callable[..., Page]) -> None:
    page = sign_in("qiming.zhou")
    key = new_card(page)
    card = sheet(page, key)
    area = editor(card, "Write")
    area.press_sequentially("As in the offer")
    page.keyboard.press("ControlOrMeta+Shift+ArrowLeft")
    card.get_by_role("button", name="Link", exact=True).click()
    card.get_by_role("textbox", name="Address of the link").fill("example.org/offer")
    page.keyboard.press("Enter")
    expect(area).to_be_focused()
    page.keyboard.press("ArrowRight")
    # The editor hears of the new selection a moment after the key.
    wait_until(lambda: page.evaluate("getSelection().isCollapsed"), "nothing to be chosen any more")
    page.keyboard.press("Enter")
    give(area, "paste", "roof.jpg", "image/jpeg", photo())
    expect(area.get_by_role("img", name="roof.jpg")).to_be_visible()
    page.keyboard.press("Enter")
    card.get_by_role("button", name="Table").click()
    for words in ("Plant", "Tablets", "Since"):
        page.keyboard.type(words)
        page.keyboard.press("Tab")
    page.keyboard.type("Plant 3")
    card.get_by_role("button", name="Table").click()
    page.get_by_role("menuitem", name="Delete the row").click()
    card.get_by_role("button", name="Save").click()
    expect(card.get_by_role("button", name="Edit").first).to_be_visible()

    page.reload()
    expect(card.get_by_role("link", name="offer")).to_have_attribute("href", "https://example.org/offer")
    picture = card.get_by_role("img", name="roof.jpg").first
    assert picture.evaluate("(img) => img.decode().then(() => img.naturalWidth)") > 0
    table = card.get_by_role("table")
    expect(table.get_by_role("columnheader")).to_have_text(["Plant", "Tablets", "Since"])
    expect(table.get_by_role("row")).to_have_count(2)
    assert "As in the [offer](https://example.org/offer)" in described(page, key)
    expect(card.get_by_role("region", name="Files").get_by_role("listitem")).to_have_count(1)


def test_steps_are_put_in_order_by_the_handle_with_keys_and_the_pointer(sign_in: Callable[..., Page]) -> None:
    page, other = sign_in("qiming.zhou"), sign_in("zimo.qiu")
    key = new_card(page)
    task = ask(page, "GET", f"/tasks/by-key/{key}")["id"]
    ask(page, "POST", f"/tasks/{task}/checklist", {"text": "Tell everybody"})
    bank, note, tell = [*STEPS, "Tell everybody"]
    mine, theirs = sheet(page, key), sheet(other, key)

    def stands(*steps: str) -> None:
        for card in (mine, theirs):
            lines = card.get_by_role("region", name="Checklist").get_by_role("checkbox")
            expect(lines).to_have_count(len(steps))
            for line, step in zip(lines.all(), steps, strict=True):
                expect(line).to_have_accessible_name(step)

    def handle(step: str) -> Locator:
        return mine.get_by_role("button", name=f"Move “{step}”: arrow keys, or drag")

    handle(bank).press("ArrowDown")
    stands(note, bank, tell)
    expect(handle(bank)).to_be_focused()
    page.keyboard.press("ArrowDown")
    stands(note, tell, bank)
    page.keyboard.press("ArrowDown")  # already the last
    page.keyboard.press("ArrowUp")
    stands(note, bank, tell)

    handle(note).hover()
    page.mouse.down()
    last = mine.get_by_role("listitem").filter(has=page.get_by_role("checkbox", name=tell))

    def aim() -> bool:
        box = last.bounding_box()
        assert box is not None
        for nudge in (0, 4):
            page.mouse.move(box["x"] + 30 + nudge, box["y"] + box["height"] * 0.8, steps=4)
        return last.get_attribute("data-edge") == "below"

    wait_until(aim, "the place below the last step to be marked")
    page.mouse.up()
    stands(bank, tell, note)
    expect(theirs.get_by_role("region", name="History")).to_contain_text(f"Zhou Qiming moved “{bank}” within")


def test_each_sees_who_has_the_card_open_and_who_is_writing(sign_in: Callable[..., Page]) -> None:
    qiming, zimo = sign_in("qiming.zhou"), sign_in("zimo.qiu", language="zh-Hans")
    key = new_card(qiming)
    mine = sheet(qiming, key)
    expect(mine.get_by_role("region", name="Comments")).to_be_visible()
    expect(mine.get_by_text("has it open")).to_have_count(0)
    zimo.goto(f"/b/{key.rpartition('-')[0]}/{key}")
    theirs = zimo.get_by_role("dialog", name=f"任务{key}")
    expect(mine.get_by_text("Qiu Zimo has it open")).to_be_visible()
    expect(theirs.get_by_text("周启明也在看")).to_be_visible()

    mine.get_by_label("Write a comment").press_sequentially("Half a th")
    expect(theirs.get_by_role("status").filter(has_text="周启明正在输入…")).to_be_visible()
    mine.get_by_label("Write a comment").fill("")
    expect(theirs.get_by_text("正在输入")).to_have_count(0)
    theirs.get_by_label("写评论").press_sequentially("好")
    expect(mine.get_by_role("status").filter(has_text="Qiu Zimo is writing …")).to_be_visible()
    zimo.keyboard.press("ControlOrMeta+Enter")
    expect(mine.get_by_text("is writing")).to_have_count(0)
    expect(mine.get_by_role("region", name="Comments").get_by_text("好", exact=True)).to_be_visible()

    zimo.keyboard.press("Escape")
    zimo.keyboard.press("Escape")
    expect(theirs).to_have_count(0)
    expect(mine.get_by_text("has it open")).to_have_count(0)
