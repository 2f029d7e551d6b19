"""Runs the Python functions of Sparkwire's queries: a server, and a worker for each connection.

The server imports PySpark and what functions usually need, listens on a Unix socket beside this
file, and forks a worker for each connection. It reads commands from its standard input, at whose
end it and all workers end, and writes events to its standard output. What functions print goes to
standard error.

A worker has PySpark read and wrap the functions, and drives the generators that PySpark makes of
them: they read what the JVM sends, and each time they ask for more than that, the worker first
sends all that they have written.

Usage: sparkwire_worker.py VERSION, where VERSION is the one of the driver's Python, like 3.11
"""

import ctypes
import faulthandler
import gc
import importlib
import json
import os
import select
import shutil
import signal
import socket
import sys
import time
import traceback

from sparkwire_channel import describe
from sparkwire_functions import serve

OLDEST_PYSPARK = (4, 0)

# How long a worker that is asked to end, or whose JVM has ended, may go on.
GRACE_SECONDS = 1.0

PR_SET_PDEATHSIG, PR_SET_NAME = 1, 15


def prctl(option, argument):
    """Calls prctl of Linux; does nothing elsewhere."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(option, argument, 0, 0, 0)


class Server:
    """Forks workers and ends them."""

    def __init__(self, directory, events):
        self.directory = directory
        self.events = events
        self.deadlines = {}  # of all workers; None while they may go on
        self.unfinished = b""  # of a command
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(os.path.join(directory, "socket"))
        self.listener.listen(64)
        self.wake, self.woken = os.pipe()
        os.set_blocking(self.woken, False)
        signal.set_wakeup_fd(self.woken)
        signal.signal(signal.SIGCHLD, lambda number, frame: None)

    def report(self, **event):
        try:
            self.events.write(json.dumps(event) + "\n")
        except OSError:
            pass  # the JVM has ended

    def run(self):
        """Serves until the JVM closes standard input, then ends all workers."""
        watched = [0, self.listener, self.wake]
        while self.deadlines or watched:
            ready, _, _ = select.select(watched or [self.wake], [], [], self.until_deadline())
            if self.wake in ready:
                os.read(self.wake, 4096)
            if 0 in ready and not self.obey(os.read(0, 4096)):
                watched = []
                self.listener.close()
                self.end(*self.deadlines)
            elif self.listener in ready:
                self.accept()
            self.reap()
        shutil.rmtree(self.directory, ignore_errors=True)

    def until_deadline(self):
        deadlines = [deadline for deadline in self.deadlines.values() if deadline is not None]
        return max(0.0, min(deadlines) - time.monotonic()) if deadlines else None

    def obey(self, data):
        """Carries out commands, each a line; returns False when there will be no more."""
        *lines, self.unfinished = (self.unfinished + data).split(b"\n")
        for line in lines:
            command, pid = line.split()
            if int(pid) in self.deadlines:
                self.end(int(pid), grace=GRACE_SECONDS if command == b"end" else 0.0)
        return bool(data)

    def end(self, *pids, grace=GRACE_SECONDS):
        for pid in pids:
            self.deadlines[pid] = time.monotonic() + grace

    def accept(self):
        connection, _ = self.listener.accept()
        server = os.getpid()
        pid = os.fork()
        if pid == 0:
            self.become_worker(server, connection)
        connection.close()
        set_group(pid)
        self.deadlines[pid] = None

    def become_worker(self, server, connection):
        status = 1
        try:
            set_group(0)
            prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
            if os.getppid() == server:
                self.detach()
                serve(connection)
                status = 0
        except (BrokenPipeError, ConnectionResetError):
            pass  # the JVM has closed the connection
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(status)

    def detach(self):
        """Gives up what belongs to the server alone."""
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        self.events.close()
        self.listener.close()
        os.close(self.wake)
        os.close(self.woken)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        if "numpy" in sys.modules:
            sys.modules["numpy"].random.seed()

    def reap(self):
        """Kills what is past its deadline, and reports what has ended."""
        now = time.monotonic()
        for pid, deadline in list(self.deadlines.items()):
            if deadline is not None and deadline <= now:
                kill_group(pid)
                self.end(pid)
        while self.deadlines:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                return
            kill_group(pid)  # what it has started itself
            del self.deadlines[pid]
            self.report(event="ended", pid=pid, status=os.waitstatus_to_exitcode(status))


def set_group(pid):
    """A process group for each worker, so that what it starts ends with it."""
    try:
        os.setpgid(pid, pid)
    except OSError:
        pass  # it has ended, or has done so itself


def kill_group(pid):
    try:
        os.killpg(pid, signal.SIGKILL)
    except OSError:
        pass  # it has ended


def import_packages():
    """Imports once for all workers what most functions need."""
    import pyspark

    if tuple(int(part) for part in pyspark.__version__.split(".")[:2]) < OLDEST_PYSPARK:
        raise ImportError("pyspark %s is older than 4.0" % pyspark.__version__)
    import pyspark.worker  # noqa: F401

    for package in ("numpy", "pyarrow", "pandas", "sparkwire_frames"):
        try:
            importlib.import_module(package)
        except ImportError:
            pass  # functions may not need it
    return pyspark.__version__


def main():
    directory = os.path.dirname(os.path.abspath(__file__))
    events = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)
    set_group(0)  # a terminal's Ctrl-C is for the JVM, which ends this server
    prctl(PR_SET_NAME, b"sparkwire-py")  # forked workers keep the name
    faulthandler.enable()
    version = "%d.%d" % sys.version_info[:2]
    try:
        if version != sys.argv[1]:
            raise RuntimeError("version %s" % version)
        pyspark = import_packages()
    except BaseException as error:
        events.write(json.dumps(dict(describe(error), event="failed", version=version)) + "\n")
        shutil.rmtree(directory, ignore_errors=True)
        return
    sys.path[0] = os.getcwd()  # as for Spark's own workers, in place of this program's folder
    server = Server(directory, events)
    gc.collect()
    gc.freeze()
    server.report(event="listening", pyspark=pyspark, pid=os.getpid())
    server.run()


if __name__ == "__main__":
    main()
