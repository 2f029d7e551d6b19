"""The console in Debian's Chromium: a gateway and two workers under load, one of which is killed.

The screenshots of docs/console.md are taken here: SPARKWIRE_SCREENSHOTS=DIRECTORY says where to.
"""

import json
import os
import pathlib
import re
import time
import urllib.parse

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect, sync_playwright

from cluster import Clients, Cluster, eventually, post
from test_docs_page import CHROMIUM

SCREENSHOTS = os.environ.get("SPARKWIRE_SCREENSHOTS")
MILLIS = 30_000
SOON_MILLIS = 5_000
SERVICE = "invoice"
SCHEMA = "currency STRING, amount DOUBLE NOT NULL, express BOOLEAN"
HOSTILE = "<img src=x onerror=\"document.title='broken'\">"


def save(directory, rate):
    """A saved pipeline of one stage, which fails on negative amounts."""
    failure = "raise_error(concat('the amount must not be negative: ', amount, ' ', coalesce(currency, '')))"
    statement = f"SELECT *, round(IF(amount < 0, {failure}, amount * {rate}), 2) AS total FROM __THIS__"
    write(directory, {"class": "org.apache.spark.ml.PipelineModel", "uid": "invoice", "paramMap": {"stageUids": ["total"]}})
    write(directory / "stages" / "0_total", {"class": "org.apache.spark.ml.feature.SQLTransformer", "uid": "total", "paramMap": {"statement": statement}})


def write(directory, metadata):
    (directory / "metadata").mkdir(parents=True)
    (directory / "metadata" / "part-00000").write_text(json.dumps({"timestamp": 1, "sparkVersion": "4.1.0", "defaultParamMap": {}, **metadata}))


class Invoices:
    """A gateway with a console, and two workers of one watched model."""

    def __init__(self, directory, cluster):
        self.models = directory / "models"
        save(self.models / "v1", 1.19)
        self.gateway = cluster.start(0, "gateway", "--payload-log", directory / "payload")
        model = ["--model", self.models, "--watch", "--name", SERVICE, "--schema", SCHEMA, "--reply", "total", "--partitions", "1"]
        self.workers = [cluster.start(place, "serve", *model) for place in (1, 2)]
        for node in [self.gateway, *self.workers]:
            node.port()

    @property
    def address(self):
        return f"127.0.0.1:{self.gateway.admin}"

    def poison(self):
        """Sends a request on which the pipeline fails, with markup in its message; returns its kind."""
        return post(self.gateway.port(), f"/{SERVICE}", {"currency": HOSTILE, "amount": -1})


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    directory = tmp_path_factory.mktemp("console")
    nodes = Cluster(directory)
    try:
        yield Invoices(directory, nodes)
    finally:
        nodes.end()


def amount(number):
    return json.dumps({"currency": "EUR", "amount": number % 500, "express": True})


@pytest.fixture(scope="module")
def load(cluster):
    running = Clients(cluster.gateway.port(), f"/{SERVICE}", amount, threads=4, pause=0.03)
    yield running
    running.stop()


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield launched
        launched.close()


@pytest.fixture(scope="module")
def pages(browser, cluster, load):
    """Opens the page; fails if it asks another host, or says something in red at its console."""
    faults = []

    def note(route):
        if urllib.parse.urlsplit(route.request.url).netloc == cluster.address:
            route.continue_()
        else:
            faults.append(route.request.url)
            route.abort()

    def opened(width=1280, height=900, scheme="light"):
        page = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce").new_page()
        page.set_default_timeout(MILLIS)
        page.route("**/*", note)
        page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(f"http://{cluster.address}/console")
        expect(page.locator("#connection")).to_have_text("live", timeout=MILLIS)
        return page

    yield opened
    assert faults == []


@pytest.fixture(scope="module")
def page(pages):
    return pages()


def shoot(page, name):
    """Takes a screenshot, which is kept if a directory is given."""
    taken = page.screenshot()
    assert taken.startswith(b"\x89PNG")
    if SCREENSHOTS:
        (pathlib.Path(SCREENSHOTS) / f"{name}.png").write_bytes(taken)


def rate(page):
    """The requests per second that the page shows."""
    return float(page.locator("#service-table tbody td.number").first.inner_text().replace(",", ""))


def test_the_map_shows_nodes_and_what_they_read(page):
    expect(page.locator("#listening .node[data-state=up]")).to_have_count(1)
    expect(page.locator("#reading .node[data-state=up]")).to_have_count(2)
    expect(page.locator("#reading .reads-list").first).to_contain_text(f"reads {SERVICE} with 1")
    expect(page.locator("#lines path.reads")).to_have_count(2)


def test_rates_and_latencies_are_live(page):
    eventually(lambda: rate(page) > 10)
    row = page.locator("#service-table tbody tr")
    expect(row.locator("td.number").nth(3)).to_have_text(re.compile(r"[\d.,]+ (µs|ms)"))
    for part in ("queue", "pipeline", "reply"):
        expect(page.locator(f"#parts tr[data-key={part}] td").nth(1)).to_have_text(re.compile(r"[\d.,]+ (µs|ms)"))
    expect(page.locator(".chart canvas")).to_have_count(4)
    expect(page.locator(".chart div[role=img]").first).to_have_attribute("aria-label", re.compile("Requests per second .* all "))


def test_a_poison_is_listed_as_text(page, cluster):
    assert cluster.poison() == ("5xx", "pipeline-failed")
    row = page.locator("#quarantined-table tbody tr").first
    expect(row).to_contain_text(HOSTILE, timeout=SOON_MILLIS)
    expect(row).to_contain_text("the amount must not be negative")
    expect(page.locator("#log-lines")).to_contain_text("request-quarantined", timeout=SOON_MILLIS)
    expect(page.locator("#errors tbody")).to_contain_text("pipeline-failed", timeout=SOON_MILLIS)
    row.get_by_text("Body").click()
    body = row.locator("pre")
    expect(body).to_be_visible()
    assert json.loads(body.inner_text()) == {"currency": HOSTILE, "amount": -1}
    assert page.locator("main img").count() == 0
    assert page.title() == "Sparkwire console"


def test_an_epoch_has_failed_and_the_next_is_open(page):
    row = page.locator("#epoch-table tbody tr").filter(has=page.locator("td.bad"))
    expect(row).to_contain_text("open")
    expect(page.locator("#timeline .failed").first).to_be_attached()
    expect(page.locator("#timeline")).to_have_attribute("aria-label", re.compile(r"\d+ epochs of 2 readers .* the longest gap was [\d.,]+ m?s"))


def test_a_request_is_made_from_the_schema_and_its_reply_is_seen(page):
    page.get_by_label("currency").fill(HOSTILE)
    page.get_by_label("amount").fill("100")
    page.get_by_role("button", name="Send").click()
    reply = page.locator("#try-reply")
    expect(reply).to_contain_text("status 200")
    expect(reply.locator("pre")).to_have_text('{"total":119.0}')
    page.get_by_label("amount").fill("many")
    page.get_by_role("button", name="Send").click()
    expect(reply).to_contain_text("status 400")
    assert page.locator("main img").count() == 0


def test_the_page_is_usable_with_the_keyboard(pages):
    page = pages()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    for _ in range(3):
        page.keyboard.press("Tab")
    focused = page.evaluate("() => ({ inMain: document.querySelector('main').contains(document.activeElement), visible: getComputedStyle(document.activeElement).outlineStyle })")
    assert focused == {"inMain": True, "visible": "solid"}
    page.locator("#theme").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    pick = page.get_by_role("button", name=SERVICE, exact=True)
    pick.focus()
    frame = page.locator("#selected-title").inner_text()
    eventually(lambda: page.locator("#selected-title").inner_text() != frame)  # frames leave the focus where it is
    expect(pick).to_be_focused()
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_serious(pages, width, scheme):
    page = pages(width, 900, scheme)
    page.locator("#quarantined-table code").first.wait_for()
    checked = Axe().run(page).response
    assert len(checked["passes"]) > 20
    found = checked["violations"]
    serious = [(each["id"], [node["html"][:200] for node in each["nodes"]]) for each in found if each["impact"] in ("serious", "critical")]
    assert serious == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.context.close()


def test_a_new_version_takes_over(page, cluster):
    save(cluster.models / "v2", 1.21)
    new = page.locator(f'.version[data-key="{SERVICE} v2"]')
    expect(new).to_contain_text("100 % of requests", timeout=MILLIS)
    expect(page.locator(f'.version[data-key="{SERVICE} v1"]')).to_contain_text("0 % of requests")
    expect(page.locator("#changes")).to_contain_text("requests go to version 2 of the pipeline")
    page.get_by_label("amount").fill("100")
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#try-reply pre")).to_have_text('{"total":121.0}')


@pytest.mark.parametrize(
    ("name", "size", "scheme", "section"),
    [
        ("console-light", (1280, 1000), "light", "figures"),
        ("console-dark", (1280, 1000), "dark", "epochs"),
        ("console-phone", (390, 844), "light", "figures"),
        ("console-phone-dark", (390, 844), "dark", "try"),
    ],
)
def test_screenshots(pages, cluster, name, size, scheme, section):
    cluster.poison()
    page = pages(*size, scheme)
    page.get_by_role("button", name="Send").click()
    page.wait_for_timeout(20_000 if SCREENSHOTS else 0)  # until there is something in the charts
    page.locator(f"#{section}").evaluate("shown => scrollTo({ top: shown.offsetTop - 110, behavior: 'instant' })")
    shoot(page, name)
    page.context.close()


def test_the_death_of_a_worker_and_the_take_over_are_seen(page, cluster, load):
    replaced = cluster.workers[0]
    before = load.count()
    replaced.kill()
    killed = time.monotonic()
    expect(page.locator("#reading .node[data-state=gone]")).to_have_count(1, timeout=SOON_MILLIS)
    expect(page.locator("#changes tbody tr", has_text="has left the cluster").first).to_be_visible(timeout=SOON_MILLIS)
    expect(page.locator(f"#offered .node[data-key={SERVICE}]")).to_contain_text("1 reader", timeout=SOON_MILLIS)
    expect(page.locator("#lines path.reads")).to_have_count(1)
    assert time.monotonic() - killed < SOON_MILLIS / 1000
    shoot(page, "console-killed")
    eventually(lambda: load.count() > before + 200)
    eventually(lambda: rate(page) > 10)
    assert set(load.replies) == {("2xx", "")}
