"""The expressions on a Spark cluster: the same as the pure core, also with a worker killed in the middle.

And by way of a Spark Connect server of the same cluster, which the command reaches over gRPC.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import psutil
import pyarrow.parquet as pq

from bench.kit.nation import by_the_core, differences, people_and_months, write
from nep.config.cli.prove import Options
from nep.config.datafolder import ROOT
from nep.config.refusals import Refusal
from nep.evaluation.bulk.ranking import classify
from nep.regulations.domain.shelf import rule_set_named

SEED, WORKERS = 336, 3
PEOPLE = int(os.environ.get("NEP_PROOF_PEOPLE", "200000"))
HOST = "127.0.0.1"
START_SECONDS, RUN_SECONDS = 120, 1800


def prove(options: Options) -> dict[str, object]:
    """A standalone master and its workers on this machine; a killed worker takes its executor with it."""
    spark = importlib.util.find_spec("pyspark")
    if spark is None or spark.origin is None or shutil.which("java") is None:
        raise Refusal("Cần Java 17 và pyspark (pip install --require-hashes -r requirements-spark.lock).")
    rules = rule_set_named("nd-335-2025")
    assert rules.people_levels is not None
    with tempfile.TemporaryDirectory(prefix="nep-spark-") as name, contextlib.ExitStack() as stack:
        folder = Path(name)
        people, months = people_and_months(PEOPLE, SEED)
        write(folder, people, months)
        core = by_the_core(people, months, rules.people_levels, 20)
        del people, months
        classify(folder, folder / "duckdb.parquet", rules)
        home = Path(spark.origin).parent
        master, workers = stack.enter_context(_cluster(home, folder))
        by_master = {"NEP_SPARK_MASTER": master}
        undisturbed = _ranked(folder, "undisturbed", by_master, core)
        disturbed = _ranked(folder, "disturbed", by_master, core, kill=workers)
        remote = stack.enter_context(_connect_server(home, folder, master))
        connected = _ranked(folder, "connected", {"NEP_SPARK_REMOTE": remote}, core)
    results = (undisturbed, disturbed, connected)
    return {
        "ok": all(not each["differences"] and each["as_duckdb"] for each in results)
        and disturbed["killed_during"] is not None,
        "people": PEOPLE,
        "workers": WORKERS,
        "undisturbed": undisturbed,
        "disturbed": disturbed,
        "connected": connected,
    }


def _free_port() -> int:
    with socket.socket() as free:
        free.bind((HOST, 0))
        port: int = free.getsockname()[1]
    return port


def _started(home: Path, log: Path, command: Sequence[str]) -> subprocess.Popen[bytes]:
    """A part of Spark in a process of its own."""
    environment = os.environ | {"SPARK_HOME": str(home), "SPARK_LOCAL_IP": HOST, "SPARK_NO_DAEMONIZE": "1"}
    with log.open("wb") as file:
        return subprocess.Popen(command, env=environment, stdout=file, stderr=file, cwd=log.parent)


@contextlib.contextmanager
def _connect_server(home: Path, folder: Path, master: str) -> Iterator[str]:
    """A Spark Connect server that has the cluster carry its plans out."""
    port, log = _free_port(), folder / "connect.log"
    settings = {
        "spark.connect.grpc.binding.address": HOST,
        "spark.connect.grpc.binding.port": port,
        "spark.ui.enabled": "false",
    }
    command = [str(home / "bin" / "spark-submit"), "--master", master, "--driver-memory", "2g"]
    for key, value in settings.items():
        command += ["--conf", f"{key}={value}"]
    command += ["--class", "org.apache.spark.sql.connect.service.SparkConnectServer", "spark-internal"]
    process = _started(home, log, command)
    try:
        _wait_for(log, "Spark Connect server started")
        yield f"sc://{HOST}:{port}"
    finally:
        _kill(process)


@contextlib.contextmanager
def _cluster(home: Path, folder: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A master and workers; all of them are gone at the end."""
    port = _free_port()
    master = f"spark://{HOST}:{port}"
    deploy = [str(home / "bin" / "spark-class"), "org.apache.spark.deploy"]
    started: list[subprocess.Popen[bytes]] = []

    def start(role: str, *arguments: str) -> subprocess.Popen[bytes]:
        command = [deploy[0], f"{deploy[1]}.{role.lower()}.{role}", *arguments]
        process = _started(home, folder / f"{role}-{len(started)}.log", command)
        started.append(process)
        return process

    try:
        start("Master", "--host", HOST, "--port", str(port), "--webui-port", "0")
        _wait_for(folder / "Master-0.log", "Starting Spark master")
        options = ("--host", HOST, "--cores", "1", "--memory", "1500m", "--webui-port", "0")
        work = str(folder / "work")
        workers = [start("Worker", *options, "--work-dir", work, master) for _ in range(WORKERS)]
        for at in range(WORKERS):
            _wait_for(folder / f"Worker-{at + 1}.log", "Successfully registered")
        yield master, workers
    finally:
        for process in started:
            _kill(process)


def _wait_for(log: Path, words: str) -> None:
    until = time.monotonic() + START_SECONDS
    while words not in log.read_text(encoding="utf-8", errors="replace"):
        if time.monotonic() > until:
            raise Refusal(f"Spark không khởi động được trong {START_SECONDS} giây.")
        time.sleep(0.2)


def _kill(process: subprocess.Popen[bytes]) -> None:
    """A process with everything it started, at once and without a word."""
    with contextlib.suppress(psutil.NoSuchProcess):
        root = psutil.Process(process.pid)
        for each in [root, *root.children(recursive=True)]:
            with contextlib.suppress(psutil.NoSuchProcess):
                each.kill()
    process.wait()


def _ranked(
    folder: Path,
    name: str,
    reached: dict[str, str],
    core: dict[str, dict[str, Any]],
    kill: list[subprocess.Popen[bytes]] | None = None,
) -> dict[str, Any]:
    """One run by command; with `kill`, one worker dies while the sums are being written."""
    out = folder / f"{name}.parquet"
    environment = os.environ | reached | {"SPARK_LOCAL_IP": HOST, "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-W", "ignore", "-m", "nep.config.cli", "classify", str(folder)]
    command += ["--engine", "spark", "--out", str(out), "--json"]
    began = time.perf_counter()
    with (folder / f"{name}.log").open("wb") as log:
        run = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
        killed = _killed_in_the_middle(folder, run, kill) if kill else None
        code = run.wait(timeout=RUN_SECONDS)
    seconds = round(time.perf_counter() - began, 1)
    if code != 0:
        text = (folder / f"{name}.log").read_text(encoding="utf-8", errors="replace")
        raise Refusal(f"Lệnh classify trên Spark dừng với mã {code}: {text[-400:]}")
    return {
        "seconds": seconds,
        "differences": differences(out, core)[:5],
        "as_duckdb": pq.read_table(out).equals(pq.read_table(folder / "duckdb.parquet")),
        "killed_during": killed,
    }


def _killed_in_the_middle(
    folder: Path, run: subprocess.Popen[bytes], workers: list[subprocess.Popen[bytes]]
) -> str | None:
    """Kill the first worker that runs an executor once tasks write; tells during which step it was."""
    while run.poll() is None:
        for writing in folder.glob(".nep-classify-*/kept_*/_temporary"):
            for worker in workers:
                executors = [
                    each for each in psutil.Process(worker.pid).children(recursive=True) if _is_executor(each)
                ]
                if executors:
                    _kill(worker)
                    return writing.parent.name
        time.sleep(0.05)
    return None


def _is_executor(process: psutil.Process) -> bool:
    with contextlib.suppress(psutil.NoSuchProcess, psutil.AccessDenied):
        return any("CoarseGrainedExecutorBackend" in each for each in process.cmdline())
    return False
