"""Accounts, an account, initiatives and settings: what they say, in both languages, and where they lead."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import Trouble
from tests.support.scenes import BREAKS, answered, nameless

LANGUAGES = pytest.mark.parametrize("language", ["en", "zh-Hans"])

ACCOUNT = {
    "en": {
        "path": "Accounts",
        "table": "Accounts",
        "name": "Jinlan Bank",
        "tier": "Strategic",
        "initiatives": "Initiatives",
        "initiative": "Export-delay war room",
        "health": "Off track",
        "team": "Team by function",
        "vacant": "Vacant",
        "functions": ["Account management", "Sales", "Marketing", "Support", "Operations", "Management"],
    },
    "zh-Hans": {
        "path": "大客户",
        "table": "大客户",
        "name": "锦澜银行",
        "tier": "战略",
        "initiatives": "举措",
        "initiative": "数据导出专项",
        "health": "已偏离",
        "team": "客户团队（按职能）",
        "vacant": "空缺",
        "functions": ["客户管理", "销售", "市场", "支持", "运营", "管理层"],
    },
}
SETTINGS = {
    "en": ("Settings", "Language and appearance", "Where you are signed in"),
    "zh-Hans": ("设置", "语言与外观", "登录中的设备"),
}


@LANGUAGES
def test_from_the_accounts_to_one_of_them_to_its_board(sign_in: Callable[..., Page], language: str) -> None:
    words = ACCOUNT[language]
    page = sign_in("qiming.zhou", language=language)
    page.goto("/accounts")
    row = page.get_by_role("table", name=words["table"]).get_by_role("row").filter(has_text="JL")
    expect(row).to_contain_text(words["tier"])
    row.get_by_role("link", name=words["name"]).click()

    expect(page).to_have_url(re.compile("/accounts/JL$"))
    expect(page.get_by_role("heading", name=words["name"]).first).to_be_visible()
    team = page.get_by_role("region", name=words["team"])
    for function in words["functions"]:
        expect(team.get_by_role("heading", name=function, exact=True)).to_be_visible()
    expect(team.get_by_text(words["vacant"], exact=True)).to_have_count(1)

    initiative = page.get_by_role("region", name=words["initiatives"]).get_by_role("listitem").first
    expect(initiative).to_contain_text(words["health"])
    initiative.get_by_role("link", name=words["initiative"]).click()
    expect(page).to_have_url(re.compile("/b/JL$"))
    expect(page.get_by_role("heading", name=words["initiative"], level=1)).to_be_visible()


@LANGUAGES
def test_settings_are_in_the_language_they_set(sign_in: Callable[..., Page], language: str) -> None:
    title, *panels = SETTINGS[language]
    page = sign_in("anran.xu", language=language)
    page.goto("/settings")
    expect(page.get_by_role("heading", name=title, level=1)).to_be_visible()
    for panel in panels:
        expect(page.get_by_role("region", name=panel)).to_be_visible()


def test_the_language_and_the_appearance_change_at_once_and_stay(sign_in: Callable[..., Page]) -> None:
    page = sign_in("anran.xu")
    page.goto("/accounts")
    page.get_by_role("button", name="You: Xu Anran").click()
    page.get_by_role("menuitemradio", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", "dark")
    page.get_by_role("button", name="You: Xu Anran").click()
    page.get_by_role("menuitemradio", name="简体中文").click()
    expect(page.get_by_role("heading", name="大客户", level=1)).to_be_visible()

    page.reload()
    expect(page.get_by_role("heading", name="大客户", level=1)).to_be_visible()
    expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", "dark")
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")


def test_accounts_are_found_by_name_in_either_language(sign_in: Callable[..., Page]) -> None:
    page = sign_in("zhiyuan.shen")
    page.goto("/accounts")
    rows = page.get_by_role("table", name="Accounts").get_by_role("row")
    search = page.get_by_role("searchbox", name="Search accounts")
    for words in ("jinlan", "锦澜"):
        search.fill(words)
        expect(rows).to_have_count(2)  # with the row of the headings
        expect(rows.nth(1)).to_contain_text("Jinlan Bank")
    search.fill("no such customer")
    expect(page.get_by_text("Nothing fits")).to_be_visible()


def test_initiatives_are_narrowed_down_and_lead_to_their_board(sign_in: Callable[..., Page]) -> None:
    page = sign_in("zimo.qiu")
    page.goto("/initiatives")
    table = page.get_by_role("table", name="Initiatives")
    expect(table.get_by_role("row").filter(has_text="Renewal 2027")).to_be_visible()
    page.get_by_role("button", name="I lead").click()
    expect(table.get_by_role("row").filter(has_text="Renewal 2027")).to_have_count(0)
    table.get_by_role("link", name="Export-delay war room").click()
    expect(page).to_have_url(re.compile("/b/JL$"))


def test_an_initiative_is_begun_from_its_account(sign_in: Callable[..., Page]) -> None:
    page = sign_in("qiming.zhou")
    page.goto("/accounts/QH")
    page.get_by_role("link", name="New initiative").click()
    form = page.get_by_role("dialog", name="New initiative")
    form.get_by_role("textbox", name="Name", exact=True).fill("Claims portal pilot")
    form.get_by_role("button", name="Create initiative").click()
    expect(page.get_by_role("heading", name="Nothing on this board yet")).to_be_visible()
    expect(page.get_by_role("heading", name="Claims portal pilot", level=1)).to_be_visible()


def test_what_one_may_not_see_looks_as_if_it_did_not_exist(sign_in: Callable[..., Page]) -> None:
    page = sign_in("qingyan.gu")
    for path in ("/b/JLR", "/b/NOSUCH", "/accounts/NOSUCH", "/nowhere"):
        page.goto(path)
        expect(page.get_by_text("It doesn't exist, or you don't have access to it.")).to_be_visible()


def test_a_page_that_broke_leaves_the_way_to_the_others(sign_in: Callable[..., Page], trouble: Trouble) -> None:
    page = sign_in("qiming.zhou")
    trouble.allow(BREAKS)
    answered("/accounts*", nameless)(page)
    page.goto("/accounts")
    broken = page.get_by_role("heading", name="Something broke on this page")
    expect(broken).to_be_visible()
    page.get_by_role("link", name="Settings").click()
    expect(page.get_by_role("heading", name="Language and appearance")).to_be_visible()
    expect(broken).to_have_count(0)


@pytest.mark.parametrize("times", ["first", "again"])
def test_a_board_asks_once_for_what_its_first_paint_waits_for(sign_in: Callable[..., Page], times: str) -> None:
    """The page asks before the program is here, which takes the answers."""
    page = sign_in("ruoxi.lin")
    page.goto("/accounts")
    expect(page.get_by_role("heading", name="Accounts", level=1)).to_be_visible()
    if times == "again":
        page.goto("/b/HY")
        expect(page.get_by_role("article").first).to_be_visible()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.partition("/api/v1")[2]))
    page.goto("/b/HY")
    expect(page.get_by_role("article").first).to_be_visible()
    boards = [path for path in asked if re.fullmatch(r"/projects/\d+/board", path)]
    assert [len(boards), asked.count("/me"), asked.count("/workspace")] == [1, 1, 1]
    assert asked.count("/projects/by-key/HY") == (1 if times == "first" else 0)


def test_nothing_is_asked_early_of_whoever_is_not_signed_in(new_page: Callable[..., Page]) -> None:
    page = new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.partition("/api/v1")[2]))
    page.goto("/b/HY")
    expect(page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
    assert not [path for path in asked if path in ("/me", "/workspace") or path.startswith("/projects")]


def test_a_board_is_asked_for_while_the_program_is_on_its_way(sign_in: Callable[..., Page]) -> None:
    page = sign_in("ruoxi.lin")
    page.goto("/accounts")
    expect(page.get_by_role("heading", name="Accounts", level=1)).to_be_visible()
    page.route("**/assets/main-*.js", lambda route: route.abort())
    with page.expect_request(re.compile(r"/api/v1/projects/\d+/board$")):
        page.goto("/b/HY")
