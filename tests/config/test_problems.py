"""What Pydantic finds wrong is said in sentences that a person can read, in their language."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

import pytest
from django.test import Client
from django.utils import translation
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from tracker.problems import PROBLEMS, problem


class Sample(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(min_length=2, max_length=5)] = "abc"
    code: Annotated[str, Field(pattern="^[A-Z]+$")] = "A"
    number: Annotated[int, Field(ge=1, le=9)] = 1
    share: Annotated[float, Field(gt=0, lt=1)] = 0.5
    hours: Annotated[Decimal, Field(max_digits=5, decimal_places=2)] = Decimal(1)
    done: bool = False
    due: date | None = None
    at: datetime | None = None
    key: UUID | None = None
    tier: Literal["", "S", "A"] = ""
    ids: Annotated[list[int], Field(min_length=1, max_length=2)] = [1]
    facts: dict[str, int] = {}
    zone: str = "UTC"

    @field_validator("zone")
    @classmethod
    def known(cls, zone: str) -> str:
        if zone != "UTC":
            raise ValueError(translation.gettext("is not a time zone"))
        return zone


class Needy(BaseModel):
    title: str


def said(values: dict[str, Any], model: type[BaseModel] = Sample, language: str = "en") -> str:
    with translation.override(language), pytest.raises(ValidationError) as caught:
        model.model_validate(values)
    with translation.override(language):
        return problem(caught.value.errors()[0])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("values", "english", "chinese"),
    [
        ({"name": "abcdef"}, "is longer than 5 characters", "超过5个字符"),
        ({"name": "a"}, "is shorter than 2 characters", "少于2个字符"),
        ({"name": 7}, "must be a text", "必须是文本"),
        ({"code": "a"}, "is not written as it should be", "格式不正确"),
        ({"number": 0}, "must be 1 or more", "不能小于1"),
        ({"number": 10}, "must be 9 or less", "不能大于9"),
        ({"number": "x"}, "must be a whole number", "必须是整数"),
        ({"number": 1.5}, "must be a whole number", "必须是整数"),
        ({"share": 0}, "must be more than 0.0", "必须大于0.0"),
        ({"share": 1}, "must be less than 1.0", "必须小于1.0"),
        ({"hours": "1.234"}, "has more than 2 decimal places", "小数超过2位"),
        ({"hours": "123456"}, "is too large a number", "数字过大"),
        ({"done": "perhaps"}, "must be true or false", "必须是true或false"),
        ({"due": "soon"}, "must be a date, as in 2026-11-23", "必须是日期，如2026-11-23"),
        (
            {"at": "soon"},
            "must be a date and time, as in 2026-11-23T09:30:00Z",
            "必须是日期和时间，如2026-11-23T09:30:00Z",
        ),
        ({"key": "x"}, "must be a UUID", "必须是UUID"),
        ({"tier": "X"}, "must be one of S, A", "必须是以下之一：S、A"),
        ({"ids": []}, "has fewer than 1 entries", "少于1项"),
        ({"ids": [1, 2, 3]}, "has more than 2 entries", "超过2项"),
        ({"ids": 1}, "must be a list", "必须是列表"),
        ({"facts": 1}, "must be an object with named fields", "必须是带有字段名的对象"),
        ({"other": 1}, "is not known here", "不是已知字段"),
        ({"zone": "Mars"}, "is not a time zone", "不是时区"),
    ],
    ids=str,
)
def test_a_finding_is_said_in_both_languages(values: dict[str, Any], english: str, chinese: str) -> None:
    assert said(values) == english
    assert said(values, language="zh-hans") == chinese


def test_what_is_missing_is_said() -> None:
    assert said({}, Needy) == "is missing"
    assert said({}, Needy, language="zh-hans") == "不能缺少"


def test_a_finding_that_nobody_foresaw_has_a_general_sentence() -> None:
    assert problem({"type": "from_a_later_pydantic", "ctx": {"left": 1}}) == "does not fit here"


def test_every_sentence_is_translated() -> None:
    with translation.override("zh-hans"):
        for sentence in set(PROBLEMS.values()):
            assert translation.gettext(sentence) != sentence


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "message"), [("en", "password: is missing"), ("zh-CN,zh;q=0.9", "password：不能缺少")]
)
def test_a_refused_request_says_it_in_the_readers_language(client: Client, language: str, message: str) -> None:
    body = {"email": "a@example.org"}
    answer = client.post("/api/v1/session", body, "application/json", headers={"Accept-Language": language})
    assert answer.status_code == 400
    assert (answer.json()["message"], answer.json()["field"]) == (message, "password")
