"""The OpenAPI document: valid, and true of every reply that schemathesis gets."""

import pathlib
import subprocess
import sys

import pytest
import requests
from openapi_spec_validator import OpenAPIV31SpecValidator

SCHEMATHESIS = pathlib.Path(sys.executable).parent / "schemathesis"
EXAMPLES = 20


@pytest.fixture(params=["penguins", "cells", "services"])
def url(request, served, services):
    port = services if request.param == "services" else served[request.param].port
    return f"http://127.0.0.1:{port}/openapi.json"


def test_the_document_is_valid(url):
    response = requests.get(url, timeout=10)
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("application/json")
    document = response.json()
    assert document["openapi"].startswith("3.1.")
    OpenAPIV31SpecValidator(document).validate()


@pytest.mark.parametrize("name", ["values", "orders", "ledger"])
def test_every_service_of_a_node_is_described(services, name):
    paths = requests.get(f"http://127.0.0.1:{services}/openapi.json", timeout=10).json()["paths"]
    assert f"/{name}" in paths
    assert any(path.startswith("/v2/models/") for path in paths)


def test_the_example_of_a_body_is_answered(url):
    """Each example of the document gets a reply with a status of 200."""
    base = url.removesuffix("/openapi.json")
    for path, item in requests.get(url, timeout=10).json()["paths"].items():
        for content_type, media in item.get("post", {}).get("requestBody", {}).get("content", {}).items():
            for example in examples_of(media):
                sent = {"data": example} if isinstance(example, str) else {"json": example}
                headers = {"Content-Type": content_type}
                response = requests.post(base + path, **sent, headers=headers, timeout=10)
                assert response.status_code == 200, (path, content_type, example, response.text)


def examples_of(media):
    named = [example["value"] for example in media.get("examples", {}).values()]
    return [*named, *([media["example"]] if "example" in media else [])]


def test_every_reply_is_as_described(url, tmp_path):
    """No reply has a status, a type or a body that the document lacks, and none is a 5xx."""
    options = ["--phases", "examples,coverage,fuzzing", "--max-examples", EXAMPLES, "--generation-deterministic"]
    checks = ["--checks", "all", "--continue-on-failure", "--no-color", "--warnings", "off"]
    command = [SCHEMATHESIS, "run", url, *options, *checks, "--request-timeout", 30]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 0, done.stdout[-20_000:] + done.stderr
    assert "No issues found" in done.stdout or "passed" in done.stdout
