"""What goes wrong, chosen by seed: to the server, to the hints between commit and hub, to the lines, and to Redis."""

import random
from collections.abc import Callable
from pathlib import Path

import redis

from tests.proofs.arena import ProofServer
from tests.proofs.proxy import Proxy
from tests.support.waiting import wait_until

LOSSY = "lossy"  # of all pokes 30 % are lost, others doubled, out of order, or late


class Nemesis:
    """Strikes at one server and at what stands around it; `did` names every blow, for whoever reads a failure."""

    def __init__(
        self, seed: object, server: ProofServer, proxy: Proxy | None = None, redis_url: str = "", *, lossy: bool = False
    ) -> None:
        self.chance = random.Random(f"{seed}-nemesis")
        server.environment["PROOF_SEED"] = str(seed)  # for its faults, from its next start on
        self.server, self.proxy, self.redis_url = server, proxy, redis_url
        self.always = {LOSSY} if lossy else set[str]()
        self.did: list[str] = []

    def strike(self, blows: list[str]) -> None:
        """One of the blows, by chance; what the blow before left behind is mended first."""
        self.mend()
        blow = self.chance.choice(blows)
        self.did.append(blow)
        BLOWS[blow](self)

    def mend(self) -> None:
        """Everything works again, but for what is always broken."""
        self.server.sabotage(*self.always)
        if self.proxy is not None:
            self.proxy.mend()

    # --- the server ----------------------------------------------------------------------------------------------

    def kill(self) -> None:
        self.server.kill()
        self.server.start()

    def kill_while_it_starts(self) -> None:
        self.server.kill()
        self.server.launch()
        process = self.server.process
        # What it holds grows with what it has loaded, which is as good as a clock: anywhere between its first line and its last.
        held = self.chance.uniform(5, 90)
        wait_until(lambda: process and megabytes_of(process.pid) >= held, "it to be on its way")
        self.kill()

    def die(self, where: str) -> None:
        """It kills itself at the next change: before its commit, or between the commit and the poke."""
        self.server.sabotage(*self.always, where)
        wait_until(
            lambda: self.server.process and self.server.process.poll() is not None, "a change to kill the server"
        )
        self.server.sabotage(*self.always)
        self.server.start()

    def pause(self) -> None:
        """Frozen until somebody gives it up: its connections stay open, and nothing is answered."""
        assert self.proxy is not None
        cuts = self.proxy.cuts
        self.server.pause()
        wait_until(lambda: self.proxy and self.proxy.cuts > cuts, "somebody to give it up")
        self.server.resume()

    # --- hints ---------------------------------------------------------------------------------------------------

    def hints(self, fault: str) -> None:
        self.server.sabotage(*self.always, fault)

    # --- lines ---------------------------------------------------------------------------------------------------

    def line(self, fault: str) -> None:
        assert self.proxy is not None
        self.proxy.hurt(fault)


BLOWS: dict[str, Callable[[Nemesis], None]] = {
    "kill": Nemesis.kill,
    "kill while it starts": Nemesis.kill_while_it_starts,
    "die before the commit": lambda nemesis: nemesis.die("die_before_commit"),
    "die before the poke": lambda nemesis: nemesis.die("die"),
    "pause": Nemesis.pause,
    "lossy": lambda nemesis: nemesis.hints("lossy"),
    "deaf": lambda nemesis: nemesis.hints("deaf"),
    "cut": lambda nemesis: nemesis.line("cut"),
    "cut inside a frame": lambda nemesis: nemesis.line("inside"),
    "half open": lambda nemesis: nemesis.line("silent"),
    "partition": lambda nemesis: nemesis.line("closed door"),
    "slow": lambda nemesis: nemesis.line("slow"),
    "late": lambda nemesis: nemesis.line("late"),
    "wipe Redis": lambda nemesis: wipe_redis(nemesis.redis_url),
}
KILLS = [
    *["kill"] * 4,
    *["die before the poke"] * 3,
    *["die before the commit"] * 2,
    "kill while it starts",
]
HINTS = ["lossy", "deaf"]
LINES = ["cut", "cut inside a frame", "half open", "partition", "slow", "late", "pause"]


def wipe_redis(url: str) -> None:
    """One database of it: others have their tests in the others."""
    with redis.Redis.from_url(url) as client:
        client.flushdb()


def dealt(blows: list[str], count: int, chance: random.Random) -> list[str]:
    """So many blows, each as often as its share of them says, in an order by chance."""
    shares = [blows[number % len(blows)] for number in range(count)]
    chance.shuffle(shares)
    return shares


def megabytes_of(pid: int) -> float:
    """What a process holds; nothing once it has ended."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next((int(line.split()[1]) / 1000 for line in lines if line.startswith("VmRSS:")), 0)
