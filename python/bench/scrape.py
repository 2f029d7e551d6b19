"""What a scrape of a node with many services takes, and whether requests notice it: p99 with a scrape every five seconds and without, in turns.

    scrape.py --services 100 --rounds 5
"""

import argparse
import json
import os
import socket
import statistics
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
LOAD_TESTS = ROOT / "load-tests" / "target"
sys.path.insert(0, str(HERE.parent))

SERVE = "serve"


def serve(services):
    """Serves so many services on one port, each of one partition, until its input ends."""
    import sparkwire  # noqa: F401
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master(f"local[{services + 2},10000]").config("spark.ui.enabled", "false")
    builder = builder.config("spark.jars", os.environ["SPARKWIRE_JAR"]).config("spark.driver.memory", "3g")
    spark = builder.config("spark.driver.bindAddress", "127.0.0.1").config("spark.driver.host", "127.0.0.1").getOrCreate()
    jvm = spark.sparkContext._jvm
    node = jvm.io.sparkwire.node.ServingNode.current()
    admin = node.administrate(jvm.io.sparkwire.admin.AdminOptions("127.0.0.1", 0)).port()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    for number in range(services):
        name = f"s{number}"
        requests = spark.readStream.server("127.0.0.1", port, name).option("partitions", 1).load().parse_request("value BIGINT")
        requests.selectExpr("id", "value").make_reply("value").write_stream.server().replicas(1).start()
        print(f"{number + 1} services", file=sys.stderr, flush=True)
    print(json.dumps({"port": port, "admin": admin}), flush=True)
    sys.stdin.read()
    os._exit(0)


def scrape(admin):
    """The seconds that a page takes, and its bytes."""
    began = time.perf_counter()
    with urllib.request.urlopen(f"http://127.0.0.1:{admin}/metrics", timeout=30) as response:
        size = len(response.read())
    return time.perf_counter() - began, size


def p99(port, requests):
    """The 99th percentile of one caller's latency, in microseconds."""
    command = ["java", "-cp", f"{LOAD_TESTS / 'classes'}:{LOAD_TESTS / 'lib'}/*", "io.sparkwire.load.ClientCommand", "latency"]
    command += ["--url", f"http://127.0.0.1:{port}/s0", "--workload", "echo", "--requests", str(requests), "--warm-up", str(requests // 2)]
    report = subprocess.run(command, capture_output=True, text=True, timeout=300, check=True).stdout
    return float(next(part.split("=")[1] for part in report.split() if part.startswith("p99=")))


def p99_while_scraped(port, admin, requests, interval, scrapes):
    over = threading.Event()

    def keep_scraping():
        while not over.wait(interval):
            scrapes.append(scrape(admin))

    thread = threading.Thread(target=keep_scraping)
    thread.start()
    try:
        return p99(port, requests)
    finally:
        over.set()
        thread.join()


def measure(port, admin, options):
    scrapes, ratios = [], []
    p99(port, options.requests)
    for number in range(options.rounds):
        turns = [lambda: p99(port, options.requests), lambda: p99_while_scraped(port, admin, options.requests, options.interval, scrapes)]
        first = number % 2
        found = {}
        for turn in (first, 1 - first):
            found[turn] = turns[turn]()
        ratios.append(found[1] / found[0])
        print(f"round {number + 1}: p99 {found[0]:.0f} us, scraped {found[1]:.0f} us", flush=True)
    times = sorted(seconds * 1_000 for seconds, _ in scrapes)
    print(f"\n{options.services} services: {scrapes[-1][1] / 1024:.0f} KiB, {statistics.median(times):.0f} ms (at most {times[-1]:.0f}), {len(times)} scrapes")
    print(f"p99, scraped every {options.interval} s : not: {statistics.median(ratios):.2f} ({min(ratios):.2f}-{max(ratios):.2f})")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--services", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--requests", type=int, default=80_000)
    parser.add_argument("--interval", type=int, default=5, help="seconds between two scrapes")
    options = parser.parse_args()
    jar = os.environ.get("SPARKWIRE_JAR", str(ROOT / "cli/target/sparkwire-spark.jar"))
    command = [sys.executable, __file__, SERVE, str(options.services)]
    with open(HERE.parent / "target" / "scrape.log", "wb") as log:
        environment = {**os.environ, "SPARKWIRE_JAR": jar}
        server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, env=environment)
        try:
            ports = json.loads(server.stdout.readline())
            measure(ports["port"], ports["admin"], options)
        finally:
            server.stdin.close()
            server.wait(60)


if __name__ == "__main__":
    if sys.argv[1:2] == [SERVE]:
        serve(int(sys.argv[2]))
    else:
        main()
