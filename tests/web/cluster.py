"""A PostgreSQL cluster of a test's own, with data checksums: made, killed as by a power cut, checked and removed again."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg

BIN = next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), None)
TEMP = tempfile.gettempdir()
"""Where the user postgres may write too."""


def can_make_one():
    """Whether the programs of a server are installed, and a user is there to run them as."""
    return BIN is not None and (os.geteuid() != 0 or any(u.pw_name == "postgres" for u in pwd.getpwall()))


def free_port():
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def as_postgres():
    """What has a program run as the user postgres, since a cluster refuses to run as root."""
    account = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
    return {"cwd": TEMP, **account}


@dataclass
class Cluster:
    """One server of our own; the superuser is postgres, and everybody on this machine is trusted.

    server: the postmaster, a child of ours, so that it is gone when it was killed and we have waited for it.
    """

    folder: Path
    port: int
    server: subprocess.Popen[bytes] | None = None

    def url(self, role, database="evenlode"):
        """Where a database of it is, under a role."""
        return f"postgresql://{role}@127.0.0.1:{self.port}/{database}"

    def run(self, program, *words):
        """Runs one of PostgreSQL's own programs."""
        return subprocess.run(
            [str(BIN / program), *words], check=True, capture_output=True, text=True, **as_postgres()
        )

    def make(self):
        """Makes the files of the cluster."""
        self.run("initdb", "--data-checksums", "--auth=trust", "-D", str(self.folder))

    def start(self):
        """Starts it, with the recovery that a kill before makes needful, and waits until it answers."""
        with Path(f"{self.folder}.log").open("ab") as log:
            self.server = subprocess.Popen(
                [
                    *(str(BIN / "postgres"), "-D", str(self.folder), "-p", str(self.port)),
                    *("-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={TEMP}"),
                ],
                stdout=log,
                stderr=log,
                **as_postgres(),
            )
        for _ in range(600):
            if self.server.poll() is not None:
                break
            with suppress(psycopg.OperationalError), psycopg.connect(self.url("postgres", "postgres")):
                return
            time.sleep(0.1)
        raise AssertionError(Path(f"{self.folder}.log").read_text()[-3000:])

    def stop(self, how=signal.SIGINT):
        """Stops it: as shipped at once but cleanly, whoever is connected."""
        if self.server is not None:
            self.server.send_signal(how)
            self.server.wait(60)
            self.server = None

    def kill(self):
        """kill -9 of the postmaster and of everything that it started; waits until they are gone."""
        postmaster = self.server.pid
        os.kill(postmaster, signal.SIGSTOP)  # so that it starts nothing while its children are counted
        started = children_of(postmaster)
        for pid in (postmaster, *started):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.server.wait()
        self.server = None
        while any(lives(pid) for pid in started):
            time.sleep(0.01)

    def check_files(self):
        """Reads every page of every file against its checksum, while the server is down; fails where one is wrong."""
        said = self.run("pg_checksums", "--check", "-D", str(self.folder)).stdout
        assert "Bad checksums:  0" in said, said

    def check_tables(self, database="evenlode"):
        """Looks at every table and index with amcheck; fails where one is not as it should be."""
        self.run(
            *("pg_amcheck", "-h", "127.0.0.1", "-p", str(self.port), "-U", "postgres"),
            *("--install-missing", "--heapallindexed", database),
        )

    def remove(self):
        """Takes it away, whatever state it is in."""
        self.stop(signal.SIGQUIT)
        shutil.rmtree(self.folder, ignore_errors=True)
        Path(f"{self.folder}.log").unlink(missing_ok=True)


def children_of(pid):
    """The processes that a process started."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError):
                if int((entry / "stat").read_text().rpartition(")")[2].split()[1]) == pid:
                    found.append(int(entry.name))
    return found


def lives(pid):
    """Whether a process is there and is no more than its own remains."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@contextmanager
def a_cluster(name="cluster"):
    """A cluster with an owner, the service's role and an empty database, gone again afterwards."""
    there = Cluster(Path(TEMP) / f"evenlode-{name}-{os.getpid()}", free_port())
    try:
        there.make()
        there.start()
        with psycopg.connect(there.url("postgres", "postgres"), autocommit=True) as con:
            con.execute("CREATE ROLE owner LOGIN")
            con.execute("CREATE ROLE service LOGIN")
            con.execute("CREATE DATABASE evenlode OWNER owner")
        yield there
    finally:
        there.remove()


def addresses(cluster):
    """The variables by which the service finds its database there."""
    return {
        "EVENLODE_DATABASE_URL": cluster.url("service"),
        "EVENLODE_DATABASE_OWNER_URL": cluster.url("owner"),
    }
