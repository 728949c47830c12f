"""A provider of sign-ins on loopback, made for the tests: it hands out what a test tells it to, forged or sound."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

CLIENT, SECRET, TENANT = "evenlode", "a secret of thirty-two characters", "tenant-1"


@cache
def rsa_key(name):
    """One key for each name; made once, since it takes a while."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def public(name, **more):
    """How a key stands among the issuer's public keys."""
    return {**json.loads(RSAAlgorithm.to_jwk(rsa_key(name).public_key())), "kid": name, "use": "sig", **more}


def signed(claims, key="one", head=None):
    """Signed by the key whatever the claims are."""
    more = {"typ": "JWT", "kid": "one", **(head or {})}
    return jwt.api_jws.encode(json.dumps(claims).encode(), rsa_key(key), "RS256", more)


class Issuer:
    """The provider.  Everything it says can be changed: config, keys, the token, the answer with the token in it."""

    def __init__(self):
        self.codes = {}
        self.config_more = {}
        self.keys = [public("one", alg="RS256")]
        self.claims = {}
        self.left_out = ()
        self.sign = lambda claims: jwt.encode(claims, rsa_key("one"), "RS256", {"kid": "one"})
        self.token_answer = None
        self.asked = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def agree(self, asked):
        """A person has signed in there: the code for what the browser was sent to ask."""
        code = f"code-{len(self.codes)}"
        self.codes[code] = asked
        return code

    def config(self):
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorise",
            "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
            **self.config_more,
        }

    def token(self, form):
        """The answer to a code: refused unless client, secret, address and verifier are those that belong to it."""
        asked = self.codes.pop(form.get("code"), None)
        verifier = base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        right = asked is not None and (
            (CLIENT, SECRET, asked["redirect_uri"], asked["code_challenge"])
            == (form["client_id"], form["client_secret"], form["redirect_uri"], verifier.decode().rstrip("="))
        )
        if not right:
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        claims = {
            "iss": self.address,
            "sub": "subject-1",
            "aud": CLIENT,
            "exp": now + 300,
            "iat": now,
            "nonce": asked["nonce"],
            "tid": TENANT,
            "email": "ann@council.example",
            "email_verified": True,
            **self.claims,
        }
        said = {name: value for name, value in claims.items() if name not in self.left_out}
        answer = {"access_token": "x", "token_type": "Bearer", "id_token": self.sign(said)}
        return 200, answer | (self.token_answer or {})

    def _handler(self):
        issuer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                pages = {"/.well-known/openid-configuration": issuer.config(), "/keys": {"keys": issuer.keys}}
                self.answer(200 if self.path in pages else 404, pages.get(self.path, {}))

            def do_POST(self):
                length = int(self.headers["Content-Length"])
                form = {k: v[0] for k, v in parse_qs(self.rfile.read(length).decode()).items()}
                issuer.asked.append((self.path, form))
                if self.path == "/token":
                    self.answer(*issuer.token(form))
                elif self.path == "/moved":
                    self.answer(307, {}, Location=f"{issuer.address}/token")

            def answer(self, status, said, **headers):
                body = json.dumps(said).encode()
                self.send_response(status)
                for name, value in {
                    "Content-Type": "application/json",
                    "Content-Length": len(body),
                    **headers,
                }.items():
                    self.send_header(name, str(value))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                """Says nothing."""

        return Handler
