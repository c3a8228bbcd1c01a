"""What is found, in which order, and what is not: on both databases."""

import pytest

from tests.factories import AccountFactory, ProjectFactory, TaskFactory, UserFactory
from tests.search.conftest import Find, joined
from tests.support.asking import Asking
from tracker.accounts.services import change_account, create_account
from tracker.errors import Refused
from tracker.log.change import change
from tracker.people.models import User
from tracker.search.selectors import search
from tracker.work.models import Project
from tracker.work.services.checklist import add_item, change_item
from tracker.work.services.comments import add_comment, change_comment, remove_comment
from tracker.work.services.moves import move_task
from tracker.work.services.projects import change_project, create_project
from tracker.work.services.tasks import archive_task, change_task, create_task, delete_task

pytestmark = pytest.mark.django_db


@pytest.fixture
def project(mei: User) -> Project:
    return ProjectFactory(key="JL", people={mei: "manager"})


@pytest.mark.parametrize(
    ("title", "typed"),
    [
        ("停导出任务，部署", "导"),
        ("停导出任务，部署", "导出任务"),
        ("停导出任务，部署", "署"),
        ("停导出任务，部署", "部署 导出"),
        ("Roll patch to production", "prod"),
        ("Roll patch to production", "PATCH roll"),
        ("Roll patch to production", "ｐａｔｃｈ"),
        ("Café Zürich", "zurich cafe"),
        ("修复CIO周报v2", "cio周报"),
        ("首次响应C-01并确认", "C-01"),
        ("𠮷野家上线", "𠮷"),
        ("用补丁版本重放30晚", "重放 30"),
    ],
)
def test_a_title_is_found(mei: User, project: Project, find: Find, title: str, typed: str) -> None:
    create_task(actor=mei, project_id=project.pk, title="Something else 别的")
    create_task(actor=mei, project_id=project.pk, title=title)
    (found,) = find(mei, typed)
    assert found.replace("[", "").replace("]", "") == title
    assert "[" in found


@pytest.mark.parametrize("typed", ["出导", "导署", "roduction", "patch export", "p"])
def test_what_is_not_there_is_not_found(mei: User, project: Project, find: Find, typed: str) -> None:
    create_task(actor=mei, project_id=project.pk, title="停导出任务，部署 Roll patch to production")
    assert find(mei, typed) == []


@pytest.mark.parametrize(
    "typed",
    ['"', "'", "*", "(", "a* OR b", "NEAR(a b)", "body : secret", "-a", "^a", "a AND", "' | '", "\\", ":*", "<->", "!",
     "%", "_", "a:b:c", "😀", "\u202e", "，。", " ", "{head} : a", "a';--"],
)  # fmt: skip
def test_signs_mean_nothing(mei: User, project: Project, find: Find, typed: str) -> None:
    create_task(actor=mei, project_id=project.pk, title="Nothing of that kind")
    assert find(mei, typed) == []


def test_words_may_be_all_over_a_card(mei: User, project: Project, find: Find) -> None:
    task = create_task(actor=mei, project_id=project.pk, title="Offer", fields={"description": "For **Jinlan**"})
    add_item(actor=mei, task_id=task.pk, text="附上报价单")
    assert find(mei, "offer jinlan 报价") == ["[Offer]"]
    assert find(mei, "报价", show="excerpt") == ["附上[报价]单"]


def test_a_word_of_one_line_is_not_followed_by_that_of_the_next(mei: User, project: Project, find: Find) -> None:
    create_task(actor=mei, project_id=project.pk, title="导", checklist=["出口", "Plan c", "01 first"])
    assert find(mei, "导出") == []
    assert find(mei, "c-01") == []


def test_titles_come_before_texts_and_the_latest_first(mei: User, project: Project, find: Find) -> None:
    for title, text in (("Old export", ""), ("Letter", "about the export"), ("New export", ""), ("Memo", "export")):
        create_task(actor=mei, project_id=project.pk, title=title, fields={"description": text})
    assert find(mei, "export") == ["New [export]", "Old [export]", "Memo", "Letter"]
    groups = search(viewer=mei, typed="export", kinds=["card"], limit=3)
    assert ([joined(item["title"]) for item in groups[0]["items"]], groups[0]["more"]) == (
        ["New [export]", "Old [export]", "Memo"], True,
    )  # fmt: skip


@pytest.mark.parametrize("typed", ["JL-1", "jl1", "jl 1", "ＪＬ-１", "jl#1"])
def test_a_key_comes_first(mei: User, project: Project, typed: str) -> None:
    wanted = create_task(actor=mei, project_id=project.pk, title="Offer")
    create_task(actor=mei, project_id=project.pk, title="What JL 1 jl1 says")
    items = search(viewer=mei, typed=typed, kinds=["card"], limit=5)[0]["items"]
    assert next((item["id"], item["exact"]) for item in items) == (wanted.pk, True)
    assert not any(item["exact"] for item in items[1:])


def test_a_key_from_before_leads_to_where_the_card_is(mei: User, project: Project) -> None:
    other = ProjectFactory(key="HY", people={mei: "manager"}, workflow=project.workflow)
    task = create_task(actor=mei, project_id=project.pk, title="Offer")
    move_task(actor=mei, task_id=task.pk, project=other.pk)
    (item,) = search(viewer=mei, typed="jl-1", kinds=["card"], limit=5)[0]["items"]
    assert (item["key"], item["where"], item["exact"]) == ("HY-1", other.name, True)


def test_accounts_initiatives_and_people_by_code_and_by_both_names(mei: User, find: Find) -> None:
    account = create_account(actor=mei, code="JL", name="Jinlan Bank", fields={"name_zh": "锦澜银行"})
    create_account(actor=mei, code="XJL", name="Not JL", fields={})
    create_project(actor=mei, key="JLR", name="Renewal 2027", fields={"name_zh": "续约", "account": account.pk})
    UserFactory(name="Gone Mei", is_active=False)
    assert find(mei, "jl", kinds=["account"]) == ["Jinlan Bank", "Not [JL]"]
    assert find(mei, "澜银", kinds=["account"], show="excerpt") == ["锦[澜银]行"]
    assert find(mei, "续", kinds=["initiative"], show="excerpt") == ["[续]约"]
    assert find(mei, "jlr", kinds=["initiative"]) == ["Renewal 2027"]
    change_project(actor=mei, project_id=Project.objects.get(key="JLR").pk, fields={"name": "Renewal 2028"})
    assert find(mei, "renewal 2027") == []
    change_account(actor=mei, account_id=account.pk, fields={"name_zh": "金澜银行"})
    assert find(mei, "锦澜") == []
    assert find(mei, "金澜") == ["Jinlan Bank"]


def test_people_are_found_by_name_title_and_address(mei: User, find: Find) -> None:
    from tracker.search.services import enter

    enter("person", [mei.pk, UserFactory(name="Mei Gone", is_active=False).pk])
    for typed in ("mei", "陈梅", "梅", "plann", "mei@example.org"):
        assert [name.replace("[", "").replace("]", "") for name in find(mei, typed, kinds=["person"])] == ["Mei Chen"]


def test_the_index_follows_every_change_of_a_text(mei: User, project: Project, find: Find) -> None:
    task = create_task(actor=mei, project_id=project.pk, title="Alpha")
    change_task(actor=mei, task_id=task.pk, fields={"title": "Beta"})
    assert (find(mei, "alpha"), find(mei, "beta")) == ([], ["[Beta]"])
    item = add_item(actor=mei, task_id=task.pk, text="gamma")
    assert find(mei, "gamma") == ["Beta"]
    change_item(actor=mei, item_id=item.pk, fields={"text": "delta"})
    assert (find(mei, "gamma"), find(mei, "delta")) == ([], ["Beta"])
    comment = add_comment(actor=mei, task_id=task.pk, body="epsilon [@Li](/people/7)")
    assert find(mei, "epsilon", show="excerpt") == ["[epsilon] @Li"]
    assert find(mei, "people") == []
    change_comment(actor=mei, comment_id=comment.pk, body="zeta")
    assert (find(mei, "epsilon"), find(mei, "zeta")) == ([], ["Beta"])
    remove_comment(actor=mei, comment_id=comment.pk)
    assert find(mei, "zeta") == []
    archive_task(actor=mei, task_id=task.pk)
    (group,) = search(viewer=mei, typed="beta", kinds=["card"], limit=5)
    assert group["items"][0]["is_archived"]
    delete_task(actor=mei, task_id=task.pk)
    assert find(mei, "beta") == []


def test_refused_changes_leave_the_index_as_it_was(mei: User, project: Project, find: Find) -> None:
    task = create_task(actor=mei, project_id=project.pk, title="Alpha")
    with pytest.raises(Refused):
        rename_and_label(mei, task.pk, "Beta", label=2**40)
    assert (find(mei, "alpha"), find(mei, "beta")) == (["[Alpha]"], [])


def rename_and_label(actor: User, task: int, title: str, *, label: int) -> None:
    with change(actor=actor):
        change_task(actor=actor, task_id=task, fields={"title": title})
        change_task(actor=actor, task_id=task, fields={"labels": [label]})


def test_a_long_text_is_found_by_its_beginning(mei: User, project: Project, find: Find) -> None:
    text = "开始 " + "数据导出很慢 " * 7_000
    create_task(actor=mei, project_id=project.pk, title="Long", fields={"description": text[:50_000]})
    assert find(mei, "开始 导出很慢") == ["Long"]


# --- over HTTP ---------------------------------------------------------------------------------------------------


def test_the_answer(mei: User, project: Project) -> None:
    account = AccountFactory(code="JLB", name="Jinlan", name_zh="锦澜")
    Project.objects.filter(pk=project.pk).update(account=account)
    task = create_task(actor=mei, project_id=project.pk, title="导出 offer")
    answer = Asking(mei).get("/search?q=导出")
    assert answer.status_code == 200
    (group,) = answer.json()["groups"]
    assert (group["kind"], group["more"]) == ("card", False)
    item = group["items"][0]
    assert item | {"at": None} == {
        "kind": "card", "id": task.pk, "key": "JL-1", "title": [{"text": "导出", "hit": True}, {"text": " offer", "hit": False}],
        "excerpt": [], "where": project.name, "person": None, "status": {"category": "ready", "color": "grey"},
        "at": None, "is_archived": False, "exact": False,
    }  # fmt: skip
    assert Asking(mei).get("/search?q=导出&kinds=comment,person").json() == {"groups": []}
    assert Asking(mei).get("/search?q=").json() == {"groups": []}


@pytest.mark.parametrize(
    "query", ["", "q=a&kinds=secret", "q=a&limit=0", "q=a&limit=101", "q=" + "a" * 201, "q=a&kinds=" + "card," * 30]
)
def test_what_does_not_fit_is_refused(mei: User, query: str) -> None:
    assert Asking(mei).get(f"/search?{query}").status_code == 400


def test_a_search_costs_the_same_however_much_is_found(
    mei: User, project: Project, django_assert_max_num_queries
) -> None:
    for number in range(12):
        task = create_task(actor=mei, project_id=project.pk, title=f"Export {number}")
        add_comment(actor=mei, task_id=task.pk, body="export")
    TaskFactory(project=project)
    asking = Asking(mei)
    asking.get("/search?q=export")
    with django_assert_max_num_queries(20):
        assert len(asking.get("/search?q=export&limit=10").json()["groups"]) == 2
