"""Spark Connect: a server that has the jar from its start serves; a jar that a session adds later is refused."""

import gc
import os
import subprocess
import sys
import uuid
from contextlib import contextmanager
from pathlib import Path

import pyspark
import pytest
from pyspark.errors import UnsupportedOperationException
from pyspark.sql.connect.session import SparkSession
from pyspark.sql.types import StringType

from conftest import JAR, JIT, LOG4J
from service import Service, free_port
from waiting import wait_until

STARTS = 20
SPARK_HOME = Path(pyspark.__file__).parent
SERVER = "org.apache.spark.sql.connect.service.SparkConnectServer"
REFUSAL = "give the jar to Spark when it starts, by --jars or spark.jars, and with Spark Connect to the server"


@contextmanager
def connect_server(log, **settings):
    """A Spark Connect server on a free port of this machine, in a process of its own; gives its URL."""
    port = free_port()
    settings = {
        "spark.connect.grpc.binding.address": "127.0.0.1",
        "spark.connect.grpc.binding.port": port,
        "spark.driver.extraJavaOptions": f"{JIT} -Dlog4j2.configurationFile={LOG4J} -Dtests.log={log}",
        "spark.ui.enabled": "false",
        **{name.replace("_", "."): value for name, value in settings.items()},
    }
    confs = [word for name, value in settings.items() for word in ("--conf", f"{name}={value}")]
    with open(f"{log}.out", "wb") as output:
        process = subprocess.Popen(
            [str(SPARK_HOME / "bin/spark-submit"), "--master", "local[4,1000000]", *confs, "--class", SERVER],
            env={**os.environ, "SPARK_HOME": str(SPARK_HOME), "SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        wait_until(lambda: is_open(port) or process.poll() is not None, "the server listens", seconds=120)
        assert process.poll() is None, Path(f"{log}.out").read_text()
        yield f"sc://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def is_open(port):
    try:
        with Service(None, "none", port).connection():
            return True
    except OSError:
        return False


@contextmanager
def client(url):
    """A session of its own with the server.

    PySpark closes a session once more when it is collected, under a lock of all sessions. It holds the same lock while it waits for a
    new thread to start. If that thread collects the garbage, neither goes on. So garbage is collected here, where no lock is held.
    """
    gc.collect()
    gc.disable()
    session = SparkSession.builder.remote(url).create()
    try:
        yield session
    finally:
        session.stop()
        gc.enable()


@pytest.fixture(scope="module")
def server_with_jar(tmp_path_factory):
    with connect_server(
        tmp_path_factory.mktemp("connect") / "log", spark_jars=JAR, spark_sql_extensions="io.sparkwire.spark.SparkwireExtensions"
    ) as url:
        yield url


@pytest.fixture(scope="module")
def server_without_jar(tmp_path_factory):
    with connect_server(tmp_path_factory.mktemp("connect") / "log") as url:
        yield url


def start(session, port, name, checkpoint, reply="upper(string(request.entity.content))"):
    requests = session.readStream.format("sparkwire").option("service", name).option("port", port).option("partitions", 1).load()
    replies = requests.selectExpr("id", f"{reply} AS reply")
    return replies.writeStream.format("sparkwire").option("checkpointLocation", str(checkpoint)).start()


@contextmanager
def serving(session, port, checkpoint, *reply):
    name = f"s{uuid.uuid4().hex[:10]}"
    service = Service(start(session, port, name, checkpoint, *reply), name, port)
    try:
        wait_until(service.is_ready, "the service is ready")
        yield service
    finally:
        service.query.stop()


def test_services_start_and_stop_with_the_jar_on_the_server(server_with_jar, tmp_path):
    port = free_port()
    with client(server_with_jar) as session:
        for number in range(STARTS):
            with serving(session, port, tmp_path / str(number)) as service:
                assert service.post(f"hello {number}").text == f"HELLO {number}"
            assert not is_open(port), "the port is open after the query has stopped"


def test_a_jar_that_the_client_adds_as_well_does_no_harm(server_with_jar, tmp_path):
    with client(server_with_jar) as session:
        session.addArtifacts(str(JAR))
        with serving(session, free_port(), tmp_path) as service:
            assert service.post("hello").text == "HELLO"


def test_a_python_function_of_the_client_is_served(server_with_jar, tmp_path):
    with client(server_with_jar) as session:
        session.udf.register("shout", lambda text: text.upper() + "!", StringType())
        with serving(session, free_port(), tmp_path, "shout(string(request.entity.content))") as service:
            assert service.post("hello").text == "HELLO!"


def test_the_services_of_a_session_end_with_it(server_with_jar, tmp_path):
    port = free_port()
    with client(server_with_jar) as session:
        query = start(session, port, "ends", tmp_path)
        wait_until(Service(query, "ends", port).is_ready, "the service is ready")
    wait_until(lambda: not is_open(port), "the port is free after the session has ended")


def assert_is_refused(session, port, tmp_path):
    with pytest.raises(UnsupportedOperationException) as refused:
        start(session, port, "refused", tmp_path)
    sentence = str(refused.value).split("\n\nJVM stacktrace:")[0]
    assert REFUSAL in sentence and "\n" not in sentence, sentence
    assert not is_open(port)


def test_a_jar_that_only_the_client_adds_is_refused(server_without_jar, tmp_path):
    port = free_port()
    with client(server_without_jar) as session:
        session.addArtifacts(str(JAR))
        for number in range(STARTS):
            assert_is_refused(session, port, tmp_path / str(number))


def test_a_jar_that_sql_adds_is_refused(server_without_jar, tmp_path):
    with client(server_without_jar) as session:
        session.sql(f"ADD JAR '{JAR}'").collect()
        assert_is_refused(session, free_port(), tmp_path)
