"""A PostgreSQL server of one's own in a temporary folder, with its fsync on: `with Server() as server`.
`programs()` is None where PostgreSQL is not installed."""

import glob
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path


def programs():
    """The folder of the newest server that is installed, or None."""
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda at: int(at.split("/")[-2]))
    return Path(found[-1]) if found else None


def as_owner():
    """PostgreSQL does not run as the superuser of a machine."""
    if os.getuid() != 0:
        return {}
    try:
        user = pwd.getpwnam("postgres")
    except KeyError:
        user = pwd.getpwnam("nobody")
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


class Server:
    """`url(role)`: the database "journal" as its owner "veche", or as the superuser "admin"."""

    def __init__(self):
        self.bin = programs()
        self.folder = Path(tempfile.mkdtemp(prefix="veche-postgres-"))
        self.data = self.folder / "data"

    def __enter__(self):
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            self.port = s.getsockname()[1]
        self.owner = as_owner()
        if self.owner:
            os.chown(self.folder, self.owner["user"], self.owner["group"])
        self.run("initdb", "-D", self.data, "-U", "admin", "-A", "trust", "-E", "UTF8", "--locale=C")
        (self.data / "postgresql.conf").open("a").write(
            f"listen_addresses='127.0.0.1'\nport={self.port}\nunix_socket_directories=''\n"
            "shared_buffers=32MB\nmax_connections=100\n")
        self.run("pg_ctl", "-D", self.data, "-l", self.folder / "log", "-w", "start")
        self.sql("CREATE ROLE veche LOGIN")
        self.fresh()
        return self

    def fresh(self):
        """An empty database."""
        self.sql("DROP DATABASE IF EXISTS journal", "CREATE DATABASE journal OWNER veche")

    def run(self, name, *arguments):
        quiet = {**os.environ, "PGOPTIONS": "-c client_min_messages=warning"}
        subprocess.run([self.bin / name, *map(str, arguments)], check=True, stdout=subprocess.DEVNULL,
                       cwd="/", env=quiet, **self.owner)

    def sql(self, *statements):
        for one in statements:
            self.run("psql", "-q", "-h", "127.0.0.1", "-p", self.port, "-U", "admin", "-d", "postgres",
                     "-c", one)

    def url(self, role):
        return f"postgres://{role}@127.0.0.1:{self.port}/journal?sslmode=disable"

    def __exit__(self, *_):
        self.run("pg_ctl", "-D", self.data, "-m", "immediate", "-w", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)
