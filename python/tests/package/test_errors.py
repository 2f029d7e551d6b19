"""Each failure of a start is an exception of its own, whose message is one sentence."""

import socket

import pytest

import sparkwire as sw
from client import accepts, free_port
from outcome import run


def replies(requests):
    return requests.parse_request("value BIGINT NOT NULL").make_reply("value")


def of_service(spark, port, name, **options):
    return replies(sw.server(spark, "127.0.0.1", port, name).options(**options).load())


def message_of(kind, action):
    with pytest.raises(kind) as raised:
        action()
    assert raised.type is kind
    message = str(raised.value)
    assert "\n" not in message and "\tat " not in message and "Exception" not in message, message
    assert raised.value.__cause__ is None
    return message


def test_an_unknown_option_names_the_nearest_one(requests):
    assert "'max-body'" in message_of(sw.UnknownOptionError, lambda: requests(max_boddy=3))


def test_an_option_out_of_its_range(spark):
    assert "got '70000'" in message_of(sw.OptionError, lambda: of_service(spark, 70000, "a"))
    assert "partitions" in message_of(sw.OptionError, lambda: of_service(spark, 0, "a", partitions="many"))


def test_too_few_arguments_of_server(spark):
    assert "a host, a port and the name" in message_of(sw.OptionError, lambda: spark.readStream.server("127.0.0.1"))


def test_a_taken_port(spark):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert str(port) in message_of(sw.PortTakenError, lambda: sw.server_of(of_service(spark, port, "a")).start())


def test_an_address_of_another_machine(spark):
    requests = sw.server(spark, "192.0.2.1", 0, "elsewhere").load()
    assert "192.0.2.1" in message_of(sw.StartError, lambda: sw.server_of(replies(requests)).start())


def test_a_name_and_a_path_that_are_taken(spark, serving):
    query = serving(of_service(spark, free_port(), "taken"))
    same_name = sw.server_of(of_service(spark, query.port, "taken"))
    same_path = sw.server_of(of_service(spark, query.port, "other", path="/taken"))
    assert "'taken' is already served" in message_of(sw.ServiceTakenError, same_name.start)
    assert "path '/taken' is already served" in message_of(sw.ServiceTakenError, same_path.start)


def test_more_partitions_than_task_slots(spark):
    assert "needs 64 task slot" in message_of(sw.NoTaskSlotError, sw.server_of(of_service(spark, 0, "wide", partitions=64)).start)


def test_a_start_that_failed_leaves_no_port_and_no_name(spark, serving):
    port = free_port()
    with pytest.raises(sw.NoTaskSlotError):
        sw.server_of(of_service(spark, port, "again", partitions=64)).start()
    assert not accepts(port)
    assert serving(of_service(spark, port, "again")).is_active


def test_a_model_that_does_not_fit_its_columns(requests, model):
    with pytest.raises(sw.SparkwireError, match="b"):
        requests().parse_request("a DOUBLE NOT NULL").ml_transform(model)


def test_a_python_function_whose_module_is_missing(spark, requests, tmp_path, monkeypatch):
    (tmp_path / "only_here.py").write_text("def length(batch):\n    return batch['text'].str.len()\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    import only_here

    mapped = requests().parse_request("text STRING NOT NULL").map_python(only_here.length, "n BIGINT").make_reply("n")
    assert "only_here" in message_of(sw.PythonFunctionError, sw.server_of(mapped).replicas(1).start)


def test_a_wrong_number_of_rows_for_a_function(requests):
    assert "got 0" in message_of(sw.PipelineError, lambda: requests().map_python(len, "n INT", max_batch=0))


def test_an_unknown_parse_mode(requests):
    assert "'lax'" in message_of(sw.SchemaError, lambda: requests().parse_request("a INT", mode="lax"))


def test_the_java_exception_is_kept(requests):
    with pytest.raises(sw.UnknownOptionError) as raised:
        requests(no_such_option=1)
    assert "IllegalArgumentException" in type(raised.value.java_error).__name__


def test_a_session_that_started_without_the_jar(python):
    program = "from pyspark.sql import SparkSession; SparkSession.builder.master('local[1]').getOrCreate(); import sparkwire; sparkwire.session()"
    outcome = run([python, "-c", program])
    assert outcome.code == 1
    assert "SessionError: this session's JVM has started without sparkwire-spark.jar" in outcome.err.splitlines()[-1]
