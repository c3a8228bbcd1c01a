"""THE permission table: every route × verb × role, and what each is answered. A route that is missing here fails.

`+` is the answer that the row names; refusals change nothing; what is hidden and what is missing look the same.
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from django.test import Client

from boards.streams import may_read, parse
from tests.support.described import openapi
from tests.support.looking import fingerprint, tables_written
from tests.support.world import ROLES, World, undone, world_for_a_module

pytestmark = pytest.mark.django_db

MISSING = 2**40

LINES = {
    #                   anon stra gues view comm memb mana a.vi a.sp a.me a.le over admi gone
    "anybody":        " +    +    +    +    +    +    +    +    +    +    +    +    +    +  ",
    "signed in":      "401   +    +    +    +    +    +    +    +    +    +    +    +   401 ",
    "member of all":  "401   +   404   +    +    +    +    +    +    +    +    +    +   401 ",
    "may begin":      "401   +   403   +    +    +    +    +    +    +    +    +    +   401 ",
    "administers":    "401  403  404  403  403  403  403  403  403  403  403  403   +   401 ",
    "sees account":   "401  404  404  404  404  404  404   +    +    +    +    +    +   401 ",
    "works on account": "401  404  404  404  404  404  404  403  403   +    +   403   +   401 ",
    "leads account":  "401  404  404  404  404  404  404  403  403  403   +   403   +   401 ",
    "sees project":   "401  404  404   +    +    +    +    +    +    +    +    +    +   401 ",
    "works":          "401  404  404  403  403   +    +   403  403   +    +   403   +   401 ",
    "manages":        "401  404  404  403  403  403   +   403  403  403   +   403   +   401 ",
    # of a hook that the initiative has
    "replays":        "401  403  404  403  403  403   +   403  403  403   +   403   +   401 ",
    # of a task that the guest was given
    "sees task":      "401  404   +    +    +    +    +    +    +    +    +    +    +   401 ",
    "comments":       "401  404   +   403   +    +    +   403   +    +    +   403   +   401 ",
    "works on it":    "401  404  403  403  403   +    +   403  403   +    +   403   +   401 ",
    "manages it":     "401  404  403  403  403  403   +   403  403  403   +   403   +   401 ",
    "only author":    "401  404  403  403   +   403  403  403  403  403  403  403  403  401 ",
    # a view that the member has shared
    "changes view":   "401  404  404  403  403   +    +   403  403  403   +   403   +   401 ",
    "author removes": "401  404  403  403   +   403   +   403  403  403   +   403   +   401 ",
}  # fmt: skip


class Row(NamedTuple):
    operation: str
    line: str
    ask: str  # verb and address, with the names of the world's ids
    body: Any = None
    ok: int = 200


TASK = "/tasks/{task}"
NO_KEYS = {"p256dh": "a", "auth": "b"}
HOOK = {"kind": "slack", "name": "Channel", "url": "http://a", "scope": "project_scope"}
VIEW = {"name": "New", "settings": {"columns": "owner", "sort": "due"}}
TABLE = [
    Row("read_status", "anybody", "GET /status"),
    Row(
        "set_up",
        "anybody",
        "POST /setup",
        {"code": "A", "email": "a@b.example", "name": "A", "password": "p" * 12},
        404,
    ),
    Row("sign_in", "anybody", "POST /session", {"email": "nobody@example.org", "password": "wrong"}, 401),
    Row("sign_out", "anybody", "DELETE /session", None, 204),
    Row("request_reset", "anybody", "POST /password-reset", {"email": "nobody@example.org"}, 204),
    Row("reset_password", "anybody", "POST /password-reset/unknown", {"password": "a long walk by the river"}, 404),
    Row("read_invitation", "anybody", "GET /invitations/{token}"),
    Row(
        "accept_invitation",
        "anybody",
        "POST /invitations/{token}",
        {"name": "N", "password": "a long walk by the river"},
    ),
    # oneself
    Row("read_me", "signed in", "GET /me"),
    Row("change_me", "signed in", "PATCH /me", {"theme": "dark"}),
    Row("change_password", "signed in", "POST /me/password", {"current_password": "x", "new_password": "y"}, 422),
    Row("list_sessions", "signed in", "GET /me/sessions"),
    Row("end_session", "signed in", "DELETE /me/sessions/{my_session}", None, 204),
    Row("read_my_events", "signed in", "GET /me/events"),
    # what one is told
    Row("read_inbox", "signed in", "GET /inbox"),
    Row("count_unread", "signed in", "GET /inbox/unread"),
    Row("triage_inbox", "sees task", "PATCH /inbox", {"subjects": ["task_subject"], "done": True}),
    Row("mute_task", "sees task", f"PUT {TASK}/mute", None, 204),
    Row("unmute_task", "sees task", f"DELETE {TASK}/mute", None, 204),
    Row("my_preferences", "signed in", "GET /me/preferences"),
    Row("set_preference", "signed in", "PUT /me/preferences", {"reason": "watching", "is_on": False}),
    # when and how one is told
    Row("my_attention", "signed in", "GET /me/attention"),
    Row("set_attention", "signed in", "PATCH /me/attention", {"bundle_minutes": 10}),
    Row("told_lately", "signed in", "GET /me/told"),
    Row("my_browsers", "signed in", "GET /me/browsers"),
    Row("add_browser", "signed in", "POST /me/browsers", {"endpoint": "http://a", "keys": NO_KEYS}, 422),
    Row("remove_browser", "signed in", "DELETE /me/browsers/{browser}", None, 404),
    Row("try_browser", "signed in", "POST /me/browsers/{browser}/test", None, 404),
    Row("list_hooks", "signed in", "GET /hooks"),
    Row("list_hooks", "manages", "GET /hooks?scope=project:{project}"),
    Row("add_hook", "signed in", "POST /hooks", {"kind": "slack", "name": "Mine", "url": "http://a"}, 422),
    Row("add_hook", "manages", "POST /hooks", HOOK, 422),
    Row("change_hook", "manages", "PATCH /hooks/{hook}", {"name": "Other"}),
    Row("remove_hook", "manages", "DELETE /hooks/{hook}", None, 204),
    Row("try_hook", "manages", "POST /hooks/{hook}/test"),
    Row("list_hook_deliveries", "manages", "GET /hooks/{hook}/deliveries"),
    Row("list_deliveries", "administers", "GET /deliveries"),
    Row("replay_delivery", "replays", "POST /deliveries/{delivery}/replay"),
    # background work
    Row("read_background_work", "administers", "GET /background-work"),
    Row("replay_work", "administers", "POST /background-work/{failed_work}/replay", None, 204),
    Row("replay_stumble", "administers", "POST /stumbles/{stumble}/replay", None, 204),
    Row("run_schedule", "administers", "POST /schedules/jobs.tidy/run", None, 204),
    # people, functions, teams
    Row("list_invitations", "administers", "GET /invitations"),
    Row("invite", "administers", "POST /invitations", {"email": "new@example.org"}, 201),
    Row("withdraw_invitation", "administers", "DELETE /invitations/{invitation}", None, 204),
    Row("add_function", "administers", "POST /functions", {"code": "new", "name": "New"}, 201),
    Row("change_function", "administers", "PATCH /functions/{function}", {"name": "Selling"}),
    Row("remove_function", "administers", "DELETE /functions/{spare_function}", None, 204),
    Row("add_team", "administers", "POST /teams", {"name": "New"}, 201),
    Row("change_team", "administers", "PATCH /teams/{team}", {"name": "Other"}),
    Row("remove_team", "administers", "DELETE /teams/{team}", None, 204),
    Row("change_person", "administers", "PATCH /people/{spare}", {"title": "Other"}),
    Row("change_person", "administers", "PATCH /people/{me}", {"is_administrator": True}),
    Row("activate_person", "administers", "POST /people/{gone_person}/activate"),
    Row("deactivate_person", "administers", "POST /people/{spare}/deactivate", {}),
    # workflows and labels
    Row("add_workflow", "administers", "POST /workflows", {"code": "new", "name": "New"}, 201),
    Row("change_workflow", "administers", "PATCH /workflows/{workflow}", {"name": "New"}),
    Row("remove_workflow", "administers", "DELETE /workflows/{workflow}", None, 204),
    Row("set_transitions", "administers", "PUT /workflows/{workflow}/transitions", {"transitions": []}),
    Row("add_status", "administers", "POST /workflows/{workflow}/statuses", {"name": "New", "category": "active"}, 201),
    Row("change_status", "administers", "PATCH /statuses/{spare_status}", {"name": "New"}),
    Row("remove_status", "administers", "DELETE /statuses/{spare_status}?move_to={second_status}"),
    Row("add_label", "member of all", "POST /labels", {"name": "New"}, 201),
    Row("change_label", "administers", "PATCH /labels/{label}", {"name": "New"}),
    Row("touched_by_status", "administers", "GET /statuses/{next_status}/touched?by=removal"),
    Row("touched_by_label", "administers", "GET /labels/{label}/touched"),
    Row("merge_label", "administers", "POST /labels/{label}/merge", {"into": "other_label"}),
    Row("remove_label", "administers", "DELETE /labels/{label}", None, 204),
    # search: what is found by whom is tested in tests/search
    Row("search", "signed in", "GET /search?q=given"),
    # accounts
    Row("list_accounts", "signed in", "GET /accounts"),
    Row("create_account", "may begin", "POST /accounts", {"code": "NEW", "name": "New"}, 201),
    Row("get_account", "sees account", "GET /accounts/{account}"),
    Row("change_account", "leads account", "PATCH /accounts/{account}", {"name": "New"}),
    Row("set_team_member", "leads account", "PUT /accounts/{account}/team/{spare}", {"role": "member"}),
    Row("remove_team_member", "leads account", "DELETE /accounts/{account}/team/{other_person}", None, 204),
    Row("set_account_team_role", "leads account", "PUT /accounts/{account}/teams/{team}", {"role": "member"}, 204),
    Row("remove_account_team_role", "leads account", "DELETE /accounts/{account}/teams/{team}", None, 204),
    Row("read_account_events", "sees account", "GET /accounts/{account}/events"),
    # initiatives
    Row("list_projects", "signed in", "GET /projects"),
    Row("create_project", "may begin", "POST /projects", {"key": "NEW", "name": "New"}, 201),
    Row("get_project", "sees project", "GET /projects/{project}"),
    Row("get_project_by_key", "sees project", "GET /projects/by-key/HY"),
    Row("change_project", "manages", "PATCH /projects/{project}", {"name": "New"}),
    Row("delete_project", "manages", "DELETE /projects/{empty_project}", None, 204),
    Row("set_project_role", "manages", "PUT /projects/{project}/people/{spare}", {"role": "member"}),
    Row("set_project_role", "manages", "PUT /projects/{project}/people/{me}", {"role": "manager"}),
    Row("remove_project_role", "manages", "DELETE /projects/{project}/people/{other_person}", None, 204),
    Row("set_project_team_role", "manages", "PUT /projects/{project}/teams/{team}", {"role": "member"}),
    Row("remove_project_team_role", "manages", "DELETE /projects/{project}/teams/{team}", None, 204),
    # boards
    Row("read_board", "sees project", "GET /projects/{project}/board"),
    Row("read_many_boards", "sees account", "GET /boards/account:{account}"),
    Row("read_many_boards", "member of all", "GET /boards/function:{function}"),
    Row("read_many_boards", "member of all", "GET /boards/team:{team}"),
    Row("read_many_boards", "signed in", "GET /boards/mine"),
    Row("read_many_boards", "signed in", "GET /boards/project:{project}", None, 404),
    Row("read_views", "sees project", "GET /boards/project:{project}/views"),
    Row("read_views", "sees account", "GET /boards/account:{account}/views"),
    Row("read_views", "member of all", "GET /boards/team:{team}/views"),
    Row("read_views", "signed in", "GET /boards/mine/views"),
    Row("add_view", "sees project", "POST /boards/project:{project}/views", VIEW, 201),
    Row("add_view", "works", "POST /boards/project:{project}/views", {**VIEW, "is_shared": True}, 201),
    Row("add_view", "signed in", "POST /boards/mine/views", VIEW, 201),
    Row("change_view", "changes view", "PATCH /views/{shared_view}", {"name": "Other"}),
    Row("remove_view", "changes view", "DELETE /views/{shared_view}", None, 204),
    Row("change_look", "sees project", "PATCH /boards/project:{project}/look", {"folded": ["column.status.1"]}),
    Row("change_look", "signed in", "PATCH /boards/mine/look", {"default": None}),
    Row("read_project_events", "sees project", "GET /projects/{project}/events"),
    Row("read_workspace", "member of all", "GET /workspace"),
    Row("read_workspace_events", "member of all", "GET /workspace/events"),
    # tasks
    Row("create_task", "works", "POST /projects/{project}/tasks", {"title": "New"}, 201),
    Row("get_task", "sees task", f"GET {TASK}"),
    Row("get_task", "sees project", "GET /tasks/{other_task}"),
    Row("get_task_by_key", "sees task", "GET /tasks/by-key/{task_key}"),
    Row("change_task", "works on it", f"PATCH {TASK}", {"title": "New"}),
    Row("change_task", "works", "PATCH /tasks/{other_task}", {"title": "New"}),
    Row("move_task", "works on it", f"PUT {TASK}/position", {"status": "next_status"}),
    Row("move_task", "works on it", f"PUT {TASK}/position", {"project": "empty_project"}),
    Row("change_tasks", "works on it", "PATCH /tasks", {"tasks": "lot", "change": {"priority": "high"}}),
    Row("change_tasks", "works", "PATCH /tasks", {"tasks": "whole_lot", "change": {"archived": True}}),
    Row("move_tasks", "works on it", "PUT /tasks/position", {"tasks": "lot", "status": "next_status"}),
    Row("create_tasks", "works", "POST /projects/{project}/tasks/many", {"tasks": [{"title": "New"}]}, 201),
    Row("undo_command", "signed in", "POST /commands/00000000-0000-4000-8000-000000000000/undo", None, 404),
    Row("undo_last", "sees project", "POST /projects/{empty_project}/undo", None, 409),
    Row("redo_last", "sees project", "POST /projects/{empty_project}/redo", None, 409),
    Row("archive_task", "works on it", f"POST {TASK}/archive"),
    Row("restore_task", "works", "POST /tasks/{archived}/restore"),
    Row("delete_task", "manages it", f"DELETE {TASK}", None, 204),
    Row("task_history", "sees task", f"GET {TASK}/history"),
    Row("add_checklist_item", "works on it", f"POST {TASK}/checklist", {"text": "New"}, 201),
    Row("change_checklist_item", "works on it", "PATCH /checklist/{item}", {"done": True}),
    Row("remove_checklist_item", "works on it", "DELETE /checklist/{item}", None, 204),
    Row("watch_task", "comments", f"PUT {TASK}/watchers/{{me}}", None, 204),
    Row("watch_task", "manages it", f"PUT {TASK}/watchers/{{other_person}}", None, 204),
    Row("unwatch_task", "sees task", f"DELETE {TASK}/watchers/{{me}}", None, 204),
    Row("unwatch_task", "manages it", f"DELETE {TASK}/watchers/{{other_person}}", None, 204),
    Row("list_comments", "sees task", f"GET {TASK}/comments"),
    Row("add_comment", "comments", f"POST {TASK}/comments", {"body": "New"}, 201),
    Row("change_comment", "only author", "PATCH /comments/{comment}", {"body": "New"}),
    Row("remove_comment", "author removes", "DELETE /comments/{comment}", None, 204),
    Row("react", "comments", "PUT /comments/{comment}/reactions/like", None, 204),
    Row("take_reaction_back", "comments", "DELETE /comments/{comment}/reactions/like", None, 204),
    Row("list_handovers", "sees task", f"GET {TASK}/handovers"),
    Row("ask_handover", "works on it", f"POST {TASK}/handovers", {"to_function": "function"}, 201),
    # nobody of this world is in the function that was asked: tests/work/test_handovers.py has its people
    Row("accept_handover", "manages", "POST /handovers/{handover}/accept"),
    Row("return_handover", "manages", "POST /handovers/{handover}/return", {"reason": "Not ours"}),
    Row("withdraw_handover", "manages", "POST /handovers/{handover}/withdraw"),
    Row("account_announcements", "sees account", "GET /accounts/{account}/announcements"),
    Row("project_announcements", "sees project", "GET /projects/{project}/announcements"),
    Row("announce_on_account", "works on account", "POST /accounts/{account}/announcements", {"title": "New"}, 201),
    Row("announce_on_project", "works", "POST /projects/{project}/announcements", {"title": "New"}, 201),
    Row("confirm_announcement", "sees project", "PUT /announcements/{announcement}/read", None, 204),
    Row("remove_announcement", "manages", "DELETE /announcements/{announcement}", None, 204),
    Row("card_from_checklist_item", "works on it", "POST /checklist/{item}/card", None, 201),
    Row("duplicate_task", "works on it", f"POST {TASK}/duplicate", {"parts": ["people", "files"]}, 201),
    Row("list_related", "sees task", f"GET {TASK}/related"),
    Row("relate_task", "works", f"PUT {TASK}/related/{{other_task}}", None, 204),
    Row("unrelate_task", "works", f"DELETE {TASK}/related/{{other_task}}", None, 204),
    Row("list_files", "sees task", f"GET {TASK}/files"),
    Row("add_file", "comments", f"POST {TASK}/files", "a file", 201),
    Row("get_file", "sees task", "GET /files/{file}"),
    Row("get_small_picture", "sees task", "GET /files/{file}/small"),
    Row("remove_file", "author removes", "DELETE /files/{file}", None, 204),
]

# Who may follow which stream over the socket. Its messages carry nothing that changes anything.
STREAMS = {
    "workspace": "member of all",
    "project:{project}": "sees project",
    "account:{account}": "sees account",
    "user:{me}": "signed in",
    "user:{spare}": "nobody",
}


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[World]:
    """One for the whole table: each request is taken back."""
    with django_db_blocker.unblock():
        yield from world_for_a_module(tmp_path_factory.mktemp("files"))


def operations() -> dict[str, tuple[str, str]]:
    """Every operation that the API describes: verb and address."""
    paths = openapi()["paths"]
    return {op["operationId"]: (verb.upper(), path) for path, verbs in paths.items() for verb, op in verbs.items()}


def ask(world: World, role: str, row: Row, names: dict[str, Any], key: str | None = None) -> Any:
    verb, address = row.ask.format(**names).split(" ")
    asking = world.asking(role)
    headers = {"Idempotency-Key": key} if key else {}
    if row.body == "a file":
        from django.core.files.uploadedfile import SimpleUploadedFile

        return asking.client.post(
            f"/api/v1{address}", {"file": SimpleUploadedFile("a.txt", b"some text")}, headers=headers
        )
    body = row.body
    if isinstance(body, dict):
        body = {name: named(value, names) for name, value in body.items()}
    return asking.send(verb, address, body, **headers)


def named(value: Any, names: dict[str, Any]) -> Any:
    """The world's id where a body names one."""
    if isinstance(value, list):
        return [named(one, names) for one in value]
    return names.get(value, value) if isinstance(value, str) else value


def test_every_route_is_in_the_table_and_every_row_is_a_route() -> None:
    known = operations()
    assert set(known) == {row.operation for row in TABLE}
    for row in TABLE:
        verb, path = known[row.operation]
        address = re.escape(f"{verb} {path.removeprefix('/api/v1')}")
        assert re.fullmatch(re.sub(r"\\\{[^/]*?\\\}", "[^/?]+", address) + r"(\?.*)?", row.ask), row.ask
    assert all(len(line.split()) == len(ROLES) for line in LINES.values())


@pytest.mark.parametrize("row", TABLE, ids=[f"{row.ask.split('?')[0]} {row.line}" for row in TABLE])
def test_permissions(world: World, row: Row) -> None:
    expected = dict(zip(ROLES, LINES[row.line].split(), strict=True))
    answered = {}
    before = fingerprint()
    for role in ROLES:
        names = world.names_for(role)
        with undone():
            with tables_written() as written:
                answer = ask(world, role, row, names)
            answered[role] = str(answer.status_code)
            if answer.status_code >= 400 or row.ask.startswith("GET"):
                assert fingerprint(written).items() <= before.items(), f"{role}: refused, but something changed"
            if answer.status_code >= 400:
                assert set(answer.json()) == {"code", "message", "field", "detail"}
    assert answered == {role: str(row.ok) if status == "+" else status for role, status in expected.items()}


@pytest.mark.parametrize(
    "row", [row for row in TABLE if LINES[row.line].split()[1] == "404" and "{" in row.ask], ids=lambda row: row.ask
)
def test_hidden_looks_like_missing(world: World, row: Row) -> None:
    """Byte for byte, for the stranger and for the guest."""
    names = world.names_for("stranger")
    never = {name: "HY-99999999" if name == "task_key" else MISSING for name in names}
    for role in ("stranger", "guest"):
        with undone():
            hidden, missing = ask(world, role, row, names), ask(world, role, row, never)
        if hidden.status_code == 404:
            assert (missing.status_code, missing.content) == (404, hidden.content)
            assert headers_of(missing) == headers_of(hidden)


def headers_of(answer: Any) -> dict[str, str]:
    """All but the request's own id."""
    return {name: value for name, value in answer.headers.items() if name != "X-Request-ID"}


@pytest.mark.parametrize(
    "row",
    [row for row in TABLE if not row.ask.startswith("GET")],
    ids=[r.ask for r in TABLE if not r.ask.startswith("GET")],
)
def test_nothing_changes_without_the_token_of_our_own_page(world: World, row: Row) -> None:
    """Another site can make the browser send its cookies, but not the token (c34, X9)."""
    before = fingerprint()
    verb, address = row.ask.format(**world.names_for("administrator")).split(" ")
    client = Client(enforce_csrf_checks=True)
    client.cookies = world.cookies["administrator"].copy()
    with undone():
        answer = client.generic(
            verb, f"/api/v1{address}", b"{}", "application/json", headers={"Origin": "https://evil.example"}
        )
        assert (answer.status_code, answer.json()["code"]) == (403, "csrf")
        assert fingerprint() == before


@pytest.mark.parametrize("name", STREAMS)
def test_who_may_follow_a_stream(world: World, name: str) -> None:
    """The socket's own rule, and that of its messages, is `may_read`; see tests/boards for the frames themselves."""
    line = LINES.get(STREAMS[name], " ".join(["404"] * len(ROLES))).split()
    for role, status in zip(ROLES, line, strict=True):
        if person := world.people.get(role):
            person.refresh_from_db()
            stream = parse(name.format(**world.names_for(role)))
            assert stream is not None
            assert may_read(person, stream) is (status == "+"), role
