"""Spark sessions that can serve."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import Any, Mapping, Optional, Union

import pyspark
from py4j.java_gateway import JavaClass
from pyspark.sql import SparkSession

from sparkwire import jar, java
from sparkwire.errors import SessionError

MASTER = "local[*,1000000]"
"""A task slot for every core; a task that fails is tried again for as long as there are requests that make it fail."""

_EXTENSIONS = "io.sparkwire.spark.SparkwireExtensions"
_CHECKPOINTS = "io.sparkwire.spark.LocalCheckpointFileManager"


def conf(
    settings: Optional[Mapping[str, object]] = None, onnx: Union[str, "os.PathLike[str]", None] = None
) -> dict[str, str]:
    """The settings of Spark for a session that serves, to be given to a builder of your own.

    `settings` are yours. They win, except that the jar and the extensions are added to those that you name. What
    `spark-defaults.conf` says counts as yours. The master is `local[*,1000000]` if you name none. With a local master Spark listens on
    127.0.0.1 alone, its UI is off, and its log shows warnings of what runs, on standard error.

    `onnx` is the path of `sparkwire-onnx.jar`, which the stages of `sparkwire.onnx` need; otherwise the environment variable
    SPARKWIRE_ONNX_JAR may name it.

    Raises FileNotFoundError if there is no such jar.
    """
    yours = {**_defaults(), **{key: _text(value) for key, value in (settings or {}).items()}}
    master = yours.get("spark.master", MASTER)
    usual = {
        "spark.master": master,
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "WARN",
        **(_local() if master.startswith("local") else {}),
    }
    if _release() >= (4, 1):
        usual["spark.sql.streaming.checkpointFileManagerClass"] = _CHECKPOINTS
    return {**usual, **yours, **_joined(yours, jar.onnx(onnx))}


def _local() -> dict[str, str]:
    return {"spark.ui.enabled": "false", "spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}


def _joined(yours: Mapping[str, str], add_on: Optional[Path]) -> dict[str, str]:
    """The settings that are lists, with what Sparkwire needs in them."""
    options = yours.get("spark.driver.extraJavaOptions", "")
    if "log4j2.configurationFile" not in options and not _has_log4j():
        ours = f"-Dlog4j2.configurationFile={jar.log4j()} -Dsparkwire.log.level=warn -Dhazelcast.logging.type=slf4j"
        options = f"{options} {ours}".strip()
    jars = _with(yours.get("spark.jars", ""), str(jar.path()))
    return {
        "spark.jars": _with(jars, str(add_on)) if add_on else jars,
        "spark.sql.extensions": _with(yours.get("spark.sql.extensions", ""), _EXTENSIONS),
        **({"spark.driver.extraJavaOptions": options} if options else {}),
    }


def session(
    app_name: str = "sparkwire",
    master: Optional[str] = None,
    settings: Optional[Mapping[str, object]] = None,
    onnx: Union[str, "os.PathLike[str]", None] = None,
) -> SparkSession:
    """A Spark session that can serve: a new one with the settings of `conf`, or the one that there is.

    `master` is Spark's, such as `local[4,1000000]` or `spark://host:7077`. The second number of a local master says how often a task may
    fail; with `local[4]` a single failure ends an epoch. Python functions run in this interpreter's version and packages unless
    `PYSPARK_PYTHON` names another one. `onnx` is that of `conf`.

    Raises SessionError if a session runs without Sparkwire's jar, or without the add-on where `onnx` names it, or if Java is missing or of a
    version on which Spark does not start; FileNotFoundError if `onnx` is no file.
    """
    active = SparkSession.getActiveSession()
    if active is not None:
        if onnx is not None:
            networks(active)
        return served(active)
    why = java.refusal()
    if why is not None:
        raise SessionError(f"Sparkwire {why}")
    java.use_packaged()
    chosen = conf({"spark.app.name": app_name, **(settings or {}), **({"spark.master": master} if master else {})}, onnx)
    if chosen["spark.master"].startswith("local"):
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.Builder()
    for key, value in chosen.items():
        builder = builder.config(key, value)
    return served(builder.getOrCreate())


def served(spark: SparkSession) -> SparkSession:
    """The same session; raises SessionError if it cannot serve."""
    jvm(spark)
    return spark


def jvm(spark: SparkSession) -> Any:
    """Py4J's view of the session's JVM.

    Raises SessionError if Sparkwire is not in it, or if there is none because the session is one of Spark Connect.
    """
    view = getattr(spark, "_jvm", None)
    if view is None:
        raise SessionError(
            "Sparkwire's facade drives a JVM beside Python, which a session of Spark Connect lacks; use the format 'sparkwire'"
        )
    if not isinstance(view.io.sparkwire.spark.Serving, JavaClass):
        raise SessionError(
            "this session's JVM has started without sparkwire-spark.jar; restart Python and begin with sparkwire.session(), or give the"
            " settings of sparkwire.conf() to the builder"
        )
    return view


def networks(spark: SparkSession) -> Any:
    """What Py4J has of `io.sparkwire.onnx` in the session's JVM; raises SessionError if the add-on is not in it."""
    package = jvm(spark).io.sparkwire.onnx
    if not isinstance(package.OnnxModel, JavaClass):
        raise SessionError(
            "networks need sparkwire-onnx.jar, without which this session's JVM has started; restart Python and begin with"
            " sparkwire.session(onnx=PATH OF THE JAR), or add the jar to spark.jars"
        )
    return package


def _defaults() -> dict[str, str]:
    """The settings in `spark-defaults.conf`, by the rules of Java's properties as far as Spark's own files use them."""
    file = _conf_dir() / "spark-defaults.conf"
    if not file.is_file():
        return {}
    lines = (line.strip() for line in file.read_text(encoding="utf-8").splitlines())
    pairs = (re.split(r"\s*[=:\s]\s*", line, maxsplit=1) for line in lines if line and line[0] not in "#!")
    return {pair[0]: pair[1] for pair in pairs if len(pair) == 2}


def _has_log4j() -> bool:
    return any((_conf_dir() / f"log4j2.{kind}").is_file() for kind in ("properties", "xml", "json", "yaml", "yml"))


def _conf_dir() -> Path:
    home = os.environ.get("SPARK_HOME") or str(Path(pyspark.__file__).parent)
    return Path(os.environ.get("SPARK_CONF_DIR") or Path(home) / "conf")


def _release() -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", pyspark.__version__)[:2])


def _with(existing: str, one: str) -> str:
    entries = [entry.strip() for entry in existing.split(",") if entry.strip()]
    return ",".join(entries if one in entries else [*entries, one])


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
