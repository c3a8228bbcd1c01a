"""The streams that can be followed: their names, where each stands, and who may read it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from tracker.accounts.models import Account
from tracker.log.change import Name
from tracker.log.models import Stream
from tracker.log.statements import compiled
from tracker.people import access
from tracker.people.models import User
from tracker.work.models import Project

WORKSPACE: Name = (Stream.Kind.WORKSPACE.value, 0)
NAME = re.compile(r"(project|account|user):([1-9][0-9]{0,17})", re.ASCII)
MODELS = {Stream.Kind.PROJECT.value: Project, Stream.Kind.ACCOUNT.value: Account}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a stream stands. `floor` is the oldest position from which it is replayed."""

    id: int
    epoch: str
    head: int
    floor: int


def parse(name: object) -> Name | None:
    """`project:42` → ("project", 42); None for anything that names no stream."""
    if name == "workspace":
        return WORKSPACE
    found = NAME.fullmatch(name) if isinstance(name, str) else None
    return (found[1], int(found[2])) if found else None


def shown(name: Name) -> str:
    kind, ref = name
    return kind if kind == Stream.Kind.WORKSPACE else f"{kind}:{ref}"


def may_read(viewer: User, name: Name) -> bool:
    """Whoever may read a stream may read every event in it. Guests read none but their own."""
    kind, ref = name
    if not viewer.is_active:
        return False
    if kind == Stream.Kind.USER:
        return viewer.pk == ref
    if kind == Stream.Kind.WORKSPACE:
        return access.may_see_workspace(viewer)
    return access.visible(viewer, MODELS[kind]).filter(pk=ref).exists()


def readers_among(people: Iterable[int], name: Name) -> set[int]:
    """Those of the people who may read the stream now: one query, or two where the thing has a parent."""
    kind, ref = name
    wanted = list(people)
    if kind in MODELS:
        return access.ids_of_people_who(kind, ref, among=wanted) if thing_with(kind, ref=ref) else set()
    found = User.objects.filter(pk__in=wanted, is_active=True)
    found = found.filter(pk=ref) if kind == Stream.Kind.USER else found.filter(is_guest=False)
    return set(found.values_list("pk", flat=True))


@compiled
def thing_with(kind: str, *, ref: int) -> QuerySet[Any, Any]:
    return MODELS[kind]._default_manager.filter(pk=ref).values_list("pk")


def find_place(name: Name) -> Place | None:
    kind, ref = name
    return next((Place(*row) for row in standing(kind=kind, ref=ref)), None)


@compiled
def standing(*, kind: str, ref: int) -> QuerySet[Stream, Any]:
    return Stream.objects.filter(kind=kind, ref=ref).values_list("pk", "epoch", "head", "floor")


def place_of(name: Name) -> Place:
    """Where the stream stands. One in which nothing has happened yet is made, so that its epoch is known."""
    kind, ref = name
    place = find_place(name)
    if place is None:
        stream, _is_new = Stream.objects.get_or_create(kind=kind, ref=ref)
        place = Place(stream.pk, stream.epoch, stream.head, stream.floor)
    return place
