"""What nobody expects: every operation is asked by schemathesis, with what its description allows and with what it does not.

An administrator asks, over one of everything. No answer is a 5xx, every answer is one that the API's description names,
with the body that it names, and what is refused changes nothing. Each request is taken back.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.support.described import openapi
from tests.support.looking import fingerprint, tables_written
from tests.support.world import World, undone, world_for_a_module
from tracker.config.wsgi import application

pytestmark = pytest.mark.django_db

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
TOKEN = "t" * 32
EXAMPLES = 20
# The names that addresses use → what is there under them.
THERE = {
    "browser_id": ["browser"], "delivery_id": ["delivery"], "hook_id": ["hook"], "stumble_id": ["stumble"],
    "account_id": ["account"], "comment_id": ["comment"], "file_id": ["file"], "function_id": ["function", "spare_function"],
    "invitation": ["token", "invitation"], "item_id": ["item"], "key": ["task_key", "project_key"], "label_id": ["label"],
    "person_id": ["spare", "other_person", "gone_person", "me"], "project_id": ["project", "empty_project"],
    "session_id": ["my_session"], "status_id": ["spare_status", "status"], "task_id": ["task", "archived", "other_task"],
    "team_id": ["team"], "workflow_id": ["workflow"],
}  # fmt: skip


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[World]:
    with django_db_blocker.unblock():
        yield from world_for_a_module(tmp_path_factory.mktemp("files"))


def from_somewhere(environ: dict[str, Any], start_response: Any) -> Any:
    return application({**environ, "REMOTE_ADDR": "203.0.113.9"}, start_response)


def described() -> Any:
    schema = schemathesis.openapi.from_dict(openapi())
    schema.app = from_somewhere
    return schema


SCHEMA = described()
OPERATIONS = {found.ok().definition.raw["operationId"]: found.ok() for found in SCHEMA.get_all_operations()}


def as_administrator(world: World) -> dict[str, dict[str, str]]:
    session = world.cookies["administrator"]["sessionid"].value
    return {
        "headers": {"X-CSRFToken": TOKEN, "Accept-Encoding": "identity"},
        "cookies": {"sessionid": session, "csrftoken": TOKEN},
    }


@contextmanager
def on_the_connection_of_the_test() -> Iterator[None]:
    """A request must not close it when it ends."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


def cases(operation: Any, world: World) -> st.SearchStrategy[Any]:
    """What the description allows and what it does not; mostly about things that are there."""
    modes = [operation.as_strategy(generation_mode=mode) for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)]
    names = world.names_for("administrator")

    def with_known_ids(triple: tuple[Any, bool, int]) -> Any:
        case, known, which = triple
        for name in case.path_parameters or {}:
            if known and name in THERE:
                case.path_parameters[name] = names[THERE[name][which % len(THERE[name])]]
        return case

    known = st.sampled_from([True, True, True, False])
    return st.tuples(st.one_of(modes), known, st.integers(0, 11)).map(with_known_ids)


@pytest.mark.parametrize("name", OPERATIONS)
def test_operation(world: World, name: str) -> None:
    operation, before = OPERATIONS[name], fingerprint()
    answered = set()

    @settings(
        max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck), print_blob=True
    )
    @given(case=cases(operation, world))
    def ask(case: Any) -> None:
        with undone(), on_the_connection_of_the_test():
            with tables_written() as written:
                response = case.call(**as_administrator(world))
            answered.add(response.status_code)
            case.validate_response(response, checks=CHECKS)
            if response.status_code >= 400:
                assert fingerprint(written).items() <= before.items(), f"{response.status_code}, but something changed"

    ask()
    assert answered - {401, 403}, "nobody was let in, so nothing was tried"
