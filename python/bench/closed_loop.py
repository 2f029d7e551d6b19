"""A load generator: connections with one request outstanding each, in one thread. It checks every reply.

A request counts only if its reply has status 200 and the expected body; any other reply fails the measurement.
"""

import selectors
import socket
import time
from typing import NamedTuple


class Question(NamedTuple):
    """The bytes of a request, and a check of the body of its reply."""

    request: bytes
    is_right: object


class Measured(NamedTuple):
    requests: int
    seconds: float
    latencies: list  # in seconds, in the order of the replies

    @property
    def rate(self):
        return self.requests / self.seconds

    def quantile(self, q):
        return sorted(self.latencies)[min(len(self.latencies) - 1, int(q * len(self.latencies)))]


def post(path, body, content_type="application/json"):
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {content_type}\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode("ascii") + body


class _Client:
    def __init__(self, port, questions, first):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=120)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._questions = questions
        self._next = first
        self._received = b""

    def ask(self):
        self._question = self._questions[self._next % len(self._questions)]
        self._next += 1
        self.sent = time.perf_counter()
        self.socket.sendall(self._question.request)

    def read(self):
        """Whether the reply is complete; fails if it is a wrong one."""
        data = self.socket.recv(65536)
        if not data:
            raise ConnectionError("the server closed a connection")
        self._received += data
        head, end, body = self._received.partition(b"\r\n\r\n")
        if not end or len(body) < _content_length(head):
            return False
        if not head.startswith(b"HTTP/1.1 200") or not self._question.is_right(body):
            raise AssertionError(f"a wrong reply: {self._received[:500]!r}")
        self._received = b""
        return True


def _content_length(head):
    for line in head.split(b"\r\n"):
        if line[:15].lower() == b"content-length:":
            return int(line[15:])
    raise AssertionError(f"a reply without Content-Length: {head!r}")


def measure(port, questions, connections, seconds):
    """Asks for that many seconds on that many connections."""
    selector = selectors.DefaultSelector()
    clients = [_Client(port, questions, n * 7919) for n in range(connections)]
    latencies = []
    try:
        begun = time.perf_counter()
        for client in clients:
            selector.register(client.socket, selectors.EVENT_READ, client)
            client.ask()
        while time.perf_counter() - begun < seconds:
            for key, _ in selector.select(timeout=1):
                client = key.data
                if client.read():
                    latencies.append(time.perf_counter() - client.sent)
                    client.ask()
        return Measured(len(latencies), time.perf_counter() - begun, latencies)
    finally:
        selector.close()
        for client in clients:
            client.socket.close()
