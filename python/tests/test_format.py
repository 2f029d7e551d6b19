"""The format name: what makes a service impossible fails start() itself, a bad row ends no query, and a stop is quiet."""

import json
import os
import socket
import subprocess
import sys
import tempfile
import uuid
from pathlib import Path

import pytest
from pyspark.errors import StreamingQueryException
from pyspark.sql import functions as F

import service
from service import free_port, requests_of, serving, start_query
from waiting import wait_until

PROGRAM = Path(__file__).parent / "programs" / "format_without_retries.py"
BAD = 500
CYCLES = 10


def text(requests):
    return requests.select("id", F.col("value").cast("string").alias("reply"))


def any_name():
    return f"s{uuid.uuid4().hex[:10]}"


def message_of_failed_start(spark, pipeline=text, name=None, port=None, **options):
    """The message by which start() itself fails."""
    requests = requests_of(spark, name or any_name(), free_port() if port is None else port, **options)
    with pytest.raises(Exception) as failure:
        start_query(spark, pipeline(requests)).stop()
    return str(failure.value)


def assert_nothing_is_left(spark, name, port):
    """A start that failed keeps neither the name nor the port."""
    with serving_as(spark, name, port) as running:
        assert running.post(7).text == "7"


def serving_as(spark, name, port, pipeline=text):
    return Running(start_query(spark, pipeline(requests_of(spark, name, port))), name, port)


class Running(service.Service):
    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.query.stop()


def test_an_unknown_option(spark):
    message = message_of_failed_start(spark, max_inflight=5)
    assert "max-inflight" in message and "max-in-flight" in message, message


def test_a_value_out_of_its_range(spark):
    assert "'timeout'" in message_of_failed_start(spark, timeout="0ms")


def test_a_taken_port(spark):
    name = any_name()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert f"cannot listen on 127.0.0.1:{port}" in message_of_failed_start(spark, name=name, port=port)
    assert_nothing_is_left(spark, name, port)


@pytest.mark.parametrize("missing, columns", [("reply", ["id", "value"]), ("id", ["value", "reply"])])
def test_a_missing_column(spark, missing, columns):
    name, port = any_name(), free_port()
    pipeline = lambda requests: requests.withColumn("reply", F.col("value")).select(columns)  # noqa: E731
    assert f"'{missing}'" in message_of_failed_start(spark, pipeline, name, port)
    assert_nothing_is_left(spark, name, port)


def test_partitions_above_the_slots(spark):
    message = message_of_failed_start(spark, partitions=5)
    assert "needs 5 task slot(s)" in message and "local[4,8]" in message, message


def test_a_service_that_is_served_already(spark):
    name = any_name()
    with serving_as(spark, name, free_port()) as first:
        assert f"'{name}' is already served" in message_of_failed_start(spark, name=name)
        assert first.post(3).text == "3"


def test_a_path_that_is_served_already(spark):
    with serving_as(spark, any_name(), free_port()) as first:
        message = message_of_failed_start(spark, port=first.port, path=first.path)
        assert first.path in message, message
        assert first.post(3).text == "3"


@pytest.mark.parametrize("trigger", [{"availableNow": True}, {"once": True}])
def test_a_trigger_that_ends_is_refused(spark, trigger):
    name, port = any_name(), free_port()
    writer = text(requests_of(spark, name, port)).writeStream.format("sparkwire").trigger(**trigger)
    query = writer.option("checkpointLocation", tempfile.mkdtemp()).start()
    with pytest.raises(StreamingQueryException, match="availableNow and once"):
        query.awaitTermination(60)
    assert_nothing_is_left(spark, name, port)


def test_a_restart_takes_the_place_of_the_run_before(spark):
    """Spark stops a query whose checkpoint another start uses."""
    name, port, checkpoint = any_name(), free_port(), tempfile.mkdtemp()
    writer = text(requests_of(spark, name, port, partitions=3)).writeStream.format("sparkwire").option("checkpointLocation", checkpoint)
    first = writer.start()
    running = Running(first, name, port)
    assert running.post(1).text == "1"
    with Running(writer.start(), name, port) as second:
        assert not first.isActive
        assert second.post(2).text == "2"


def test_clients_may_connect_once_start_has_returned(spark):
    with serving_as(spark, any_name(), free_port()) as running:
        assert running.post(4).text == "4"


def test_requests_in_the_pipeline_get_their_replies_before_a_stop(spark):
    slow = F.udf(lambda value: __import__("time").sleep(1) or str(value), "string")
    with serving(spark, lambda requests: requests.select("id", slow("value").alias("reply"))) as running:
        assert running.post(7).text == "7"
        with running.connection() as client:
            client.send(8)
            wait_until(lambda: status_of(spark, running.query)["inFlight"] == 1, "the request is in flight")
            running.query.stop()
            assert client.receive().text == "8"


def status_of(spark, query):
    return json.loads(spark._jvm.io.sparkwire.spark.Serving.service(query._jsq).toJson())


def test_url_and_counts(spark):
    with serving_as(spark, any_name(), free_port()) as running:
        running.post(1)
        running.post(2)
        status = status_of(spark, running.query)
        assert status["url"] == f"http://127.0.0.1:{running.port}{running.path}"
        assert (status["service"], status["port"], status["inFlight"]) == (running.name, running.port, 0)
        assert status["counts"]["answered"] == 2


def test_parse_request_is_strict(spark):
    def pipeline(requests):
        parsed = requests.selectExpr("id", "parse_request(request, 'age INT NOT NULL, name STRING') AS body")
        return parsed.selectExpr("id", "concat(body.name, ' ', body.age + 1) AS reply")

    with serving_as(spark, any_name(), free_port(), pipeline) as running:
        assert running.post(b'{"age": 7, "name": "Ann"}').text == "Ann 8"
        for body in (b"", b"{", b"{}", b'{"age": "7"}', b"[1]"):
            reply = running.post(body)
            assert reply.status == 400 and "application/problem+json" in reply.headers["content-type"], reply
        assert json.loads(running.post(b'{"age": "7"}').text)["field"] == "age"


def test_a_row_that_was_refused_goes_no_further(spark):
    """The next step throws on null."""

    def pipeline(requests):
        parsed = requests.selectExpr("id", "parse_request(request, 'age INT NOT NULL') AS body")
        return parsed.selectExpr("id", "CASE WHEN body IS NULL THEN raise_error('null') ELSE 'ok' END AS reply")

    with serving_as(spark, any_name(), free_port(), pipeline) as running:
        assert running.post(b"{}").status == 400
        assert running.post(b'{"age": 1}').text == "ok"
        assert running.query.lastProgress is None or running.query.isActive


def test_make_reply_has_status_and_headers(spark):
    def pipeline(requests):
        return requests.selectExpr(
            "id",
            "make_reply(value, CASE WHEN value > 9 THEN 202 END, array(struct('X-Value' AS name, string(value) AS value))) AS reply",
        )

    with serving_as(spark, any_name(), free_port(), pipeline) as running:
        small, large = running.post(3), running.post(10)
        assert (small.status, small.text, small.headers["x-value"]) == (200, '{"value":3}', "3")
        assert (large.status, large.text) == (202, '{"value":10}')


def test_make_reply_of_one_argument(spark):
    with serving_as(spark, any_name(), free_port(), lambda r: r.selectExpr("id", "make_reply(named_struct('v', value)) AS reply")) as running:
        assert running.post(3).text == '{"v":3}'


def test_send_reply_answers_in_the_middle(spark):
    name = any_name()

    def pipeline(requests):
        sent = requests.where(f"NOT (value < 0 AND send_reply('{name}', make_reply('negative', 422), id))")
        return text(sent)

    with serving_as(spark, name, free_port(), pipeline) as running:
        negative = running.post(-1)
        assert (negative.status, negative.text) == (422, "negative")
        assert running.post(1).text == "1"


def test_wrong_arguments_of_the_functions(spark):
    requests = requests_of(spark, any_name(), free_port())
    for expression, words in {
        "parse_request(value, 'age INT')": "column 'request'",
        "parse_request(request, string(value))": "constant",
        "make_reply()": "1 to 3",
    }.items():
        with pytest.raises(Exception, match=words):
            requests.selectExpr("id", expression)


@pytest.fixture(scope="module")
def without_retries(tmp_path_factory):
    """What happened to services on local[4]."""
    log = tmp_path_factory.mktemp("format") / "spark.log"
    environment = {**os.environ, "SPARKWIRE_TESTS_LOG": str(log), "PYTHONPATH": str(PROGRAM.parent.parent), "PYSPARK_PYTHON": sys.executable}
    output = subprocess.run([sys.executable, str(PROGRAM)], env=environment, capture_output=True, text=True, timeout=300)
    lines = [line for line in output.stdout.splitlines() if line.startswith("RESULT ")]
    assert lines, output.stderr[-4000:]
    return json.loads(lines[0].removeprefix("RESULT "))


def test_one_bad_row_among_a_thousand_gets_500_and_the_service_goes_on(without_retries):
    replies = {int(value): reply for value, reply in without_retries["replies"].items()}
    assert len(replies) == 1000
    assert replies.pop(BAD)[0] == 500
    assert replies == {value: [200, str(value)] for value in range(1000) if value != BAD}
    assert without_retries["is active"] and without_retries["after"] == "1001"
    assert json.loads(without_retries["status"])["counts"]["quarantined"] == 1


@pytest.mark.parametrize("kind", ["open cycles", "drained cycles"])
def test_a_query_is_stopped_and_started_ten_times(without_retries, kind):
    assert without_retries[kind] == [str(cycle) for cycle in range(CYCLES)]


def test_a_stop_is_quiet(without_retries):
    loud = [line for line in without_retries["log"] if " ERROR " in line or line.startswith("\tat ") or "Exception" in line]
    assert not loud, "\n".join(loud[:40])


def test_a_master_that_retries_nothing_is_warned_of(without_retries):
    lines = [line for line in without_retries["log"] if "event=tasks-not-retried" in line]
    assert lines and "local[4]" in lines[0] and "'rows'" in lines[0]
