"""Programs that run in MLflow's virtual environment, which has PySpark and the wheel of Sparkwire."""

import json
import os
import pathlib
import re
import subprocess
import time

BIN = pathlib.Path(os.environ["SPARKWIRE_TESTS_MLFLOW"])
PROGRAMS = pathlib.Path(__file__).parent / "programs"
SERVING = re.compile(r"^Serving at https?://127\.0\.0\.1:(\d+)(/\S*)", re.MULTILINE)
SERVING_PORT = re.compile(r"^Serving at https?://127\.0\.0\.1:(\d+)", re.MULTILINE)
JIT = "-Xmx1g -XX:TieredStopAtLevel=1 -XX:+UseSerialGC"  # tests run most code a few times only
POLL_SECONDS = 0.05


class Program:
    """A program that prints to a file, and is ended by its process."""

    def __init__(self, command, output):
        self._output = output
        with open(output, "w") as file:
            self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=file, stderr=file, env=_environment())

    def wait_for(self, pattern, seconds=240):
        """The first match in what it has printed; fails when the program ends without."""
        deadline = time.monotonic() + seconds
        while True:
            found = re.search(pattern, self._output.read_text(), re.MULTILINE)
            if found:
                return found
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError(f"nothing matches {pattern} in:\n{self._output.read_text()}")
            time.sleep(POLL_SECONDS)

    def text(self):
        return self._output.read_text()

    def kill(self):
        """Ends it as a power cut would."""
        self._process.kill()
        self._process.wait(60)

    def end(self):
        self._process.stdin.close()
        self._process.terminate()
        self._process.wait(60)


def python(program, *arguments):
    return [str(BIN / "python"), str(PROGRAMS / program), *map(str, arguments)]


def serve(directory, output, *arguments):
    """Serves a directory of MLflow as it is, without a schema; NaN in tensors is a missing value."""
    command = [str(BIN / "sparkwire"), "serve", "--model", str(directory), "--port", "0", "--non-finite", "read"]
    return Program([*command, *arguments], output)


def key(file, principal, scopes):
    """Adds a client to a file; returns its API key."""
    command = [str(BIN / "sparkwire"), "key", "--auth-file", str(file), "--principal", principal, "--scopes", scopes]
    done = subprocess.run(command, capture_output=True, text=True, env=_environment(), timeout=300)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def run(program, *arguments):
    """What a program prints as JSON in its last line; fails with its output unless it returns 0."""
    done = subprocess.run(python(program, *arguments), capture_output=True, text=True, env=_environment(), timeout=300)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    return json.loads(lines[-1]) if lines else None


def _environment():
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SPARKWIRE_")}
    return {**environment, "SPARKWIRE_JAVA_OPTS": JIT, "SPARK_LOCAL_IP": "127.0.0.1", "MLFLOW_DISABLE_TELEMETRY": "true"}
