"""TLS with the clients that users have: curl, requests, gRPC, Debian's Chromium, with an authority that the tests make."""

import json
import os
import subprocess
from typing import NamedTuple

import grpc
import pytest
import requests
import trustme
from grpc_health.v1 import health_pb2, health_pb2_grpc
from playwright.sync_api import sync_playwright

import processes
from conftest import is_close
from processes import Program
from test_docs_page import CHROMIUM, MILLIS

CURL_UNTRUSTED = 60
CURL_NO_CERTIFICATE = 56


class Files(NamedTuple):
    """PEM files: of the authority, of the node, of a client, and of a client of another authority."""

    trust: str
    cert: str
    key: str
    client: str
    stranger: str


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    directory = tmp_path_factory.mktemp("tls")
    authority, other = trustme.CA(organization_name="tests"), trustme.CA(organization_name="others")
    node = authority.issue_cert("localhost", "127.0.0.1", common_name="node")
    names = Files(*(str(directory / f"{name}.pem") for name in Files._fields))
    authority.cert_pem.write_to_path(names.trust)
    for at, pem in enumerate(node.cert_chain_pems):
        pem.write_to_path(names.cert, append=at > 0)
    node.private_key_pem.write_to_path(names.key)
    authority.issue_cert("alice", common_name="alice").private_key_and_cert_chain_pem.write_to_path(names.client)
    other.issue_cert("mallory", common_name="mallory").private_key_and_cert_chain_pem.write_to_path(names.stranger)
    return names


@pytest.fixture(scope="module")
def secure(files, penguins, started):
    """The base URL of a node that serves the model over TLS, and asks no client for a certificate."""
    arguments = ["--tls-cert", files.cert, "--tls-key", files.key]
    program = started("secure", lambda output: processes.serve(penguins.directory, output, *arguments))
    port, _ = program.wait_for(processes.SERVING.pattern).groups()
    return f"https://localhost:{port}"


@pytest.fixture(scope="module")
def who(files, started):
    """The URL of a service of PySpark that replies with the subjects of its clients."""
    options = [f"tls-cert={files.cert}", f"tls-key={files.key}", f"tls-trust={files.trust}", "tls-client-auth=optional"]
    program = started("who", lambda output: Program(processes.python("secured.py", *options), output))
    return json.loads(program.wait_for(r'^\{"url": .*\}$')[0])["url"].replace("127.0.0.1", "localhost")


def curl(*arguments, url, body="{}"):
    sent = ["--header", "Content-Type: application/json", "--data-binary", body]
    command = ["curl", "--silent", "--max-time", "60", *sent, "--write-out", "\n%{http_version}", *arguments, url]
    done = subprocess.run(command, capture_output=True, text=True)
    text, _, version = done.stdout.rpartition("\n")
    return done.returncode, text, version


def test_curl_speaks_http_2_with_a_node_that_it_trusts(secure, files, penguins):
    url = f"{secure}/{penguins.name}"
    code, reply, version = curl("--cacert", files.trust, url=url, body=json.dumps(penguins.rows[0]))
    assert (code, version) == (0, "2")
    assert is_close(json.loads(reply), penguins.replies[0])
    code, reply, version = curl("--cacert", files.trust, "--http1.1", "--tls-max", "1.2", url=url, body=json.dumps(penguins.rows[0]))
    assert (code, version) == (0, "1.1")
    assert is_close(json.loads(reply), penguins.replies[0])


def test_curl_refuses_a_node_that_it_does_not_trust(secure, files, penguins):
    assert curl(url=f"{secure}/{penguins.name}")[0] == CURL_UNTRUSTED
    elsewhere = secure.replace("localhost", "elsewhere")
    port = secure.rpartition(":")[2]
    redirected = ["--connect-to", f"elsewhere:{port}:127.0.0.1:{port}"]
    assert curl("--cacert", files.trust, *redirected, url=f"{elsewhere}/{penguins.name}")[0] == CURL_UNTRUSTED


def test_requests_verifies_the_node(secure, files, penguins):
    url = f"{secure}/{penguins.name}"
    reply = requests.post(url, json=penguins.rows[0], verify=files.trust, timeout=60)
    assert reply.status_code == 200
    assert is_close(reply.json(), penguins.replies[0])
    with pytest.raises(requests.exceptions.SSLError):
        requests.post(url, json=penguins.rows[0], timeout=60)
    with pytest.raises(requests.exceptions.ConnectionError):
        requests.post(url.replace("https:", "http:"), json=penguins.rows[0], timeout=60)


def health(secure, roots):
    with open(roots, "rb") as file:
        credentials = grpc.ssl_channel_credentials(root_certificates=file.read())
    with grpc.secure_channel(secure.removeprefix("https://"), credentials) as channel:
        request = health_pb2.HealthCheckRequest(service="inference.GRPCInferenceService")
        return health_pb2_grpc.HealthStub(channel).Check(request, timeout=20).status


def test_grpc_verifies_the_node(secure, files):
    assert health(secure, files.trust) == health_pb2.HealthCheckResponse.SERVING
    with pytest.raises(grpc.RpcError) as failure:
        health(secure, files.stranger)
    assert failure.value.code() == grpc.StatusCode.UNAVAILABLE


def test_requests_and_curl_show_their_certificate_to_a_pipeline(who, files):
    for client, subject in ((files.client, "alice"), (None, "none")):
        seen = requests.post(who, data="x", verify=files.trust, cert=client, timeout=60)
        assert seen.status_code == 200
        assert subject in seen.text
        shown = ["--cert", client] if client else []
        code, reply, _ = curl("--cacert", files.trust, *shown, url=who)
        assert code == 0
        assert subject in reply
    assert seen.text == "none none"


def test_a_certificate_of_another_authority_is_refused(who, files):
    with pytest.raises(requests.exceptions.ConnectionError):
        requests.post(who, data="x", verify=files.trust, cert=files.stranger, timeout=60)
    assert curl("--cacert", files.trust, "--cert", files.stranger, url=who)[0] == CURL_NO_CERTIFICATE


@pytest.fixture
def trusting_home(files, tmp_path):
    """A home directory whose user has Chromium trust the authority."""
    store = tmp_path / ".pki" / "nssdb"
    store.mkdir(parents=True)
    for arguments in (["-N", "--empty-password"], ["-A", "-n", "tests", "-t", "C,,", "-i", files.trust]):
        subprocess.run(["certutil", "-d", f"sql:{store}", *arguments], check=True, timeout=60)
    return tmp_path


@pytest.mark.parametrize("is_trusted", [True, False])
def test_chromium_loads_docs(secure, penguins, trusting_home, tmp_path_factory, is_trusted):
    home = trusting_home if is_trusted else tmp_path_factory.mktemp("home")
    environment = {**os.environ, "HOME": str(home)}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"], env=environment)
        try:
            page = browser.new_page()
            page.set_default_timeout(MILLIS)
            if is_trusted:
                page.goto(f"{secure}/docs")
                page.locator(f'[data-path="/{penguins.name}"]').first.wait_for()
            else:
                with pytest.raises(Exception, match="ERR_CERT_AUTHORITY_INVALID"):
                    page.goto(f"{secure}/docs")
        finally:
            browser.close()
