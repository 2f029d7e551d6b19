"""The contract with failing Python functions: no request is lost, mixed up or answered twice, and good requests get their reply."""

import itertools
import json
import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Iterator

import pandas as pd
import pyarrow as pa
import pytest
from pyspark.sql import functions as F

import faults
import processes
from faults import FaultSchedule, Faulty, computations
from functions import transformed
from history import ask
from journal import Journal
from service import MICRO_BATCH, replies_schema, serving
from waiting import wait_until

SEED = int(os.environ.get("SPARKWIRE_TESTS_SEED", "1"))
REQUESTS = int(os.environ.get("SPARKWIRE_TESTS_FAULTY_REQUESTS", "400"))
MIXED = {faults.RAISES_ONCE: 0.02, faults.POISON: 0.01, faults.EXITS_ONCE: 0.005}


def plain(faulty):
    function = F.udf(faulty.one, "string", useArrow=False)
    return lambda requests: requests.select("id", function("value").alias("reply"))


def of_series(faulty):
    def function(values: pd.Series) -> pd.Series:
        return faulty.series(values)

    udf = F.pandas_udf(function, "string")
    return lambda requests: requests.select("id", udf("value").alias("reply"))


def of_series_iterators(faulty):
    def function(batches: Iterator[pd.Series]) -> Iterator[pd.Series]:
        for values in batches:
            yield faulty.series(values)

    udf = F.pandas_udf(function, "string")
    return lambda requests: requests.select("id", udf("value").alias("reply"))


def map_pandas(faulty):
    def function(batches: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        for batch in batches:
            yield pd.DataFrame({"id": batch["id"], "reply": faulty.series(batch["value"])})

    return lambda requests: requests.select("id", "value").mapInPandas(function, replies_schema(requests))


def map_arrow(faulty):
    def function(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            replies = pa.array([faulty.one(value) for value in batch.column("value").to_pylist()], pa.string())
            yield pa.RecordBatch.from_arrays([batch.column("id"), replies], names=["id", "reply"])

    return lambda requests: requests.select("id", "value").mapInArrow(function, replies_schema(requests))


SHAPES = {
    "udf": plain,
    "pandas_udf": of_series,
    "pandas_udf of iterators": of_series_iterators,
    "mapInPandas": map_pandas,
    "mapInArrow": map_arrow,
}


OF_EACH_TRIGGER = ["udf", "mapInPandas"]


def check(history, schedule, values):
    """Good requests get their reply; poison gets a 500; one that fails once may get a 500, if it was alone when it did."""
    history.check(
        values,
        transformed,
        may_fail=lambda value: not schedule.is_good(value),
        must_fail=lambda value: schedule.of(value) in (faults.POISON, faults.ALWAYS_EXITS),
    )


@pytest.mark.parametrize("shape", OF_EACH_TRIGGER)
def test_random_exceptions_poison_and_exits(spark, trigger, shape, tmp_path):
    check_random_faults(spark, trigger, shape, tmp_path)


@pytest.mark.parametrize("shape", [shape for shape in SHAPES if shape not in OF_EACH_TRIGGER])
def test_random_faults_of_the_other_kinds(spark, shape, tmp_path):
    check_random_faults(spark, MICRO_BATCH, shape, tmp_path)


def check_random_faults(spark, trigger, shape, tmp_path):
    values = list(range(REQUESTS))
    schedule = FaultSchedule.with_each_fault(f"{SEED}/{shape}/{trigger}", MIXED, values)
    journal = Journal(tmp_path / "journal")
    with serving(spark, SHAPES[shape](Faulty(schedule, journal)), trigger) as service:
        check(ask(service.port, service.path, values), schedule, values)
        assert service.query.isActive
    assert all(computations(journal).get(value, 0) >= 1 for value in values)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_request_that_fails_once_gets_its_reply(spark, shape, tmp_path):
    schedule = FaultSchedule(SEED, {faults.RAISES_ONCE: 1})
    journal = Journal(tmp_path / "journal")
    with serving(spark, SHAPES[shape](Faulty(schedule, journal))) as service, service.connection() as connection:
        for value in range(5):
            assert connection.post(value).text == transformed(value)
    assert computations(journal) == {value: 2 for value in range(5)}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_poisonous_request_gets_a_500_with_the_type_of_the_exception(spark, shape, log, tmp_path):
    schedule = FaultSchedule(SEED, {faults.POISON: 1})
    journal = Journal(tmp_path / "journal")
    with serving(spark, SHAPES[shape](Faulty(schedule, journal)), error_detail="message") as service:
        reply = service.post(7)
    problem = json.loads(reply.text)
    assert reply.status == 500
    assert problem["type"] == "urn:sparkwire:problem:pipeline-failed"
    assert problem["cause"].endswith("PoisonError")
    assert "request 7 is poison" in problem["message"]
    assert "Traceback" not in reply.text
    assert computations(journal) == {7: 2}
    assert len(log.lines_with("event=request-quarantined", service.name)) == 1
    assert log.lines_with("event=request-quarantined", service.name, "PoisonError")


def test_by_default_the_client_gets_the_type_and_not_the_message(spark, tmp_path):
    faulty = Faulty(FaultSchedule(SEED, {faults.POISON: 1}), Journal(tmp_path / "journal"))
    with serving(spark, plain(faulty)) as service:
        problem = json.loads(service.post(7).text)
    assert problem["cause"].endswith("PoisonError")
    assert "message" not in problem and "poison" not in json.dumps(problem)


class OneBadRow:
    """Holds the first batch until a gate file exists, so that the next requests share batches. Pickled into functions."""

    def __init__(self, journal, gate, first, bad, last_words):
        self.journal = journal
        self.gate = gate
        self.first = first
        self.bad = bad
        self.last_words = last_words

    def one(self, value):
        self.journal.write("computed", value, os.getpid())
        if value == self.first:
            while not os.path.exists(self.gate):
                time.sleep(0.01)
        if value == self.bad:
            self.last_words()
        return transformed(value)

    def series(self, values):
        return values.map(self.one)


def raise_value_error():
    raise ValueError("a bad row")


def exit_process():
    os._exit(5)


@pytest.mark.parametrize("last_words", [raise_value_error, exit_process], ids=["raises", "exits"])
@pytest.mark.parametrize("shape", SHAPES)
def test_neighbours_of_a_bad_row_are_computed_again_once_at_most(spark, shape, last_words, tmp_path):
    first, bad, values = 0, 20, list(range(40))
    journal, gate = Journal(tmp_path / "journal"), str(tmp_path / "gate")
    function = OneBadRow(journal, gate, first, bad, last_words)
    with serving(spark, SHAPES[shape](function)) as service, ThreadPoolExecutor(len(values)) as threads:
        futures = {first: threads.submit(service.post, first)}
        wait_until(lambda: computations(journal), "the first request is computed")
        futures.update({value: threads.submit(service.post, value) for value in values[1:]})
        wait_until(lambda: in_flight(spark, service) == len(values), "all requests are in the service")
        Path(gate).touch()
        replies = {value: future.result() for value, future in futures.items()}
    assert {value: reply.text for value, reply in replies.items() if value != bad} == {
        value: transformed(value) for value in values if value != bad
    }
    assert replies[bad].status == 500
    counts = computations(journal)
    assert counts[bad] == 2
    # Once in the batch with the bad row, and once alone.
    assert {value: count for value, count in counts.items() if value != bad and count > 2} == {}


def in_flight(spark, service):
    node = spark._jvm.io.sparkwire.node.ServingNode.current()
    return node.services().find(service.name).service().inFlight()


@pytest.mark.parametrize("shape", OF_EACH_TRIGGER)
def test_workers_that_are_killed(spark, trigger, shape, tmp_path):
    journal = Journal(tmp_path / "journal")
    function = Faulty(FaultSchedule(SEED, {}), journal)
    values, kills, killed = list(range(REQUESTS)), 4, []
    over = threading.Event()

    def kill_workers():
        for n in range(kills):
            # The one that computed the latest request, after each fifth of the requests.
            wait_until(lambda: over.is_set() or len(computations(journal)) > (n + 1) * len(values) // (kills + 2), "progress")
            pid = int(journal.lines()[-1][2])
            processes.kill_9(pid)
            killed.append(pid)

    with serving(spark, SHAPES[shape](function), trigger) as service, ThreadPoolExecutor(1) as killer:
        killing = killer.submit(kill_workers)
        try:
            history = ask(service.port, service.path, values)
        finally:
            over.set()
        killing.result()
    assert len(killed) == kills
    history.check(values, transformed)


def test_a_request_whose_worker_always_exits_gets_a_500(spark, log, tmp_path):
    faulty = Faulty(FaultSchedule(SEED, {faults.ALWAYS_EXITS: 1}), Journal(tmp_path / "journal"))
    with serving(spark, of_series(faulty)) as service:
        assert service.post(7).status == 500
    assert computations(faulty.journal) == {7: 2}
    assert len(log.lines_with("event=request-quarantined", service.name)) == 1


@pytest.mark.parametrize("shape", ["udf", "pandas_udf", "mapInPandas"])
def test_a_function_that_hangs_holds_up_only_its_own_request(spark, shape, tmp_path):
    hanging, values = 5, list(range(40))
    schedule = FaultSchedule(SEED, {})
    journal = Journal(tmp_path / "journal")
    function = Hanging(Faulty(schedule, journal), hanging)
    with serving(spark, SHAPES[shape](function), timeout="30s", python_timeout="2s") as service:
        assert service.post(1000).status == 200  # the workers run
        history = ask(service.port, service.path, values, clients=8)
    replies = {exchange.value: exchange.reply for exchange in history.exchanges}
    assert replies.pop(hanging).status in (500, 504)
    assert {value: reply.text for value, reply in replies.items()} == {
        value: transformed(value) for value in values if value != hanging
    }


class Hanging:
    """One request hangs, whenever it is computed. Pickled into functions."""

    def __init__(self, faulty, value):
        self.faulty = faulty
        self.value = value

    def one(self, value):
        if value == self.value:
            time.sleep(3600)
        return self.faulty.one(value)

    def series(self, values):
        return values.map(self.one)


def test_what_functions_print_reaches_the_log(spark, log):
    def function(value):
        import sys

        print(f"printed for {value}", file=sys.stderr, flush=True)
        return transformed(value)

    udf = F.udf(function, "string", useArrow=False)
    with serving(spark, lambda requests: requests.select("id", udf("value").alias("reply"))) as service:
        assert service.post(11).text == transformed(11)
        log.wait_for("printed for 11")


def test_a_worker_that_exceeds_its_memory_ends_alone(spark, tmp_path):
    def function(value):
        if value == 13:
            return str(len(bytearray(4 << 30)))
        return transformed(value)

    udf = F.udf(function, "string", useArrow=False)
    values = list(range(30))
    pipeline = lambda requests: requests.select("id", udf("value").alias("reply"))  # noqa: E731
    with serving(spark, pipeline, python_memory="1GB") as service:
        history = ask(service.port, service.path, values)
    history.check(values, transformed, must_fail=lambda value: value == 13)


def test_values_that_the_function_cannot_take_fail_alone(spark):
    @F.udf("double", useArrow=False)
    def inverse(value):
        return 1 / value

    def pipeline(requests):
        return requests.select("id", F.concat(F.lit("i"), inverse("value")).alias("reply"))

    with serving(spark, pipeline) as service:
        history = ask(service.port, service.path, list(range(-20, 20)))
    history.check(range(-20, 20), lambda value: f"i{1 / value}", must_fail=lambda value: value == 0)


def test_a_function_may_fail_for_every_request(spark, tmp_path):
    faulty = Faulty(FaultSchedule(SEED, {faults.POISON: 1}), Journal(tmp_path / "journal"))
    with serving(spark, of_series(faulty)) as service:
        history = ask(service.port, service.path, list(range(40)))
        assert history.statuses() == {500: 40}
        assert service.query.isActive


def test_a_function_that_returns_a_batch_of_the_wrong_length(spark):
    @F.pandas_udf("long")
    def shortened(values: pd.Series) -> pd.Series:
        return values.iloc[:-1] if (values == 13).any() else values

    def pipeline(requests):
        return requests.select("id", F.concat(F.lit("n"), shortened("value")).alias("reply"))

    values = list(range(30))
    with serving(spark, pipeline) as service:
        history = ask(service.port, service.path, values)
    history.check(values, lambda value: f"n{value}", must_fail=lambda value: value == 13)


def test_results_stay_with_their_requests_when_batches_have_every_size(spark):
    values = itertools.count()
    with serving(spark, of_series(Faulty(FaultSchedule(SEED, {}), _NoJournal()))) as service:
        for clients in (1, 2, 3, 7, 16, 33):
            share = list(itertools.islice(values, clients * 20))
            ask(service.port, service.path, share, clients).check(share, transformed)


class _NoJournal:
    def write(self, *words):
        pass

    def first_time(self, key):
        return False
