"""Initiatives as people may see them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from tracker.errors import NotFound
from tracker.log.statements import compiled
from tracker.people import access
from tracker.people.models import User
from tracker.work.models import Project, Status, Task
from tracker.work.models.workflows import CLOSED


def projects_for(viewer: User) -> QuerySet[Project]:
    return access.visible(viewer, Project)


def find_project(*, viewer: User, project_id: int) -> Project:
    """One initiative. Raises NotFound where it is hidden or missing."""
    project = projects_for(viewer).select_related("account").filter(pk=project_id).first()
    if project is None:
        raise NotFound
    return project


def project_for(viewer: User, project_id: int) -> Project | None:
    """The initiative with its account and workflow, if there is one, and what the viewer holds on it: for `abilities_in`."""
    return next(iter(project_and_held(project_id=project_id, viewer_id=viewer.pk)), None)


@compiled
def project_and_held(*, project_id: int, viewer_id: int) -> QuerySet[Project]:
    projects = Project.objects.select_related("account", "workflow").filter(pk=project_id)
    return access.with_held(projects, viewer_id, "project")


def matching(
    projects: QuerySet[Project], *, account: int | None = None, state: str = "", lead: int | None = None, text: str = ""
) -> QuerySet[Project]:
    """Initiatives of an account, in a state, of a lead, and with the text in their key or name."""
    if account is not None:
        projects = projects.filter(account_id=account)
    if state:
        projects = projects.filter(state=state)
    if lead is not None:
        projects = projects.filter(lead_id=lead)
    if text:
        projects = projects.filter(Q(key__icontains=text) | Q(name__icontains=text) | Q(name_zh__icontains=text))
    return projects


def counts(projects: list[int], today: date) -> dict[int, dict[str, int]]:
    """Project id → how many tasks there are (cancelled ones apart), are done, and are overdue; archived ones count as they are.

    Progress in per cent = done ÷ total, rounded half up; 0 where there is nothing.
    """
    tasks = Task.objects.filter(project__in=projects).exclude(status__category=Status.Category.CANCELLED)
    found = tasks.order_by().values("project").annotate(
        tasks_total=Count("pk"),
        tasks_done=Count("pk", filter=Q(status__category=Status.Category.DONE)),
        tasks_overdue=Count("pk", filter=Q(due__lt=today, archived_at=None) & ~Q(status__category__in=CLOSED)),
    )  # fmt: skip
    empty = {"tasks_total": 0, "tasks_done": 0, "tasks_overdue": 0, "progress": 0}
    result = {pk: dict(empty) for pk in projects}
    for entry in found:
        total, done = entry["tasks_total"], entry["tasks_done"]
        progress = (200 * done + total) // (2 * total) if total else 0
        result[entry["project"]] = {
            "tasks_total": total, "tasks_done": done, "tasks_overdue": entry["tasks_overdue"], "progress": progress,
        }  # fmt: skip
    return result


def work_of_accounts(accounts: list[int], viewer: User, today: date) -> dict[int, dict[str, int]]:
    """Account id → open initiatives, open tasks and overdue tasks, among those that the viewer sees."""
    mine = projects_for(viewer).filter(account__in=accounts)
    result = {pk: {"projects": 0, "tasks_open": 0, "tasks_overdue": 0} for pk in accounts}
    running = mine.exclude(state__in=["done", "cancelled"]).order_by().values("account").annotate(number=Count("pk"))
    for group in running:
        result[group["account"]]["projects"] = group["number"]
    tasks = Task.objects.filter(project__in=mine, archived_at=None).exclude(status__category__in=CLOSED)
    for entry in (
        tasks.order_by()
        .values("project__account")
        .annotate(number=Count("pk"), late=Count("pk", filter=Q(due__lt=today)))
    ):
        result[entry["project__account"]] |= {"tasks_open": entry["number"], "tasks_overdue": entry["late"]}
    return result


def with_people(projects: QuerySet[Project]) -> QuerySet[Project]:
    return projects.select_related("account").prefetch_related("functions")


def account_of(project: Project) -> dict[str, str]:
    """What stands of the account above the board."""
    account = project.account
    return {
        "account_code": account.code if account else "",
        "account_name": account.name if account else "",
        "account_name_zh": account.name_zh if account else "",
        "account_tier": account.tier if account else "",
    }


def functions_of(project_id: int) -> list[int]:
    return [function for (function,) in ties_to_functions(project_id=project_id)]


@compiled
def ties_to_functions(*, project_id: int) -> QuerySet[Any, tuple[int]]:
    return Project.functions.through._default_manager.filter(project=project_id).values_list("function_id")


def head(project: Project, functions: Iterable[int] | None = None) -> dict[str, Any]:
    """The initiative without its counts: what stands above its board. Its functions, where they are known already."""
    if functions is None:
        functions = [function.pk for function in project.functions.all()]
    return {
        "id": project.pk,
        "key": project.key,
        "account": project.account_id,
        **account_of(project),
        "name": project.name,
        "name_zh": project.name_zh,
        "summary": project.summary,
        "lead": project.lead_id,
        "functions": sorted(functions),
        "workflow": project.workflow_id,
        "start": project.start,
        "due": project.due,
        "state": project.state,
        "health": project.health,
        "health_note": project.health_note,
        "is_private": project.is_private,
        "version": project.version,
    }


def find_project_by_key(*, viewer: User, key: str) -> Project:
    """One initiative by its key. Raises NotFound where it is hidden or missing."""
    project = projects_for(viewer).select_related("account").filter(key=key).first()
    if project is None:
        raise NotFound
    return project
