"""Workflows and labels as every member of the workspace sees them."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from tracker.log.statements import compiled
from tracker.work.events import LabelRow
from tracker.work.models import Label, Status, Transition, Workflow


def status_row(status: Status) -> dict[str, Any]:
    return {
        "id": status.pk,
        "name": status.name,
        "name_zh": status.name_zh,
        "category": status.category,
        "color": status.color,
        "position": status.position,
        "limit": status.limit,
        "limit_is_hard": status.limit_is_hard,
    }


def transition_row(source: int, target: int, role: str, functions: Iterable[int]) -> dict[str, Any]:
    return {"source": source, "target": target, "functions": sorted(functions), "role": role}


def workflow_rows() -> list[dict[str, Any]]:
    """All workflows with their statuses and transitions, in a constant number of queries."""
    rows = list(Workflow.objects.prefetch_related("statuses"))
    ways: dict[int, list[dict[str, Any]]] = {row.pk: [] for row in rows}
    for way in in_order(Transition.objects.all()).prefetch_related("functions"):
        functions = [function.pk for function in way.functions.all()]
        ways[way.source.workflow_id].append(transition_row(way.source_id, way.target_id, way.role, functions))
    return [
        {**own_row(row), "statuses": list(map(status_row, row.statuses.all())), "transitions": ways[row.pk]}
        for row in rows
    ]


def workflow_row(workflow_id: int) -> dict[str, Any]:
    return {**own_row(Workflow.objects.get(pk=workflow_id)), **workflow_parts(workflow_id)}


def own_row(row: Workflow) -> dict[str, Any]:
    return {"id": row.pk, "code": row.code, "name": row.name, "name_zh": row.name_zh, "version": row.version}


def workflow_parts(workflow_id: int) -> dict[str, list[dict[str, Any]]]:
    """The `statuses` and `transitions` of one workflow: what every board is opened with."""
    functions: dict[int, list[int]] = {}
    for way, function in functions_of_ways(workflow_id=workflow_id):
        functions.setdefault(way, []).append(function)
    return {
        "statuses": list(map(status_row, statuses_of(workflow_id=workflow_id))),
        "transitions": [
            transition_row(source, target, role, functions.get(pk, []))
            for pk, source, target, role in ways_of(workflow_id=workflow_id)
        ],
    }


@compiled
def statuses_of(*, workflow_id: int) -> QuerySet[Status]:
    return Status.objects.filter(workflow=workflow_id)


@compiled
def ways_of(*, workflow_id: int) -> QuerySet[Transition, Any]:
    ways = in_order(Transition.objects.filter(source__workflow=workflow_id))
    return ways.values_list("pk", "source_id", "target_id", "role")


@compiled
def functions_of_ways(*, workflow_id: int) -> QuerySet[Any, Any]:
    rows = Transition.functions.through._default_manager.filter(transition__source__workflow=workflow_id)
    return rows.values_list("transition_id", "function_id")


def in_order(ways: QuerySet[Transition]) -> QuerySet[Transition]:
    return ways.select_related("source").order_by("source__position", "target__position", "id")


def label_row(label: Label) -> LabelRow:
    return LabelRow(id=label.pk, name=label.name, name_zh=label.name_zh, color=label.color, version=label.version)
