"""Where a request comes from."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.test import RequestFactory

from evenlode.web.sign_in.network import from_this_machine, network_of


def asked(**meta):
    return RequestFactory().get("/", **meta)


def test_behind_the_proxy_the_address_is_the_one_that_the_proxy_added(settings):
    settings.EVENLODE = replace(settings.EVENLODE, proxy=True)
    request = asked(REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="203.0.113.9, 192.0.2.1")
    assert network_of(request) == "192.0.2.1"


def test_without_a_proxy_what_a_browser_says_of_its_address_is_not_believed(settings):
    settings.EVENLODE = replace(settings.EVENLODE, proxy=False)
    assert network_of(asked(REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR="203.0.113.9")) == "192.0.2.1"


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("", "unknown"),
        ("no address", "unknown"),
    ],
)
def test_of_a_long_address_the_first_half_counts(address, network):
    assert network_of(asked(REMOTE_ADDR=address)) == network


@pytest.mark.parametrize(
    ("meta", "here"),
    [
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "127.0.0.1:8000"}, True),
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "localhost:8000"}, True),
        ({"REMOTE_ADDR": "192.0.2.1", "HTTP_HOST": "localhost"}, False),
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "testserver"}, False),
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "localhost", "HTTP_X_FORWARDED_FOR": "127.0.0.1"}, False),
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "localhost", "HTTP_FORWARDED": "for=127.0.0.1"}, False),
        ({"REMOTE_ADDR": "", "HTTP_HOST": "localhost"}, False),
    ],
)
def test_this_machine_is_meant_only_where_nothing_stands_between(meta, here):
    assert from_this_machine(asked(**meta)) is here
