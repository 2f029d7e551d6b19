"""The functions of a worker: how PySpark gets them, and how they run."""

import gc
import importlib
import inspect
import io
import json
import os
import struct
import sys

from sparkwire_channel import END, HELLO, RETURNED, START, Channel, Input, Output

# Kinds of functions, with the numbers of PythonEvalType.
BATCHED, ARROW_BATCHED = 100, 101
MAP_PANDAS, MAP_ARROW = 205, 207
NEED_PANDAS = (200, 204, 205)


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
        if self.kind == MAP_PANDAS:
            from sparkwire_frames import faster  # has been imported if there is pandas

            self.deserializer, self.serializer = faster(self.deserializer), faster(self.serializer)

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
            channel.fail(error)

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
                channel.fail(error)
                return
            functions.run(channel)
        # Otherwise it is data for a run that has ended.
