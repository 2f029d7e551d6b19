"""The page /docs in Debian's Chromium, which may ask no other host than the service."""

import json
import pathlib
import urllib.parse

import pytest
from playwright.sync_api import sync_playwright

from conftest import is_close

CHROMIUM = "/usr/bin/chromium"
SCREENSHOT = pathlib.Path(__file__).parents[2] / "target" / "docs-page.png"
MILLIS = 120_000


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield launched
        launched.close()


@pytest.fixture
def page(browser, penguins):
    """The page, and what it asks of other hosts or says at its console in red."""
    opened = browser.new_page(viewport={"width": 1280, "height": 1400})
    faults = []

    def route(asked):
        if urllib.parse.urlsplit(asked.request.url).netloc == f"127.0.0.1:{penguins.port}":
            asked.continue_()
        else:
            faults.append(asked.request.url)
            asked.abort()

    opened.route("**/*", route)
    opened.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.set_default_timeout(MILLIS)
    yield opened, faults
    opened.close()


def test_a_request_is_typed_and_sent_and_its_reply_is_seen(page, penguins):
    opened, faults = page
    opened.goto(f"{penguins.url}/docs")
    operation = opened.locator(".opblock-post").filter(has=opened.locator(f'[data-path="/{penguins.name}"]')).first
    operation.locator(".opblock-summary").click()
    operation.locator("textarea.body-param__text").fill(json.dumps(penguins.rows[0], indent=2))
    operation.get_by_role("button", name="Execute").click()
    live = operation.locator(".live-responses-table .response").first
    live.locator(".response-col_status").filter(has_text="200").wait_for()
    reply = live.locator(".highlight-code code, .highlight-code pre").first.inner_text()
    operation.scroll_into_view_if_needed()
    SCREENSHOT.parent.mkdir(exist_ok=True)
    operation.screenshot(path=SCREENSHOT)
    assert is_close(json.loads(reply), penguins.replies[0])
    assert faults == []
