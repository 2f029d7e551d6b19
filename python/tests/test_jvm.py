"""Queries that stay in the JVM: client, triggers and checker work against a real service without any Python function."""

import pytest
from pyspark.sql import functions as F

import processes
from functions import transformed
from history import HistoryViolation, ask
from service import reason_of_failed_start, serving


def in_sql(requests):
    return requests.select("id", F.expr("concat('v', value * 3 + 1)").alias("reply"))


def test_each_request_gets_its_reply(spark, trigger, jvm_pid):
    before = set(processes.spark_workers(jvm_pid))  # of earlier tests; Spark ends them after a minute without work
    with serving(spark, in_sql, trigger) as service:
        history = ask(service.port, service.path, list(range(200)))
        history.check(range(200), transformed)
        assert not processes.python_workers(jvm_pid)
        assert set(processes.spark_workers(jvm_pid)) <= before


def test_a_wrong_reply_is_found(spark):
    with serving(spark, in_sql) as service:
        history = ask(service.port, service.path, list(range(20)))
    with pytest.raises(HistoryViolation):
        history.check(range(20), lambda value: f"v{value}")


def test_an_open_epoch_ends_no_batch_and_a_drained_one_does(spark):
    for epochs, ends in (("auto", False), ("drained", True)):
        with serving(spark, in_sql, epochs=epochs) as service:
            assert service.post(1).text == transformed(1)
            assert service.post(2).text == transformed(2)
            assert any(progress["numInputRows"] > 0 for progress in service.query.recentProgress) == ends


def test_a_request_that_always_fails_gets_a_500(spark, log):
    failing = F.expr("if(value = 7, raise_error('seven'), concat('v', value * 3 + 1))")
    with serving(spark, lambda requests: requests.select("id", failing.alias("reply"))) as service:
        history = ask(service.port, service.path, list(range(20)))
        history.check(range(20), transformed, must_fail=lambda value: value == 7)
        assert log.wait_for("event=request-quarantined", service.name)


def test_a_failed_start_has_a_reason(spark):
    reason = reason_of_failed_start(spark, in_sql, no_such_option="1")
    assert "unknown option 'no-such-option'" in reason
