"""The product's settings, with a layer on Redis that loses, doubles, swaps and delays, or whose memberships lapse soon."""

import os

from tracker.config.settings import *  # noqa: F403
from tracker.config.settings import CHANNEL_LAYERS

_options: dict[str, object] = CHANNEL_LAYERS["default"]["CONFIG"]  # type: ignore[assignment]
_options["group_expiry"] = int(os.environ.get("PROOF_GROUP_EXPIRY", "86400"))
if os.environ.get("PROOF_FAULTY_LAYER"):
    CHANNEL_LAYERS["default"]["BACKEND"] = "tests.proofs.faulty_layer.FaultyLayer"
