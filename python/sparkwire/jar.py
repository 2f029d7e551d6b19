"""The jar in this package, which has what a Spark installation lacks."""

from __future__ import annotations

import zipfile
from pathlib import Path

LOG4J = "io/sparkwire/logging/log4j2.properties"


def path() -> Path:
    """Where `sparkwire-spark.jar` is, for `spark.jars` or `spark-submit --jars`.

    Raises FileNotFoundError if this package was not installed from a wheel, which alone has the jar.
    """
    jar = Path(__file__).parent / "jars" / "sparkwire-spark.jar"
    if not jar.is_file():
        raise FileNotFoundError(f"there is no {jar}; install the wheel that python/wheel makes")
    return jar


def manifest() -> dict[str, str]:
    """The attributes of the jar's manifest."""
    with zipfile.ZipFile(path()) as archive:
        text = archive.read("META-INF/MANIFEST.MF").decode("utf-8")
    lines = text.replace("\r\n", "\n").replace("\n ", "").splitlines()  # a long line goes on after a blank
    return dict(line.split(": ", 1) for line in lines if ": " in line)


def version() -> str:
    """The version of Sparkwire that the jar has."""
    return manifest()["Implementation-Version"]


def add_opens() -> list[str]:
    """The options of Java by which Spark gets at what it uses of the JDK."""
    return [f"--add-opens={module}=ALL-UNNAMED" for module in manifest()["Add-Opens"].split()]


def log4j() -> str:
    """The URL of the command line's configuration of log4j, which is silent about tasks that were stopped."""
    return f"jar:{path().as_uri()}!/{LOG4J}"
