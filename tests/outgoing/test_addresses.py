"""Which servers may be asked: nothing but what anybody on the internet could ask (c46, c47, c49)."""

from typing import Any

import pytest

from tracker.errors import Refused
from tracker.outgoing.addresses import NotPublic, checked, is_public, parse, require_public

PRIVATE = """
127.0.0.1 127.8.9.10 0.0.0.0 10.0.0.1 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 224.0.0.1 239.1.1.1 240.0.0.1
255.255.255.255 192.0.2.1 198.18.0.1 ::1 :: fd00::1 fe80::1 fe80::1%eth0 fec0::1 ff02::1 ::ffff:127.0.0.1 ::127.0.0.1
::ffff:10.0.0.1 64:ff9b::7f00:1 64:ff9b::a00:1 2002:7f00:1:: 2002:a00:1:: 2001:0:7f00:1::f5ff:fffe 2001:db8::1 nonsense
""".split()


@pytest.mark.parametrize("address", PRIVATE)
def test_what_is_not_of_the_internet_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.215.14", "2606:4700:4700::1111"])
def test_what_is_of_the_internet_is_public(address: str) -> None:
    assert is_public(address)


WRITTEN = """
https://127.0.0.1/ https://127.1/ https://0x7f000001/ https://2130706433/ https://0177.0.0.1/ https://[::1]/
https://[::ffff:127.0.0.1]/ https://[::127.0.0.1]/ https://[64:ff9b::7f00:1]/ https://[2002:7f00:1::]/
https://①②⑦.0.0.1/ https://localhost/ https://localhost./ https://user@example.com/ https://user:word@8.8.8.8/
https://8.8.8.8#@127.0.0.1/ https://8.8.8.8\\@127.0.0.1/ https://bücher.example/ http://8.8.8.8/ ftp://8.8.8.8/
file:///etc/passwd gopher://8.8.8.8/ https:///path https:// //8.8.8.8/ 8.8.8.8 https://8.8.8.8:0/ https://8.8.8.8:99999/
https://[::1/ https://8.8.8.8/ä javascript:alert(1) https://169.254.169.254/latest/meta-data/
""".split()
WITH_SPACES = ["", "https://8.8.8.8/\n", "https://8.8.8.8/a b", "https://8.8.8.8/\x00", "https://8.8.8.8/" + "a" * 3000]


@pytest.mark.parametrize("url", [*WRITTEN, *WITH_SPACES])
def test_it_is_refused_in_whatever_way_it_is_written(url: str) -> None:
    with pytest.raises(NotPublic) as refused:
        require_public(url, "url")
    told: Refused = refused.value
    assert (told.code, told.field) == ("address_not_allowed", "url")
    assert str(told) == "This address can't be used. It must be a public https:// address."


def test_an_address_is_taken_apart() -> None:
    target = parse("https://hooks.example.com:8443/robot/7?key=a@b&c=1")
    assert (target.authority, target.path) == ("hooks.example.com:8443", "/robot/7?key=a@b&c=1")
    assert parse("https://[2606:4700:4700::1111]").authority == "[2606:4700:4700::1111]"


def test_one_answer_that_is_not_public_spoils_all() -> None:
    with pytest.raises(NotPublic):
        checked("mixed.example", 443, lambda host, port: ["8.8.8.8", "10.0.0.1"])
    assert checked("good.example", 443, lambda host, port: ["8.8.8.8", "1.1.1.1"]) == ["8.8.8.8", "1.1.1.1"]


def test_accord_does_not_ask_itself(settings: Any) -> None:
    settings.BASE_URL = "https://accord.example.com"
    with pytest.raises(NotPublic):
        checked("accord.example.com", 443, lambda host, port: ["8.8.8.8"])


def test_a_setting_allows_a_server_by_name_and_port(settings: Any) -> None:
    settings.OUTGOING_ALLOWED_HOSTS = ["127.0.0.1:8099", "intranet"]
    assert checked("127.0.0.1", 8099) == ["127.0.0.1"]
    assert checked("intranet", 80, lambda host, port: ["10.0.0.7"]) == ["10.0.0.7"]
    parse("http://intranet/hook")
    with pytest.raises(NotPublic):
        checked("127.0.0.1", 8098)
