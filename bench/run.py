#!/usr/bin/env python3
"""Runs every measurement and prints one table of ratios; the raw figures go to build/bench/results.json.

run.py BUILD_FOLDER    (as `./dev bench` calls it)
"""
import json
import os
import shutil
import socket
import subprocess
import sys
import time

build = sys.argv[1]
RESULTS = "build/bench"


def lines(*command):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{command[0]} failed: {done.stderr}")
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def wait_for(port):
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    sys.exit("the server did not start")


def rollcall():
    """2,000 delegates cast within a second, each with an own session; 2,000 listeners follow it live."""
    folder = os.path.join(RESULTS, "rollcall")
    shutil.rmtree(folder, ignore_errors=True)
    tool = os.path.join(build, "bench", "bench_rollcall")
    program = os.path.join(build, "veche")
    lines(program, "init", folder, "--charter", "bench/rollcall.toml", "--origin", "bench.example/journal")
    lines(tool, "prepare", folder, "2000")
    port = free_port()
    server = subprocess.Popen(
        [program, "serve", folder, "--listen", f"127.0.0.1:{port}", "--per-address", "10000",
         "--reads-per-second", "0", "--log", "error"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(port)
        return lines(tool, "run", "127.0.0.1", str(port), os.path.join(folder, "cookies"), "2000")
    finally:
        server.terminate()
        server.wait(20)


def pages():
    """p50 and p99 of the demo's pages at 200 requests a second, server on one core, client on another."""
    folder = os.path.join(RESULTS, "pages")
    shutil.rmtree(folder, ignore_errors=True)
    port = free_port()
    server = subprocess.Popen(
        ["taskset", "-c", "0", os.path.join(build, "veche"), "demo", folder, "--port", str(port),
         "--reads-per-second", "0", "--password-cost", "fast"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(port)
        out = []
        for name, paths in (("home", ["/en/"]), ("programme", ["/en/programme"]),
                            ("mixed", ["/en/", "/ru/programme", "/be/money", "/en/decisions",
                                       "/ru/sessions", "/en/late", "/en/journal"])):
            client = ["taskset", "-c", "1", os.path.join(build, "bench", "bench_load"), "127.0.0.1",
                      str(port), "200"]
            lines(*client, "2", *paths)  # warm
            out += [{**line, "what": "page " + name} for line in lines(*client, "10", *paths)]
        return out
    finally:
        server.terminate()
        server.wait(20)


def main():
    os.makedirs(RESULTS, exist_ok=True)
    results = []
    print(f"{'what':<28}{'Veche':>14}{'beside':>14}{'ratio':>8}   spread or remark")
    for r in lines(os.path.join(build, "bench", "bench_commits")):
        results.append(r)
        print(f"{'durable acts/s, ' + str(r['callers']) + ' callers':<28}{r['office_per_s']:>14,.0f}"
              f"{r['bare_per_s']:>14,.0f}{r['ratio']:>8.2f}   bare SQLite, the same rows; "
              f"{r['ratio_low']:.2f} to {r['ratio_high']:.2f}", flush=True)
    for r in lines(os.path.join(build, "bench", "bench_replay")):
        results.append(r)
        print(f"{'replayed entries/s':<28}{r['replay_per_s']:>14,.0f}{r['read_and_hash_per_s']:>14,.0f}"
              f"{r['ratio']:>8.2f}   read and hash; {r['replay_low']:,.0f} to {r['replay_high']:,.0f}; "
              f"{r['bytes_per_entry']:.0f} B an entry, {r['memory_per_entry_bytes']:.0f} B of memory", flush=True)
    for r in pages():
        results.append(r)
        print(f"{r['what'] + ' at 200/s, ms':<28}{r['p50_ms']:>14.2f}{5:>14}{r['p50_ms'] / 5:>8.2f}"
              f"   p50 beside the aim of 5 ms; p99 {r['p99_ms']:.2f} ms, most {r['max_ms']:.1f} ms")
    for r in rollcall():
        results.append({**r, "what": "roll call"})
        print(f"{'roll call of ' + str(r['voters']) + ', p50 ms':<28}{r['p50_ms']:>14.2f}{'':>14}{'':>8}"
              f"   p95 {r['p95_ms']:.1f}, p99 {r['p99_ms']:.1f}, most {r['max_ms']:.1f} ms; lost {r['lost_votes']}; "
              f"{r['listeners']} listeners, lost {r['lost_listeners']}, whole result after "
              f"{r['result_p50_ms']:.0f} ms (p99 {r['result_p99_ms']:.0f})")
    for r in lines(os.path.join(build, "bench", "bench_secret")):
        results.append(r)
        if r["what"] == "secret verify":
            print(f"{'secret ballots verified/s':<28}{r['per_s']:>14,.0f}{300:>14}{r['per_s'] / 300:>8.2f}"
                  f"   one core, beside the aim; {r['low']:,.0f} to {r['high']:,.0f}", flush=True)
            continue
        print(f"{'secret ballot of ' + str(r['voters']) + ', s':<28}{r['cast_s']:>14.1f}{'':>14}{'':>8}"
              f"   all ballots taken ({r['cast_per_s']:,.0f}/s, {r['callers']} callers); "
              f"registering {r['register_s']:.1f}, opening {r['open_s']:.1f}, closing to decision "
              f"{r['count_s']:.1f}, record of {r['record_bytes'] / 1e6:.1f} MB {r['record_s']:.1f}; "
              f"encrypting all {r['make_s']:.1f}", flush=True)
    for r in lines(os.path.join(build, "bench", "bench_scale")):
        results.append(r)
        if r["what"] == "large union":
            print(f"{'large union, B of memory':<28}{r['memory_per_entry_bytes']:>14,.0f}{'':>14}{'':>8}"
                  f"   an entry; {r['motions']:,} motions, {r['ballots']:,} recorded votes in "
                  f"{r['entries']:,.0f} entries, filled in {r['fill_s']:.0f} s", flush=True)
            continue
        print(f"{r['page']:<28}{r['p50_ms']:>14.2f}{50:>14}{r['p50_ms'] / 50:>8.2f}"
              f"   ms, beside the aim; most {r['max_ms']:.2f}; {r['bytes'] / 1000:.0f} kB", flush=True)
    for r in lines(os.path.join(build, "bench", "bench_follows")):
        results.append(r)
        print(f"{'digests of ' + str(r['followers']) + ' followers, ms':<28}{r['ms']:>10.1f}{'':>14}{'':>8}"
              f"   {r['mails']:,} mails for news of {r['things_told']:,} of 10,000 things, "
              f"{'as expected' if r['right'] else 'WRONG'}", flush=True)
    with open(os.path.join(RESULTS, "results.json"), "w", encoding="utf-8") as out:
        json.dump(results, out, indent=1)


if __name__ == "__main__":
    main()
