"""Machines in network namespaces of one computer: a switch, PostgreSQL with a synchronous standby, the program on
several nodes, HAProxy, and what can be broken of each. Needs root, iproute2, nftables, PostgreSQL and HAProxy."""
import glob
import os
import pwd
import shutil
import signal
import struct
import subprocess
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROGRAM = os.path.abspath(os.environ.get("VECHE_PROGRAM", "build/dev/veche"))
NETWORK = "10.77.0."


def missing():
    """What the harness needs and is not here; nothing where all is."""
    if os.getuid() != 0:
        return "the rights of root"
    for name in ("ip", "nft", "haproxy", "gcc"):
        if shutil.which(name, path=os.environ["PATH"] + ":/usr/sbin:/sbin") is None:
            return name
    if not glob.glob("/usr/lib/postgresql/*/bin/postgres"):
        return "PostgreSQL"
    tried = subprocess.run(["unshare", "-n", "nft", "add", "table", "ip", "t"], capture_output=True, check=False)
    return "" if tried.returncode == 0 else "network namespaces with nftables"


def run(*words, check=True, **more):
    done = subprocess.run([str(w) for w in words], capture_output=True, text=True, check=False, **more)
    if check and done.returncode != 0:
        raise RuntimeError(f"{words}: {done.stdout}{done.stderr}")
    return done


class Machine:
    """A namespace with one address."""

    def __init__(self, net, name, number):
        self.net, self.name, self.address = net, name, NETWORK + str(number)
        self.space = f"{net.tag}-{name}"
        self.folder = net.folder / name
        self.folder.mkdir()
        link = f"v{number}"
        run("ip", "netns", "add", self.space)
        run("ip", "-n", net.switch, "link", "add", link, "type", "veth", "peer", "name", "eth0", "netns", self.space)
        run("ip", "-n", net.switch, "link", "set", link, "master", "br0", "up")
        run("ip", "-n", self.space, "addr", "add", self.address + "/24", "dev", "eth0")
        for device in ("lo", "eth0"):
            run("ip", "-n", self.space, "link", "set", device, "up")
        self.rules("add table ip faults", "add chain ip faults in { type filter hook input priority 0; }",
                   "add chain ip faults out { type filter hook output priority 0; }")
        self.faults = self.folder / "faults"
        self.faults.write_bytes(bytes(16))
        self.slow_ms = self.ahead_ms = 0
        self.process = None

    def enter(self):
        return ["ip", "netns", "exec", self.space]

    def preloaded(self):
        return {"LD_PRELOAD": str(self.net.preload), "VECHE_FAULTS": str(self.faults)}

    def tell(self):
        # In place: the program has it mapped.
        with open(self.faults, "r+b") as file:
            file.write(struct.pack("=qq", self.slow_ms, self.ahead_ms))

    # --- the network
    def quiet(self):
        """Everything passes again."""
        self.rules("flush chain ip faults in", "flush chain ip faults out")

    def rules(self, *lines):
        run(*self.enter(), "nft", "-f", "-", input="\n".join(lines) + "\n")

    def deaf(self, to=None):
        """Hears nothing (from one); what it says still arrives."""
        self.rules("add rule ip faults in " + (f"ip saddr {to} " if to else 'iifname "eth0" ') + "drop")

    def dumb(self, to=None):
        self.rules("add rule ip faults out " + (f"ip daddr {to} " if to else 'oifname "eth0" ') + "drop")

    def lossy(self, percent):
        self.rules(f'add rule ip faults in iifname "eth0" numgen random mod 100 < {percent} drop')

    def doubling(self, percent):
        for other in self.net.machines.values():
            if other is not self:
                self.rules(f"add rule ip faults out ip daddr {other.address} numgen random mod 100 < {percent} "
                           f'dup to {other.address} device "eth0"')

    # --- its process
    def start(self, words, log, env=None, **more):
        self.process = subprocess.Popen(
            [*self.enter(), *map(str, words)], stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            start_new_session=True, env={**os.environ, **(env or {})}, **more)

    def signal(self, which):
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, which)

    def kill(self):
        self.signal(signal.SIGKILL)
        if self.process:
            self.process.wait()
        self.process = None


class Net:
    """The switch, and all machines on it."""

    def __init__(self, folder):
        self.tag = f"veche{os.getpid()}"
        self.folder = folder
        self.switch = self.tag + "-switch"
        self.machines = {}
        self.mounts = []
        self.preload = folder / "preload.so"
        run("gcc", "-O2", "-shared", "-fPIC", "-o", self.preload, HERE / "cluster_preload.c", "-ldl")
        run("ip", "netns", "add", self.switch)
        run("ip", "-n", self.switch, "link", "add", "br0", "type", "bridge")
        run("ip", "-n", self.switch, "link", "set", "br0", "up")

    def add(self, kind, name, number, *more):
        made = kind(self, name, number, *more)
        self.machines[name] = made
        return made

    def disk(self, at, megabytes):
        """A small disk in memory."""
        at.mkdir(parents=True, exist_ok=True)
        run("mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "veche", at)
        self.mounts.append(at)

    def end(self):
        for machine in self.machines.values():
            machine.signal(signal.SIGCONT)
            machine.kill()
        for space in [m.space for m in self.machines.values()] + [self.switch]:
            for process in run("ip", "netns", "pids", space, check=False).stdout.split():
                try:
                    os.kill(int(process), signal.SIGKILL)
                except ProcessLookupError:
                    pass
            run("ip", "netns", "del", space, check=False)
        for at in self.mounts:
            run("umount", "-l", at, check=False)


class Postgres(Machine):
    """A server that can be the primary or a standby of another."""

    def __init__(self, net, name, number):
        super().__init__(net, name, number)
        found = sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda at: int(at.split("/")[-2]))
        self.bin = Path(found[-1])
        user = pwd.getpwnam("postgres")
        self.owner = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        self.disk = self.folder / "disk"
        net.disk(self.disk, 320)
        self.data = self.disk / "data"
        for at in (self.disk, self.folder):
            os.chown(at, user.pw_uid, user.pw_gid)
        self.log = open(self.folder / "log", "ab")

    def own(self, name, *words):
        run(*self.enter(), "setpriv", "--reuid", self.owner["user"], "--regid", self.owner["group"], "--clear-groups",
            self.bin / name, *words, cwd="/")

    def configure(self, other):
        (self.data / "postgresql.auto.conf").write_text(
            f"listen_addresses='*'\nport=5432\nunix_socket_directories=''\nshared_buffers=32MB\nmax_connections=80\n"
            f"max_wal_size=96MB\nmin_wal_size=32MB\nwal_keep_size=32MB\n"
            f"wal_sender_timeout=4s\nwal_receiver_timeout=4s\n"
            f"wal_level=replica\nhot_standby=on\nwal_log_hints=on\nsynchronous_standby_names='standby'\n"
            f"wal_receiver_status_interval=1s\nautovacuum=off\n"
            f"primary_conninfo='host={other.address} user=admin application_name=standby connect_timeout=3'\n")

    def make_primary(self, other):
        self.own("initdb", "-D", self.data, "-U", "admin", "-A", "trust", "-E", "UTF8", "--locale=C")
        with (self.data / "pg_hba.conf").open("a") as file:
            file.write("host all all 10.77.0.0/24 trust\nhost replication all 10.77.0.0/24 trust\n")
        self.configure(other)

    def make_standby(self, other):
        """Copied anew from the primary."""
        shutil.rmtree(self.data, ignore_errors=True)
        self.own("pg_basebackup", "-h", other.address, "-U", "admin", "-D", self.data, "-X", "stream", "-c", "fast")
        self.configure(other)
        (self.data / "standby.signal").touch()
        os.chown(self.data / "standby.signal", self.owner["user"], self.owner["group"])

    def serve(self):
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        self.start([self.bin / "postgres", "-D", self.data], self.log, self.preloaded(), cwd="/")

    def start(self, words, log, env=None, **more):
        # Entering a namespace needs root, and the server refuses to run as root.
        drop = ["setpriv", "--reuid", str(self.owner["user"]), "--regid", str(self.owner["group"]), "--clear-groups"]
        super().start([*drop, *words], log, env, **more)

    def kill(self):
        super().kill()
        # Its children notice within a moment, but the next start must not find them.
        for process in run("ip", "netns", "pids", self.space, check=False).stdout.split():
            try:
                os.kill(int(process), signal.SIGKILL)
            except ProcessLookupError:
                pass

    def sql(self, text, database="postgres", check=True):
        return run(*self.enter(), self.bin / "psql", "-X", "-A", "-t", "-h", self.address, "-U", "admin",
                   "-d", database, "-c", text, check=check, timeout=20,
                   env={**os.environ, "PGCONNECT_TIMEOUT": "5"}).stdout.strip()

    def ready(self, seconds=30, question="SELECT 1", answer="1"):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                if self.sql(question, check=False) == answer:
                    return True
            except subprocess.TimeoutExpired:
                pass
            time.sleep(0.1)
        return False

    def promote(self):
        # The server's own request for it: what pg_ctl promote does.
        (self.data / "promote").touch()
        os.chown(self.data / "promote", self.owner["user"], self.owner["group"])
        os.kill(int((self.data / "postmaster.pid").read_text().split("\n")[0]), signal.SIGUSR1)

    def promoted(self, seconds=60):
        """Whether it has become the primary: until then it answers as the standby that it was, and cannot be copied."""
        return self.ready(seconds, "SELECT pg_is_in_recovery()", "f")

    def fill(self):
        with open(self.disk / "filler", "ab", buffering=0) as file:
            try:
                while True:
                    file.write(bytes(1 << 16))
            except OSError:
                pass

    def empty(self):
        (self.disk / "filler").unlink(missing_ok=True)


class Node(Machine):
    """The program."""

    def __init__(self, net, name, number, words):
        super().__init__(net, name, number)
        self.words = words
        self.starts = 0
        self.log = open(self.folder / "log", "ab")

    def serve(self):
        self.starts += 1
        state = ["--state", self.folder / "state"] if "--key" in self.words else []
        self.start([PROGRAM, "serve", *self.words, *state, "--listen", f"{self.address}:8080", "--acts-per-second", "0",
                    "--reads-per-second", "0", "--password-cost", "fast"], self.log, self.preloaded())

    def supervise(self):
        """What systemd does: a program that ended is started again."""
        if self.process and self.process.poll() is not None:
            self.serve()
            return True
        return False


class Proxy(Machine):
    def serve(self, nodes):
        lines = ["global", "  maxconn 400", "defaults", "  mode http", "  timeout connect 2s", "  timeout client 60s",
                 "  timeout server 30s", "  timeout check 2s", "  option redispatch", "  retries 2", "frontend all",
                 f"  bind {self.address}:8080", "  default_backend nodes", "backend nodes", "  balance roundrobin",
                 "  option httpchk GET /health"]
        lines += [f"  server {n.name} {n.address}:8080 check inter 500ms fall 2 rise 1" for n in nodes]
        (self.folder / "haproxy.cfg").write_text("\n".join(lines) + "\n")
        self.start(["haproxy", "-db", "-f", self.folder / "haproxy.cfg"], open(self.folder / "log", "ab"))
