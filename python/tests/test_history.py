"""The checker and the client find what they are there to find. These tests need no Spark."""

import socket
import threading
from contextlib import contextmanager, suppress

import pytest

from faults import GOOD, POISON, FaultSchedule
from history import History, HistoryViolation, ask
from http_client import Connection, Reply
from journal import Journal
from waiting import wait_until


def ok(text):
    return Reply(200, {}, text.encode())


def checked(*exchanges, asked=(1, 2), **rules):
    history = History()
    for value, reply in exchanges:
        history.add(value, reply)
    history.check(asked, str, **rules)


def test_right_replies_pass():
    checked((1, ok("1")), (2, ok("2")))


def test_a_missing_reply_is_found():
    with pytest.raises(HistoryViolation, match="without"):
        checked((1, ok("1")))


def test_a_second_reply_is_found():
    with pytest.raises(HistoryViolation):
        checked((1, ok("1")), (2, ok("2")), (2, ok("2")))


def test_swapped_replies_are_found():
    with pytest.raises(HistoryViolation, match="got '2'"):
        checked((1, ok("2")), (2, ok("1")))


@pytest.mark.parametrize("status", [204, 422, 500, 503, 504])
def test_a_failure_of_a_good_request_is_found(status):
    with pytest.raises(HistoryViolation, match=str(status)):
        checked((1, ok("1")), (2, Reply(status, {}, b"")))


def test_a_failure_passes_only_where_it_is_allowed():
    checked((1, ok("1")), (2, Reply(500, {}, b"")), may_fail=lambda value: value == 2)
    with pytest.raises(HistoryViolation):
        checked((1, ok("1")), (2, Reply(504, {}, b"")), may_fail=lambda value: value == 2)


def test_a_reply_to_poison_is_found():
    with pytest.raises(HistoryViolation, match="must fail"):
        checked((1, ok("1")), (2, ok("2")), must_fail=lambda value: value == 2)


@contextmanager
def server(replies_to):
    """Sends, for each request, the bytes that `replies_to(body)` returns."""

    def handle(connection):
        buffered = b""
        with connection, suppress(ConnectionError):
            while data := connection.recv(65536):
                buffered += data
                while b"\r\n\r\n" in buffered:
                    head, _, rest = buffered.partition(b"\r\n\r\n")
                    size = int(head.lower().partition(b"content-length: ")[2].split(b"\r\n")[0])
                    if len(rest) < size:
                        break
                    body, buffered = rest[:size], rest[size:]
                    connection.sendall(missing if b"/no-such-path" in head else replies_to(body))

    missing = response(404, b"")
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def accept():
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                threading.Thread(target=handle, args=(connection,), daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        try:
            yield listener.getsockname()[1]
        finally:
            listener.shutdown(socket.SHUT_RDWR)


def response(status, body):
    return b"HTTP/1.1 %d X\r\ncontent-length: %d\r\n\r\n%s" % (status, len(body), body)


def test_clients_note_every_reply():
    with server(lambda body: response(200, body)) as port:
        ask(port, "/echo", list(range(100))).check(range(100), str)


def test_clients_find_a_doubled_reply():
    with server(lambda body: response(200, body) * (2 if body == b"7" else 1)) as port:
        with pytest.raises(AssertionError):
            ask(port, "/echo", list(range(20))).check(range(20), str)


def test_a_doubled_last_reply_is_found_on_the_connection():
    with server(lambda body: response(200, body) * 2) as port, Connection(port, "/echo") as connection:
        assert connection.post("1").text == "1"
        with pytest.raises(AssertionError, match="too many"):
            connection.check_nothing_unread()


def test_a_closed_connection_is_an_error():
    with server(lambda body: b"HTTP/1.1 200 X\r\ncontent-length: 5\r\n\r\nab") as port:
        with Connection(port, "/cut") as connection:
            connection.send("1")
            connection._socket.shutdown(socket.SHUT_WR)
            with pytest.raises(ConnectionError):
                connection.receive()


def test_a_schedule_depends_on_its_seed_alone():
    shares = {POISON: 0.1}
    one, same, other = FaultSchedule(1, shares), FaultSchedule(1, shares), FaultSchedule(2, shares)
    faults = [one.of(value) for value in range(1000)]
    assert faults == [same.of(value) for value in range(1000)]
    assert faults != [other.of(value) for value in range(1000)]
    assert set(faults) == {GOOD, POISON}
    assert 50 < faults.count(POISON) < 200


def test_a_journal_gives_the_first_caller_true(tmp_path):
    journal = Journal(tmp_path / "journal")
    assert [journal.first_time("a"), journal.first_time("a"), journal.first_time("b")] == [True, False, True]
    journal.write("one", 2)
    assert journal.lines() == [["one", "2"]]


def test_a_wait_has_a_bound():
    with pytest.raises(AssertionError, match="never"):
        wait_until(lambda: False, "what never happens", seconds=0.1)
