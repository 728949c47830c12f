"""The council's own policy file, read once and again only when it has changed."""

from __future__ import annotations

from pathlib import Path
from threading import Lock

from django.conf import settings

from evenlode.policy import Policy, read_policy, shipped_policy

_lock = Lock()
_read: dict[Path, tuple[int, Policy]] = {}


def policy_path() -> Path:
    """Where the home keeps the council's policy."""
    home: Path = settings.EVENLODE.home
    return home / "policy.yaml"


def policy() -> Policy:
    """The council's settings: the home's policy file, else the shipped ones."""
    path = policy_path()
    if not path.is_file():
        return shipped_policy()
    changed = path.stat().st_mtime_ns
    with _lock:
        held = _read.get(path)
        if held is None or held[0] != changed:
            held = (changed, read_policy(path))
            _read[path] = held
    return held[1]


def council_name() -> str:
    """What the heading calls the council."""
    if settings.EVENLODE.demo:
        return "Evenlode (a made-up council)"
    return policy().council or "Children's services"
