"""A cluster of Sparkwire's nodes, each a process of its own with an admin port, and clients that count what they get."""

import collections
import http.client
import json
import random
import socket
import threading
import time

import processes
from processes import Program

PLACES = 4
POLL_SECONDS = 0.05


def free_ports(count):
    """Ports in a row that nothing listens on, nor on those 100 above them, which the event bus takes."""
    while True:
        first = random.randrange(20_000, 30_000)
        if all(is_free(port + offset) for port in range(first, first + count) for offset in (0, 100)):
            return list(range(first, first + count))


def is_free(port):
    with socket.socket() as tried:
        return tried.connect_ex(("127.0.0.1", port)) != 0


def eventually(condition, seconds=60):
    """What the condition returns once that is true; fails with its last value otherwise."""
    deadline = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        assert time.monotonic() < deadline, f"not so within {seconds} s: {value}"
        time.sleep(POLL_SECONDS)


class Node(Program):
    """A node of the cluster, or one by itself."""

    def __init__(self, command, output, admin):
        super().__init__(command, output)
        self.admin = admin

    def port(self):
        """The port of its services, once it takes requests."""
        return int(self.wait_for(processes.SERVING_PORT.pattern)[1])

    def get(self, path):
        """A page of its admin port as text; None if it does not answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.admin, timeout=30)
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            return response.read().decode() if response.status == 200 else None
        except OSError:
            return None
        finally:
            connection.close()


class Cluster:
    """Nodes that find each other by fixed places on this machine."""

    def __init__(self, directory):
        self._directory = directory
        self._members = free_ports(PLACES)
        self._admins = free_ports(PLACES)
        self._started = 0
        self._nodes = []

    def start(self, place, *command):
        """Starts a command as the node of a place, whose ports stay the same when it starts again."""
        join = ",".join(f"127.0.0.1:{port}" for port in self._members)
        admin = self._admins[place]
        arguments = [
            *command, "--port", "0", "--cluster-name", f"test-{self._members[0]}", "--cluster-port", self._members[place], "--join", join,
            "--admin-port", admin,
        ]  # fmt: skip
        self._started += 1
        output = self._directory / f"node-{self._started}"
        node = Node([str(processes.BIN / "sparkwire"), *map(str, arguments)], output, admin)
        self._nodes.append(node)
        return node

    def status(self):
        """What the nodes say of themselves, by their roles; asks any that answers."""
        for node in self._nodes:
            said = node.get("/status")
            if said:
                return json.loads(said)["nodes"]
        return []

    def end(self):
        for node in self._nodes:
            node.end()


class Clients:
    """Threads that keep sending requests over a connection each, and count the replies by status and kind of failure.

    A client pauses for some seconds between two requests, or not at all.
    """

    def __init__(self, port, path, bodies, threads=8, pause=0):
        self.replies = collections.Counter()
        self._pause = pause
        self._port = port
        self._path = path
        self._bodies = bodies
        self._stopped = threading.Event()
        self._lock = threading.Lock()
        self._threads = [threading.Thread(target=self._run, args=(i,)) for i in range(threads)]
        for thread in self._threads:
            thread.start()

    def _run(self, number):
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)
        sent = number
        while not self._stopped.is_set():
            connection.request("POST", self._path, self._bodies(sent), {"Content-Type": "application/json"})
            response = connection.getresponse()
            kind = kind_of(response.status, response.read())
            with self._lock:
                self.replies[kind] += 1
            sent += len(self._threads)
            time.sleep(self._pause)
        connection.close()

    def count(self):
        with self._lock:
            return sum(self.replies.values())

    def stop(self):
        """Ends them; each waits for its last reply. Returns how many there were of each kind."""
        self._stopped.set()
        for thread in self._threads:
            thread.join()
        return self.replies


def kind_of(status, body):
    """The status class and the kind of failure, as in ("5xx", "overloaded")."""
    failure = ""
    if status >= 400 and body.startswith(b'{"type":"urn:sparkwire:problem:'):
        failure = json.loads(body)["type"].rsplit(":", 1)[1]
    return f"{status // 100}xx", failure


def post(port, path, value):
    """Sends one request; returns its kind."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("POST", path, json.dumps(value), {"Content-Type": "application/json"})
    response = connection.getresponse()
    kind = kind_of(response.status, response.read())
    connection.close()
    return kind
