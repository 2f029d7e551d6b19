"""Processes of this machine, from /proc."""

import os
import signal
from pathlib import Path

WORKER_FILE = "sparkwire_worker.py"
WORKER_NAME = "sparkwire-py"


def children(pid):
    """All descendants of a process that still run."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (stat := _stat(int(entry.name))) and stat["state"] != "Z":
            parents.setdefault(stat["parent"], []).append(int(entry.name))
    found, queue = [], [pid]
    while queue:
        for child in parents.get(queue.pop(), []):
            found.append(child)
            queue.append(child)
    return found


def python_workers(pid):
    """Descendants of a process that run Sparkwire's Python worker, the process that forks them included."""
    return [child for child in children(pid) if WORKER_FILE in command_line(child)]


def spark_workers(pid):
    """Descendants of a process that run Spark's own Python worker or its daemon."""
    return [child for child in children(pid) if "pyspark.daemon" in command_line(child) or "pyspark.worker" in command_line(child)]


def command_line(pid):
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


def name(pid):
    """The name that `ps -o comm` shows."""
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip()
    except OSError:
        return ""


def rss_bytes(pid):
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


def is_alive(pid):
    stat = _stat(pid)
    return stat is not None and stat["state"] != "Z"


def kill_9(pid):
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        pass


def _stat(pid):
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return {"state": fields[0], "parent": int(fields[1])}
