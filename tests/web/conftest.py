"""Pages are asked through Django's test client; browser tests run the real server and Debian's Chromium."""

from __future__ import annotations

import os
import shutil
import threading
from pathlib import Path

import pytest

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "supercargo.web.settings")

import django

django.setup()

from django.test import Client  # noqa: E402 - Django is set up first

from supercargo.web.serve import start  # noqa: E402

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
ARGUMENTS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


def new_client(language="en", **more):
    client = Client(HTTP_HOST="127.0.0.1:8741", **more)
    client.cookies["supercargo_language"] = {"en": "en", "zh": "zh-hans"}[language]
    return client


@pytest.fixture(autouse=True)
def home_of_the_test(tmp_path, monkeypatch):
    """No overlay, tariff or ruling of the person who runs the tests may change a page."""
    monkeypatch.setenv("SUPERCARGO_HOME", str(tmp_path))


@pytest.fixture
def client():
    return new_client()


@pytest.fixture
def chinese():
    return new_client("zh")


@pytest.fixture(scope="session")
def address():
    """The real server on a free port of the loopback address."""
    server = start(0)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")  # its loop ends with it: tests of the book in the same process run without one
def chromium():
    if not Path(CHROMIUM).is_file():
        pytest.skip("no Chromium on this machine: apt-get install chromium")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


class Watched:
    """A browser page that remembers what went wrong and whom it asked."""

    def __init__(self, page):
        self.page, self.errors, self.hosts = page, [], set()
        page.on("console", self.note)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", lambda request: self.hosts.add(request.url.split("/")[2]))

    def note(self, message):
        """Keep errors and warnings; that an older request is dropped for a newer one is meant, though htmx logs it."""
        dropped = message.text.startswith(("htmx:afterRequest", "htmx:sendAbort"))
        if message.type in {"error", "warning"} and not dropped:
            self.errors.append(message.text)


@pytest.fixture
def open_page(chromium, address):
    """Open a page in a language, a theme and a width; closes what it opened."""
    contexts = []

    def opened(path, language="en", theme="light", width=1280):
        context = chromium.new_context(viewport={"width": width, "height": 900})
        contexts.append(context)
        cookies = {"supercargo_language": {"en": "en", "zh": "zh-hans"}[language], "supercargo_theme": theme}
        context.add_cookies([{"name": name, "value": value, "url": address} for name, value in cookies.items()])
        watched = Watched(context.new_page())
        watched.page.goto(address + path)
        return watched

    yield opened
    for context in contexts:
        context.close()
