"""What makes a Python function impossible to run fails the start, with one sentence that names it."""

import os
import subprocess
import sys
import uuid

import pandas as pd
import pytest
from pyspark.sql import functions as F

from facade import Facade
from service import CONTINUOUS, MICRO_BATCH, REAL_TIME, free_port, has_real_time, reason_of_failed_start

MAX_SENTENCE = 500


def with_reply(function):
    return lambda requests: requests.select("id", function("value").alias("reply"))


def assert_names(reason, *words):
    for word in words:
        assert word in reason, f"{word!r} is not in: {reason}"
    assert "Traceback" not in reason.split("JVM stacktrace")[0], reason


def module_that_only_the_driver_has(tmp_path, monkeypatch, text="def function(value):\n    return str(value)\n"):
    """A module that is on the driver's path and not on the workers'."""
    name = f"only_of_driver_{uuid.uuid4().hex[:6]}"
    (tmp_path / f"{name}.py").write_text(text)
    monkeypatch.syspath_prepend(str(tmp_path))
    return __import__(name)


def module_that_fails_in_workers(spark, tmp_path):
    name = f"fails_in_workers_{uuid.uuid4().hex[:6]}"
    path = tmp_path / f"{name}.py"
    path.write_text(
        f"import os\nif os.getpid() != {os.getpid()}:\n    raise RuntimeError('the model file is damaged')\n\n\n"
        "def function(value):\n    return str(value)\n"
    )
    spark.sparkContext.addPyFile(str(path))
    return __import__(name)


@pytest.fixture(params=[MICRO_BATCH, REAL_TIME, CONTINUOUS])
def trigger(request, spark):
    if request.param == REAL_TIME and not has_real_time(spark):
        pytest.skip(f"Spark {spark.version} has no real-time trigger")
    return request.param


def test_a_missing_module(spark, trigger, tmp_path, monkeypatch):
    module = module_that_only_the_driver_has(tmp_path, monkeypatch)
    reason = reason_of_failed_start(spark, with_reply(F.udf(module.function, "string", useArrow=False)), trigger)
    assert_names(reason, module.__name__, "ModuleNotFoundError")


def test_a_missing_module_of_a_pandas_function(spark, tmp_path, monkeypatch):
    module = module_that_only_the_driver_has(
        tmp_path, monkeypatch, "import pandas as pd\n\n\ndef function(values: pd.Series) -> pd.Series:\n    return values.astype(str)\n"
    )
    reason = reason_of_failed_start(spark, with_reply(F.pandas_udf(module.function, "string")))
    assert_names(reason, module.__name__, "ModuleNotFoundError")


def test_an_exception_at_import(spark, tmp_path):
    module = module_that_fails_in_workers(spark, tmp_path)
    reason = reason_of_failed_start(spark, with_reply(F.udf(module.function, "string", useArrow=False)))
    assert_names(reason, "RuntimeError", "the model file is damaged")


def test_an_executable_that_does_not_exist(spark, monkeypatch):
    monkeypatch.setattr(spark.sparkContext, "pythonExec", "/nonexistent/bin/python3")
    reason = reason_of_failed_start(spark, with_reply(F.udf(lambda value: str(value), "string", useArrow=False)))
    assert_names(reason, "/nonexistent/bin/python3")


def test_an_executable_that_is_no_python(spark, monkeypatch):
    monkeypatch.setattr(spark.sparkContext, "pythonExec", "/bin/false")
    reason = reason_of_failed_start(spark, with_reply(F.udf(lambda value: str(value), "string", useArrow=False)))
    assert_names(reason, "/bin/false")


def test_another_minor_version_of_python(spark, monkeypatch):
    monkeypatch.setattr(spark.sparkContext, "pythonVer", "3.8")
    reason = reason_of_failed_start(spark, with_reply(F.udf(lambda value: str(value), "string", useArrow=False)))
    assert_names(reason, "3.8", "%d.%d" % sys.version_info[:2])


@pytest.fixture(scope="module")
def bare_python(tmp_path_factory):
    """The interpreter of a virtual environment with nothing installed, as `python3` may be one if PYSPARK_PYTHON is not set."""
    folder = tmp_path_factory.mktemp("bare") / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    return str(folder / "bin" / "python")


def test_an_environment_without_pandas(spark, monkeypatch, bare_python):
    @F.pandas_udf("string")
    def function(values: pd.Series) -> pd.Series:
        return values.astype(str)

    monkeypatch.setattr(spark.sparkContext, "pythonExec", bare_python)
    reason = reason_of_failed_start(spark, with_reply(function))
    assert_names(reason, bare_python)
    assert any(module in reason for module in ("pandas", "pyarrow", "pyspark")), reason


def test_the_facade_fails_the_start_with_one_sentence(spark, tmp_path, monkeypatch):
    module = module_that_only_the_driver_has(tmp_path, monkeypatch)
    facade = Facade(spark, f"s{uuid.uuid4().hex[:10]}", free_port())
    function = F.udf(module.function, "string", useArrow=False)
    message = facade.message_of_failed_start(with_reply(function))
    assert_names(message, module.__name__)
    assert "\n" not in message and len(message) <= MAX_SENTENCE, message


def test_a_service_starts_after_one_that_did_not(spark, tmp_path, monkeypatch):
    """A failed start leaves neither a listener, nor a name, nor a process."""
    module = module_that_only_the_driver_has(tmp_path, monkeypatch)
    facade = Facade(spark, f"s{uuid.uuid4().hex[:10]}", free_port())
    facade.message_of_failed_start(with_reply(F.udf(module.function, "string", useArrow=False)))
    with facade.serving(with_reply(F.udf(lambda value: str(value), "string", useArrow=False))) as service:
        assert service.post(5).text == "5"
