"""Resident memory of the JVM and of its Python workers over time at the peak, and over swaps of versions.

    memory.py --seconds 600          at 64 connections
    memory.py --swaps 50             50 versions, one after the other, under load
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import threading
import time
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(HERE.parent / "tests"))

import compare  # noqa: E402
import peers  # noqa: E402
import processes  # noqa: E402

SAMPLE_SECONDS = 5


def sample(jvm):
    """Resident bytes of the JVM and of its Python workers together, and how many those are."""
    workers = processes.python_workers(jvm)
    return processes.rss_bytes(jvm), sum(processes.rss_bytes(pid) for pid in workers), len(workers)


def show(label, samples):
    third = max(1, len(samples) // 3)
    print("| | JVM, MiB | Python workers, MiB | workers |\n|---|---|---|---|")
    for name, part in (("first third", samples[:third]), ("second third", samples[third : 2 * third]), ("last third", samples[-third:])):
        jvm, python, number = (statistics.median(column) for column in zip(*part))
        print(f"| {label}, {name} | {jvm / 2**20:.0f} | {python / 2**20:.0f} | {number:.0f} |")


def at_peak(contestant, process_ports, seconds, connections):
    jvm, samples, over = process_ports["jvm"], [], threading.Event()

    def take_samples():
        while not over.wait(SAMPLE_SECONDS):
            samples.append(sample(jvm))

    thread = threading.Thread(target=take_samples)
    thread.start()
    try:
        measured = contestant.measure(connections, seconds)
    finally:
        over.set()
        thread.join()
    print(f"{measured.requests} requests, {measured.rate:.0f}/s")
    show(f"{contestant.name}, {connections} connections", samples)


def run_peak(options):
    environment = {**os.environ, "SPARKWIRE_JAR": os.environ.get("SPARKWIRE_JAR", str(ROOT / "cli/target/sparkwire-spark.jar"))}
    command = [sys.executable, str(HERE / "serve_sparkwire.py"), options.contestant]
    with open(HERE.parent / "target" / "memory.log", "wb") as log:
        server = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, env=environment, start_new_session=True
        )
        try:
            ports = json.loads(server.stdout.readline())
            name = f"{options.contestant}/auto"
            contestant = compare.of_sparkwire(name, ports[name])
            compare.wait_for(contestant, server)
            contestant.measure(options.connections, options.warm_up)
            at_peak(contestant, ports, options.seconds, options.connections)
        finally:
            peers.end(server)


def run_swaps(options):
    import uuid

    from pyspark.sql import functions as F

    import conftest
    from facade import Facade
    from service import free_port

    os.environ["PYSPARK_PYTHON"] = sys.executable
    spark = conftest.session_builder(HERE.parent / "target" / "swaps.log").getOrCreate()
    jvm = int(spark._jvm.java.lang.ProcessHandle.current().pid())

    def version(number):
        function = F.udf(lambda value: f"{number}:{value}", "string", useArrow=False)
        return lambda requests: requests.select("id", function("value").alias("reply"))

    facade = Facade(spark, f"s{uuid.uuid4().hex[:10]}", free_port())
    samples = []
    with facade.serving(version(0)) as service:
        for number in range(1, options.swaps + 1):
            service.query.replace(facade.writer(version(number)))
            assert service.post(number).text == f"{number}:{number}"
            samples.append(sample(jvm))
        show(f"{options.swaps} swaps", samples)
    deadline = time.monotonic() + 30
    while processes.python_workers(jvm) and time.monotonic() < deadline:
        time.sleep(0.1)
    print(f"workers after the service has ended: {len(processes.python_workers(jvm))}")
    spark.stop()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--contestant", default="pandas-model", choices=compare.SPARKWIRE)
    parser.add_argument("--connections", type=int, default=64)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--warm-up", type=float, default=30)
    parser.add_argument("--swaps", type=int, default=0)
    options = parser.parse_args()
    (HERE.parent / "target").mkdir(exist_ok=True)
    if options.swaps:
        run_swaps(options)
    else:
        run_peak(options)


if __name__ == "__main__":
    main()
