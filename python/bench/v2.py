"""A scaler and a logistic regression on thirty numbers over V2, beside MLServer with what the model has learned.

Both servers run at once and are measured in turn, round by round, so that each ratio is of neighbours in time. The load generator is
the Java client of load-tests. Every request has an id of its own, which its reply must repeat; the rest of the reply is compared with the
predictions of a batch beforehand, to 1e-9, and byte by byte in each reply. Besides, rows per second of requests with 1,000 rows and with
one row, for the model and for a pipeline that sends a number back.
"""

import argparse
import json
import re
import shutil
import statistics
import struct
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import NamedTuple

import peers
import servers

TARGET = peers.TARGET
WORK = TARGET / "v2"
LOAD = servers.ROOT / "load-tests/target"
TOLERANCE = 1e-9
SLOT, FIRST_VALUE = "<value>", "100000000000"  # those of the Java client


class Case(NamedTuple):
    """Requests of one form, and on how many connections they are sent."""

    name: str
    rows: int
    connections: tuple
    binary: bool = False


CASES = [
    Case("1 row", 1, (1, 16, 64)),
    Case("32 rows", 32, (16,)),
    Case("1,000 rows", 1000, (4,)),
    Case("1,000 rows, binary", 1000, (4,), binary=True),
]


class Exchange(NamedTuple):
    """What is sent, header fields first, and the reply to it, both with the first value of the Java client."""

    fields: str
    body: bytes
    reply: bytes


def to_json(value):
    return json.dumps(value, separators=(",", ":")).encode()


def v2_body(rows, binary):
    """The header fields and the body of a request; the id is the value of the Java client."""
    features = {"name": "features", "shape": [len(rows), len(rows[0])], "datatype": "FP64"}
    output = {"name": "predict_proba"}
    if not binary:
        flat = [value for row in rows for value in row]
        body = {"id": FIRST_VALUE, "inputs": [{**features, "data": flat}], "outputs": [output]}
        return "Content-Type: application/json", to_json(body)
    tensor = b"".join(struct.pack(f"<{len(row)}d", *row) for row in rows)
    features["parameters"] = {"binary_data_size": len(tensor)}
    output["parameters"] = {"binary_data": True}
    head = to_json({"id": FIRST_VALUE, "inputs": [features], "outputs": [output]})
    fields = f"Content-Type: application/octet-stream\r\nInference-Header-Content-Length: {len(head)}"
    return fields, head + tensor


def post(url, fields, body):
    headers = dict(line.split(": ", 1) for line in fields.split("\r\n"))
    with urllib.request.urlopen(urllib.request.Request(url, body, headers), timeout=120) as response:
        return response.headers, response.read()


def probabilities(headers, body):
    """The values of `predict_proba` in a reply of V2."""
    length = headers.get("Inference-Header-Content-Length")
    answer = json.loads(body[: int(length)] if length else body)
    assert answer["id"] == FIRST_VALUE, answer["id"]
    (output,) = answer["outputs"]
    if length:
        return struct.unpack(f"<{(len(body) - int(length)) // 8}d", body[int(length) :])
    return output["data"]


def ask_v2(url, rows, expected, binary):
    fields, body = v2_body(rows, binary)
    headers, reply = post(url, fields, body)
    got = probabilities(headers, reply)
    wanted = [value for row in expected for value in row]
    assert len(got) == len(wanted) and max(abs(one - other) for one, other in zip(got, wanted)) <= TOLERANCE, "a wrong prediction"
    return Exchange(fields, body, reply)


def v2_exchanges(url, learned, case):
    """Requests with all rows that the model is asked, or with as many as 64 requests have."""
    rows, expected = learned["rows"], [row[1:] for row in learned["predictions"]]
    starts = range(0, min(len(rows), 64 * case.rows) - case.rows + 1, case.rows)
    return [ask_v2(url, rows[at : at + case.rows], expected[at : at + case.rows], case.binary) for at in starts]


def echo_exchanges(url, rows):
    """A request to the service's own path with numbers that are sent back as they are."""
    values = [int(FIRST_VALUE) + at for at in range(rows)]
    body = to_json({"value": values[0]} if rows == 1 else [{"value": value} for value in values])
    _, reply = post(url, "Content-Type: application/json", body)
    assert json.loads(reply) == json.loads(body), "a wrong reply"
    return [Exchange("Content-Type: application/json", body, reply)]


def own_exchanges(url, learned, rows):
    """Requests to the own path of the model's service; the replies are compared with the predictions."""
    exchanges = []
    for at in range(0, min(len(learned["rows"]), 64 * rows) - rows + 1, rows):
        bodies = [{"features": row} for row in learned["rows"][at : at + rows]]
        body = to_json(bodies[0] if rows == 1 else bodies)
        _, reply = post(url, "Content-Type: application/json", body)
        replies = [json.loads(reply)] if rows == 1 else json.loads(reply)
        for got, (_, *wanted) in zip(replies, learned["predictions"][at : at + rows]):
            assert all(abs(one - other) <= TOLERANCE for one, other in zip(got["predict_proba"], wanted)), "a wrong prediction"
        assert len(replies) == rows
        exchanges.append(Exchange("Content-Type: application/json", body, reply))
    return exchanges


class Series:
    """One server, one form of requests and one number of connections, and what each round gave."""

    def __init__(self, name, url, rows, connections, exchanges):
        self.name, self.rows, self.connections = name, rows, connections
        self._url = url
        self._directory = WORK / re.sub(r"\W+", "-", f"{name}-{connections}")
        self._directory.mkdir(parents=True)
        self.rates, self.medians = [], []
        for number, exchange in enumerate(exchanges):
            request = exchange.fields.encode() + b"\r\n\r\n" + exchange.body
            for kind, text in (("request", request), ("reply", exchange.reply)):
                (self._directory / f"{number:02}.{kind}").write_bytes(text.replace(FIRST_VALUE.encode(), SLOT.encode(), 1))

    def measure(self, warm_up, seconds):
        java = ["java", "-Xms512m", "-Xmx512m", "-XX:+UseSerialGC", "-cp", f"{LOAD}/classes:{LOAD}/lib/*", "io.sparkwire.load.ClientCommand"]
        options = ["throughput", "--url", self._url, "--exchanges", self._directory, "--connections", self.connections]
        times = ["--warm-up", warm_up, "--seconds", seconds, "--timeout", 60]
        done = subprocess.run(list(map(str, [*java, *options, *times])), capture_output=True, text=True)
        figures = dict(pair.split("=", 1) for pair in done.stdout.split() if "=" in pair)
        if done.returncode != 0 or figures["right"] == "0" or figures["not-200"] != "0":
            raise AssertionError(f"{self.name}: {done.stdout}{done.stderr}")
        return int(figures["right"]) / float(figures["seconds"]), float(figures["p50"]) / 1000

    def round(self, options):
        rate, median = self.measure(options.warm_up, options.seconds)
        self.rates.append(rate)
        self.medians.append(median)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--warm-up", type=float, default=1, help="seconds, before each measurement")
    parser.add_argument("--first-warm-up", type=float, default=8, help="seconds, once for each series")
    return parser.parse_args()


def against_mlserver(ours, theirs, learned):
    """Pairs of series of the same requests; MLServer gets JSON where its REST has no binary tensors."""
    pairs = []
    for case in CASES:
        own = v2_exchanges(ours, learned, case)
        other = v2_exchanges(theirs, learned, case._replace(binary=False))
        for count in case.connections:
            name = f"{case.name}, {count} connection{'s' if count > 1 else ''}"
            pairs.append(
                (name, Series(f"sparkwire {case.name}", ours, case.rows, count, own), Series(f"mlserver {case.name}", theirs, case.rows, count, other))
            )
    return pairs


def of_many_rows(wide, echo, learned):
    """Pairs of series: 1,000 rows in a request, and one row in each of many."""
    pairs = []
    for name, url, exchanges in (
        ("echo", echo, lambda rows: echo_exchanges(echo, rows)),
        ("lr", wide, lambda rows: own_exchanges(wide, learned, rows)),
    ):
        pairs.append(
            (name, Series(f"{name} many", url, 1000, 4, exchanges(1000)), Series(f"{name} single", url, 1, 64, exchanges(1)))
        )
    return pairs


def run(pairs, options):
    every = [series for _, *both in pairs for series in both]
    for series in every:
        series.measure(options.first_warm_up, 0.5)
    for number in range(options.rounds):
        for series in every:
            series.round(options)
        print(f"round {number + 1} of {options.rounds} done", file=sys.stderr)


def spread(values, digits):
    return f"{statistics.median(values):,.{digits}f} ({min(values):,.{digits}f} to {max(values):,.{digits}f})"


def print_tables(beside, many):
    print("\n| requests | Sparkwire, requests/s | MLServer, requests/s | ratio | Sparkwire p50, ms | MLServer p50, ms |")
    print("|---|---|---|---|---|---|")
    for name, ours, theirs in beside:
        ratio = spread([one / other for one, other in zip(ours.rates, theirs.rates)], 2)
        print(f"| {name} | {spread(ours.rates, 0)} | {spread(theirs.rates, 0)} | {ratio} | {spread(ours.medians, 2)} | {spread(theirs.medians, 2)} |")
    print("\n| pipeline | rows/s, 1,000 rows in a request | rows/s, one row | ratio |\n|---|---|---|---|")
    for name, rows, single in many:
        of_rows = [rate * rows.rows for rate in rows.rates]
        ratio = spread([one / other for one, other in zip(of_rows, single.rates)], 2)
        print(f"| {name} | {spread(of_rows, 0)} | {spread(single.rates, 0)} | {ratio} |")


def main():
    options = arguments()
    shutil.rmtree(WORK, ignore_errors=True)
    WORK.mkdir(parents=True)
    with servers.Servers(TARGET / "bench.log") as running:
        learned = servers.trained()
        wide = running.sparkwire("wide", "--model", str(servers.WIDE), "--batch", "on")
        echo = running.sparkwire("echo", "--schema", "value BIGINT", "--sql", "SELECT value FROM requests", "--name", "echo", "--batch", "on")
        mlserver, _ = running.mlserver()
        beside = against_mlserver(f"{wide}/v2/models/wide/infer", f"{mlserver}/v2/models/wide/infer", learned)
        many = of_many_rows(f"{wide}/wide", f"{echo}/echo", learned)
        run(beside + many, options)
        print_tables(beside, many)


if __name__ == "__main__":
    main()
