"""50 editors, 20 signers and 500 readers at once, with the pauses that people make, against gunicorn as it is
deployed, on the machine's cores.

``KODEKS_LOAD_MINUTES`` (the goal is 30); ``KODEKS_LOAD_SHARE`` of the people. Beside the seconds of the clock the
processor's are printed: on a machine that others use, only these tell.
"""

from __future__ import annotations

import os
import statistics
import sys
import threading
import time
from collections import defaultdict
from functools import partial
from pathlib import Path

import pytest
import requests

from bench.crowd import MAKE, Answer, Crowd, hosts
from tests.support.production.battered import Battered, battered, children
from tests.support.services.missing import provide
from tests.support.services.processes import Server, free_port, start_server

MINUTES = float(os.environ.get("KODEKS_LOAD_MINUTES", "5"))
SHARE = float(os.environ.get("KODEKS_LOAD_SHARE", "1"))
EDITORS, SIGNERS, READERS = (round(many * SHARE) for many in (50, 20, 500))
STRICT = bool(os.environ.get("KODEKS_BENCH_STRICT"))
MOST_SECONDS, MOST_GROWTH = 0.5, 0.05
ROOT = Path(__file__).resolve().parents[1]


def serve(site: Battered, port: int, folder: Path, office: str) -> Server:
    def ready() -> bool:
        try:
            headers = {"Host": office, "X-Forwarded-Proto": "https"}
            return requests.get(f"http://127.0.0.1:{port}/readyz", headers=headers, timeout=5).ok
        except requests.RequestException:
            return False

    fewer = (
        "KODEKS_WORKERS",
        "KODEKS_THREADS",
    )  # one process group for both hosts, as its clients ask for them
    deployed = {name: value for name, value in site.kodeks.env.items() if name not in fewer}
    return start_server(
        "timed site",
        [
            Path(sys.executable).with_name("gunicorn"),
            "--config=bench/timed_gunicorn.py",
            "config.wsgi",
        ],
        ready=ready,
        folder=folder,
        timeout=120,
        env=deployed | {"KODEKS_BIND": f"127.0.0.1:{port}", "KODEKS_TIMED": str(folder / "timed")},
        cwd=ROOT,
    )


def megabytes(processes: list[int]) -> list[float]:
    """What each has for itself and its share of what it shares."""
    found = []
    for process in processes:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
        found.append(next(int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")))
    return found


def late(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1] if len(values) > 1 else values[0]


def test_editors_signers_and_readers_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with provide(lambda: battered(1, {})) as site:
        turns = max(2, round(MINUTES / 1.2))
        made = site.shell(MAKE.format(editors=EDITORS, signers=SIGNERS, turns=turns), timeout=1200)
        site.kodeks.manage("rebuild_index")
        next(one for one in site.kodeks.servers if one.name == "site").stop()
        public, office = hosts(site.kodeks.env)
        port = free_port()
        server = serve(site, port, tmp_path, office)
        crowd = Crowd(port, public, office, made["cookies"], MINUTES)
        people = [
            *(partial(crowd.editor, one) for one in made["editors"]),
            *(partial(crowd.signer, one) for one in made["signers"]),
            *[crowd.reader] * READERS,
        ]
        worker = next(one for one in site.kodeks.servers if one.name == "worker").process.pid
        thread = threading.Thread(target=crowd.run, args=[people])
        (tmp_path / "timed").write_text("")
        thread.start()
        time.sleep(60)
        first = children(server.process.pid)
        before, load = megabytes([*first, worker]), os.getloadavg()[0]
        thread.join()
        # gunicorn replaces a process after so many requests.
        last = children(server.process.pid)
        after = megabytes([*last, worker])
        with capsys.disabled():
            print(f"\n  {EDITORS} editors, {SIGNERS} signers, {READERS} readers, {MINUTES:.0f} minutes")
            print(f"  load of the machine after a minute {load:.1f}, at the end {os.getloadavg()[0]:.1f}")
            wrong = report(crowd.answers, tmp_path / "timed")
            growth = [sum(after[:-1]) / sum(before[:-1]) - 1, after[-1] / before[-1] - 1]
            print("  megabytes after a minute: " + ", ".join(f"{one:.0f}" for one in before))
            print("  megabytes at the end:     " + ", ".join(f"{one:.0f}" for one in after))
            print(
                f"  growth of the site {growth[0]:+.1%}, of the worker {growth[1]:+.1%}; "
                f"processes replaced: {len(set(first) - set(last))}; broken off: {crowd.problems[:3]}"
            )
        server.stop()
    assert not wrong and not crowd.problems
    if STRICT:
        assert late([one.seconds for one in crowd.answers]) <= MOST_SECONDS
        assert max(growth) <= MOST_GROWTH


def report(answers: list[Answer], timed: Path) -> list[str]:
    """Prints a line for each kind; gives what was answered wrongly."""
    clock: dict[str, list[float]] = defaultdict(list)
    cpu: dict[str, list[float]] = defaultdict(list)
    queries: dict[str, list[float]] = defaultdict(list)
    for one in answers:
        clock[one.kind].append(one.seconds)
        clock["all"].append(one.seconds)
    for line in timed.read_text().splitlines():
        kind, _status, seconds, _clock, many, _path = line.split(" ", 5)
        for name in (kind, "all"):
            cpu[name].append(float(seconds))
            queries[name].append(float(many))
    print("  kind       requests   clock p50   p95 ms   processor p50   p95 ms   queries p50   most")
    for kind in sorted(clock, key=lambda name: -sum(cpu[name] or [0])):
        if not cpu[kind]:
            continue
        milli = [1000 * one for one in (statistics.median(clock[kind]), late(clock[kind]))]
        own = [1000 * one for one in (statistics.median(cpu[kind]), late(cpu[kind]))]
        print(
            f"  {kind:10} {len(clock[kind]):8} {milli[0]:11.0f} {milli[1]:8.0f} {own[0]:15.0f} {own[1]:8.0f} "
            f"{statistics.median(queries[kind]):13.0f} {max(queries[kind]):6.0f}"
        )
    wrong = [f"{one.kind} {one.path} {one.status}" for one in answers if one.status >= 400]
    print(f"  answers of 400 and more: {len(wrong)} {wrong[:5]}")
    return wrong
