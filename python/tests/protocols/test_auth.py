"""Known clients with the programs that users have: curl, requests, gRPC, Debian's Chromium, PySpark."""

import json
import subprocess

import grpc
import pytest
import requests
from grpc_health.v1 import health_pb2, health_pb2_grpc
from playwright.sync_api import sync_playwright

import processes
from conftest import is_close
from processes import Program
from test_docs_page import CHROMIUM, MILLIS


@pytest.fixture(scope="module")
def clients(tmp_path_factory):
    return tmp_path_factory.mktemp("auth") / "clients.json"


@pytest.fixture(scope="module")
def alice(clients):
    return processes.key(clients, "alice", "serve:*")


@pytest.fixture(scope="module")
def other(clients, alice):
    return processes.key(clients, "other", "serve:other")


@pytest.fixture(scope="module")
def guarded(clients, other, penguins, started):
    """The base URL of a node that serves the model to known clients."""
    program = started("guarded", lambda output: processes.serve(penguins.directory, output, "--auth-file", str(clients)))
    port, _ = program.wait_for(processes.SERVING.pattern).groups()
    return f"http://127.0.0.1:{port}"


def test_requests_shows_a_key(guarded, penguins, alice, other):
    url, row = f"{guarded}/{penguins.name}", penguins.rows[0]
    for shown in ({"headers": {"X-API-Key": alice}}, {"headers": {"Authorization": f"Bearer {alice}"}}, {"auth": ("anyone", alice)}):
        reply = requests.post(url, json=row, timeout=60, **shown)
        assert reply.status_code == 200
        assert is_close(reply.json(), penguins.replies[0])
    nothing = requests.post(url, json=row, timeout=60)
    assert (nothing.status_code, nothing.headers["WWW-Authenticate"].split()[0]) == (401, "Bearer")
    assert requests.post(url, json=row, timeout=60, headers={"X-API-Key": alice[:-1]}).status_code == 401
    assert requests.post(url, json=row, timeout=60, headers={"X-API-Key": other}).status_code == 403


def test_curl_shows_a_key_as_a_password(guarded, penguins, alice):
    command = ["curl", "--silent", "--fail", "--max-time", "60", "--json", json.dumps(penguins.rows[0]), f"{guarded}/{penguins.name}"]
    shown = subprocess.run([*command, "--user", f"anyone:{alice}"], capture_output=True, text=True)
    assert shown.returncode == 0
    assert is_close(json.loads(shown.stdout), penguins.replies[0])
    assert subprocess.run(command, capture_output=True).returncode == 22  # an HTTP error


def test_grpc_shows_a_key_as_metadata(guarded, penguins, alice, other):
    with grpc.insecure_channel(guarded.removeprefix("http://")) as channel:
        stub = health_pb2_grpc.HealthStub(channel)
        assert stub.Check(health_pb2.HealthCheckRequest(), timeout=20).status == health_pb2.HealthCheckResponse.SERVING
        named = health_pb2.HealthCheckRequest(service=penguins.name)
        assert stub.Check(named, timeout=20, metadata=[("x-api-key", alice)]).status == health_pb2.HealthCheckResponse.SERVING
        with pytest.raises(grpc.RpcError) as failure:
            stub.Check(named, timeout=20, metadata=[("x-api-key", other)])
        assert failure.value.code() == grpc.StatusCode.PERMISSION_DENIED


def test_chromium_loads_docs_with_a_key_as_the_password(guarded, penguins, alice):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        try:
            page = browser.new_context(http_credentials={"username": "anyone", "password": alice}).new_page()
            page.set_default_timeout(MILLIS)
            page.goto(f"{guarded}/docs")
            page.locator(f'[data-path="/{penguins.name}"]').first.wait_for()
            with pytest.raises(Exception, match="ERR_INVALID_AUTH_CREDENTIALS"):  # a 401 that asks for a password
                browser.new_page().goto(f"{guarded}/openapi.json")
        finally:
            browser.close()


def test_a_pipeline_of_pyspark_gets_the_name(clients, alice, other, started):
    program = started("named", lambda output: Program(processes.python("secured.py", f"auth-file={clients}"), output))
    url = json.loads(program.wait_for(r'^\{"url": .*\}$')[0])["url"]
    assert requests.post(url, data="x", headers={"X-API-Key": alice}, timeout=60).text == "alice none"
    assert requests.post(url, data="x", headers={"X-API-Key": other}, timeout=60).status_code == 403
