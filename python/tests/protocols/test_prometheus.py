"""Debian's Prometheus scrapes a cluster: its counters are those of the clients, and each query of the dashboard returns data."""

import collections
import concurrent.futures
import json
import pathlib
import re
import subprocess
import urllib.parse
import urllib.request

import pytest

from cluster import Clients, Cluster, eventually, free_ports, post
from processes import Program

DEPLOY = pathlib.Path(__file__).parents[3] / "deploy"
DASHBOARD = DEPLOY / "grafana" / "sparkwire.json"
ALERTS = DEPLOY / "prometheus"
PATH = "/doubled"
POISON = 13
DOUBLED = "IF(value = 13, CAST(raise_error('poison') AS BIGINT), 2 * value + IF(value = 3, 0 * length(reflect('java.lang.Thread', 'sleep', 400L)), 0))"
SERVICE = ["--name", "doubled", "--schema", "value BIGINT NOT NULL", "--max-in-flight", "8", "--partitions", "1", "--replicas", "1"]


def value(number):
    return json.dumps({"value": number})


class Prometheus(Program):
    """A server that scrapes nodes once a second."""

    def __init__(self, directory, nodes):
        self._url = f"http://127.0.0.1:{free_ports(1)[0]}"
        targets = [f"127.0.0.1:{node.admin}" for node in nodes]
        config = {"global": {"scrape_interval": "1s"}, "scrape_configs": [{"job_name": "sparkwire", "static_configs": [{"targets": targets}]}]}
        file = directory / "prometheus.json"
        file.write_text(json.dumps(config))
        address = self._url.removeprefix("http://")
        command = ["prometheus", f"--config.file={file}", f"--storage.tsdb.path={directory / 'data'}", f"--web.listen-address={address}"]
        super().__init__(command, directory / "prometheus.log")
        self.wait_for("Server is ready to receive web requests")

    def query(self, expression):
        """The values that an expression has now, with the labels of each."""
        query = urllib.parse.urlencode({"query": expression})
        with urllib.request.urlopen(f"{self._url}/api/v1/query?{query}", timeout=30) as response:
            return [(one["metric"], float(one["value"][1])) for one in json.load(response)["data"]["result"]]

    def total(self, expression):
        return sum(number for _, number in self.query(expression))


class Loaded:
    """A gateway and two workers, whose clients have counted every reply."""

    def __init__(self, cluster, access_log):
        self.cluster = cluster
        self.gateway = self.cluster.start(0, "gateway", "--access-log", access_log)
        self.counted = collections.Counter()
        self.workers = [self.start_worker(0), self.start_worker(1)]
        self.port = self.gateway.port()
        for worker in self.workers:
            worker.port()
        self.await_readers()

    def start_worker(self, number):
        """The first one calls another server for each row; the second one ends its query with each failure."""
        if number == 0:
            call = f"http_call(http_request('GET', 'http://127.0.0.1:{self.gateway.admin}/health/live')).statusLine.statusCode"
            sql = f"SELECT {DOUBLED} + 0 * {call} AS value FROM requests"
            more = ["--spark", "spark.sql.extensions=io.sparkwire.spark.SparkwireExtensions", "--epoch-length", "2s"]
        else:
            sql = f"SELECT {DOUBLED} AS value FROM requests"
            more = ["--trigger", "continuous", "--trigger-interval", "1s"]
        return self.cluster.start(1 + number, "serve", "--sql", sql, *SERVICE, *more)

    def await_readers(self):
        """Each worker has a reader, and the gateway knows of both."""
        eventually(lambda: [one.get("read") for node in self.cluster.status() for one in node["services"]].count(True) == 2, 120)
        eventually(lambda: post(self.port, PATH, {"value": 1}) == ("2xx", "") and not self.counted.update([("2xx", "")]))

    def send(self, number, times=1):
        for _ in range(times):
            self.counted[post(self.port, PATH, number)] += 1

    def load(self, during, bodies=value, threads=4):
        """Keeps clients asking while something happens, and for 300 requests after."""
        clients = Clients(self.port, PATH, bodies, threads)
        try:
            during()
            until = clients.count() + 300
            eventually(lambda: clients.count() > until)
        finally:
            self.counted.update(clients.stop())

    def kill(self, number):
        self.workers[number].kill()

    def restart(self, number):
        self.workers[number] = self.start_worker(number)
        self.workers[number].port()
        self.await_readers()

    def stop_and_restart(self, number):
        self.workers[number].end()
        self.restart(number)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    directory = tmp_path_factory.mktemp("cluster")
    cluster = Cluster(directory)
    try:
        yield Loaded(cluster, directory / "access.log")
    finally:
        cluster.end()


@pytest.fixture(scope="module")
def prometheus(loaded, tmp_path_factory):
    server = Prometheus(tmp_path_factory.mktemp("prometheus"), [loaded.gateway, *loaded.workers])
    yield server
    server.end()


def only_fast(number):
    """A number that is neither poison nor slow."""
    return value(100 + number)


def counts(prometheus, loaded):
    """What the gateway has counted, as the clients count."""
    found = prometheus.query(f'sum by (status, failure) (sparkwire_requests_total{{service="doubled", instance="127.0.0.1:{loaded.gateway.admin}"}})')
    return {(labels["status"], labels.get("failure", "")): number for labels, number in found if number}


def await_equal(prometheus, loaded):
    eventually(lambda: counts(prometheus, loaded) == dict(loaded.counted) or print(counts(prometheus, loaded), loaded.counted), 20)


def test_counters_equal_what_clients_counted(loaded, prometheus):
    loaded.load(lambda: None, only_fast)
    loaded.send({"value": "no number"}, 20)
    await_equal(prometheus, loaded)
    assert loaded.counted["4xx", "bad-input"] == 20

    loaded.load(lambda: None, lambda number: value(3), threads=24)  # of 24 slow ones, 8 may be in flight
    await_equal(prometheus, loaded)
    assert loaded.counted["5xx", "overloaded"] > 0

    loaded.send({"value": POISON}, 5)
    await_equal(prometheus, loaded)
    assert loaded.counted["5xx", "pipeline-failed"] == 5
    eventually(lambda: prometheus.total("sparkwire_requests_quarantined_total") == 5)

    loaded.load(lambda: loaded.kill(0), only_fast)
    loaded.load(lambda: loaded.restart(0), only_fast)
    await_equal(prometheus, loaded)

    loaded.load(lambda: [loaded.stop_and_restart(number) for number in (0, 1)], only_fast)
    await_equal(prometheus, loaded)
    assert loaded.counted["2xx", ""] > 1500
    assert {kind for kind in loaded.counted if kind[0] == "5xx"} == {("5xx", "overloaded"), ("5xx", "pipeline-failed")}


def test_the_pages_of_all_nodes_are_as_promtool_wants_them(loaded):
    for node in [loaded.gateway, *loaded.workers]:
        page = node.get("/metrics")
        checked = subprocess.run(["promtool", "check", "metrics"], input=page, capture_output=True, text=True, timeout=60)
        assert (checked.returncode, checked.stderr) == (0, ""), checked.stdout


def test_alerts_fire_when_they_should():
    for arguments in (["check", "rules", "alerts.yaml"], ["check", "config", "prometheus.yaml"], ["test", "rules", "alerts-test.yaml"]):
        checked = subprocess.run(["promtool", *arguments], cwd=ALERTS, capture_output=True, text=True, timeout=60)
        assert checked.returncode == 0, checked.stdout + checked.stderr


def test_every_alert_has_its_tests():
    names = re.findall(r"- alert: (\w+)", (ALERTS / "alerts.yaml").read_text())
    tests = re.findall(r"- name: (.+)", (ALERTS / "alerts-test.yaml").read_text())
    assert tests == [test for name in names for test in (name, f"{name} stays silent")]


def queries():
    """All queries of the dashboard, for all nodes and services."""
    panels = json.loads(DASHBOARD.read_text())["panels"]
    for panel in panels:
        for target in panel.get("targets", []):
            yield panel["title"], target["expr"]


def test_every_query_of_the_dashboard_returns_data(loaded, prometheus):
    with concurrent.futures.ThreadPoolExecutor(6) as clients:  # at once, so that both workers get some
        list(clients.map(lambda _: post(loaded.port, PATH, {"value": POISON}), range(6)))
    assert post(loaded.port, "/nothing", {}) == ("4xx", "unknown-path")
    variables = {"$job": "sparkwire", "$instance": ".*", "$service": ".*", "$__rate_interval": "5m", "$__range": "15m"}
    wanted = list(queries())
    assert len(wanted) > 50
    for title, expression in wanted:
        for name, text in variables.items():
            expression = expression.replace(name, text)
        assert "$" not in expression
        eventually(lambda: prometheus.query(expression) or print(f"nothing for {title}: {expression}"), 20)
