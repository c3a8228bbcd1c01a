"""Values as the text in which events carry them, made by the database while it reads them."""

from typing import Any

from django.db.models import Func, TextField


class HoursText(Func):
    """Hours with two decimals, as in `24.00`: how Pydantic writes what DecimalField holds."""

    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return super().as_sql(compiler, connection, template="(%(expressions)s)::text", **extra)

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        # SQLite keeps decimals as numbers, and `printf` writes 0.00 for none. Four signs: twice a template takes one for itself.
        template = "CASE WHEN %(expressions)s IS NOT NULL THEN printf('%%%%.2f', %(expressions)s) END"
        return super().as_sql(compiler, connection, template=template, **extra)


class SecondText(Func):
    """A moment to the second in UTC, as in `2026-11-24T02:46:10Z`: how Pydantic writes a WholeSecond."""

    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        template = """to_char(%(expressions)s AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')"""
        return super().as_sql(compiler, connection, template=template, **extra)

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        template = "replace(substr(%(expressions)s, 1, 19), ' ', 'T') || 'Z'"
        return super().as_sql(compiler, connection, template=template, **extra)
