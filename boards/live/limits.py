"""Every bound and every period of the live path, in one place.

Each can be set anew by the setting `LIVE` (a dict by these names) or by an environment variable `LIVE_<NAME>`, which is
how tests shrink them. Times in seconds.
"""

import os

from django.conf import settings

# --- delivering
COALESCE = 0.02  # pokes of one stream within this time are acted on together, after the first
TICK = 2.0  # the safety tick: how long a lost poke can go unnoticed
FRAME_BYTES = 256 * 1024  # a frame is ended before the transaction that would make it longer
BUFFER_EVENTS = 1_000  # waiting for one socket; what comes on top it reads from the log later, at its own pace
BUFFER_BYTES = 1024 * 1024  # and once more the same two for what is in no log: a socket with more of that ends
SLOW = 5.0  # without having taken a byte of what waits: then a socket is closed
UNSENT_BYTES = 64 * 1024  # in the server's own buffer of one socket, from which on frames wait in ours
READERS = 4  # threads of this process that read for the hub

# --- coming back
REPLAY_PAGE = 100  # events read at a time for one subscription: it holds no more while its client is slow
PAGE_KEPT = 2.0  # a tick, for others who missed the same: after a restart everybody comes back from one position
PAGES_BYTES = 4 * 1024 * 1024  # of all pages that are kept
REPLAY_EVENTS = 5_000  # a client that missed more starts anew from a snapshot
REPLAY_BUDGET = 20_000  # events replayed to one person a minute, over all their sockets here

# --- sockets
FRAME_IN_BYTES = 64 * 1024
MESSAGES_A_SECOND = 20.0
MESSAGES_BURST = 40
UNHEARD_BYTES = 256 * 1024  # of a client's messages that wait to be taken; their number is bounded by the burst
WAITING_AT_THE_DOOR = 2_048  # connections not yet taken in: after a restart everybody knocks at once
PATIENCE_AT_THE_DOOR = 30  # from the connection until the socket is open
STREAMS_PER_SOCKET = 50
SOCKETS_PER_PERSON = 20
PING = 20  # seconds of silence after which a client is asked whether it is there; looked at every 2 s
PING_PATIENCE = 20  # for its answer: a dead connection is noticed within 45 s
HEARTBEAT = 25.0
HEARTBEAT_SPREAD = 0.2  # ± this part of it, so that sockets don't beat together
SHORTEST_LIFE = 4 * 3600.0  # a socket lives a random time between the two
LONGEST_LIFE = 12 * 3600.0
SESSION_CHECK = 30.0  # every session of the process is looked up anew this often
SESSION_TURNS = 10  # in so many parts: two thousand at once take a third of a second

# --- stopping
NOTICE = 5.0  # from saying that it is not ready until it takes nobody in any more
DRAIN = 5.0  # sockets are closed over this time
FINISH = 20.0  # for the requests in flight; what takes longer is cut
FAREWELL = 2.0  # for the last bytes to leave
STOP = 29.0  # at the latest, whatever hangs

# --- presence
PRESENCE = 30.0  # a claim to be somewhere expires after this
PRESENCE_EVERY = 1.0  # between two claims of one socket, and between two lists sent for one stream

# --- between processes
POKE_PATIENCE = 2.0  # how long the sender waits for Redis before it gives a poke up
POKES_WAITING = 10_000  # streams whose poke has not gone out yet

_DEFAULTS = {name: value for name, value in globals().items() if name.isupper() and isinstance(value, int | float)}


def load() -> None:
    """Take the settings' and the environment's values over."""
    chosen = dict(getattr(settings, "LIVE", {}))
    for name, value in _DEFAULTS.items():
        globals()[name] = type(value)(float(os.environ.get(f"LIVE_{name}") or chosen.get(name, value)))


load()
