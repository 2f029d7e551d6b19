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
import inspect
import io
import json
import os
import select
import shutil
import signal
import socket
import struct
import sys
import time
import traceback

OLDEST_PYSPARK = (4, 0)

# How long a worker that is asked to end, or whose JVM has ended, may go on.
GRACE_SECONDS = 1.0

# Frames: a byte that says what it is, the length of what follows, and that.
HEADER = struct.Struct("!cI")
HELLO, START, READY, DATA, NEXT = b"H", b"S", b"R", b"D", b"N"
END, RETURNED, EXCEPTION = b"E", b"Q", b"X"

# Output beyond that is sent before the functions ask for more.
FLUSH_BYTES = 1 << 20

PR_SET_PDEATHSIG, PR_SET_NAME = 1, 15

# Kinds of functions, with the numbers of PythonEvalType.
BATCHED, ARROW_BATCHED = 100, 101
MAP_PANDAS, MAP_ARROW = 205, 207
NEED_PANDAS = (200, 204, 205)


def prctl(option, argument):
    """Calls prctl of Linux; does nothing elsewhere."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(option, argument, 0, 0, 0)


def describe(error):
    """What the JVM is told of an exception."""
    kind = type(error)
    name = kind.__qualname__
    if kind.__module__ not in ("builtins", "__main__"):
        name = kind.__module__ + "." + name
    try:
        message = str(error)
    except Exception:
        message = ""
    trace = "".join(traceback.format_exception(kind, error, error.__traceback__))
    return {"type": name, "message": message, "traceback": trace}


class Channel:
    """Frames over the connection with the JVM."""

    def __init__(self, connection):
        self.connection = connection
        self.stream = connection.makefile("rb", 1 << 16)

    def send(self, *frames):
        self.connection.sendall(
            b"".join(part for kind, body in frames for part in (HEADER.pack(kind, len(body)), body))
        )

    def receive(self):
        """The next frame; one that says END if the JVM has closed the connection."""
        header = self.stream.read(HEADER.size)
        if len(header) < HEADER.size:
            return END, b""
        kind, length = HEADER.unpack(header)
        body = self.stream.read(length)
        return (kind, body) if len(body) == length else (END, b"")


class Input(io.RawIOBase):
    """What functions read in one run: the data that the JVM sends, until it says END."""

    def __init__(self, channel, output):
        super().__init__()
        self.channel = channel
        self.output = output
        self.data = b""
        self.position = 0
        self.ended = False
        self.asked = False

    def readable(self):
        return True

    def read(self, size=-1):
        if size == 0:
            return b""
        if self.position == len(self.data) and not self.ended:
            self.next()
        if size < 0 or len(self.data) - self.position >= size or self.ended:
            return self.take(size)
        parts = self.take(size)
        while len(parts) < size and not self.ended:
            self.next()
            parts += self.take(size - len(parts))
        return parts

    def take(self, size):
        end = len(self.data) if size < 0 else min(len(self.data), self.position + size)
        taken = self.data[self.position : end]
        self.position = end
        return taken

    def next(self):
        """Sends what the functions have written, and waits for more input."""
        self.output.send(NEXT if self.asked else READY)
        self.asked = True
        kind, self.data = self.channel.receive()
        self.position = 0
        self.ended = kind != DATA


class Output(io.RawIOBase):
    """What functions write in one run."""

    def __init__(self, channel):
        super().__init__()
        self.channel = channel
        self.data = bytearray()

    def writable(self):
        return True

    def write(self, data):
        self.data += data
        if len(self.data) > FLUSH_BYTES:
            self.channel.send((DATA, self.data))
            self.data = bytearray()
        return len(data)

    def send(self, kind, body=b""):
        """Sends all that was written, and then a frame."""
        if self.data:
            self.channel.send((DATA, self.data), (kind, body))
            self.data = bytearray()
        else:
            self.channel.send((kind, body))


class Functions:
    """The functions of a worker, as PySpark has read and wrapped them."""

    def __init__(self, payload):
        stream = io.BytesIO(payload)
        (length,) = struct.unpack("!I", stream.read(4))
        self.spec = json.loads(stream.read(length).decode("utf-8"))
        self.commands = stream
        self.kind = self.spec["evalType"]
        self.limit_memory()
        self.require_packages()
        self.set_up_files()
        self.set_up_task()
        self.function, _, self.deserializer, self.serializer = self.read()

    def limit_memory(self):
        limit = self.spec["memoryMegabytes"] << 20
        if limit:
            import resource

            resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))

    def require_packages(self):
        from pyspark.sql.pandas import utils

        if self.kind != BATCHED:
            utils.require_minimum_pyarrow_version()
        if self.kind in NEED_PANDAS:
            utils.require_minimum_pandas_version()

    def set_up_files(self):
        from pyspark.core.broadcast import Broadcast, _broadcastRegistry
        from pyspark.core.files import SparkFiles

        SparkFiles._root_directory = self.spec["filesDirectory"]
        SparkFiles._is_running_on_worker = True
        for path in [self.spec["filesDirectory"]] + self.spec["includes"]:
            if path not in sys.path:
                sys.path.insert(1, path)
        importlib.invalidate_caches()
        for broadcast in self.spec["broadcasts"]:
            _broadcastRegistry[broadcast["id"]] = Broadcast(path=broadcast["path"])

    @staticmethod
    def set_up_task():
        """A task context for functions that ask for it: workers belong to no task."""
        from pyspark import TaskContext

        context = TaskContext._getOrCreate()
        context._stageId = context._partitionId = 0
        context._attemptNumber = context._taskAttemptId = 0
        context._cpus = context._cpuAmount = 1
        context._resources = {}
        context._localProperties = {}

    def read(self):
        """Has PySpark read the functions, as its version wants them."""
        from pyspark import worker
        from pyspark.worker_util import pickleSer

        parameters = inspect.signature(worker.read_udfs).parameters
        if "runner_conf" not in parameters:  # 4.0 and 4.1
            return worker.read_udfs(pickleSer, self.bytes_of_4_1(), self.kind)
        udfs = self.udfs_of_4_3() if "udf_info_list" in parameters else self.bytes_of_4_2()
        runner_conf = worker.RunnerConf(self.pairs(self.spec["confs"]))
        eval_conf = {"input_type": self.spec["inputSchema"]} if self.kind == ARROW_BATCHED else {}
        eval_conf = worker.EvalConf(self.pairs(eval_conf))
        return worker.read_udfs(pickleSer, udfs, self.kind, runner_conf, eval_conf)

    def bytes_of_4_1(self):
        import pyspark

        out = Bytes()
        if self.kind != BATCHED:
            out.write(self.pairs(self.spec["confs"]).getvalue())
        if self.kind == ARROW_BATCHED and not pyspark.__version__.startswith("4.0."):
            out.text(self.spec["inputSchema"])
        out.boolean(False)  # no profiler
        self.write_udfs(out, named=self.kind not in (MAP_PANDAS, MAP_ARROW), result_ids=False)
        return out.rewound()

    def bytes_of_4_2(self):
        out = Bytes()
        self.write_udfs(out, named=True, result_ids=True)
        return out.rewound()

    def write_udfs(self, out, named, result_ids):
        out.integer(len(self.spec["udfs"]))
        for udf in self.spec["udfs"]:
            out.integer(len(udf["arguments"]))
            for argument in udf["arguments"]:
                out.integer(argument["offset"])
                if named:
                    out.boolean("name" in argument)
                    if "name" in argument:
                        out.text(argument["name"])
            out.integer(len(udf["commands"]))
            for length in udf["commands"]:
                out.block(self.commands.read(length))
            if result_ids:
                out.write(struct.pack("!q", 0))

    def udfs_of_4_3(self):
        from pyspark.worker_message import UDFInfo

        return [
            UDFInfo(
                udfs=[self.commands.read(length) for length in udf["commands"]],
                args=[a["offset"] for a in udf["arguments"] if "name" not in a],
                kwargs={a["name"]: a["offset"] for a in udf["arguments"] if "name" in a},
                result_id=0,
            )
            for udf in self.spec["udfs"]
        ]

    @staticmethod
    def pairs(values):
        out = Bytes()
        out.integer(len(values))
        for key, value in values.items():
            out.text(key)
            out.text(value)
        return out.rewound()

    def run(self, channel):
        """Runs the functions until they return, or END comes."""
        output = Output(channel)
        try:
            self.process(Input(channel, output), output)
            output.send(RETURNED)
        except BaseException as error:
            channel.send((EXCEPTION, json.dumps(describe(error)).encode("utf-8")))

    def process(self, source, sink):
        if self.kind == BATCHED:
            # PySpark's own loop gathers rows of several batches before it writes.
            for rows in self.deserializer._load_stream_without_unbatching(source):
                self.serializer.dump_stream(self.function(0, iter(rows)), sink)
            return
        results = self.function(0, self.deserializer.load_stream(source))
        try:
            self.serializer.dump_stream(results, sink)
        finally:
            if hasattr(results, "close"):
                results.close()


class Bytes(io.BytesIO):
    """Values as PySpark's serializers read them."""

    def integer(self, value):
        self.write(struct.pack("!i", value))

    def boolean(self, value):
        self.write(struct.pack("!?", value))

    def block(self, value):
        self.integer(len(value))
        self.write(value)

    def text(self, value):
        self.block(value.encode("utf-8"))

    def rewound(self):
        self.seek(0)
        return self


def serve(connection):
    """A worker: says HELLO, and then runs functions as often as the JVM says START."""
    channel = Channel(connection)
    channel.send((HELLO, struct.pack("!q", os.getpid())))
    functions = None
    while True:
        kind, payload = channel.receive()
        if kind == END:
            return
        if kind == START:
            try:
                if payload:
                    functions = Functions(payload)
                    gc.collect()
                    gc.freeze()  # what lives as long as the worker is not collected again
            except BaseException as error:
                channel.send((EXCEPTION, json.dumps(describe(error)).encode("utf-8")))
                return
            functions.run(channel)
        # Otherwise it is data for a run that has ended.


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

    for package in ("numpy", "pyarrow", "pandas"):
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
    sys.path[0] = os.getcwd()  # as for Spark's own workers
    version = "%d.%d" % sys.version_info[:2]
    try:
        if version != sys.argv[1]:
            raise RuntimeError("version %s" % version)
        pyspark = import_packages()
    except BaseException as error:
        events.write(json.dumps(dict(describe(error), event="failed", version=version)) + "\n")
        shutil.rmtree(directory, ignore_errors=True)
        return
    server = Server(directory, events)
    gc.collect()
    gc.freeze()
    server.report(event="listening", pyspark=pyspark, pid=os.getpid())
    server.run()


if __name__ == "__main__":
    main()
