"""The server of the proofs, as a process: `manage.py serve` without its worker, with what can be broken on purpose."""

import os
import sys

if __name__ == "__main__":
    import django

    django.setup()
    from boards.live import server  # before anything else that touches Twisted
    from tests.proofs import sabotage

    sabotage.install(os.environ["PROOF_SABOTAGE"])
    server.serve(f"tcp:{sys.argv[1]}:interface=127.0.0.1")
