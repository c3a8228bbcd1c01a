"""Somebody's own clock: quiet hours over midnight, weekends, and digests at a local time through changes of the clocks."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from notifications.models import Attention
from notifications.quiet import next_digest, rest_until

SHANGHAI, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2026-11-26T03:00", None),  # Thursday 11:00 in Shanghai
        ("2026-11-26T11:59", None),  # 19:59
        ("2026-11-26T12:00", "2026-11-27T00:00"),  # 20:00, until 08:00 on Friday
        ("2026-11-26T23:59", "2026-11-27T00:00"),  # 07:59 on Friday
        ("2026-11-27T12:30", "2026-11-30T00:00"),  # Friday evening, until Monday 08:00
        ("2026-11-28T04:00", "2026-11-30T00:00"),  # Saturday noon
    ],
)
def test_the_usual_rest_of_somebody_in_shanghai(now: str, until: str | None) -> None:
    assert rest_until(Attention(), SHANGHAI, at(now)) == (at(until) if until else None)


def test_quiet_hours_in_the_middle_of_the_day_and_none_at_all() -> None:
    siesta = Attention(quiet_from=time(13), quiet_until=time(15), working_days="1234567")
    assert rest_until(siesta, SHANGHAI, at("2026-11-26T05:30")) == at("2026-11-26T07:00")
    assert (
        rest_until(Attention(quiet_from=None, quiet_until=None, working_days=""), SHANGHAI, at("2026-11-28T18:00"))
        is None
    )


def test_the_digest_keeps_its_local_time_when_the_clocks_change() -> None:
    daily = Attention(working_days="1234567")
    assert next_digest(daily, BERLIN, at("2026-03-28T12:00")) == at("2026-03-29T06:30")  # summer time began at night
    assert next_digest(daily, BERLIN, at("2026-03-27T12:00")) == at("2026-03-28T07:30")
    assert next_digest(daily, BERLIN, at("2026-10-24T12:00")) == at("2026-10-25T07:30")


def test_a_time_that_is_left_out_comes_later_and_one_that_comes_twice_comes_once() -> None:
    night = Attention(working_days="1234567", digest_at=time(2, 30))
    left_out = next_digest(night, BERLIN, at("2026-03-28T12:00"))
    assert left_out == at("2026-03-29T01:30")
    assert next_digest(night, BERLIN, left_out) == at("2026-03-30T00:30")
    twice = next_digest(night, BERLIN, at("2026-10-24T12:00"))
    assert twice == at("2026-10-25T00:30")
    assert next_digest(night, BERLIN, twice) == at("2026-10-26T01:30")


def test_a_weekly_digest_comes_on_its_day_and_a_daily_one_on_working_days() -> None:
    weekly = Attention(digest="weekly", digest_day=5)
    assert next_digest(weekly, SHANGHAI, at("2026-11-26T03:00")) == at("2026-11-27T00:30")
    assert next_digest(weekly, SHANGHAI, at("2026-11-27T00:30")) == at("2026-12-04T00:30")
    assert next_digest(Attention(), SHANGHAI, at("2026-11-27T03:00")) == at("2026-11-30T00:30")
    assert next_digest(Attention(digest="off"), SHANGHAI, at("2026-11-27T03:00")) is None


@pytest.mark.parametrize(
    ("zone", "begin", "end", "now", "until"),
    [
        # over midnight, on the night on which summer time begins (02:00 becomes 03:00 in New York)
        ("America/New_York", time(22), time(6), "2026-03-08T04:00", "2026-03-08T10:00"),
        ("America/New_York", time(22), time(2, 30), "2026-03-08T06:30", "2026-03-08T07:30"),  # there is no 02:30
        ("America/New_York", time(22), time(2, 30), "2026-03-08T07:30", None),
        # and on which it ends: 01:30 comes twice, and the first counts
        ("America/New_York", time(22), time(1, 30), "2026-11-01T05:00", "2026-11-01T05:30"),
        ("America/New_York", time(22), time(1, 30), "2026-11-01T06:15", None),
        ("America/New_York", time(22), time(6), "2026-11-01T04:00", "2026-11-01T11:00"),
        # half and quarter hours
        ("Asia/Kolkata", time(21, 30), time(7), "2026-11-26T16:00", "2026-11-27T01:30"),
        ("Pacific/Chatham", time(20), time(8), "2026-11-26T06:30", "2026-11-26T18:15"),
        # where midnight itself is left out
        ("Africa/Cairo", time(23), time(0, 30), "2026-04-23T21:30", "2026-04-23T22:30"),
        # on the other side of the date line
        ("Pacific/Kiritimati", time(20), time(8), "2026-11-26T06:00", "2026-11-26T18:00"),
        ("Pacific/Pago_Pago", time(20), time(8), "2026-11-26T07:30", "2026-11-26T19:00"),
    ],
)
def test_quiet_hours_are_of_the_persons_own_clock_everywhere(
    zone: str, begin: time, end: time, now: str, until: str | None
) -> None:
    person = Attention(quiet_from=begin, quiet_until=end, working_days="1234567")
    assert rest_until(person, ZoneInfo(zone), at(now)) == (at(until) if until else None)
