"""Programs that run to their end, and what came of them."""

import pathlib
import subprocess
from typing import NamedTuple

HERE = pathlib.Path(__file__).parent


class Outcome(NamedTuple):
    code: int
    out: str
    err: str


def run(command, **options):
    done = subprocess.run(command, capture_output=True, text=True, timeout=180, cwd=HERE, **options)
    return Outcome(done.returncode, done.stdout, done.stderr)
