"""The command `sparkwire`, which is on the PATH of the virtual environment."""

import os
import pathlib
import signal
import socket
import subprocess
import sys
import zipfile

import pyspark
import pytest

import sparkwire as sw
from client import post
from conftest import JIT, ROOT
from outcome import run
from sparkwire import commands, jar

COMMAND = str(pathlib.Path(sys.executable).parent / "sparkwire")
OPTIONS = {"SPARKWIRE_JAVA_OPTS": f"{JIT} -Xmx1g"}


@pytest.fixture
def served():
    """Runs `sparkwire serve` until it serves; gives its process and its URL."""
    running = []

    def serve(*arguments):
        process = subprocess.Popen(
            [COMMAND, "serve", *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, **OPTIONS}
        )
        running.append(process)
        for line in process.stdout:
            if line.startswith("Serving at "):
                return process, line.split()[2]
        raise AssertionError(process.stderr.read())

    yield serve
    for process in running:
        process.kill()
        process.communicate()


def test_it_serves_a_model_that_pyspark_has_saved(spark, model, model_directory, served):
    process, url = served("--model", str(model_directory), "--schema", "a DOUBLE NOT NULL, b DOUBLE NOT NULL", "--port", "0")
    points = [(float(a), a / 7) for a in range(10)]
    batch = model.transform(spark.createDataFrame(points, "a DOUBLE, b DOUBLE")).collect()
    assert [post(url, {"a": row.a, "b": row.b}).json["prediction"] for row in batch] == [row.prediction for row in batch]
    assert post(url, {"a": 1}).json["field"] == "b"
    process.send_signal(signal.SIGTERM)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0
    assert out.endswith("Stopped.\n")
    assert err == ""


def test_exit_codes_are_those_of_the_launcher():
    assert run([COMMAND, "--version"]).out.startswith(f"sparkwire {sw.__version__}\nSpark {pyspark.__version__}, ")
    wrong = run([COMMAND, "serve", "--schema", "a INT", "--prot", "1"])
    assert (wrong.code, "did you mean --port?" in wrong.err) == (2, True), wrong.err
    missing = run([COMMAND, "serve", "--model", "/none", "--schema", "a INT"])
    assert (missing.code, missing.out) == (1, "")
    assert missing.err.startswith("sparkwire: ") and missing.err.count("\n") == 1


def test_it_refuses_a_java_that_spark_does_not_start_with(tmp_path):
    (tmp_path / "bin").mkdir()
    java = tmp_path / "bin" / "java"
    java.write_text("#!/bin/sh\necho 'openjdk version \"11.0.2\"' >&2\n")
    java.chmod(0o755)
    refused = run([COMMAND, "--version"], env={**os.environ, "JAVA_HOME": str(tmp_path)})
    assert (refused.code, refused.err) == (
        2,
        f"sparkwire: runs on Java 17 and 21, but '{java}' is version 11.0.2; install one of these or set JAVA_HOME\n",
    )


def test_options_of_java_are_those_of_the_launcher(monkeypatch):
    monkeypatch.delenv("SPARKWIRE_JAVA_OPTS", raising=False)
    launcher = (ROOT / "sparkwire").read_text()
    options = [option for option in commands.java_command([]) if option.startswith("-X")]
    assert len(options) >= 8
    for option in options:
        assert option in launcher


def test_chosen_options_of_java_replace_usual_ones(monkeypatch):
    monkeypatch.setenv("SPARKWIRE_JAVA_OPTS", "-XX:+UseSerialGC -Dname='two words'")
    command = commands.java_command(["serve"])
    assert "-XX:+UseParallelGC" not in command
    assert "-Dname=two words" in command and command[-2:] == [commands.MAIN, "serve"]


def test_the_doctor_finds_a_machine_that_can_serve():
    outcome = run([sys.executable, "-m", "sparkwire", "doctor"])
    lines = outcome.out.splitlines()
    assert [line.split()[:2] for line in lines] == [
        ["ok", name] for name in ("Python", "PySpark", "packages", "Java", "jar", "add-on", "port", "service")
    ]
    assert outcome.code == 0


def test_the_doctor_names_each_fault(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        outcome = run([COMMAND, "doctor", "--port", str(port)], env={**os.environ, "JAVA_HOME": str(tmp_path)})
    faults = {line.split()[1]: line for line in outcome.out.splitlines() if line.startswith("FAULT")}
    assert set(faults) == {"Java", "port"}
    assert "finds no 'java'" in faults["Java"] and f"127.0.0.1:{port}" in faults["port"]
    assert outcome.code == 1


@pytest.fixture
def add_on(tmp_path):
    """A jar that calls itself the add-on of another version."""
    jar = tmp_path / "sparkwire-onnx.jar"
    with zipfile.ZipFile(jar, "w") as archive:
        archive.writestr("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\r\nImplementation-Version: 0.0.9\r\n")
    return jar


def test_an_add_on_is_on_the_class_path(add_on, monkeypatch):
    monkeypatch.setenv("SPARKWIRE_ONNX_JAR", str(add_on))
    command = commands.java_command(["serve"])
    assert command[command.index("-cp") + 1].split(os.pathsep)[:2] == [str(sw.jar_path()), str(add_on)]


def test_the_variable_of_the_add_on_is_no_option(add_on):
    outcome = run([COMMAND, "serve"], env={**os.environ, **OPTIONS, "SPARKWIRE_ONNX_JAR": str(add_on)})
    assert (outcome.code, outcome.err) == (2, "sparkwire: nothing to serve: give --model, --onnx or --sql; see 'sparkwire serve --help'\n")


def test_an_add_on_that_is_not_there_is_named(tmp_path):
    outcome = run([COMMAND, "serve"], env={**os.environ, "SPARKWIRE_ONNX_JAR": str(tmp_path / "none.jar")})
    assert outcome.code == 2
    assert f"sparkwire: there is no {tmp_path / 'none.jar'}; name the sparkwire-onnx.jar" in outcome.err


def test_the_doctor_compares_the_versions_of_both_jars(add_on):
    outcome = run([COMMAND, "doctor", "--quick"], env={**os.environ, "SPARKWIRE_ONNX_JAR": str(add_on)})
    assert f"FAULT add-on   {add_on} is version 0.0.9, but sparkwire-spark.jar is version {jar.version()}" in outcome.out
    assert outcome.code == 1


def test_the_doctor_works_without_pyspark(tmp_path):
    bare = tmp_path / "bare"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(bare)], check=True)
    package = pathlib.Path(sw.__file__).parent
    (tmp_path / "packages").mkdir()
    (tmp_path / "packages" / "sparkwire").symlink_to(package)
    outcome = run([str(bare / "bin" / "python"), "-m", "sparkwire", "doctor"], env={**os.environ, "PYTHONPATH": str(tmp_path / "packages")})
    assert "FAULT PySpark  is not installed; pip install 'sparkwire[spark]'" in outcome.out
    assert outcome.code == 1
