"""In which language a person is answered: their own choice, else what their browser prefers."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header

CODES = {"en": "en", "zh-Hans": "zh-hans"}  # ours (BCP 47) → Django's


class LanguageMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with translation.override(language_of(request)):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or settings.LANGUAGE_CODE)
            return response


def language_of(request: HttpRequest) -> str:
    """Django's code of the language. Only asks the database who is signed in when the session cookie is there."""
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        user = request.user
        if user.is_authenticated:
            return CODES.get(user.language, "en")
    return preferred(request.headers.get("Accept-Language", "")[:500])


def current_language() -> str:
    """Our code of the language that this request is answered in."""
    return "zh-Hans" if translation.get_language() == CODES["zh-Hans"] else "en"


def in_language(english: str, chinese: str) -> str:
    """What exists in both languages, in that of this request's reader; in English where there is no Chinese."""
    return (current_language() == "zh-Hans" and chinese) or english


def name_of(thing: Any) -> str:
    """The name of a thing that has one in each language, as this request's reader says it."""
    return in_language(thing.name, thing.name_zh)


def preferred(header: str) -> str:
    """The first of our languages that an Accept-Language header names, in its order of preference."""
    for code, _quality in parse_accept_lang_header(header.lower()):
        if code.startswith("zh"):
            return "zh-hans"
        if code.startswith("en"):
            return "en"
    return "en"
