"""WeCom: a group's robot. Its address is its secret.

https://developer.work.weixin.qq.com/document/path/91770
"""

from notifications.contents import Contents
from notifications.models import Delivery
from notifications.transports.http import give_json, require_code
from notifications.transports.marked import written

MOST_BYTES = 4000  # of 4096
TOO_OFTEN = {45009, -1}


def send(delivery: Delivery, contents: Contents) -> None:
    payload = {"msgtype": "markdown", "markdown": {"content": written(contents, most_bytes=MOST_BYTES)}}
    require_code(give_json(delivery, payload), ("errcode",), later=TOO_OFTEN)
