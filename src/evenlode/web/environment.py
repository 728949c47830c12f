"""What the service is told from outside, read once: the home, the database, the keys, where it answers.

Everything that a council's IT team sets is a variable here, declared once; `docs/reference/service.md` is made from it.
"""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from evenlode.errors import CannotGoOn


@dataclass(frozen=True)
class Variable:
    """One variable: its name, what it says, and what holds without it."""

    name: str
    says: str
    otherwise: str


VARIABLES: tuple[Variable, ...] = (
    Variable(
        "EVENLODE_HOME",
        "The folder with the record, the policy, the keys and the database.",
        "./evenlode-home",
    ),
    Variable(
        "EVENLODE_DATABASE_URL",
        "The database of the service, under the role that owns nothing: postgresql://role@host/name. A server on another "
        "machine is met with TLS and must prove its name (sslmode=verify-full; sslrootcert names the authority).",
        "an SQLite file in the home",
    ),
    Variable(
        "EVENLODE_DATABASE_OWNER_URL",
        "The same database under the role that owns its tables: for set-up alone.",
        "the address above",
    ),
    Variable(
        "EVENLODE_SECRET_KEY_FILE",
        "The file with the key that signs sessions; made in the home on first set-up.",
        "keys/secret in the home",
    ),
    Variable(
        "EVENLODE_AUDIT_KEY_FILE",
        "The file with the key of the audit trail; keep it away from the database.",
        "keys/audit in the home",
    ),
    Variable(
        "EVENLODE_ANCHORS",
        "The file that anchors of the audit trail are added to; best where the service cannot rewrite it.",
        "audit-anchors in the home",
    ),
    Variable(
        "EVENLODE_BACKUP_KEY_FILE",
        "The file with the key of the backups (64 hexadecimal digits, chmod 600); keep a copy away from both.",
        "--key-file must name it",
    ),
    Variable(
        "EVENLODE_HOSTS", "The names under which the service answers, with commas.", "localhost,127.0.0.1"
    ),
    Variable(
        "EVENLODE_COUNCIL_COLOUR",
        "The council's own colour, as #12436D; dark enough for white text.",
        "#12436D",
    ),
    Variable(
        "EVENLODE_PROXY",
        "yes where a proxy in front ends TLS and sets X-Forwarded-Proto; no where the service is met directly.",
        "yes",
    ),
    Variable(
        "EVENLODE_PUBLISHED",
        "The folder with the Department's published CSV files, which stand beside the council's own measures.",
        "published in the home",
    ),
    Variable(
        "EVENLODE_UPLOAD_MB", "How large a hand-over of extracts may be, in megabytes, as it is sent.", "256"
    ),
    Variable(
        "EVENLODE_OIDC_ISSUER",
        "The council's own sign-in (OpenID Connect): the issuer's address, as it stands in its tokens; for Entra ID "
        "https://login.microsoftonline.com/TENANT/v2.0.",
        "local accounts alone",
    ),
    Variable("EVENLODE_OIDC_CLIENT_ID", "The id under which the provider knows this service.", "none"),
    Variable(
        "EVENLODE_OIDC_CLIENT_SECRET_FILE",
        "The file with the secret that the provider gave for it; readable by the service alone.",
        "keys/oidc in the home",
    ),
    Variable(
        "EVENLODE_OIDC_TENANT",
        "The tenant that a token must name (claim tid): for Entra ID always, for others leave it out.",
        "none is asked for",
    ),
)
"""Every variable of the service, in the order in which its page lists them."""

MOST_UPLOAD_MB = 2048
"""A hand-over is opened in memory: what is larger is loaded on the server (evenlode load)."""
THIS_MACHINE = frozenset({"", "localhost", "127.0.0.1", "::1"})
"""A server here is met without TLS: nothing leaves the machine."""
COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


@dataclass(frozen=True)
class OutsideProvider:
    """The council's own provider of sign-ins, by OpenID Connect."""

    ID: ClassVar[str] = "council"

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    tenant: str

    @property
    def app(self) -> dict[str, Any]:
        """As allauth wants to be told of it; nothing is asked for but who it is."""
        return {
            "provider_id": self.ID,
            "name": "the council's own sign-in",
            "client_id": self.client_id,
            "secret": self.client_secret,
            "settings": {
                "server_url": self.issuer.rstrip("/") + "/.well-known/openid-configuration",
                "scope": ["openid"],
                "fetch_userinfo": False,
                "oauth_pkce_enabled": True,
            },
        }


@dataclass(frozen=True)
class Environment:
    """The variables, read and checked.

    demo: the demonstration on loopback: ready sign-ins, cookies that go without TLS; nothing else may switch it on.
    """

    home: Path
    database_url: str
    owner_url: str
    secret_key: str
    audit_key_file: Path
    anchors: Path
    hosts: tuple[str, ...]
    colour: str
    proxy: bool
    demo: bool
    published: Path
    upload_bytes: int
    provider: OutsideProvider | None


def read_environment(environ: Mapping[str, str]) -> Environment:
    """What holds for this process; CannotGoOn names the variable that is wrong and the mend."""
    home = Path(environ.get("EVENLODE_HOME", "./evenlode-home")).absolute()
    colour = environ.get("EVENLODE_COUNCIL_COLOUR", "#12436D")
    if not COLOUR.fullmatch(colour):
        raise CannotGoOn("EVENLODE_COUNCIL_COLOUR is no colour: write it as #12436D.")
    url, owner_url = database_addresses(environ, home)
    upload = environ.get("EVENLODE_UPLOAD_MB", "256")
    if not upload.isdecimal() or not 1 <= int(upload) <= MOST_UPLOAD_MB:
        raise CannotGoOn(f"EVENLODE_UPLOAD_MB must be a whole number from 1 to {MOST_UPLOAD_MB}.")
    return Environment(
        home=home,
        database_url=url,
        owner_url=owner_url,
        secret_key=_secret(environ, home),
        audit_key_file=Path(environ.get("EVENLODE_AUDIT_KEY_FILE", home / "keys" / "audit")),
        anchors=Path(environ.get("EVENLODE_ANCHORS", home / "audit-anchors")),
        hosts=tuple(
            h.strip() for h in environ.get("EVENLODE_HOSTS", "localhost,127.0.0.1").split(",") if h.strip()
        ),
        colour=colour,
        proxy=environ.get("EVENLODE_PROXY", "yes").casefold() != "no",
        demo=environ.get("EVENLODE_DEMO", "") == "yes",
        published=Path(environ.get("EVENLODE_PUBLISHED", "") or home / "published").absolute(),
        upload_bytes=int(upload) * 1024**2,
        provider=_provider(environ, home),
    )


def database_addresses(environ: Mapping[str, str], home: Path) -> tuple[str, str]:
    """Where the database is: under the service's own role, and under its owner's."""
    url = environ.get("EVENLODE_DATABASE_URL", "") or f"sqlite:///{home / 'service.sqlite3'}"
    owner_url = environ.get("EVENLODE_DATABASE_OWNER_URL", "") or url
    return encrypted(url, "EVENLODE_DATABASE_URL"), encrypted(owner_url, "EVENLODE_DATABASE_OWNER_URL")


def encrypted(url: str, variable: str) -> str:
    """An address under which no word travels in the clear: a server on another machine is asked for TLS, and proves its name.

    Raises CannotGoOn where the address itself asks for less.
    """
    parts = urlsplit(url)
    asked = dict(parse_qsl(parts.query))
    host = asked.get("host", parts.hostname or "")
    if parts.scheme.startswith("sqlite") or host in THIS_MACHINE or host.startswith(("/", "%2f", "%2F")):
        return url
    if asked.setdefault("sslmode", "verify-full") not in {"require", "verify-ca", "verify-full"}:
        raise CannotGoOn(
            f"{variable} reaches a server on another machine without TLS: leave sslmode out of it, or say "
            "sslmode=verify-full."
        )
    return urlunsplit(parts._replace(query=urlencode(asked, safe="/")))


WANTED = ".wanted"
"""Behind the name of a key: stands among the keys of a home that was restored without it, until it is put back."""


def make_keys(home: Path) -> None:
    """Makes the keys that are not there yet, closed to everybody but their owner.

    CannotGoOn where a home was restored without them: a new audit key would not fit the trail, and under another
    secret key nobody's second factor can be read.
    """
    folder = home / "keys"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for wanted in sorted(folder.glob(f"*{WANTED}")):
        key, variable = wanted.with_suffix(""), f"EVENLODE_{wanted.stem.upper()}_KEY_FILE"
        if not key.exists() and not os.environ.get(variable):
            raise CannotGoOn(
                f"{home} was restored without its {key.name} key: put that key back as {key} (chmod 600), or name it "
                f"in {variable}."
            )
        wanted.unlink()
    for name in ("secret", "audit"):
        if not (folder / name).exists():
            handle = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w") as file:
                file.write(secrets.token_hex(48) + "\n")


def _provider(environ: Mapping[str, str], home: Path) -> OutsideProvider | None:
    """The council's own provider, where one is named; CannotGoOn where only half of it is."""
    issuer, client_id = (environ.get(f"EVENLODE_OIDC_{name}", "").strip() for name in ("ISSUER", "CLIENT_ID"))
    if not issuer and not client_id:
        return None
    if not issuer or not client_id:
        raise CannotGoOn(
            "EVENLODE_OIDC_ISSUER and EVENLODE_OIDC_CLIENT_ID go together: name both, or neither."
        )
    if not re.match(r"https://[^/]+|http://(localhost|127\.0\.0\.1|\[::1\])[:/]", issuer):
        raise CannotGoOn("EVENLODE_OIDC_ISSUER is no address that begins with https://.")
    path = Path(environ.get("EVENLODE_OIDC_CLIENT_SECRET_FILE", home / "keys" / "oidc"))
    try:
        secret = path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        secret = ""
    if not secret:
        raise CannotGoOn(
            f"{path} does not hold the secret that the provider gave: write it there, or name the file in "
            "EVENLODE_OIDC_CLIENT_SECRET_FILE."
        )
    return OutsideProvider(issuer, client_id, secret, environ.get("EVENLODE_OIDC_TENANT", "").strip())


def _secret(environ: Mapping[str, str], home: Path) -> str:
    path = Path(environ.get("EVENLODE_SECRET_KEY_FILE", home / "keys" / "secret"))
    try:
        said = path.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError):
        raise CannotGoOn(
            f"{path} cannot be read: set the home up first (evenlode set-up), or name the file in "
            "EVENLODE_SECRET_KEY_FILE."
        ) from None
    if len(said) < 50:
        raise CannotGoOn(f"{path} holds a key that is too short: at least 50 characters are needed.")
    return said
