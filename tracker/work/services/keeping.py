"""A card that is deleted stays in the log, whole, for as long as it may be taken back."""

from collections import defaultdict
from typing import Any

from django.apps import apps
from django.core import serializers
from django.db import models
from django.db.models.deletion import Collector

Row = dict[str, Any]  # as Django's serializers write it: model, pk, fields


class Everything(Collector):
    """All that goes with a row, read and not only counted."""

    def can_fast_delete(self, *args: Any, **kwargs: Any) -> bool:
        return False


def rows_of(thing: models.Model) -> list[Row]:
    """A card or a comment with all that would be deleted with it, with their ids; the thing itself first."""
    found = Everything(using="default", origin=thing)
    found.collect([thing])
    kept = [row for model, rows in found.data.items() if not model._meta.auto_created for row in rows]
    rows: list[Row] = serializers.serialize("python", kept)
    return rows


def write_rows(rows: list[Row]) -> None:
    """Write them again under their old ids. What they point at and is gone meanwhile is left out of them."""
    there = still_there(rows)
    for row in rows:
        if prune(row, there):
            for found in serializers.deserialize("python", [row], ignorenonexistent=True):
                found.save(force_insert=True)


Things = dict[type[models.Model], set[Any]]


def links_of(row: Row) -> list[tuple[str, Any, Any]]:
    """Field name, field and value of what a row points at."""
    model = apps.get_model(row["model"])
    fields = {field.name: field for field in [*model._meta.concrete_fields, *model._meta.many_to_many]}
    return [
        (name, fields[name], value)
        for name, value in row["fields"].items()
        if name in fields and fields[name].is_relation and value not in (None, [])
    ]


def still_there(rows: list[Row]) -> Things:
    """Of all that the rows point at, what exists: in the database, or among the rows themselves."""
    wanted: Things = defaultdict(set)
    for row in rows:
        for _name, field, value in links_of(row):
            wanted[field.related_model].update(value if isinstance(value, list) else [value])
    found: Things = {
        model: set(model._default_manager.filter(pk__in=pks).values_list("pk", flat=True))
        for model, pks in wanted.items()
    }
    for row in rows:
        found.setdefault(apps.get_model(row["model"]), set()).add(row["pk"])
    return found


def prune(row: Row, there: Things) -> bool:
    """Take out of a row what it points at in vain. False where it cannot be without it."""
    for name, field, value in links_of(row):
        known = there[field.related_model]
        if isinstance(value, list):
            row["fields"][name] = [pk for pk in value if pk in known]
        elif value not in known:
            if not field.null:
                return False
            row["fields"][name] = None
    return True
