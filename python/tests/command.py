"""Sparkwire's command line on the jars of PySpark, as `spark-submit` starts it."""

import os
import pathlib
import re
import subprocess
from contextlib import contextmanager

import pyspark

from conftest import JAR, JIT, ONNX_JAR
from waiting import wait_until

JARS = pathlib.Path(pyspark.__file__).parent / "jars"
SERVING = re.compile(r"^Serving at http://127\.0\.0\.1:(\d+)(/\S*)", re.MULTILINE)


class Command:
    """A running `serve`, and what it has printed."""

    def __init__(self, process, output):
        self._process = process
        self._output = output

    def text(self):
        return self._output.read_text()

    def place(self, seconds):
        """The port and the path, once the service is ready."""
        return wait_until(self._place, "the command serves", seconds)

    def _place(self):
        found = SERVING.search(self.text())
        if found:
            return int(found[1]), found[2]
        if self._process.poll() is not None:
            raise AssertionError(f"the command has ended:\n{self.text()}")
        return None


@contextmanager
def serve(spark, output, *arguments, seconds=180):
    """Runs `serve` with these arguments, and gives the port and the path of its service."""
    opens = spark._jvm.org.apache.spark.launcher.JavaModuleOptions.defaultModuleOptions().split()
    command = ["java", *JIT.split(), "-Xmx1g", *opens, "-cp", f"{JAR}:{ONNX_JAR}:{JARS}/*", "io.sparkwire.app.Main", "serve", "--port", "0"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SPARKWIRE_")}
    with open(output, "w") as file, subprocess.Popen([*command, *arguments], stdout=file, stderr=file, env=environment) as process:
        try:
            yield Command(process, output).place(seconds)
        finally:
            process.terminate()
