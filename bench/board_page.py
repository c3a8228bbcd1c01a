"""What the benchmarks know of the board's page: its address, and how cards and columns are marked."""

from playwright.sync_api import Page

CARD = "[data-card]"
COLUMN = "[data-column]"


def address(project_key: str) -> str:
    return f"/b/{project_key}"


def card(task_id: int) -> str:
    return f'[data-card="{task_id}"]'


def column(status_id: int) -> str:
    return f'[data-column="{status_id}"]'


def wait_for_cards(page: Page) -> None:
    page.wait_for_selector(CARD)
