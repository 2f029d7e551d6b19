"""A running service: counts, versions, stop."""

import threading

import pytest
from pyspark.sql import functions as F

import sparkwire as sw
from client import accepts, post
from outcome import run


def twice(requests, factor=2):
    return requests.parse_request("value BIGINT NOT NULL").selectExpr("id", f"value * {factor} AS n").make_reply("n")


def test_counts_are_those_of_its_requests(requests, serving):
    query = serving(twice(requests()))
    for value in range(5):
        post(query.url, {"value": value})
    post(query.url, {"value": "x"})
    assert query.counts() == sw.Counts(6, 0, 6, 0, 0, 0, 0, 0, 0, 0)
    assert query.counts().answered == 6


def test_counts_have_every_counter_of_the_jvm(spark):
    counters = spark._jvm.io.sparkwire.exchange.ServiceCounter.values()
    keys = [counter.key().replace("lateAnswers", "late_answers").replace("secondRows", "second_rows") for counter in counters]
    assert list(sw.Counts._fields) == keys


def test_it_knows_where_it_is(requests, serving):
    query = serving(twice(requests(path="/a/b")))
    assert query.url == f"http://127.0.0.1:{query.port}/a/b"
    assert query.urls == [query.url]
    assert query.is_active and query.exception() is None and query.restarts == 0


def test_another_version_takes_over_without_a_lost_request(requests, serving):
    rows = requests()
    query = serving(sw.server_of(twice(rows)).version("one"))
    assert post(query.url, {"value": 1}).headers["Sparkwire-Version"] == "one"
    replies, ended = [], threading.Event()

    def ask():
        while not ended.is_set():
            replies.append(post(query.url, {"value": 10}))

    client = threading.Thread(target=ask)
    client.start()
    query.replace(sw.server_of(twice(rows, 5)).replicas(1).version("two"))
    after = post(query.url, {"value": 10})
    ended.set()
    client.join()
    assert (after.json, after.headers["Sparkwire-Version"]) == ({"n": 50}, "two")
    assert {reply.json["n"] for reply in replies} <= {20, 50} and {reply.status for reply in replies} == {200}


def test_a_version_of_another_service_is_refused(requests, serving):
    query = serving(twice(requests()))
    with pytest.raises(sw.StartError, match="a new version must serve"):
        query.replace(sw.server_of(twice(requests())))
    assert post(query.url, {"value": 4}).json == {"n": 8}


def test_stop_lets_requests_in_flight_finish(requests, serving):
    slow = F.udf(lambda value: __import__("time").sleep(1) or value, "bigint", useArrow=False)
    query = serving(requests().parse_request("value BIGINT NOT NULL").select("id", slow("value").alias("n")).make_reply("n"))
    replies = []
    client = threading.Thread(target=lambda: replies.append(post(query.url, {"value": 3})))
    client.start()
    while query.counts().admitted == 0:
        pass
    query.stop()
    client.join()
    assert replies[0].json == {"n": 3}
    assert not accepts(query.port)
    assert (query.is_active, query.counts(), query.urls) == (False, None, [])
    query.stop()


def test_a_block_ends_with_a_stopped_service(requests):
    with pytest.raises(ZeroDivisionError):
        with sw.server_of(twice(requests())).replicas(1).start() as query:
            assert post(query.url, {"value": 1}).status == 200
            1 / 0
    assert not query.is_active and not accepts(query.port)


def test_await_termination_returns_when_it_is_stopped(requests, serving):
    query = serving(twice(requests()))
    assert query.await_termination(timeout=0.1) is False
    threading.Timer(0.2, query.stop).start()
    assert query.await_termination() is True


def test_a_notebook_shows_url_state_counts_and_a_request(requests, serving):
    query = serving(twice(requests()))
    post(query.url, {"value": 1})
    html = query._repr_html_()
    for part in (query.url, "running", "1 admitted", "1 answered", "--data-binary", "{&quot;value&quot;:1}"):
        assert part in html
    query.stop()
    assert "stopped" in query._repr_html_() and "stopped" in repr(query)


def test_its_sample_request_gets_a_reply(requests, serving):
    query = serving(twice(requests()))
    assert run(["bash", "-c", query.curl() + " -s"]).out == '{"n":2}'


def test_a_warm_up_must_not_get_a_failure(requests):
    writer = sw.server_of(twice(requests())).replicas(1)
    with pytest.raises(sw.StartError, match="400"):
        writer.warm_up("no json").start()


def test_triggers(spark, requests, serving):
    choices = [{"processingTime": "0 seconds"}, {"continuous": "1 second"}]
    if tuple(map(int, spark.version.split(".")[:2])) >= (4, 1):
        choices.append({"realTime": "5 seconds"})
    for choice in choices:
        query = serving(sw.server_of(twice(requests())).trigger(**choice))
        assert post(query.url, {"value": 21}).json == {"n": 42}
        query.stop()


def test_a_wrong_trigger_is_an_option_error(requests):
    writer = sw.server_of(twice(requests()))
    with pytest.raises(sw.OptionError, match="one of processingTime, continuous and realTime"):
        writer.trigger()
    with pytest.raises(sw.OptionError):
        writer.trigger(continuous="no interval")


def test_a_normal_stop_prints_no_error(python):
    outcome = run([python, "programs/serve_and_stop.py"])
    assert outcome.out == '{"n":42}\nstopped\n'
    assert outcome.code == 0
    assert [line for line in outcome.err.splitlines() if "incubator" not in line] == []
