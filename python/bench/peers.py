"""Other ways to serve the same model, each in a virtual environment of its own below python/target."""

import os
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


def command(name, port):
    """The command that trains the model with the peer's own scikit-learn and serves it on that port."""
    folder = environment(name)
    program = HERE / f"serve_{name}.py"
    return [str(folder / "bin/python"), str(program), str(port), str(TARGET / f"served-{name}")]


def start(name, port, log):
    bin_folder = TARGET / f"peer-{name}" / "bin"
    path = f"{bin_folder}{os.pathsep}{os.environ['PATH']}"
    return subprocess.Popen(command(name, port), stdout=log, stderr=log, env={**os.environ, "PATH": path}, start_new_session=True)
