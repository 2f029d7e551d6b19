"""An HTTP/1.1 client that keeps every byte of a connection, so that no reply goes unseen.

`http.client` drops what it has read beyond the end of a response. A second reply to the same request would be lost there.
"""

import socket
from typing import NamedTuple

TIMEOUT_SECONDS = 60


class Reply(NamedTuple):
    status: int
    headers: dict
    body: bytes

    @property
    def text(self):
        return self.body.decode("utf-8")


class Connection:
    """One connection with one request at a time. Not thread-safe."""

    def __init__(self, port, path):
        self._path = path
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=TIMEOUT_SECONDS)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._unread = b""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self._socket.close()

    def post(self, body, path=None):
        self.send(body, path)
        return self.receive()

    def get(self):
        self._socket.sendall(f"GET {self._path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode("ascii"))
        return self.receive()

    def send(self, body, path=None):
        content = body if isinstance(body, bytes) else str(body).encode("utf-8")
        head = f"POST {path or self._path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {len(content)}\r\n\r\n"
        self._socket.sendall(head.encode("ascii") + content)

    def receive(self):
        head = self._until(b"\r\n\r\n").decode("latin-1")
        status_line, *fields = head.split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (field.partition(":") for field in fields if field)}
        return Reply(int(status_line.split(" ")[1]), headers, self._exactly(int(headers.get("content-length", 0))))

    def check_nothing_unread(self):
        """Fails if the connection had more replies than requests: the next request would get one of them."""
        probe = self.post("", path="/no-such-path")
        if probe.status != 404 or self._unread:
            raise AssertionError(f"a connection had a reply too many: {probe}, {self._unread!r}")

    def _until(self, end):
        while end not in self._unread:
            self._read_more()
        found, _, self._unread = self._unread.partition(end)
        return found

    def _exactly(self, size):
        while len(self._unread) < size:
            self._read_more()
        found, self._unread = self._unread[:size], self._unread[size:]
        return found

    def _read_more(self):
        data = self._socket.recv(65536)
        if not data:
            raise ConnectionError(f"the service closed the connection after {self._unread!r}")
        self._unread += data
