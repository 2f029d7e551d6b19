"""Processes and versions: workers end with their service, with their version, and with the JVM, however it ends."""

import os
import subprocess
import sys
import threading
import uuid
from pathlib import Path

import pandas as pd
import pytest
from pyspark.sql import functions as F

import processes
from facade import Facade
from functions import KINDS, transformed
from history import History, HistoryViolation, ask
from http_client import Connection
from service import free_port, serving
from waiting import wait_until

HERE = Path(__file__).parent
PROGRAMS = HERE / "programs"
SWAPS = int(os.environ.get("SPARKWIRE_TESTS_SWAPS", "6"))


def test_workers_have_a_name_and_end_with_the_service(spark, jvm_pid):
    with serving(spark, KINDS["udf"]) as service:
        assert service.post(1).text == transformed(1)
        workers = processes.python_workers(jvm_pid)
        assert workers
        assert {processes.name(pid) for pid in workers} == {processes.WORKER_NAME}
    wait_until(lambda: not any(processes.is_alive(pid) for pid in workers), "workers end with their service")


def test_functions_run_in_sparkwires_workers_and_not_in_sparks(spark, jvm_pid):
    @F.pandas_udf("string")
    def pid(values: pd.Series) -> pd.Series:
        return values.map(lambda _: str(os.getpid()))

    with serving(spark, lambda requests: requests.select("id", pid("value").alias("reply"))) as service:
        pids = {int(service.post(value).text) for value in range(5)}
        assert pids <= set(processes.python_workers(jvm_pid))


def test_workers_are_there_when_the_facade_has_started_a_service(spark, jvm_pid):
    with Facade(spark, f"s{uuid.uuid4().hex[:10]}", free_port()).serving(KINDS["pandas_udf"]):
        assert processes.python_workers(jvm_pid)


def test_workers_start_without_a_request(spark, jvm_pid):
    with serving(spark, KINDS["pandas_udf"]):
        wait_until(lambda: processes.python_workers(jvm_pid), "workers start without a request")


def test_workers_of_another_service_stay(spark, jvm_pid):
    with serving(spark, KINDS["udf"]) as one:
        with serving(spark, KINDS["pandas_udf"]) as other:
            assert other.post(1).text == one.post(1).text == transformed(1)
        assert one.post(2).text == transformed(2)
        assert processes.python_workers(jvm_pid)


def test_blas_threads_are_bounded(spark):
    variables = ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS"]
    seen = F.udf(lambda _: ",".join(os.environ.get(variable, "none") for variable in variables), "string", useArrow=False)
    with serving(spark, lambda requests: requests.select("id", seen("value").alias("reply"))) as service:
        expected = ",".join(os.environ.get(variable, "1") for variable in variables)
        assert service.post(1).text == expected


def versioned(number):
    function = F.udf(lambda value: f"{number}:{value}", "string", useArrow=False)
    return lambda requests: requests.select("id", function("value").alias("reply"))


def versioned_pandas(number):
    @F.pandas_udf("string")
    def function(values: pd.Series) -> pd.Series:
        return f"{number}:" + values.astype("str")

    return lambda requests: requests.select("id", function("value").alias("reply"))


class Load:
    """Clients that ask without a pause until they are told to stop."""

    def __init__(self, service, clients=4):
        self.history = History()
        self._service = service
        self._stop = threading.Event()
        self._failures = []
        self._threads = [threading.Thread(target=self._run, args=(n, clients)) for n in range(clients)]

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self._stop.set()
        for thread in self._threads:
            thread.join()
        if self._failures:
            raise self._failures[0]

    def _run(self, value, step):
        try:
            with Connection(self._service.port, self._service.path) as connection:
                while not self._stop.is_set():
                    self.history.add(value, connection.post(value))
                    value += step
                connection.check_nothing_unread()
        except Exception as failure:
            self._failures.append(failure)

    def wait_for_more(self, number=50):
        more = len(self.history) + number
        wait_until(lambda: len(self.history) >= more or self._failures, "requests go on")


@pytest.mark.parametrize("make", [versioned, versioned_pandas], ids=["udf", "pandas_udf"])
def test_swaps_of_versions_lose_nothing_and_leave_no_process(spark, trigger, jvm_pid, make):
    facade = Facade(spark, f"s{uuid.uuid4().hex[:10]}", free_port())
    seen = []
    with facade.serving(make(0), trigger=trigger) as service:
        with Load(service) as load:
            load.wait_for_more()
            before = len(processes.python_workers(jvm_pid))
            for number in range(1, SWAPS + 1):
                service.query.replace(facade.writer(make(number), trigger=trigger))
                asked = service.post(-number)
                assert asked.text == f"{number}:{-number}", "a reply of the old version after the swap"
                load.wait_for_more(20)
            wait_until(lambda: len(processes.python_workers(jvm_pid)) <= before, "workers of old versions end")
    for value, reply in load.history.exchanges:
        version, _, rest = reply.text.partition(":")
        if reply.status != 200 or rest != str(value) or not 0 <= int(version) <= SWAPS:
            raise HistoryViolation(f"request {value} got {reply.status} {reply.text!r}")
        seen.append(int(version))
    assert set(seen) == set(range(SWAPS + 1))
    values = [exchange.value for exchange in load.history.exchanges]
    assert len(values) == len(set(values))


def test_a_version_that_does_not_start_leaves_the_old_one(spark, jvm_pid, tmp_path, monkeypatch):
    name = f"missing_{uuid.uuid4().hex[:6]}"
    (tmp_path / f"{name}.py").write_text("def function(value):\n    return str(value)\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    broken = F.udf(__import__(name).function, "string", useArrow=False)
    facade = Facade(spark, f"s{uuid.uuid4().hex[:10]}", free_port())
    with facade.serving(versioned(0)) as service:
        before = len(processes.python_workers(jvm_pid))
        with pytest.raises(Exception, match=name):
            service.query.replace(facade.writer(lambda requests: requests.select("id", broken("value").alias("reply"))))
        ask(service.port, service.path, list(range(50))).check(range(50), lambda value: f"0:{value}")
        wait_until(lambda: len(processes.python_workers(jvm_pid)) <= before, "workers of the failed version end")


class Program:
    """A program of this folder in a process of its own, which says `READY` and more when it serves."""

    def __init__(self, name, log, **environment):
        self._log = open(log, "ab")
        self._process = subprocess.Popen(
            [sys.executable, str(PROGRAMS / name)],
            env={**os.environ, "PYSPARK_PYTHON": sys.executable, "PYTHONPATH": str(HERE), "SPARKWIRE_TESTS_LOG": f"{log}.spark", **environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
        )

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for pid in processes.children(self._process.pid):
            processes.kill_9(pid)
        self._process.kill()
        self._process.wait()
        self._log.close()

    @property
    def pid(self):
        return self._process.pid

    def ready(self):
        """The words after READY."""
        for line in self._process.stdout:
            words = line.decode().split()
            if words and words[0] == "READY":
                return words[1:]
        raise AssertionError(f"the program ended with {self._process.wait()}; see {self._log.name}")


@pytest.mark.parametrize("busy", ["idle", "computes", "sleeps"])
def test_workers_end_when_the_jvm_is_killed(busy, tmp_path):
    with Program("serve_until_killed.py", tmp_path / "log") as program:
        port, path, jvm = program.ready()
        with Connection(int(port), path) as connection:
            assert connection.post("idle").text == "idle done"
            if busy != "idle":
                connection.send(busy)
                wait_until((tmp_path / f"log.{busy}").exists, "the function runs")
            workers = processes.python_workers(int(jvm))
            assert workers
            processes.kill_9(int(jvm))
            wait_until(lambda: not any(processes.is_alive(pid) for pid in workers), "workers end with the JVM", seconds=20)


def test_a_session_without_the_extensions_serves_or_says_why(tmp_path):
    with Program("serve_until_killed.py", tmp_path / "log", SPARKWIRE_TESTS_EXTENSIONS="no") as program:
        port, path, _ = program.ready()
        with Connection(int(port), path) as connection:
            assert connection.post("idle").text == "idle done"


def test_an_executor_of_a_spark_cluster_is_lost(tmp_path):
    with Program("serve_on_cluster.py", tmp_path / "log") as program:
        port, path, *executors = program.ready()
        executors = [int(pid) for pid in executors]
        assert len(executors) == 2
        with Load(_At(int(port), path)) as load:
            load.wait_for_more(100)
            victim = next(pid for pid in executors if processes.python_workers(pid))
            workers = processes.python_workers(victim)
            processes.kill_9(victim)
            wait_until(lambda: not any(processes.is_alive(pid) for pid in workers), "workers end with their executor")
            load.wait_for_more(100)
        values = [exchange.value for exchange in load.history.exchanges]
        load.history.check(values, transformed)


class _At:
    def __init__(self, port, path):
        self.port = port
        self.path = path
