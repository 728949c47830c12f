"""What a council puts in front of the service: a proxy that ends TLS, as docs/how-to/run-it.md sets nginx up."""

from __future__ import annotations

import http.client
import ssl
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from threading import Thread

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length", "host"}


@contextmanager
def tls_in_front_of(port, folder):
    """https://localhost:N, handed on to a port of this machine; the certificate is made for the test."""

    class HandOn(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            self.hand_on()

        def do_POST(self):
            self.hand_on()

        def hand_on(self):
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {n: v for n, v in self.headers.items() if n.lower() not in HOP_BY_HOP}
            headers |= {"Host": self.headers["Host"], "X-Forwarded-Proto": "https"}
            headers["X-Forwarded-For"] = self.client_address[0]
            service = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            service.request(self.command, self.path, body=body, headers=headers)
            answer = service.getresponse()
            said = answer.read()
            self.send_response(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in {*HOP_BY_HOP, "server", "date"}:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)
            service.close()

        def log_message(self, *_):
            """Says nothing."""

    class Front(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request, client_address):
            """A browser that goes away in the middle is no fault."""

    front = Front(("127.0.0.1", 0), HandOn)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate(folder))
    front.socket = context.wrap_socket(front.socket, server_side=True, do_handshake_on_connect=False)
    thread = Thread(target=front.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"https://localhost:{front.server_address[1]}"
    finally:
        front.shutdown()
        front.server_close()
        thread.join(10)


def certificate(folder):
    """A key and a certificate for localhost in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
        .add_extension(
            x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))]),
            critical=False,
        )
        .sign(key, hashes.SHA256())
    )
    path = folder / "front.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path
