"""The settings of a session that serves."""

import os

import pytest

import sparkwire as sw
from sparkwire import jar, java

EXTENSIONS = "io.sparkwire.spark.SparkwireExtensions"


@pytest.fixture
def spark_conf_dir(tmp_path, monkeypatch):
    monkeypatch.setenv("SPARK_CONF_DIR", str(tmp_path))
    return tmp_path


def test_usual_settings(spark_conf_dir):
    settings = sw.conf()
    assert settings["spark.master"] == "local[*,1000000]"
    assert settings["spark.jars"] == str(sw.jar_path())
    assert settings["spark.sql.extensions"] == EXTENSIONS
    assert settings["spark.ui.showConsoleProgress"] == "false"
    assert settings["spark.driver.bindAddress"] == "127.0.0.1"


def test_jars_and_extensions_are_added_to_those_that_there_are(spark_conf_dir):
    settings = sw.conf({"spark.jars": "/a.jar, /b.jar", "spark.sql.extensions": "com.example.Mine"})
    assert settings["spark.jars"] == f"/a.jar,/b.jar,{sw.jar_path()}"
    assert settings["spark.sql.extensions"] == f"com.example.Mine,{EXTENSIONS}"
    assert sw.conf(settings) == settings


def test_an_add_on_is_one_of_the_jars(spark_conf_dir, monkeypatch):
    jars = [spark_conf_dir / name for name in ("one.jar", "other.jar")]
    for file in jars:
        file.touch()
    monkeypatch.setenv("SPARKWIRE_ONNX_JAR", str(jars[0]))
    assert sw.conf()["spark.jars"] == f"{sw.jar_path()},{jars[0]}"
    settings = sw.conf(onnx=jars[1])
    assert settings["spark.jars"] == f"{sw.jar_path()},{jars[1]}"
    assert sw.conf(settings, onnx=jars[1]) == settings
    with pytest.raises(FileNotFoundError, match="there is no /no/such.jar; name the sparkwire-onnx.jar"):
        sw.conf(onnx="/no/such.jar")


def test_networks_need_the_add_on(spark):
    from sparkwire.onnx import OnnxModel

    for use in (OnnxModel, lambda: OnnxModel.load("model"), lambda: sw.session(onnx="sparkwire-onnx.jar")):
        with pytest.raises(sw.SessionError, match=r"networks need sparkwire-onnx\.jar, .* sparkwire\.session\(onnx=PATH OF THE JAR\)"):
            use()


def test_settings_of_the_user_win(spark_conf_dir):
    settings = sw.conf({"spark.ui.showConsoleProgress": True, "spark.log.level": "ERROR", "spark.master": "spark://host:7077"})
    assert settings["spark.ui.showConsoleProgress"] == "true"
    assert settings["spark.log.level"] == "ERROR"
    assert settings["spark.master"] == "spark://host:7077"
    assert "spark.driver.bindAddress" not in settings


def test_spark_defaults_count_as_the_users(spark_conf_dir):
    (spark_conf_dir / "spark-defaults.conf").write_text("# comment\nspark.master   local[3,7]\nspark.jars=/c.jar\n\nspark.ui.enabled: true\n")
    settings = sw.conf({"spark.ui.enabled": "false"})
    assert settings["spark.master"] == "local[3,7]"
    assert settings["spark.jars"] == f"/c.jar,{sw.jar_path()}"
    assert settings["spark.ui.enabled"] == "false"


def test_a_configuration_of_the_log_stays(spark_conf_dir):
    assert jar.log4j() in sw.conf()["spark.driver.extraJavaOptions"]
    own = sw.conf({"spark.driver.extraJavaOptions": "-Dlog4j2.configurationFile=mine.xml -Xss2m"})
    assert own["spark.driver.extraJavaOptions"] == "-Dlog4j2.configurationFile=mine.xml -Xss2m"
    (spark_conf_dir / "log4j2.properties").write_text("")
    assert "spark.driver.extraJavaOptions" not in sw.conf()


def test_a_second_call_gives_the_same_session(spark):
    assert sw.session().sparkContext is spark.sparkContext


def test_versions_of_package_and_jar_are_the_same():
    assert jar.version() == sw.__version__


@pytest.mark.parametrize("version", ["11.0.2", "23", "24-ea"])
def test_a_java_on_which_spark_does_not_start_is_refused(tmp_path, monkeypatch, version):
    _java(tmp_path, version)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    assert f"is version {version}" in java.refusal()


@pytest.mark.parametrize("version", ["17.0.9", "21"])
def test_a_java_on_which_spark_starts(tmp_path, monkeypatch, version):
    _java(tmp_path, version)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    assert java.refusal() is None


def test_no_java(tmp_path, monkeypatch):
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    assert "finds no 'java'" in java.refusal()


def _java(home, version):
    """An executable that says of itself what Java says."""
    (home / "bin").mkdir()
    program = home / "bin" / "java"
    program.write_text(f"#!/bin/sh\necho 'openjdk version \"{version}\" 2026-01-01' >&2\n")
    os.chmod(program, 0o755)
