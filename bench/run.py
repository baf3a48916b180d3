#!/usr/bin/env python3
"""Runs every measurement and prints one table of ratios; the raw figures go to build/bench/results.json.

run.py BUILD_FOLDER            (as `./dev bench` calls it)
run.py BUILD_FOLDER --smoke    each once and small, to see that it still runs; no figure is printed
"""
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "tests"))
import postgres_server  # noqa: E402

RESULTS = "build/bench"


class Broken(Exception):
    """A measurement that did not do its work."""


class Bench:
    """The programs of one build, and how much they are given to do."""

    def __init__(self, build, smoke):
        self.build = build
        self.smoke = smoke

    def tool(self, name):
        return os.path.join(self.build, "bench", "bench_" + name)

    def program(self):
        return os.path.join(self.build, "veche")

    def size(self, whole, small):
        return str(small if self.smoke else whole)

    def measure(self, name, *sizes):
        return lines(self.tool(name), *sizes)


def lines(*command):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        raise Broken(f"{os.path.basename(command[0])} failed: {done.stderr}")
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


class Server:
    """A program that listens on a free port while the block lasts."""

    def __init__(self, *command):
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            self.port = s.getsockname()[1]
        self.command = [word.format(port=self.port) for word in command]

    def __enter__(self):
        self.start()
        return self

    def start(self):
        self.process = subprocess.Popen(self.command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(600):
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                time.sleep(0.1)
        self.process.kill()
        raise Broken("the server did not start")

    def kill(self):
        """As a power cut would: nothing is told to the program."""
        self.process.kill()
        self.process.wait(20)

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(20)


def row(what, ours, beside, ratio, remark):
    return f"{what:<28}{ours:>14}{beside:>14}{ratio:>8}   {remark}"


# --- One generator for each measurement: what came out, and its row of the table -------------------


def commits(b):
    for r in b.measure("commits", b.size(1.0, 0.05)):
        yield r, row(f"durable acts/s, {r['callers']} callers", f"{r['office_per_s']:,.0f}",
                     f"{r['bare_per_s']:,.0f}", f"{r['ratio']:.2f}",
                     f"bare SQLite, the same rows; {r['ratio_low']:.2f} to {r['ratio_high']:.2f}")


def nodes(b):
    """Two offices in processes of their own over one journal on a PostgreSQL server."""
    if postgres_server.programs() is None:
        yield {"what": "nodes"}, row("two nodes on PostgreSQL", "", "", "", "PostgreSQL is not installed")
        return
    with postgres_server.Server() as server:
        for callers in (64, 256):
            server.fresh()
            for r in b.measure("nodes", server.url("veche"), "2", b.size(callers, 4), b.size(3.0, 0.3)):
                yield r, row(f"durable acts/s, 2 nodes on PostgreSQL, {r['callers']} callers each",
                             f"{r['acts_per_s']:,}", f"{r['bare_per_s']:,}", f"{r['ratio']:.2f}",
                             f"beside two programs that insert in batches; {r['ratio_low']:.2f} to "
                             f"{r['ratio_high']:.2f}, aim 0.7; {r['ratio_alone']:.2f} of one such program "
                             f"({r['alone_per_s']:,}); "
                             f"seen by the other after {r['delay_p50_ms']:.0f} ms, "
                             f"p99 {r['delay_p99_ms']:.0f} (aim 250)")


def replay(b):
    for r in b.measure("replay", b.size(1_000_000, 2_000)):
        yield r, row("replayed entries/s", f"{r['replay_per_s']:,.0f}", f"{r['read_and_hash_per_s']:,.0f}",
                     f"{r['ratio']:.2f}",
                     f"read and hash; {r['replay_low']:,.0f} to {r['replay_high']:,.0f}; "
                     f"{r['bytes_per_entry']:.0f} B an entry, {r['memory_per_entry_bytes']:.0f} B of memory")


def pages(b):
    """p50 and p99 of the demo's pages at 200 requests a second, server on one core, client on another."""
    folder = os.path.join(RESULTS, "pages")
    shutil.rmtree(folder, ignore_errors=True)
    with Server("taskset", "-c", "0", b.program(), "demo", folder, "--port", "{port}",
                "--reads-per-second", "0", "--password-cost", "fast") as server:
        for name, paths in (("home", ["/en/"]), ("programme", ["/en/programme"]),
                            ("mixed", ["/en/", "/ru/programme", "/be/money", "/en/decisions",
                                       "/ru/sessions", "/en/late", "/en/journal"])):
            client = ["taskset", "-c", "1", b.tool("load"), "127.0.0.1", str(server.port), "200"]
            lines(*client, b.size(2, 0.1), *paths)  # warm
            for r in lines(*client, b.size(10, 0.2), *paths):
                yield {**r, "what": "page " + name}, row(
                    f"page {name} at 200/s, ms", f"{r['p50_ms']:.2f}", 5, f"{r['p50_ms'] / 5:.2f}",
                    f"p50 beside the aim of 5 ms; p99 {r['p99_ms']:.2f} ms, most {r['max_ms']:.1f} ms")


def rollcall(b):
    """2,000 delegates cast within a second, each with an own session; 2,000 listeners follow it live."""
    folder = os.path.join(RESULTS, "rollcall")
    shutil.rmtree(folder, ignore_errors=True)
    voters = b.size(2000, 40)
    charter = os.path.join(RESULTS, "rollcall.toml")
    with open("bench/rollcall.toml", encoding="utf-8") as hall, open(charter, "w", encoding="utf-8") as out:
        out.write(hall.read().replace("count = 2000", f"count = {voters}"))
    lines(b.program(), "init", folder, "--charter", charter, "--origin", "bench.example/journal")
    lines(b.tool("rollcall"), "prepare", folder, voters)
    with Server(b.program(), "serve", folder, "--listen", "127.0.0.1:{port}", "--per-address", "10000",
                "--reads-per-second", "0", "--log", "error") as server:
        for r in lines(b.tool("rollcall"), "run", "127.0.0.1", str(server.port),
                       os.path.join(folder, "cookies"), voters):
            if r["lost_votes"] or r["lost_listeners"]:
                raise Broken(f"a roll call lost {r['lost_votes']} votes and {r['lost_listeners']} listeners")
            yield {**r, "what": "roll call"}, row(
                f"roll call of {r['voters']}, p50 ms", f"{r['p50_ms']:.2f}", "", "",
                f"p95 {r['p95_ms']:.1f}, p99 {r['p99_ms']:.1f}, most {r['max_ms']:.1f} ms; none lost; "
                f"{r['listeners']} listeners, none lost, whole result after "
                f"{r['result_p50_ms']:.0f} ms (p99 {r['result_p99_ms']:.0f})")


def closed_call(server):
    """What the server says of the call of the applicants, once it is closed."""
    for _ in range(600):
        with urllib.request.urlopen(f"http://127.0.0.1:{server.port}/api/ask/calls.call?call=places") as answer:
            call = json.load(answer)
        if call.get("root"):
            return call
        time.sleep(0.1)
    raise Broken("the call did not close")


def last_hour(b, accounts, kills):
    """One last hour, compressed; the server may be killed in the middle and started again."""
    seconds, lead, tail = (2.0, 4.0, 3.0) if b.smoke else (90.0, 15.0, 3.0)
    folder = os.path.join(RESULTS, "applicants")
    shutil.rmtree(folder, ignore_errors=True)
    lines(b.program(), "init", folder, "--charter", "bench/applicants.toml", "--origin", "bench.example/journal")
    for name in ("accounts.sqlite", "cookies"):
        shutil.copy(os.path.join(accounts, name), folder)
    tool = b.tool("applicants")
    lines(tool, "prepare", folder, str(seconds), str(lead), str(tail))
    began = time.monotonic()
    with Server(b.program(), "serve", folder, "--listen", "127.0.0.1:{port}", "--log", "error") as server:
        clients = subprocess.Popen([tool, "run", "127.0.0.1", str(server.port), folder, str(seconds), str(tail)],
                                   stdout=subprocess.PIPE, text=True)
        if kills:
            time.sleep(max(0.0, lead + seconds * 0.7 - (time.monotonic() - began)))
            server.kill()
            server.start()
        out, _ = clients.communicate(timeout=lead + seconds + tail + 60)
        if clients.returncode != 0:
            raise Broken("the applicants could not apply")
        r = json.loads(out)
        call = closed_call(server)
    [found] = lines(tool, "check", folder)
    r.update({"what": "applicants", "kills": kills, **found})
    everybody = r["applicants"]
    counts = [r["answered"], r["receipts"], r["listed"], r["closed_count"], call["applications"]]
    if r["lost"] or r["missing"] or r["twice"] or not r["root_agrees"] or set(counts) != {everybody}:
        raise Broken(f"applications were lost: {r}")
    if kills and not b.smoke and not r["sent_again"]:
        raise Broken("the server was killed and nobody noticed")
    return r


def last_hours(b, accounts):
    """Once undisturbed, once with a server that is killed; both with the same accounts."""
    for kills in (False, True):
        r = last_hour(b, accounts, kills)
        killed = f"; server killed in the middle, {r['sent_again']:,} sent again" if kills else ""
        yield r, row(f"{r['applicants']:,} apply in {r['seconds']:.0f} s, p99 ms", f"{r['p99_ms']:.1f}", "", "",
                     f"p50 {r['p50_ms']:.2f}, p99.9 {r['p999_ms']:.1f}, most {r['max_ms']:.0f}; p99 of the last tenth "
                     f"of the time {r['last_tenth_p99_ms']:.1f}; busiest second {r['busiest_second']:,}; "
                     f"page of the call p50 {r['pages_p50_ms']:.1f}, p99 {r['pages_p99_ms']:.1f}; none lost{killed}")


def applicants(b):
    """50,000 apply in the last hour before closing, forty times as fast; none lost, none twice."""
    # In memory where there is some: each account and each session is an own write to the disk.
    with tempfile.TemporaryDirectory(dir="/dev/shm" if os.path.isdir("/dev/shm") else None) as accounts:
        lines(b.tool("applicants"), "accounts", accounts, b.size(50_000, 60))
        yield from last_hours(b, accounts)


def secret(b):
    for r in b.measure("secret", b.size(5000, 60)):
        if r["what"] == "secret verify":
            yield r, row("secret ballots verified/s", f"{r['per_s']:,.0f}", 300, f"{r['per_s'] / 300:.2f}",
                         f"one core, beside the aim; {r['low']:,.0f} to {r['high']:,.0f}")
            continue
        yield r, row(f"secret ballot of {r['voters']}, s", f"{r['cast_s']:.1f}", "", "",
                     f"all ballots taken ({r['cast_per_s']:,.0f}/s, {r['callers']} callers); "
                     f"registering {r['register_s']:.1f}, opening {r['open_s']:.1f}, closing to decision "
                     f"{r['count_s']:.1f}, record of {r['record_bytes'] / 1e6:.1f} MB {r['record_s']:.1f}; "
                     f"encrypting all {r['make_s']:.1f}")


def starts(b):
    """A journal of many sittings: verified without signatures on one core, started with and without a snapshot."""
    folder = os.path.join(RESULTS, "sittings")
    shutil.rmtree(folder, ignore_errors=True)
    program = b.program()
    for r in b.measure("sittings", folder, b.size(2_000_000, 8_000)):
        entries = r["entries"]
        verified = seconds("taskset", "-c", "0", program, "verify", folder, "--no-signatures", "--threads", "1")
        ahead = seconds(program, "verify", folder, "--no-signatures")
        folded = until_served(program, folder)
        kept = seconds(program, "snapshot", folder)
        started = until_served(program, folder)
        size = os.path.getsize(os.path.join(folder, "snapshot"))
        yield r, row(f"verify of {entries:,} entries, s", f"{verified:.1f}", "", "",
                     f"tree and fold, one core, from SQLite; {verified * 1e7 / entries:.1f} s for 10 million, aim 12; "
                     f"read ahead on another core {ahead * 1e7 / entries:.1f} s")
        yield r, row("start by folding them, s", f"{folded[0]:.1f}", "", "",
                     f"{folded[1] / entries:,.0f} B of memory an entry")
        yield r, row("start from a snapshot, s", f"{started[0]:.2f}", f"{folded[0]:.1f}",
                     f"{started[0] / folded[0]:.3f}",
                     f"beside folding; {started[0] * 1e7 / entries:.1f} s for 10 million, aim 5; "
                     f"{started[2]:.2f} s of the processor, {started[1] / entries:,.0f} B of memory an entry; "
                     f"the rest inspected {started[3] - started[0]:.1f} s later; the snapshot "
                     f"{size / entries:,.0f} B an entry, written in {kept:.1f} s with the fold")


def seconds(*command):
    begin = time.monotonic()
    lines(*command)
    return time.monotonic() - begin


def until_served(program, folder):
    """Seconds until the server answers, its memory and its processor's seconds then, and when all was inspected."""
    begin = time.monotonic()
    with Server(program, "serve", folder, "--listen", "127.0.0.1:{port}") as server:
        health(server)
        took = time.monotonic() - begin
        with open(f"/proc/{server.process.pid}/statm") as memory:
            resident = int(memory.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
        with open(f"/proc/{server.process.pid}/stat") as stat:
            used = sum(map(int, stat.read().rsplit(")", 1)[1].split()[11:13])) / os.sysconf("SC_CLK_TCK")
        while health(server)["status"] == "inspecting":
            time.sleep(0.1)
        return took, resident, used, time.monotonic() - begin


def health(server):
    with urllib.request.urlopen(f"http://127.0.0.1:{server.port}/health", timeout=60) as answer:
        return json.load(answer)


def scale(b):
    for r in b.measure("scale", b.size(140, 2)):
        if r["what"] == "large union":
            yield r, row("large union, B of memory", f"{r['memory_per_entry_bytes']:,.0f}", "", "",
                         f"an entry; {r['motions']:,} motions, {r['ballots']:,} recorded votes in "
                         f"{r['entries']:,.0f} entries, filled in {r['fill_s']:.0f} s")
            continue
        yield r, row(r["page"], f"{r['p50_ms']:.2f}", 50, f"{r['p50_ms'] / 50:.2f}",
                     f"ms, beside the aim; most {r['max_ms']:.2f}; {r['bytes'] / 1000:.0f} kB")


def register(b):
    """A large register: what it takes to fill, keep and replay, and each of its pages beside the aim."""
    for r in b.measure("register", b.size(100_000, 2_000), b.size(20_000, 400), b.size(1_000_000, 5_000),
                       b.size(50_000, 100), b.size(100_000, 300)):
        if r["what"] == "register":
            yield r, row("large register, CPU s to fill", f"{r['fill_cpu_s']:.1f}", "", "",
                         f"{r['records']:,} records in {r['entries']:,} entries")
        elif r["what"] == "register replay":
            yield r, row("its replay, CPU s", f"{r['seconds']:.1f}", "", "",
                         f"{r['records_per_s']:,.0f} records/s; {r['memory_per_record_bytes']:,.0f} B of memory "
                         "a record")
        elif r["what"] == "search index":
            yield r, row("its index of search, CPU s", f"{r['made_cpu_s']:.2f}", "", "",
                         f"{r['things']:,} things, {r['bytes_per_thing']:.0f} B each")
        elif r["what"] == "sqlite":
            yield r, row(r["question"] + ", SQLite", f"{r['cpu_ms']:.2f}", "", "",
                         f"CPU ms, the rows alone; {r['rows']} rows")
        else:
            aim = 50 if "/search" in r["page"] else 100
            yield r, row(r["page"], f"{r['cpu_ms']:.2f}", aim, f"{r['cpu_ms'] / aim:.2f}",
                         f"CPU ms, beside the aim; most {r['cpu_most_ms']:.2f}; {r['bytes'] / 1000:.0f} kB")


def follows(b):
    for r in b.measure("follows", b.size(100_000, 500)):
        if not r["right"]:
            raise Broken("digests were not those expected")
        yield r, row(f"digests of {r['followers']} followers, ms", f"{r['ms']:.1f}", "", "",
                     f"{r['mails']:,} mails for news of {r['things_told']:,} of 10,000 things")


def postings(b):
    for r in b.measure("postings", b.size(5.0, 0.05)):
        yield r, row(f"durable postings/s by {r['batch']:,}", f"{r['per_s']:,.0f}", "", "",
                     f"one caller; a batch p50 {r['p50_ms']:.2f}, p99 {r['p99_ms']:.2f} ms ({r['batches']:,} batches)")


def balance_by(program, file):
    """Seconds that the program takes to add the book up, and what it finds in Bank:RUB."""
    begin = time.perf_counter()
    done = subprocess.run([program, "-f", file, "balance", "--flat", "--no-total"], capture_output=True, text=True)
    took = time.perf_counter() - begin
    found = [line.split()[0] for line in done.stdout.splitlines() if line.endswith("Bank:RUB")]
    if done.returncode != 0 or len(found) != 1:
        raise Broken(f"{program} did not add the book up: {done.stderr[:200]}")
    return took, found[0]


def books(b):
    """A book as text, added up; the same file by ledger and hledger."""
    for entries, turns, programs in ((1_000_000, 5, ("ledger", "hledger")), (10_000_000, 3, ())):
        file = os.path.join(RESULTS, "book.journal")
        lines(b.tool("books"), "make", file, b.size(entries, 300))
        [r] = b.measure("books", "fold", file, b.size(turns, 1))
        peers = {}
        for program in programs:
            took, found = balance_by(program, file)
            if found != r["bank_rub"]:
                raise Broken(f"{program} finds {found} in Bank:RUB, and Veche {r['bank_rub']}")
            peers[program] = round(took, 2)
        os.remove(file)
        beside = min(peers.values(), default=None)
        others = "".join(f"; {program} {took:.1f} s" for program, took in peers.items())
        yield {**r, "peers": peers}, row(
            f"book of {r['entries'] / 1e6:g} M entries, s", f"{r['seconds']:.3f}",
            f"{beside:.2f}" if beside else "", f"{beside / r['seconds']:.0f}" if beside else "",
            f"text to balances, {r['low']:.3f} to {r['high']:.3f}; {r['bytes_per_entry']:.0f} B an entry with "
            f"its text; of a past day {r['past_s'] * 1000:.0f} ms{others}")


def posted(b):
    """The book of a union in memory: what an entry takes, and a balance of a past day."""
    for entries in (1_000_000, 10_000_000):
        [r] = b.measure("books", "post", b.size(entries, 300))
        yield r, row(f"posted, {r['entries'] / 1e6:g} M entries, B", f"{r['bytes_per_entry']:.0f}", "300",
                     f"{r['bytes_per_entry'] / 300:.2f}",
                     f"memory an entry, beside the aim; {r['us_each']:.1f} us to check and post; all balances of "
                     f"a past day {r['past_us']:.0f} us")


def apportion(b):
    """Seats over many parties, exactly; the same rows read once and written once beside it."""
    for r in b.measure("apportion", b.size(100_000, 300), b.size(10_000_000, 4_000), b.size(51, 1)):
        yield r, row(f"seats by {r['method'].replace('_', ' ')}, ms", f"{r['ms']:.3f}", f"{r['scan_ms']:.3f}",
                     f"{r['ms'] / max(r['scan_ms'], 1e-6):.0f}",
                     f"{r['seats']:,} seats over {r['parties']:,} parties beside one scan; {r['low_ms']:.3f} to "
                     f"{r['high_ms']:.3f}; with names and certificate {r['named_ms']:.1f}, check {r['check_ms']:.1f}")


def equal_shares(b):
    """Equal shares exactly, one run and rising endowments, beside a scan of the ballots."""
    takes = [b.measure("equal_shares", "synthetic", b.size(100_000, 300), b.size(300, 20), b.size(5, 1))]
    real = os.path.join(os.environ.get("VECHE_SHARED", "../shared"), "data/allocation/pb/Poland_Lodz_2022.pb")
    if os.path.exists(real) and not b.smoke:
        takes.append(b.measure("equal_shares", "file", real, "5"))
    for [r] in takes:
        yield {**r, "what": "equal shares " + r["what"]}, row(
            f"equal shares of {r['voters']:,}, s", f"{r['add1_s']:.3f}", "", "",
            f"{r['runs']} runs, {r['add1_low']:.3f} to {r['add1_high']:.3f} ({r['add1_busy_s']:.3f} busy); "
            f"one run {r['run_s'] * 1000:.1f} ms, of "
            f"{r['read_per_run'] / 1e6:.2f} M entries looked at; a scan of the ballots {r['scan_s'] * 1000:.2f} ms; "
            f"certificate {r['certificate_s'] * 1000:.0f}, its check {r['check_s'] * 1000:.0f} ms; "
            f"{r['peak_mb']:.0f} MB at most")


def matching(b):
    """A country's applicants matched to places, with the certificate checked; the same from text."""
    file = os.path.join(RESULTS, "matching.bin")
    text = os.path.join(RESULTS, "matching.rp")
    for skew, seed, known in (("0.5", "1", "595114a9c3abd545"), ("0", "2", "b064654f9ad997a1"),
                              ("1.0", "3", "eb26a48da6012e28")):
        lines(b.tool("matching"), "make", file, b.size(1_000_000, 2_000), b.size(10_000, 20), "10", "105", skew, seed)
        [r] = b.measure("matching", "fold", file, b.size(5, 1))
        if not b.smoke and r["hash"] != known:
            raise Broken(f"a matching has the hash {r['hash']}, and {known} is known")
        yield {**r, "skew": skew}, row(
            f"matching, skew {skew}, s", f"{r['core_s']:.3f}", 0.25, f"{r['core_s'] / 0.25:.2f}",
            f"beside the aim; {r['core_low']:.3f} to {r['core_high']:.3f}, checked {r['checked_s']:.3f}; "
            f"{r['core_s'] / max(r['scan_s'], 1e-9):.0f} scans of the input; {r['bytes'] / 1e6:.0f} MB")
        if seed != "1":
            continue
        lines(b.tool("matching"), "text", file, text)
        [read] = b.measure("matching", "read", text, b.size(3, 1))
        if read["hash"] != r["hash"]:
            raise Broken("a matching from text is not that from numbers")
        yield read, row("matching from text, s", f"{read['seconds']:.2f}", 1.5, f"{read['seconds'] / 1.5:.2f}",
                        f"{read['text_bytes'] / 1e6:.0f} MB, checked; {read['low']:.2f} to {read['high']:.2f}")
    os.remove(file)
    os.remove(text)


def tables(b):
    """Rows in BACI's form: from text to a file of columns, and questions to it."""
    for r in b.measure("tables", b.size(10_000_000, 20_000), b.size(3, 1), os.path.join(RESULTS, "tables")):
        yield r, row(f"import of {r['rows']:,} rows, s", f"{r['import_s']:.2f}", f"{r['read_and_hash_s']:.2f}",
                     f"{r['import_s'] / max(r['read_and_hash_s'], 1e-3):.1f}",
                     f"read and hash; {r['import_low_s']:.2f} to {r['import_high_s']:.2f}, "
                     f"CPU {r['import_cpu_s']:.2f}; aim 6; "
                     f"{r['text_bytes'] / 1e6:.0f} MB to {r['file_bytes'] / 1e6:.0f}")
        yield r, row("the same as flows of trade, s", f"{r['flows_s']:.2f}", "", "",
                     f"codes with zeros, traps looked for; CPU {r['flows_cpu_s']:.2f}; aim 6")
        yield r, row("a question to them, ms", f"{r['query_ms']:.1f}", 50, f"{r['query_ms'] / 50:.2f}",
                     f"aim 50; most {r['query_high_ms']:.1f}, CPU {r['query_cpu_ms']:.1f}")


def teams(b):
    """Teams under one category (the flow alone decides) and under three; panels of 40 from 400."""
    for people, sites, categories, nodes in ((2000, 40, 1, 100), (2000, 40, 3, 200)):
        for r in b.measure("teams", "assign", b.size(people, 60), b.size(sites, 4), str(categories),
                           str(nodes), b.size(5, 1)):
            yield r, row(f"teams, {r['people']} x {r['sites']}, {r['categories']} cat., s", f"{r['seconds']:.2f}",
                         "", "", f"{r['verdict']}, {r['nodes']} parts; {r['low']:.2f} to {r['high']:.2f}; "
                         f"certificate checked in {r['check_s'] * 1000:.0f} ms; {r['memory_mb']:.0f} MB")
    for people, size, categories in ((200, 20, 2), (400, 40, 3)):
        for r in b.measure("teams", "panel", b.size(people, 30), b.size(size, 6), str(categories), b.size(5, 1)):
            yield r, row(f"panel, {r['size']} of {r['people']}, {r['categories']} cat., s", f"{r['seconds']:.2f}",
                         "", "", f"{r['verdict']}: {r['kinds']} kinds, {r['levels']} levels, {r['panels']} panels; "
                         f"{r['low']:.2f} to {r['high']:.2f}; checked in {r['check_s'] * 1000:.0f} ms")


def couples(b):
    """Applicants of whom one in ten is in a couple, by three seeds; each result is checked."""
    for r in b.measure("couples", b.size(20_000, 300), "10", b.size(3, 1), b.size(5, 1)):
        how = r["outcome"].replace("_", " ")
        yield r, row(f"{r['couples']:,} couples of {r['applicants']:,}, s", f"{r['seconds']:.2f}", "", "",
                     f"{how}, {r['places_changed']} places changed, {r['most_change']} at most; "
                     f"{r['low']:.2f} to {r['high']:.2f}; check {r['check_s']:.2f}")


def leontief(b):
    """A table of 77 regions and 45 sectors: factorised and solved for each region's final use."""
    for r in b.measure("leontief", b.size(77, 4), b.size(45, 3), b.size(5, 1)):
        yield r, row(f"Leontief, {r['producers']} x {r['columns']}, CPU s", f"{r['seconds']:.2f}",
                     f"{r['bare_seconds']:.2f}", f"{r['ratio']:.2f}",
                     f"beside LAPACK alone; {r['ratio_least']:.2f} to {r['ratio_most']:.2f}, aim 1.15; "
                     f"peak {r['peak_mib']:.0f} MiB, of that the table {r['table_mib']:.0f}")


def gravity(b):
    """Three fixed effects, a million rows; the public difficult panel; a sparse one; two threads beside one."""
    for design, size, small, aim in (("trade", "150.45", "8.5", 0.8), ("difficult", "1000000", "4000", 6),
                                     ("sparse", "100.200.12", "100.2.6", 40)):
        for r in b.measure("gravity", design, b.size(size, small), "1"):
            yield r, row(f"PPML, {r['design']}, {r['used']:,} rows, CPU s", f"{r['processor']:.2f}", aim,
                         f"{r['processor'] / aim:.2f}",
                         f"beside the aim; {r['steps']} steps, {r['inner']} iterations, widest gap of a level "
                         f"{r['gap']:.0e}; peak {r['peak_mb']:.0f} MB, foreseen {r['foreseen_mb']:.0f}")
    for r in b.measure("gravity", "trade", b.size("150.45", "8.5"), "2", "gain"):
        yield r, row("PPML, two threads over one", f"{r['gain']:.2f}", f"{r['bare_gain']:.2f}", f"{r['of_bare']:.2f}",
                     f"beside a bare loop over the rows, in turns; load {r['load']:.0f}; the same bits")


def equilibrium(b):
    """A world of 69 countries: one full endowment solution with the conditional one, and 1,000 draws."""
    for r in b.measure("equilibrium", b.size(69, 6), b.size(1000, 10), b.size(21, 1)):
        yield r, row(f"equilibrium, {r['countries']} countries, {r['what']}, CPU ms", f"{r['ms']:.2f}",
                     f"{r['pass_us'] / 1000:.4f}", f"{r['passes']:.0f}",
                     f"beside one bare pass over the costs; {r['ms_least']:.2f} to {r['ms_most']:.2f}, aim 10; "
                     f"{r['iterations']} and {r['conditional_iterations']} iterations, residual "
                     f"{r['residual']:.0e}; {r['draws']} draws {r['draws_s']:.1f} s")


def explore(b):
    """A question about a data set of flows that is in memory, beside counting the lines of its text."""
    for r in b.measure("explore", b.size(500_000, 5_000), b.size(5, 1)):
        yield r, row(f"explorer: a question on {r['rows']:,} rows, CPU s", f"{r['asking_s']:.4f}",
                     f"{r['counting_s']:.4f}", f"{r['ask_over_count']:.2f}",
                     f"beside counting lines; taken in once in {r['reading_s']:.2f}; "
                     f"{r['cube_bytes'] / 1e6:.1f} MB of {r['text_bytes'] / 1e6:.1f} MB of text")


def epiestim(file):
    """What EpiEstim makes of the same series; nothing where it is not installed."""
    if not shutil.which("Rscript"):
        return None
    done = subprocess.run(["Rscript", "--vanilla", "bench/epiestim.R", file], capture_output=True, text=True)
    found = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    return found[0] if found else None


def reproduction(b):
    """Reproduction numbers of a hundred series of 800 days, beside EpiEstim on the same."""
    file = os.path.abspath(os.path.join(RESULTS, "counts.csv"))
    [r] = b.measure("reproduction", b.size(100, 3), b.size(800, 60), b.size(5, 1), file)
    beside = epiestim(file)
    if beside and (beside["rows"] != r["rows"] or abs(beside["sum"] - r["sum"]) > 1e-6 * abs(r["sum"])):
        raise Broken("EpiEstim comes to other reproduction numbers")
    os.remove(file)
    yield {**r, "epiestim": beside}, row(
        f"reproduction numbers, {r['series']} x {r['days']} days, CPU s", f"{r['seconds']:.3f}",
        f"{beside['seconds']:.1f}" if beside else "",
        f"{beside['seconds'] / max(r['seconds'], 1e-6):.0f} times" if beside else "",
        f"{'beside EpiEstim ' + beside['version'] + ', same sums' if beside else 'EpiEstim is not installed'}; "
        f"{r['least']:.3f} to {r['most']:.3f}; aim 15 times; forecasts of every day {r['foretelling']:.2f}")


def python_with_numpy():
    """A Python that has numpy and scipy; nothing where none is at hand. Debian's own may be another than the first."""
    for one in (sys.executable, "/usr/bin/python3"):
        if os.path.exists(one) and not subprocess.run([one, "-c", "import numpy, scipy.integrate"], capture_output=True,
                                                      check=False).returncode:
            return one
    return None


def dust(r, beside):
    """How many times as fast as dust 0.15, measured once at 0.80 of numpy's time or more (12.2 beside 15.3 s)."""
    if not beside:
        return ""
    return f"{beside['drawing'] * 0.8 / max(r['drawing'], 1e-9):.1f} times dust 0.15 by numpy's time, aim 2; "


def epidemic_model(b):
    """A year in a hundred regions, by equations and in a thousand runs by chance, beside scipy and numpy."""
    folder = os.path.abspath(os.path.join(RESULTS, "epidemic"))
    os.makedirs(folder, exist_ok=True)
    sizes = b.size(100, 6), b.size(365, 40), b.size(1000, 20)
    [r] = b.measure("epidemic_model", *sizes, b.size(3, 1), folder)
    python, beside = python_with_numpy(), None
    if python:
        [beside] = lines(python, "bench/epidemic_model.py", folder, *map(str, sizes[1:]))
        if abs(beside["left"] - r["left"]) > 10:
            raise Broken("scipy comes to another end of the epidemic")
        if abs(beside["mean"] - r["mean"]) > 5 * (r["deviation"] + beside["deviation"]) / r["replicates"] ** 0.5:
            raise Broken("numpy comes to another mean")
    shutil.rmtree(folder)
    size = f"{r['regions']} regions x {r['days']} days"
    yield {**r, "peer": beside}, row(
        f"epidemic by equations, {size}, CPU ms", f"{r['solving'] * 1e3:.2f}",
        f"{beside['solving'] * 1e3:.1f}" if beside else "",
        f"{beside['solving'] / max(r['solving'], 1e-9):.1f} times" if beside else "",
        f"{'beside scipy ' + beside['scipy'] + ' (RK45, 1e-7)' if beside else 'scipy is not installed'}; "
        f"{r['solving_least'] * 1e3:.2f} to {r['solving_most'] * 1e3:.2f}; {r['solving'] / 0.003:.2f} of the aim of 3; "
        f"off by {abs(r['error']):.3f} people, {abs(r['error']) / 0.1:.2f} of the aim of 0.1")
    yield r, row(
        f"epidemic by chance, {r['replicates']} runs, {size}, CPU s", f"{r['drawing']:.2f}",
        f"{beside['drawing']:.1f}" if beside else "",
        f"{beside['drawing'] / max(r['drawing'], 1e-9):.1f} times" if beside else "",
        f"{'beside numpy ' + beside['numpy'] if beside else 'numpy is not installed'}, one core; "
        f"{dust(r, beside)}{r['drawing_least']:.2f} to {r['drawing_most']:.2f}; by vectors of 2, 4, 8: "
        f"{', '.join(format(s, '.2f') for s in r['by_width'])}; by the clock {r['alone']:.2f}, two threads "
        f"{r['together']:.2f}, same bits")


def doseplan(b):
    """The plan of first doses that averts most deaths: CLP alone, and whole with its certificate checked."""
    [r] = b.measure("doseplan", b.size(100, 6), "26", b.size(5, 1))
    yield r, row(f"plan of doses, {r['columns']:,} columns, CPU s", f"{r['whole']:.2f}", "1.00", f"{r['whole']:.2f}",
                 f"beside the aim; {r['least']:.2f} to {r['most']:.2f}, of which CLP {r['bare']:.2f}; whole doses are "
                 f"{r['gap']:.3f} deaths below an exact bound of all plans")


MEASUREMENTS = (
    commits, nodes, replay, postings, books, posted, pages, rollcall, applicants, secret, scale, starts, register,
    follows, apportion, equal_shares, matching, teams, couples, tables, leontief, gravity, equilibrium, explore,
    reproduction, epidemic_model, doseplan,
)


def smoke(bench):
    failed = 0
    for measurement in MEASUREMENTS:
        try:
            found = len(list(measurement(bench)))
        except (Broken, KeyError, ValueError) as broken:
            print(f"FAIL {measurement.__name__}: {broken!r}")
            found = 0
        failed += found == 0
    print(f"{len(MEASUREMENTS) - failed} passed, {failed} failed")
    return failed


def table(bench):
    results = []
    print(row("what", "Veche", "beside", "ratio", "spread or remark"))
    for measurement in MEASUREMENTS:
        for result, line in measurement(bench):
            results.append(result)
            print(line, flush=True)
    with open(os.path.join(RESULTS, "results.json"), "w", encoding="utf-8") as out:
        json.dump(results, out, indent=1)


def main():
    os.makedirs(RESULTS, exist_ok=True)
    bench = Bench(sys.argv[1], "--smoke" in sys.argv[2:])
    if bench.smoke:
        sys.exit(smoke(bench) > 0)
    try:
        table(bench)
    except Broken as broken:
        sys.exit(str(broken))


if __name__ == "__main__":
    main()
