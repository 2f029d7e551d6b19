"""A client of services: one request on a connection of its own."""

import json
import socket
import urllib.error
import urllib.request
from typing import NamedTuple


class Reply(NamedTuple):
    status: int
    content_type: str
    body: bytes
    headers: dict

    @property
    def json(self):
        return json.loads(self.body)


def post(url, body, content_type="application/json", **headers):
    """Sends bytes as they are, and anything else as JSON."""
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return _send(urllib.request.Request(url, data, {"Content-Type": content_type, **headers}))


def _send(request):
    try:
        with urllib.request.urlopen(request, timeout=30) as response:
            return _reply(response.status, response)
    except urllib.error.HTTPError as failure:
        with failure:
            return _reply(failure.code, failure)


def _reply(status, response):
    return Reply(status, response.headers.get("Content-Type", ""), response.read(), dict(response.headers))


def accepts(port):
    """Whether something listens on a port."""
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]
