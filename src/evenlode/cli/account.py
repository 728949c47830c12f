"""`evenlode account`: accounts made, closed, listed and set up anew, for the day when nobody can sign in."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.table import Table

from evenlode.cli.console import console
from evenlode.cli.service import start_django
from evenlode.errors import CannotGoOn
from evenlode.web.sign_in.words import OPERATOR

if TYPE_CHECKING:
    from evenlode.web.models import Account, PersonRow

FIT_ID = re.compile(r"[A-Za-z0-9_.-]{1,40}")
"""What a person's id may be: it stands in addresses."""
USERNAME = click.argument("username", metavar="NAME")


@click.group()
@click.pass_obj
def account(home: str) -> None:
    """Make, close and list the accounts by which people sign in, and set one up anew."""
    start_django(Path(home))


@account.command()
@USERNAME
@click.option("--worker", "worker_id", metavar="ID", help="Whose it is, by their id in the worker list.")
@click.option(
    "--person", "person_id", metavar="ID", help="Whose it is, for somebody who is in no worker list."
)
@click.option(
    "--called", metavar="NAME", help="The person's name, for somebody whom the service does not know yet."
)
def make(username: str, worker_id: str | None, person_id: str | None, called: str | None) -> None:
    """Make an account NAME for a person, and print the link by which they set it up."""
    from django.db import transaction

    from evenlode.web.models import Account
    from evenlode.web.sign_in.links import one_time_link
    from evenlode.web.sign_in.told import told
    from evenlode.web.sign_in.words import Because, Did, What

    plain = _plain(username)
    with transaction.atomic():
        if Account.objects.filter(username=plain).exists():
            raise CannotGoOn(f"{plain} is an account already: choose another name, or give it a link.")
        person = _whose(worker_id, person_id, called)
        if Account.objects.filter(person=person).exists():
            raise CannotGoOn(f"{worker_id or person_id} has an account already (evenlode account list).")
        made = Account.objects.create_user(username=plain, person=person, password=None)
        told(Did.MAKE, What.ACCOUNT, Because.OPERATOR, person_id=OPERATOR, thing_id=person.person_id)
        address = one_time_link(made, made_by=OPERATOR)
    _say_link(plain, address)


@account.command()
@USERNAME
@click.option(
    "--role",
    required=True,
    type=click.Choice(["system administrator", "information governance"]),
    help="Which of the two posts that look after access.",
)
def post(username: str, role: str) -> None:
    """Give account NAME one of the two posts that look after access; neither opens a child.

    Every other post is asked for on the page of people and access, and a second person agrees there.
    """
    from django.db import transaction
    from django.utils import timezone

    from evenlode.access import Role
    from evenlode.web.granting import give_first_post
    from evenlode.web.sign_in.told import told
    from evenlode.web.sign_in.words import Because, Did, What

    found = _account(username)
    with transaction.atomic():
        given = give_first_post(found.person, role=Role(role), by=OPERATOR, at=timezone.now())
        if given:
            told(Did.MAKE, What.POST, Because.OPERATOR, person_id=OPERATOR, thing_id=found.person_id)
    click.echo(f"{found.username} is {role}{'' if given else ' already'}.")


@account.command()
@USERNAME
def link(username: str) -> None:
    """Print a new set-up link for account NAME; links printed before stop working."""
    from evenlode.web.sign_in.links import one_time_link

    found = _account(username)
    _say_link(found.username, one_time_link(found, made_by=OPERATOR))


@account.command()
@USERNAME
def disable(username: str) -> None:
    """Close account NAME; whoever is signed in with it is out at their next click."""
    _open_or_close(username, is_open=False)


@account.command()
@USERNAME
def enable(username: str) -> None:
    """Open account NAME again, with the password and the second factor that it had."""
    _open_or_close(username, is_open=True)


@account.command(name="reset-second-factor")
@USERNAME
def reset_second_factor(username: str) -> None:
    """Take account NAME's app, recovery codes and known browsers away, end its sessions, and print a new link."""
    from django.db import transaction

    from evenlode.web.sign_in import devices, factor, sessions
    from evenlode.web.sign_in.links import one_time_link
    from evenlode.web.sign_in.told import told
    from evenlode.web.sign_in.words import Because, Did, What

    found = _account(username)
    with transaction.atomic():
        told(Did.REMOVE, What.FACTOR, Because.OPERATOR, person_id=OPERATOR, thing_id=found.person_id)
        factor.remove_factor(found)
        devices.forget_all(found)
        sessions.end_all(found)
        address = one_time_link(found, made_by=OPERATOR)
    _say_link(found.username, address)


@account.command()
@USERNAME
@click.option(
    "--subject",
    required=True,
    help="How the council's provider calls them: it stands on the page that refused them.",
)
@click.option("--issuer", help="The provider; else the one of EVENLODE_OIDC_ISSUER.")
def tie(username: str, subject: str, issuer: str | None) -> None:
    """Let a person of the council's own sign-in in as account NAME."""
    from django.conf import settings

    from evenlode.web.sign_in import outside

    provider = settings.EVENLODE.provider
    known = issuer or (provider.issuer if provider else "")
    if not known:
        raise CannotGoOn("No provider is set: name it with --issuer, or set EVENLODE_OIDC_ISSUER.")
    found = _account(username)
    outside.tie(found, issuer=known, subject=subject, tied_by=OPERATOR)
    click.echo(f"{found.username} signs in through {known} now.")


@account.command()
@USERNAME
def untie(username: str) -> None:
    """Let nobody of the council's own sign-in in as account NAME any more."""
    from evenlode.web.sign_in import outside

    found = _account(username)
    count = outside.untie(found, untied_by=OPERATOR)
    click.echo(f"{found.username}: {count} taken away.")


@account.command(name="list")
def list_accounts() -> None:
    """List every account: whose it is, whether it is open, and how it signs in."""
    from evenlode.web.models import Account
    from evenlode.web.sign_in import factor
    from evenlode.web.sign_in.backend import is_cut_off

    table = Table("Name", "Person", "Open", "Password", "App, recovery codes", "Council's sign-in", "Last in")
    for found in Account.objects.select_related("person").order_by("username"):
        table.add_row(
            found.username,
            found.person_id,
            "yes" if found.is_active and not is_cut_off(found.person) else "no",
            "set" if found.has_usable_password() else "none",
            f"set, {factor.recovery_codes_left(found)} codes" if factor.has_factor(found) else "none",
            "tied" if found.outside_identities.exists() else "none",
            f"{found.last_login:%Y-%m-%d %H:%M}" if found.last_login else "never",
        )
    console().print(table)


def _open_or_close(username: str, *, is_open: bool) -> None:
    from django.db import transaction

    from evenlode.web.sign_in.told import told
    from evenlode.web.sign_in.words import Because, Did, What

    found = _account(username)
    with transaction.atomic():
        did = Did.OPEN if is_open else Did.CLOSE
        told(did, What.ACCOUNT, Because.OPERATOR, person_id=OPERATOR, thing_id=found.person_id)
        found.is_active = is_open
        found.save(update_fields=["is_active"])
    click.echo(f"{found.username} is {'open' if is_open else 'closed'}.")


def _account(username: str) -> Account:
    from evenlode.web.models import Account

    found = Account.objects.select_related("person").filter(username=_plain(username)).first()
    if found is None:
        raise CannotGoOn(f"There is no account {username}: evenlode account list names them all.")
    return found


def _whose(worker_id: str | None, person_id: str | None, called: str | None) -> PersonRow:
    """The person an account is for: one of the worker list, or one named here."""
    from evenlode.web.models import PersonRow

    if bool(worker_id) == bool(person_id):
        raise CannotGoOn(
            "Say whose account it is: --worker with their id in the worker list, or --person for somebody else."
        )
    if person_id:
        return _person(person_id, called)
    found = PersonRow.objects.filter(worker_id=worker_id).first()
    if found is None:
        raise CannotGoOn(
            f"No load that the pages show has a worker {worker_id}: load the worker list first, or use --person."
        )
    return found


def _person(person_id: str, called: str | None) -> PersonRow:
    from evenlode.web.models import PersonRow

    found = PersonRow.objects.filter(pk=person_id).first()
    if found is not None:
        return found
    if not called:
        raise CannotGoOn(
            f"The service knows no person {person_id}: say their name with --called to add them."
        )
    if not FIT_ID.fullmatch(person_id):
        raise CannotGoOn("A person's id has at most 40 letters, digits, hyphens, dots and underscores.")
    person = PersonRow(person_id=person_id, name=called)
    person.save()
    return person


def _plain(username: str) -> str:
    from evenlode.web.sign_in.tries import plain_name

    plain = plain_name(username)
    if not plain or not plain.isprintable() or " " in plain:
        raise CannotGoOn("A user name is one word of letters, digits and signs.")
    return plain


def _say_link(username: str, address: str) -> None:
    from django.conf import settings

    from evenlode.web.sign_in.links import GOOD_FOR

    host = settings.EVENLODE.hosts[0] if settings.EVENLODE.hosts else "localhost"
    click.echo(f"{username} sets up password and second factor here, once, within {GOOD_FOR.days} days:")
    click.echo(f"https://{host}{address}")
    click.echo("Whoever has this link is let in: hand it over in person, or by a way that only they read.")
