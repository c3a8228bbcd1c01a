"""Statements that are put together once and then only filled in: for what stands in every request and every change.

Django builds a query anew each time it is asked, which takes several times as long as a database needs to answer. Here
its SQL is kept for the life of the process, and PostgreSQL keeps its plan for the life of the connection (SQLite does by
itself). What a query says is still written with Django's querysets, in the place where it belongs.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache, update_wrapper
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.backends.utils import CursorWrapper
from django.db.models import AutoField, Func, Model, QuerySet
from django.db.models import Value as Given
from django.db.models.query import ModelIterable, ValuesListIterable

M = TypeVar("M", bound=Model)
R = TypeVar("R")


class Numbers(tuple[int, ...]):
    """As many whole numbers as there are, in one place of a statement: `pk__in=ids`, where `ids` was given `Numbers(…)`."""

    __slots__ = ()


class Texts(tuple[str, ...]):
    """The same of texts."""

    __slots__ = ()


Value = int | str | datetime | UUID | Numbers | Texts


def cursor() -> CursorWrapper:
    """A cursor for statements that come again and again: PostgreSQL plans each of them once per connection.

    Where statements are logged they are sent as Django sends them, so that the log shows their values.
    """
    if connection.vendor != "postgresql" or connection.queries_logged:
        return connection.cursor()
    from tracker.log.prepared import PreparedCursor

    connection.close_if_health_check_failed()
    connection.ensure_connection()
    prepared: Any = PreparedCursor(connection.connection)
    return connection.make_cursor(prepared)


def compiled(build: Callable[..., QuerySet[M, R]]) -> "Compiled[R]":
    """Decorates a function that returns a queryset, so that its SQL is put together once.

        @compiled
        def find_task(is_open: bool, *, task_id: int) -> QuerySet[Task]: …

        (task,) = find_task(True, task_id=9)

    A queryset of instances gives instances. One of `values_list` gives rows as the driver has them, without Django's
    converters: half of a large board's time went into those.

    Arguments by position, and which arguments by name there are, shape the statement: each combination is kept by itself,
    so there must be few. Arguments by name are values (whole numbers, texts, moments, UUIDs, `Numbers` and `Texts`) that are
    filled in; the function passes them on and must not look at them.
    """
    return Compiled(build)


class Compiled(Generic[R]):
    def __init__(self, build: Callable[..., QuerySet[Any, R]]) -> None:
        update_wrapper(self, build)
        self.build = build
        self.kept: dict[tuple[Any, ...], Shape[R]] = {}

    def __call__(self, *shape: Any, **values: Value) -> list[R]:
        """The instances, or rows of values, that are found now."""
        return self.shaped(shape, values).find(values)

    def converted(self, *shape: Any, **values: Value) -> list[list[Any]]:
        """Of a queryset of `values_list`: its rows with moments, UUIDs and what is in JSON as Django gives them."""
        kept = self.shaped(shape, values)
        return [kept.converted(list(row)) for row in kept.find(values)]

    def shaped(self, shape: tuple[Any, ...], values: dict[str, Value]) -> "Shape[R]":
        key = (connection.vendor, *shape, *values)
        if key not in self.kept:
            marks = {name: mark(number, value) for number, (name, value) in enumerate(values.items())}
            given = {name: Listed(mark) if isinstance(mark, Numbers | Texts) else mark for name, mark in marks.items()}
            self.kept[key] = Shape(self.build(*shape, **given), {filled(mark): name for name, mark in marks.items()})
        return self.kept[key]


def mark(number: int, value: Value) -> Value:
    """Stands for a value while the statement is put together, and for nothing that there is."""
    unlikely = 2**61 + number
    if isinstance(value, datetime):
        return datetime(9000, 1, 1, tzinfo=UTC) + timedelta(days=number)
    if isinstance(value, UUID):
        return UUID(int=unlikely)
    if isinstance(value, Numbers):
        return Numbers([unlikely])
    if isinstance(value, Texts):
        return Texts([f"\0{number}"])
    return f"\0{number}" if isinstance(value, str) else unlikely


def filled(value: Value) -> Any:
    """As the driver takes it."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    return json.dumps(value) if isinstance(value, Numbers | Texts) else value


class Listed(Func):
    """What is in a JSON list, as rows: however many there are, the statement stays the same."""

    def __init__(self, values: Numbers | Texts) -> None:
        self.has_numbers = isinstance(values, Numbers)
        super().__init__(Given(filled(values)))

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        rows = "jsonb_array_elements_text(%(expressions)s::jsonb)"
        wanted = "(SELECT value::bigint FROM " if self.has_numbers else "(SELECT value FROM "
        return super().as_sql(compiler, connection, template=f"{wanted}{rows})")

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return super().as_sql(compiler, connection, template="(SELECT value FROM json_each(%(expressions)s))")


class Shape(Generic[R]):
    """The SQL of one queryset, and how its rows become instances."""

    def __init__(self, rows: Any, names: dict[Any, str]) -> None:
        self.rows = rows
        self.is_of_values = rows._iterable_class is ValuesListIterable
        if not (self.is_of_values or rows._iterable_class is ModelIterable) or rows._prefetch_related_lookups:
            raise TypeError("Only querysets of instances without prefetching, and values_list, can be compiled.")
        self.compiler: Any = rows.query.get_compiler(DEFAULT_DB_ALIAS)
        self.sql, given = self.compiler.as_sql()
        # A value is a place to fill in, or a constant of the statement.
        simple = (int, str, datetime, UUID)
        self.places = [(names.get(value), value) if isinstance(value, simple) else (None, value) for value in given]
        if missing := set(names.values()) - {name for name, _value in self.places}:
            raise TypeError(f"The statement has no place for {', '.join(sorted(missing))}.")
        columns = [column for column, _sql, _alias in self.compiler.select]
        self.converters = [(at, steps, what) for at, (steps, what) in self.compiler.get_converters(columns).items()]

    def find(self, values: dict[str, Value]) -> list[Any]:
        params = [filled(values[name]) if name else value for name, value in self.places]
        with cursor() as asking:
            asking.execute(self.sql, params)
            found = asking.fetchall()
        if self.is_of_values:
            return list(found)
        rows = [self.converted(list(row)) for row in found]
        answered: Any = Answered(self, rows)
        return list(ModelIterable(answered)) if rows else []

    def converted(self, row: list[Any]) -> list[Any]:
        for at, steps, what in self.converters:
            for step in steps:
                row[at] = step(row[at], what, connection)
        return row


class Answered:
    """Stands before Django's `ModelIterable` as the queryset, its query and its compiler, with the rows in hand."""

    def __init__(self, shape: Shape[Any], rows: list[list[Any]]) -> None:
        self.shape, self.answer = shape, rows
        self.query = self

    def __getattr__(self, name: str) -> Any:
        return getattr(self.shape.compiler if hasattr(self.shape.compiler, name) else self.shape.rows, name)

    def get_compiler(self, **_options: Any) -> "Answered":
        return self

    def execute_sql(self, **_options: Any) -> list[list[Any]]:
        return self.answer

    def results_iter(self, results: list[list[Any]]) -> Iterator[list[Any]]:
        return iter(results)


def insert(rows: Sequence[Model], *, or_nothing: bool = False) -> int:
    """Write rows of one model; returns how many. Ids that the database gives are not asked for. `or_nothing` passes over
    those that exist."""
    with cursor() as asking:
        asking.execute(*inserting(rows, " ON CONFLICT DO NOTHING" if or_nothing else ""))
        return asking.rowcount


def insert_numbered(rows: Sequence[Model]) -> None:
    """Write rows of one model, and note in each the id that the database gave it."""
    with cursor() as asking:
        asking.execute(*inserting(rows, " RETURNING id"))
        for row, (given,) in zip(rows, asking.fetchall(), strict=True):
            row.pk, row._state.adding = given, False


def inserting(rows: Sequence[Model], end: str) -> tuple[str, list[Any]]:
    fields, sql = insertion(type(rows[0]))
    values = f"({', '.join(['%s'] * len(fields))})"
    given = [field.get_db_prep_save(getattr(row, field.attname), connection) for row in rows for field in fields]
    return f"{sql} VALUES {', '.join([values] * len(rows))}{end}", given


@cache
def insertion(model: type[Model]) -> tuple[list[Any], str]:
    fields = [field for field in model._meta.concrete_fields if not isinstance(field, AutoField)]
    table, *columns = quoted(model._meta.db_table, *(str(field.column) for field in fields))
    return fields, f"INSERT INTO {table} ({', '.join(columns)})"


def save_fields(row: Model, *names: str) -> None:
    """Like `row.save(update_fields=…)`. The names are those of attributes: `status_id`, not `status`."""
    update(type(row), {"id": row.pk}, **{name: getattr(row, name) for name in names})


def update(model: type[Model], where: dict[str, Any], **values: Any) -> int:
    """Set the columns of the rows whose columns are as in `where`; returns how many. Names are those of attributes."""
    fields, sql = updating(model, tuple(values), tuple(where))
    given = [*values.values(), *where.values()]
    with cursor() as asking:
        asking.execute(
            sql, [field.get_db_prep_save(value, connection) for field, value in zip(fields, given, strict=True)]
        )
        return asking.rowcount


def save_each(rows: Sequence[Model], *names: str) -> None:
    """`save_fields` of many rows of one model: the same statement with the values of each."""
    if not rows:
        return
    fields, sql = updating(type(rows[0]), names, ("id",))
    values = [[getattr(row, name) for name in (*names, "pk")] for row in rows]
    with cursor() as asking:
        asking.executemany(
            sql,
            [
                [field.get_db_prep_save(value, connection) for field, value in zip(fields, given, strict=True)]
                for given in values
            ],
        )


@cache
def updating(model: type[Model], changed: tuple[str, ...], where: tuple[str, ...]) -> tuple[list[Any], str]:
    known = {field.attname: field for field in model._meta.concrete_fields}
    fields = [known[name] for name in (*changed, *where)]
    table, *columns = quoted(model._meta.db_table, *(str(field.column) for field in fields))
    terms = [f"{column} = %s" for column in columns]
    changes, conditions = ", ".join(terms[: len(changed)]), " AND ".join(terms[len(changed) :])
    return fields, f"UPDATE {table} SET {changes} WHERE {conditions}"  # noqa: S608 (names of the model's own)


def quoted(*names: str) -> Iterator[str]:
    return map(connection.ops.quote_name, names)
