"""Other ways to serve the same model, each in a virtual environment of its own below python/target."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
TARGET = HERE.parent / "target"
REQUIREMENTS = {
    "mlserver": ["mlserver==1.7.1", "mlserver-sklearn==1.7.1"],
    "mlflow": ["mlflow==3.17.2", "scikit-learn==1.9.1"],
}


def environment(name):
    """The folder of the environment, made if it is missing."""
    folder = TARGET / f"peer-{name}"
    done = folder / "installed.txt"
    wanted = "\n".join(REQUIREMENTS[name])
    if not done.exists() or done.read_text() != wanted:
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True)
        subprocess.run([str(folder / "bin/pip"), "install", "--quiet", *REQUIREMENTS[name]], check=True)
        done.write_text(wanted)
    return folder


def start(name, port, log, program=None, *arguments):
    """Starts the program, or that which trains the benchmark's model with the peer's own scikit-learn, and serves it on that port."""
    folder = environment(name)
    command = [str(folder / "bin/python"), str(HERE / (program or f"serve_{name}.py")), str(port), str(TARGET / f"served-{name}")]
    path = f"{folder}/bin{os.pathsep}{os.environ['PATH']}"
    return subprocess.Popen(
        [*command, *map(str, arguments)], stdout=log, stderr=log, env={**os.environ, "PATH": path}, start_new_session=True
    )


def end(process):
    try:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    except ProcessLookupError:
        process.wait()


def free_ports(number):
    """That many ports in a row."""
    while True:
        with socket.socket() as first:
            first.bind(("127.0.0.1", 0))
            port = first.getsockname()[1]
        try:
            others = [socket.create_server(("127.0.0.1", port + n)) for n in range(number)]
        except OSError:
            continue
        for other in others:
            other.close()
        return port
