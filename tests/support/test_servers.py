"""The private servers do what the tests of outages rely on."""

from collections.abc import Iterator

import psycopg
import pytest
import redis

from tests.support.servers import Postgres, Redis


@pytest.fixture
def postgres() -> Iterator[Postgres]:
    with Postgres() as server:
        yield server


@pytest.fixture
def redis_server() -> Iterator[Redis]:
    with Redis() as server:
        yield server


@pytest.mark.postgres
def test_a_commit_survives_kill_9(postgres: Postgres) -> None:
    url = postgres.create_database("ledger")
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE entry AS SELECT 1 AS amount")

    postgres.kill()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url, connect_timeout=2)
    postgres.start()

    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT amount FROM entry").fetchone() == (1,)


@pytest.mark.postgres
def test_text_sorts_in_byte_order_and_holds_chinese(postgres: Postgres) -> None:
    with psycopg.connect(postgres.url()) as connection:
        rows = connection.execute("SELECT word FROM unnest(ARRAY['a', '岚桥', 'Z']) AS word ORDER BY word").fetchall()
    assert rows == [("Z",), ("a",), ("岚桥",)]


@pytest.mark.redis
def test_a_paused_server_answers_nothing_and_recovers(redis_server: Redis) -> None:
    client = redis.Redis.from_url(redis_server.url(), socket_timeout=0.2, retry=None)
    assert client.ping()

    redis_server.pause()
    with pytest.raises(redis.TimeoutError):
        client.ping()
    redis_server.resume()

    assert client.ping()


@pytest.mark.redis
def test_a_restart_keeps_the_address(redis_server: Redis) -> None:
    before = redis_server.url()
    redis_server.restart()
    assert redis_server.url() == before
    assert redis.Redis.from_url(before).ping()
