"""Where a request comes from: its network, by which failures are counted, and whether it is this very machine."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from django.conf import settings
from django.http import HttpRequest
from django.http.request import split_domain_port

FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST", "HTTP_FORWARDED", "HTTP_X_REAL_IP")
"""What a proxy adds; a request that has one of these was not sent by a browser of this machine straight to us."""


def network_of(request: HttpRequest) -> str:
    """The address a request comes from; of version 6 the first 64 bits, since the rest is the device's to choose.

    Behind the proxy it is the last address that the proxy added, and never one that the browser sent along.
    """
    said = request.META.get("REMOTE_ADDR", "")
    if settings.EVENLODE.proxy:
        added = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
        said = added or said
    address = _address(said)
    if isinstance(address, IPv6Address):
        return str(IPv6Network((address, 64), strict=False))
    return str(address) if address else "unknown"


def from_this_machine(request: HttpRequest) -> bool:
    """Whether a request was sent on this machine, to a name of this machine, with nothing between."""
    if any(name in request.META for name in FORWARDED):
        return False
    address = _address(request.META.get("REMOTE_ADDR", ""))
    host, _ = split_domain_port(request.get_host())
    return address is not None and address.is_loopback and is_loopback_name(host)


def is_loopback_name(host: str) -> bool:
    """Whether a host's name means this machine."""
    if host == "localhost":
        return True
    address = _address(host.strip("[]"))
    return address is not None and address.is_loopback


def _address(said: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(said)
    except ValueError:
        return None
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        return address.ipv4_mapped
    return address
