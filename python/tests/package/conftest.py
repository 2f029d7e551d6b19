"""One Spark session for all tests, started as a user of the package starts it."""

import os
import pathlib
import sys
import tempfile
import uuid

import pytest

import sparkwire as sw

ROOT = pathlib.Path(__file__).parents[3]
PROGRAMS = pathlib.Path(__file__).parent / "programs"
JIT = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"  # tests run most code a few times only


def pytest_configure():
    """Sessions of this process and of the programs that tests run find the options of Java in spark-defaults.conf."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="spark-conf-"))
    (folder / "spark-defaults.conf").write_text(f"spark.driver.extraJavaOptions {JIT}\nspark.driver.memory 1g\n")
    os.environ["SPARK_CONF_DIR"] = str(folder)


@pytest.fixture(scope="session")
def spark():
    session = sw.session(
        master="local[4,1000000]",
        settings={"spark.sql.shuffle.partitions": 1, "spark.driver.memory": "2g"},
    )
    yield session
    session.stop()


@pytest.fixture
def requests(spark):
    """Begins services with names of their own, on free ports."""
    return lambda **options: sw.server(spark, "127.0.0.1", 0, f"s{uuid.uuid4().hex[:10]}").options(**options).load()


@pytest.fixture
def serving():
    """Starts services that have ended when the test has."""
    started = []

    def start(replies):
        writer = replies if isinstance(replies, sw.ServingWriter) else sw.server_of(replies)
        started.append(writer.replicas(1).start())
        return started[-1]

    yield start
    for query in started:
        query.stop(5)


@pytest.fixture(scope="session")
def model(spark):
    """A regression that has learned y = 2 a + 3 b + 1."""
    from pyspark.ml import Pipeline
    from pyspark.ml.feature import VectorAssembler
    from pyspark.ml.regression import LinearRegression

    rows = [(float(a), float(b), 2.0 * a + 3.0 * b + 1.0) for a in range(6) for b in range(6)]
    stages = [VectorAssembler(inputCols=["a", "b"], outputCol="features"), LinearRegression(labelCol="y", solver="normal")]
    return Pipeline(stages=stages).fit(spark.createDataFrame(rows, "a DOUBLE, b DOUBLE, y DOUBLE"))


@pytest.fixture(scope="session")
def model_directory(model, tmp_path_factory):
    directory = tmp_path_factory.mktemp("models") / "plane"
    model.save(str(directory))
    return directory


@pytest.fixture(scope="session")
def python():
    return sys.executable
