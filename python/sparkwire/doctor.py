"""The command `sparkwire doctor`: whether this machine can serve, and what to do where it cannot."""

from __future__ import annotations

import argparse
import importlib.util
import json
import re
import socket
import sys
import urllib.request
from importlib import metadata
from typing import Callable, Optional, Sequence

from sparkwire import jar, java

PYTHONS = ((3, 10), (3, 13))
SPARKS = ((4, 0), (4, 3))


class Fault(Exception):
    """What keeps this machine from serving, and what to do."""


def main(arguments: Sequence[str]) -> int:
    """Prints one line for each check. Returns 0 if all are fine, 1 if one is not, 2 if it was called wrongly."""
    parser = argparse.ArgumentParser(prog="sparkwire doctor", description="Checks whether this machine can serve.")
    parser.add_argument("--port", type=_port, default=0, help="a port that is to be free (default: any)")
    parser.add_argument("--quick", action="store_true", help="do not start Spark and a service")
    options = parser.parse_args(arguments)
    checks: list[tuple[str, Callable[[], str]]] = [
        ("Python", _python),
        ("PySpark", _pyspark),
        ("packages", _packages),
        ("Java", _java),
        ("jar", _jar),
        ("add-on", _add_on),
        ("port", lambda: _free(options.port)),
    ]
    faults = sum(not _passes(name, check) for name, check in checks)
    if not options.quick and not faults:
        faults += not _passes("service", lambda: _service(options.port))
    return 1 if faults else 0


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= 65535:
        raise argparse.ArgumentTypeError(f"must be 0 to 65535, got {port}")
    return port


def _passes(name: str, check: Callable[[], str]) -> bool:
    try:
        found, mark = check(), "ok"
    except Fault as fault:
        found, mark = str(fault), "FAULT"
    print(f"{mark:5} {name:8} {found}", flush=True)
    return mark == "ok"


def _python() -> str:
    found = sys.version.split()[0]
    if not PYTHONS[0] <= sys.version_info[:2] <= PYTHONS[1]:
        raise Fault(f"needs Python 3.10 to 3.13, got {found}")
    return found


def _pyspark() -> str:
    if importlib.util.find_spec("pyspark") is None:
        raise Fault("is not installed; pip install 'sparkwire[spark]'")
    import pyspark

    found = str(pyspark.__version__)
    release = tuple(int(part) for part in re.findall(r"\d+", found)[:2])
    if not SPARKS[0] <= release <= SPARKS[1]:
        raise Fault(f"needs PySpark 4.0 to 4.3, got {found}")
    return found


def _packages() -> str:
    versions = {name: _version(name) for name in ("numpy", "pandas", "pyarrow")}
    missing = [name for name, version in versions.items() if version is None]
    if missing:
        raise Fault(f"{', '.join(missing)} not installed, which models and Python functions need; pip install 'sparkwire[spark]'")
    return ", ".join(f"{name} {version}" for name, version in versions.items())


def _version(package: str) -> Optional[str]:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def _java() -> str:
    why = java.refusal()
    if why is not None:
        raise Fault(why)
    program = java.executable() or "java"
    return f"{java.version(program)} at {program}"


def _jar() -> str:
    try:
        found = jar.version()
    except FileNotFoundError as missing:
        raise Fault(str(missing)) from None
    package = _version("sparkwire")
    if package is not None and package != found:
        raise Fault(f"is version {found}, but the package is version {package}; install the package again")
    return f"{found} at {jar.path()}"


def _add_on() -> str:
    try:
        found = jar.onnx()
    except FileNotFoundError as missing:
        raise Fault(str(missing)) from None
    if found is None:
        return f"none for deep networks; {jar.ONNX_VARIABLE} may name sparkwire-onnx.jar"
    if jar.version(found) != jar.version():
        raise Fault(f"{found} is version {jar.version(found)}, but sparkwire-spark.jar is version {jar.version()}; take those of one release")
    return f"{jar.version(found)} at {found}"


def _free(port: int) -> str:
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port))
        except OSError as failure:
            raise Fault(f"cannot listen on 127.0.0.1:{port}: {failure.strerror}; stop that program or choose another port") from None
        return f"{listener.getsockname()[1]} of 127.0.0.1 is free"


def _service(port: int) -> str:
    """Starts a service, and sends it a request."""
    from sparkwire import SparkwireError, server, server_of, session
    from sparkwire.pipeline import make_reply, parse_request

    try:
        spark = session("sparkwire doctor", master="local[1,1000000]")
        rows = parse_request(server(spark, "127.0.0.1", port, "doctor").load(), "value BIGINT NOT NULL")
        with server_of(make_reply(rows.selectExpr("id", "value * 2 AS twice"), "twice")).start() as query:
            request = urllib.request.Request(query.url, b'{"value": 21}', {"Content-Type": "application/json"})
            with urllib.request.urlopen(request, timeout=30) as response:
                reply = json.load(response)
        spark.stop()
    except (SparkwireError, OSError) as failure:
        raise Fault(f"does not start: {failure}") from None
    if reply != {"twice": 42}:
        raise Fault(f"must reply 42, got {reply}")
    return f"replied at {query.url}, with Spark {spark.version}"
