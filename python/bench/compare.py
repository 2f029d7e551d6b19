"""Python functions in a served query beside epochs=drained, MLServer and `mlflow models serve`, with one model.

All contestants run at once and are measured in turn, round by round, so that each ratio is of neighbours in time. Every reply is
checked. Without --contestants all take part.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

import closed_loop
import model
import peers

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
TOLERANCE = 1e-6
SPARKWIRE = ["pandas-model", "arrow-model", "numpy", "plain-udf", "map-in-pandas"]
PEERS = ["mlserver", "mlflow"]


class Contestant:
    def __init__(self, name, port, path, body, answer):
        self.name = name
        self.port = port
        trained = model.trained()
        rows = model.questions()
        expected = model.probabilities(trained, rows).tolist()
        self.questions = [
            closed_loop.Question(closed_loop.post(path, model.to_json(body(row))), _check(answer, right))
            for row, right in zip(rows, expected)
        ]

    def measure(self, connections, seconds):
        return closed_loop.measure(self.port, self.questions, connections, seconds)


def _check(answer, expected):
    seen = set()

    def is_right(body):
        if body not in seen:
            if abs(answer(json.loads(body)) - expected) > TOLERANCE:
                return False
            seen.add(body)
        return True

    return is_right


def of_sparkwire(name, port):
    return Contestant(name, port, "/score", lambda row: {"features": row}, lambda reply: reply["reply"])


def of_mlserver(port):
    def body(row):
        inputs = [{"name": "features", "shape": [1, len(row)], "datatype": "FP64", "data": row}]
        return {"inputs": inputs, "outputs": [{"name": "predict_proba"}]}

    return Contestant("mlserver", port, "/v2/models/score/infer", body, lambda reply: reply["outputs"][0]["data"][1])


def of_mlflow(port):
    return Contestant("mlflow", port, "/invocations", lambda row: {"inputs": [row]}, lambda reply: reply["predictions"][0][1])


def wait_for(contestant, process, seconds=180):
    """Until the contestant gives a right reply."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            contestant.measure(1, 0.05)
            return
        except (OSError, AssertionError):
            if time.monotonic() > deadline or process.poll() is not None:
                raise
            time.sleep(0.5)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--contestants", default=",".join(SPARKWIRE + PEERS))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--warm-up", type=float, default=5)
    parser.add_argument("--connections", default="1,16,64")
    parser.add_argument("--without-drained", action="store_true")
    return parser.parse_args()


def start_all(options, log):
    """The contestants by name, and the processes that must be ended."""
    chosen = options.contestants.split(",")
    environment = {**os.environ, "SPARKWIRE_JAR": os.environ.get("SPARKWIRE_JAR", str(ROOT / "cli/target/sparkwire-spark.jar"))}
    contestants, processes = {}, []
    own = [name for name in chosen if name in SPARKWIRE]
    if own:
        command = [sys.executable, str(HERE / "serve_sparkwire.py"), ",".join(own)]
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, env=environment, start_new_session=True
        )
        processes.append(process)
        ports = json.loads(process.stdout.readline())
        for name, port in ports.items():
            if name != "jvm" and not (options.without_drained and name.endswith("/drained")):
                contestants[name] = of_sparkwire(name, port)
                wait_for(contestants[name], process)
    for name in chosen:
        if name in PEERS:
            port = peers.free_ports(3)
            process = peers.start(name, port, log)
            processes.append(process)
            contestants[name] = of_mlserver(port) if name == "mlserver" else of_mlflow(port)
            wait_for(contestants[name], process)
    return contestants, processes


def run(contestants, options):
    """For each contestant and number of connections, what each round gave."""
    counts = [int(count) for count in options.connections.split(",")]
    for contestant in contestants.values():
        contestant.measure(max(counts), options.warm_up)
        contestant.measure(1, options.warm_up / 2)
    results = {name: {count: [] for count in counts} for name in contestants}
    for number in range(options.rounds):
        for count in counts:
            for name, contestant in contestants.items():
                results[name][count].append(contestant.measure(count, options.seconds))
        print(f"round {number + 1} of {options.rounds} done", file=sys.stderr)
    return results


def spread(values, digits):
    return f"{statistics.median(values):.{digits}f} ({min(values):.{digits}f} to {max(values):.{digits}f})"


def print_tables(results):
    for count in next(iter(results.values())):
        print(f"\n{count} connection(s)\n")
        print("| contestant | p50, ms | p99, ms | requests/s |\n|---|---|---|---|")
        for name, by_count in results.items():
            rounds = by_count[count]
            p50 = spread([one.quantile(0.5) * 1000 for one in rounds], 2)
            p99 = spread([one.quantile(0.99) * 1000 for one in rounds], 1)
            print(f"| {name} | {p50} | {p99} | {spread([one.rate for one in rounds], 0)} |")
    print_ratios(results)


def print_ratios(results):
    """Each open contestant's rate and median latency against its drained one and the peers, round by round."""
    print("\n| ratio | connections | requests/s | p50 |\n|---|---|---|---|")
    for name in results:
        if not name.endswith("/auto"):
            continue
        for other in (name.replace("/auto", "/drained"), *PEERS):
            for count, rounds in results[name].items() if other in results else ():
                pairs = list(zip(rounds, results[other][count]))
                rates = spread([one.rate / two.rate for one, two in pairs], 2)
                medians = spread([one.quantile(0.5) / two.quantile(0.5) for one, two in pairs], 2)
                print(f"| {name} : {other} | {count} | {rates} | {medians} |")


def main():
    options = arguments()
    log_path = HERE.parent / "target" / "bench.log"
    log_path.parent.mkdir(exist_ok=True)
    processes = []
    with open(log_path, "wb") as log:
        try:
            contestants, processes = start_all(options, log)
            print_tables(run(contestants, options))
        finally:
            for process in processes:
                peers.end(process)


if __name__ == "__main__":
    main()
