"""The servers of `bench v2` and `bench answers`: Sparkwire as its launcher starts it, and MLServer with an equal model."""

import json
import os
import re
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

import peers

ROOT = Path(__file__).parent.parent.parent
TRAINED = peers.TARGET / "wide"
WIDE = TRAINED / "wide"
SERVING = re.compile(r"^Serving at (http://127\.0\.0\.1:\d+)/", re.MULTILINE)
START_SECONDS = 180


def trained():
    """What the model has learned, with rows and predictions; it is trained if it is not there."""
    file = TRAINED / "wide.json"
    if not file.exists():
        python = Path(os.environ["BENCH_PYSPARK"])
        subprocess.run([str(python), str(Path(__file__).parent / "train_wide.py"), str(TRAINED)], check=True)
    return json.loads(file.read_text())


class Servers:
    """Servers on free ports of 127.0.0.1, which end with the block."""

    def __init__(self, log_path):
        log_path.parent.mkdir(exist_ok=True)
        self._log = open(log_path, "wb")
        self._processes = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for process in self._processes:
            peers.end(process)
        self._log.close()

    def sparkwire(self, name, *arguments):
        """The base URL of a service of its own."""
        output = peers.TARGET / f"bench-{name}.log"
        command = [str(ROOT / "sparkwire"), "serve", "--port", "0", *arguments]
        with open(output, "wb") as file:
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=file, stderr=file, start_new_session=True)
        self._processes.append(process)
        return self._wait(process, lambda: SERVING.search(output.read_text()))[1]

    def mlserver(self):
        """The base URL of its REST, and the address of its gRPC."""
        port = peers.free_ports(3)
        process = peers.start("mlserver", port, self._log, "serve_mlserver_wide.py", TRAINED / "wide.json")
        self._processes.append(process)
        url = f"http://127.0.0.1:{port}"
        self._wait(process, lambda: _is_ready(f"{url}/v2/models/wide/ready"))
        return url, f"127.0.0.1:{port + 1}"

    @staticmethod
    def _wait(process, condition):
        deadline = time.monotonic() + START_SECONDS
        while True:
            met = condition()
            if met:
                return met
            if process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError(f"{process.args} does not serve; see {peers.TARGET}/bench*.log")
            time.sleep(0.2)


def _is_ready(url):
    try:
        with urllib.request.urlopen(url, timeout=5):
            return True
    except (OSError, urllib.error.HTTPError):
        return False
