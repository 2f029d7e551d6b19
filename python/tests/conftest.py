"""One Spark session for all tests: started as a PySpark user would start it, with the jar and the extensions."""

import functools
import os
import pathlib
import sys

import pytest
from pyspark import cloudpickle
from pyspark.sql import SparkSession

import service
from models import KINDS, rows_of
from processes import python_workers
from waiting import wait_until

HERE = pathlib.Path(__file__).parent
JAR = pathlib.Path(os.environ.get("SPARKWIRE_JAR", HERE.parent.parent / "cli/target/sparkwire-spark.jar"))
ONNX_JAR = JAR.with_name("sparkwire-onnx.jar")
LOG4J = HERE / "log4j2.properties"
os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
sys.path.append(str(HERE.parent))  # the package `sparkwire`, without its wheel
JIT = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"  # tests run most code a few times only
SLOTS = 4
TRIES = 8  # of a task; for ever, a function that fails in a batch of Spark itself would never return


def pytest_collection_modifyitems(items):
    # Python workers cannot import the modules of this folder, so their functions are pickled whole.
    for module in {item.module for item in items}:
        cloudpickle.register_pickle_by_value(module)
    for name in ("journal", "functions", "faults", "typed_values"):
        if name in sys.modules:
            cloudpickle.register_pickle_by_value(sys.modules[name])


def session_builder(log_file, master=f"local[{SLOTS},{TRIES}]"):
    return (
        SparkSession.builder.master(master)
        .config("spark.jars", f"{JAR},{ONNX_JAR}")
        .config("spark.sql.extensions", "io.sparkwire.spark.SparkwireExtensions")
        .config("spark.driver.extraJavaOptions", f"{JIT} -Dlog4j2.configurationFile={LOG4J} -Dtests.log={log_file}")
        .config("spark.driver.memory", "2g")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "1")
        .config("spark.sql.session.timeZone", "America/New_York")
    )


@pytest.fixture(scope="session")
def log_file(tmp_path_factory):
    return tmp_path_factory.mktemp("log") / "spark.log"


@pytest.fixture(scope="session")
def spark(log_file):
    for jar in (JAR, ONNX_JAR):
        if not jar.exists():
            pytest.exit(f"there is no {jar}; build it first", returncode=2)
    os.environ["PYSPARK_PYTHON"] = sys.executable
    session = session_builder(log_file).getOrCreate()
    yield session
    session.stop()


@pytest.fixture(scope="session")
def trained(spark, tmp_path_factory):
    """Gives the model of a kind of `models.KINDS`, and the directory in which it is saved; each is trained once."""
    directory = tmp_path_factory.mktemp("models")

    @functools.cache
    def train(name):
        kind = KINDS[name]
        model = kind.estimator().fit(rows_of(spark, kind.holes))
        model.write().save(str(directory / name))
        return model, directory / name

    return train


@pytest.fixture(scope="session")
def jvm_pid(spark):
    return int(spark._jvm.java.lang.ProcessHandle.current().pid())


class Log:
    """The lines that the JVM has logged since this object was made."""

    def __init__(self, path):
        self._path = path
        self._start = path.stat().st_size if path.exists() else 0

    def lines(self):
        with open(self._path, "rb") as file:
            file.seek(self._start)
            return file.read().decode("utf-8", "replace").splitlines()

    def lines_with(self, *words):
        return [line for line in self.lines() if all(word in line for word in words)]

    def wait_for(self, *words, seconds=30):
        """The first line that has all these words."""
        return wait_until(lambda: self.lines_with(*words), f"a log line with {words}", seconds)[0]


@pytest.fixture
def log(spark, log_file):
    return Log(log_file)


@pytest.fixture(params=[service.MICRO_BATCH, service.REAL_TIME, service.CONTINUOUS])
def trigger(request, spark):
    if request.param == service.REAL_TIME and not service.has_real_time(spark):
        pytest.skip(f"Spark {spark.version} has no real-time trigger")
    return request.param


@pytest.fixture(autouse=True)
def nothing_is_left(request):
    """After each test its queries have ended, and with them their Python workers."""
    if "spark" not in request.fixturenames:
        yield
        return
    session, jvm = request.getfixturevalue("spark"), request.getfixturevalue("jvm_pid")
    yield
    for query in session.streams.active:
        query.stop()
    wait_until(lambda: not python_workers(jvm), "Python workers end with their services", seconds=30)
