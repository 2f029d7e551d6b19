"""The snippet of docs/languages.md in a real Spark shell."""

import os
import subprocess
from pathlib import Path

import pyspark

from conftest import JAR, JIT, LOG4J
from service import Service, free_port
from waiting import wait_until

SPARK_HOME = Path(pyspark.__file__).parent
SNIPPET = Path(__file__).parent.parent.parent / "examples/spark-shell/shout.scala"


class SparkShell:
    """A shell that has run a file, and takes more lines; in the place of a query, it is active while it runs."""

    def __init__(self, file, folder):
        self._output = folder / "output"
        java_options = f"{JIT} -Dlog4j2.configurationFile={LOG4J} -Dtests.log={folder / 'log'}"
        with open(self._output, "wb") as output:
            self.process = subprocess.Popen(
                [
                    str(SPARK_HOME / "bin/spark-shell"),
                    *("--master", "local[2,1000000]", "--jars", str(JAR), "-i", str(file)),
                    *("--driver-java-options", java_options, "--conf", "spark.ui.enabled=false"),
                ],
                env={**os.environ, "SPARK_HOME": str(SPARK_HOME), "SPARK_LOCAL_IP": "127.0.0.1", "TERM": "dumb"},
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    @property
    def isActive(self):
        return self.process.poll() is None

    def exception(self):
        return self._output.read_text()

    def run_and_quit(self, line):
        """What the shell has printed up to its end."""
        self.process.communicate(f"{line}\n:quit\n".encode(), timeout=120)
        return self._output.read_text()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()


def test_the_snippet_serves_from_a_spark_shell(tmp_path):
    port = free_port()
    file = tmp_path / "shout.scala"
    file.write_text(SNIPPET.read_text().replace('server(service = "shout")', f'server(port = {port}, service = "shout")'))
    with SparkShell(file, tmp_path) as shell:
        service = Service(shell, "shout", port)
        wait_until(service.is_ready, "the service is ready", seconds=180)
        assert service.post(b'{"text": "hello"}').text == "HELLO"
        assert service.post(b"{}").status == 400
        printed = shell.run_and_quit("query.stop()")
        assert shell.process.returncode == 0 and "error" not in printed, printed
