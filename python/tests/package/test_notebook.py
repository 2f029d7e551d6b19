"""A notebook that starts a service, has an exception in a cell, stops the service and starts it again."""

import nbformat
from nbclient import NotebookClient

from client import free_port

START = """
rows = spark.readStream.server("127.0.0.1", {port}, "notebook").load()
query = (
    rows.parse_request("value BIGINT NOT NULL").selectExpr("id", "value * 2 AS n")
    .make_reply("n").write_stream.server().replicas(1).start()
)
query
"""
ASK = """
import json, urllib.request
def ask(value):
    request = urllib.request.Request(query.url, json.dumps({"value": value}).encode(), {"Content-Type": "application/json"})
    return json.load(urllib.request.urlopen(request, timeout=30))
ask(21)
"""
INTERRUPT = """
import os, signal, threading
threading.Timer(1, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
query.await_termination()
"""


def notebook(*cells):
    book = nbformat.v4.new_notebook()
    book.cells = [nbformat.v4.new_code_cell(cell) for cell in cells]
    NotebookClient(book, timeout=120, kernel_name="python3", allow_errors=True).execute()
    return [Cell(cell.outputs) for cell in book.cells]


class Cell:
    def __init__(self, outputs):
        self.value = next((output.data.get("text/plain") for output in outputs if output.output_type == "execute_result"), None)
        self.html = next((output.data.get("text/html") for output in outputs if output.output_type == "execute_result"), None)
        self.error = next((output.ename for output in outputs if output.output_type == "error"), None)
        self.printed = "".join(output.text for output in outputs if output.output_type == "stream")


def test_start_exception_stop_and_start_again():
    start = START.format(port=free_port())
    session, started, asked, failed, after, interrupted, went_on, stopped, again, asked_again, state, _ = notebook(
        "import sparkwire as sw\nspark = sw.session(master='local[2,1000000]')",
        start,
        ASK,
        "1 / 0",
        "ask(4)",
        INTERRUPT,
        "ask(5)",
        "query.stop()\nquery",
        start,
        "ask(6)",
        "query.counts().answered, query.is_active",
        "query.stop()\nspark.stop()",
    )
    assert session.error is None
    assert [line for line in session.printed.splitlines() if "incubator" not in line] == []
    assert started.error is None and "running" in started.html and "curl" in started.html
    assert asked.value == "{'n': 42}"
    assert failed.error == "ZeroDivisionError"
    assert after.value == "{'n': 8}"
    assert interrupted.error == "KeyboardInterrupt"
    assert went_on.value == "{'n': 10}"
    assert "stopped" in stopped.html
    assert again.error is None
    assert (asked_again.value, state.value) == ("{'n': 12}", "(1, True)")
    for cell in (started, asked, after, went_on, stopped, again, asked_again):
        assert cell.printed == ""
