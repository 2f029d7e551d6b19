"""The jar in this package, which has what a Spark installation lacks, and the add-on for deep networks, which is not in it."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path
from typing import Optional, Union

LOG4J = "io/sparkwire/logging/log4j2.properties"
ONNX_VARIABLE = "SPARKWIRE_ONNX_JAR"


def path() -> Path:
    """Where `sparkwire-spark.jar` is, for `spark.jars` or `spark-submit --jars`.

    Raises FileNotFoundError if this package was not installed from a wheel, which alone has the jar.
    """
    jar = Path(__file__).parent / "jars" / "sparkwire-spark.jar"
    if not jar.is_file():
        raise FileNotFoundError(f"there is no {jar}; install the wheel that python/wheel makes")
    return jar


def onnx(given: Union[str, "os.PathLike[str]", None] = None) -> Optional[Path]:
    """Where `sparkwire-onnx.jar` is: `given`, or what the variable SPARKWIRE_ONNX_JAR says; None if neither is there.

    Raises FileNotFoundError if there is no such file.
    """
    named = given or os.environ.get(ONNX_VARIABLE)
    if not named:
        return None
    jar = Path(named).absolute()
    if not jar.is_file():
        raise FileNotFoundError(f"there is no {jar}; name the sparkwire-onnx.jar of the release archive or of cli/target")
    return jar


def manifest(jar: Optional[Path] = None) -> dict[str, str]:
    """The attributes of the manifest of the jar, or of another one."""
    with zipfile.ZipFile(jar or path()) as archive:
        text = archive.read("META-INF/MANIFEST.MF").decode("utf-8")
    lines = text.replace("\r\n", "\n").replace("\n ", "").splitlines()  # a long line goes on after a blank
    return dict(line.split(": ", 1) for line in lines if ": " in line)


def version(jar: Optional[Path] = None) -> str:
    """The version of Sparkwire that the jar has, or the add-on."""
    return manifest(jar)["Implementation-Version"]


def add_opens() -> list[str]:
    """The options of Java by which Spark gets at what it uses of the JDK."""
    return [f"--add-opens={module}=ALL-UNNAMED" for module in manifest()["Add-Opens"].split()]


def log4j() -> str:
    """The URL of the command line's configuration of log4j, which is silent about tasks that were stopped."""
    return f"jar:{path().as_uri()}!/{LOG4J}"
