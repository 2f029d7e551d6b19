"""What clients asked and what they got, and a check that each request has one reply, the right one."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from http_client import Connection, Reply


class Exchange(NamedTuple):
    value: int
    reply: Reply


class HistoryViolation(AssertionError):
    """A request without its one right reply."""


class History:
    """Exchanges of all clients. Thread-safe."""

    def __init__(self):
        self._lock = threading.Lock()
        self._exchanges = []

    def add(self, value, reply):
        with self._lock:
            self._exchanges.append(Exchange(value, reply))

    def __len__(self):
        with self._lock:
            return len(self._exchanges)

    @property
    def exchanges(self):
        with self._lock:
            return list(self._exchanges)

    def statuses(self):
        """How often each status occurred."""
        counts = {}
        for exchange in self.exchanges:
            counts[exchange.reply.status] = counts.get(exchange.reply.status, 0) + 1
        return counts

    def check(self, asked, expected_body, may_fail=lambda value: False, must_fail=lambda value: False):
        """Fails unless every value of `asked` has exactly one reply, and each reply is that of its own request.

        expected_body -- the body for a value, as text
        may_fail      -- whether a value may get a 500 instead
        must_fail     -- whether a value has to get a 500
        """
        got = [exchange.value for exchange in self.exchanges]
        missing = set(asked) - set(got)
        if missing or len(got) != len(set(got)) or set(got) - set(asked):
            raise HistoryViolation(f"asked {len(set(asked))} requests, noted {len(got)} replies; without: {sorted(missing)[:20]}")
        for value, reply in self.exchanges:
            self._check_one(value, reply, expected_body, may_fail, must_fail)

    @staticmethod
    def _check_one(value, reply, expected_body, may_fail, must_fail):
        if must_fail(value):
            if reply.status != 500:
                raise HistoryViolation(f"request {value} must fail, but got {reply.status} {reply.text!r}")
        elif reply.status == 500 and may_fail(value):
            return
        elif reply.status != 200:
            raise HistoryViolation(f"request {value} got {reply.status} {reply.text!r}")
        elif reply.text != expected_body(value):
            raise HistoryViolation(f"request {value} got {reply.text!r}, not {expected_body(value)!r}")


def ask(port, path, values, clients=8):
    """Sends each value once, by that many clients at a time, and returns the history."""
    history = History()
    with ThreadPoolExecutor(clients) as threads:
        shares = [threads.submit(_ask_share, port, path, values[n::clients], history) for n in range(clients)]
        for share in shares:
            share.result()
    return history


def _ask_share(port, path, values, history):
    with Connection(port, path) as connection:
        for value in values:
            history.add(value, connection.post(value))
        connection.check_nothing_unread()
