"""Compressed replies, and compressed requests, with curl."""

import gzip
import json
import subprocess

import pytest

from conftest import is_close


def v2_body(model):
    tensors = [{"name": name, "shape": [len(column)], "datatype": "FP64", "data": column} for name, column in model.columns().items()]
    return {"inputs": tensors, "outputs": [{"name": "prediction"}, {"name": "probability"}]}


def v2_predictions(answer):
    outputs = {output["name"]: output for output in answer["outputs"]}
    count = outputs["prediction"]["shape"][0]
    flat = outputs["probability"]["data"]
    return [{"prediction": outputs["prediction"]["data"][at], "probability": flat[2 * at : 2 * at + 2]} for at in range(count)]


PATHS = {
    "v2/models/cells/infer": (v2_body, v2_predictions),
    "invocations": (lambda model: {"dataframe_records": model.rows}, lambda answer: answer["predictions"]),
}


def curl(url, body, *arguments):
    """The header fields of a reply, in lower case, and its body."""
    command = ["curl", "--silent", "--show-error", "--fail-with-body", "--max-time", "60", "--dump-header", "/dev/stderr", *arguments]
    sent = ["--header", "Content-Type: application/json", "--data-binary", "@-", url]
    done = subprocess.run([*command, *sent], input=body, capture_output=True)
    assert done.returncode == 0, (done.stderr, done.stdout)
    lines = [line.split(": ", 1) for line in done.stderr.decode().splitlines() if ": " in line]
    return {name.lower(): value for name, value in lines}, done.stdout


@pytest.mark.parametrize("path", PATHS)
def test_a_large_reply_is_compressed_if_curl_wants_that(cells, path):
    body_of, predictions_of = PATHS[path]
    body = json.dumps(body_of(cells)).encode()
    plain_head, plain = curl(f"{cells.url}/{path}", body)
    head, decoded = curl(f"{cells.url}/{path}", body, "--compressed")
    assert "content-encoding" not in plain_head
    assert head["content-encoding"] == "gzip"
    assert int(head["content-length"]) < int(plain_head["content-length"])
    assert is_close(predictions_of(json.loads(plain)), cells.expected)
    assert json.loads(decoded) == json.loads(plain)


@pytest.mark.parametrize("path", PATHS)
def test_a_request_may_be_compressed(cells, path):
    body_of, predictions_of = PATHS[path]
    body = gzip.compress(json.dumps(body_of(cells)).encode())
    _, reply = curl(f"{cells.url}/{path}", body, "--header", "Content-Encoding: gzip")
    assert is_close(predictions_of(json.loads(reply)), cells.expected)
