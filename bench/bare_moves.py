"""The floor of a move: a transaction with the same effects, written by hand over the bare driver.

The key is noted, the stream locked, task, permissions and neighbours are read under the lock, then task, head, event and
stored answer are written. No workflow, no validation, no JSON of a card.
"""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from threading import Lock
from typing import Any
from uuid import uuid4

import psycopg

from tracker.work import ranks

CLAIM = (
    "INSERT INTO log_command (actor_id, key, digest, at, status, body, headers, places)"
    " VALUES (%s, %s, %s, %s, 0, '', '{}', '') ON CONFLICT DO NOTHING"
)
LOCK = (
    "SELECT id, epoch, head FROM log_stream WHERE kind = 'project'"
    " AND ref = (SELECT project_id FROM work_task WHERE id = %s) ORDER BY id FOR NO KEY UPDATE"
)
LOOK = """
SELECT t.status_id, t.rank, t.version,
  EXISTS (SELECT 1 FROM work_projectuserobjectpermission h JOIN auth_permission p ON p.id = h.permission_id
          WHERE h.content_object_id = t.project_id AND h.user_id = %s AND p.codename = 'work_project')
  OR EXISTS (SELECT 1 FROM accounts_accountuserobjectpermission h JOIN auth_permission p ON p.id = h.permission_id
          JOIN work_project b ON b.id = t.project_id
          WHERE h.content_object_id = b.account_id AND h.user_id = %s AND p.codename = 'work_account'),
  a.rank,
  (SELECT rank FROM work_task WHERE project_id = t.project_id AND status_id = %s AND id <> t.id AND rank > a.rank
   ORDER BY rank LIMIT 1)
FROM work_task t JOIN work_task a ON a.id = %s WHERE t.id = %s
"""
PUT = "UPDATE work_task SET status_id = %s, rank = %s, version = %s, updated_at = %s WHERE id = %s"
HEAD = "UPDATE log_stream SET head = %s WHERE id = %s"
TELL = (
    "INSERT INTO log_event (stream_id, seq, tx, span, command_id, actor_id, at, type, subject, body, before)"
    " VALUES (%s, %s, %s, 1, %s, %s, %s, 'task.moved', %s, %s, %s)"
)
KEEP = "UPDATE log_command SET status = 200, body = %s, headers = %s, places = %s WHERE actor_id = %s AND key = %s"


class BareMover:
    """One connection that moves cards for one person. Not for several threads."""

    turns = Lock()  # SQLite lets one write at a time

    def __init__(self, database: dict[str, Any], actor: int) -> None:
        """`database` is Django's settings of it."""
        self.actor = actor
        self.is_sqlite = "sqlite" in database["ENGINE"]
        self.connection: Any = sqlite(database) if self.is_sqlite else postgres(database)

    def move(self, task: int, body: dict[str, int]) -> None:
        if not self.is_sqlite:
            with self.connection.transaction():
                self.write(task, body)
            return
        with self.turns:
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                self.write(task, body)
                self.connection.execute("COMMIT")
            except BaseException:
                self.connection.execute("ROLLBACK")  # or nobody else could ever write again
                raise

    def write(self, task: int, body: dict[str, int]) -> None:
        key, at = uuid4().hex, datetime.now(UTC).isoformat(" ")
        self.ask(CLAIM, self.actor, key, "0" * 64, at)
        stream, epoch, head = self.ask(LOCK, task).fetchone()
        status, own, version, may, low, high = self.ask(
            LOOK, self.actor, self.actor, body["status"], body["after"], task
        ).fetchone()
        if not may:
            raise PermissionError
        rank = ranks.between(low, high)
        was = f'{{"status":{status},"rank":"{own}"}}'
        self.ask(PUT, body["status"], rank, version + 1, at, task)
        self.ask(HEAD, head + 1, stream)
        told = f'{{"type":"task.moved","id":{task},"version":{version + 1},"status":{body["status"]},"rank":"{rank}"}}'
        self.ask(TELL, stream, head + 1, uuid4().hex, key, self.actor, at, f"task:{task}", told, was)
        self.ask(KEEP, told, f'{{"Stream-Position": "{epoch}.{head + 1}"}}', "project", self.actor, key)

    def ask(self, sql: str, *params: object) -> Any:
        if self.is_sqlite:
            return self.connection.execute(sql.replace("%s", "?").removesuffix(" FOR NO KEY UPDATE"), params)
        return self.connection.execute(sql, params, prepare=True)

    def close(self) -> None:
        self.connection.close()


def sqlite(database: dict[str, Any]) -> sqlite3.Connection:
    connection = sqlite3.connect(database["NAME"], isolation_level=None, timeout=20, check_same_thread=False)
    connection.executescript(database["OPTIONS"]["init_command"])
    return connection


def postgres(database: dict[str, Any]) -> psycopg.Connection[Any]:
    return psycopg.connect(
        host=database["HOST"], port=database["PORT"], user=database["USER"], dbname=database["NAME"], autocommit=True
    )
