"""The frame: who is answered, with which headers, in which language and theme; pages that say what to do."""

from __future__ import annotations

import subprocess
import sys

import pytest
from django.test import Client
from django.urls import clear_url_caches, path, set_urlconf

from supercargo.web import urls
from supercargo.web.refusals import bad_request, broken, not_found
from supercargo.web.serve import PortTaken, start

PAGES = [
    "/",
    "/law/",
    "/law/de/",
    "/law/de.vat/",
    "/law/de.vat.standard/",
    "/law/ecb.rates.USD_EUR/",
    "/sources/",
    "/words/",
    "/law/?q=ioss",
    "/nope",
    "/static/supercargo/tokens.css",
]


@pytest.mark.parametrize("address", PAGES)
def test_every_page_carries_the_strict_policy(client, address):
    response = client.get(address)
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "frame-ancestors 'none'" in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response.headers["X-Frame-Options"] == "DENY"
    assert "camera=()" in response.headers["Permissions-Policy"]


@pytest.mark.parametrize("address", PAGES[:-1])
def test_no_page_holds_script_style_or_handlers_of_its_own(client, address):
    page = client.get(address).content.decode()
    assert "<style" not in page
    assert " style=" not in page
    assert " onclick=" not in page
    assert "<script>" not in page
    assert "hx-on" not in page


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "192.168.1.5:8741", "10.0.0.7", "", "localhost.evil:80", "testserver"]
)
def test_only_loopback_names_are_answered(host):
    response = Client(HTTP_HOST=host).get("/")
    assert response.status_code == 421
    assert "127.0.0.1" in response.content.decode()
    assert "只回应本机" in response.content.decode()


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8741", "localhost:1", "[::1]:8741"])
def test_loopback_names_are_answered(host):
    assert Client(HTTP_HOST=host).get("/words/").status_code == 200


def test_a_page_that_is_not_there_says_where_to_go(client, chinese):
    response = client.get("/nope")
    assert response.status_code == 404
    assert "There is no such page" in response.content.decode()
    assert "没有这个页面" in chinese.get("/nope").content.decode()


def test_an_error_of_the_program_gets_a_page_without_its_details(monkeypatch):
    def fails(_request):
        msg = "secret detail"
        raise RuntimeError(msg)

    class Broken:
        urlpatterns = (path("fails/", fails), *urls.urlpatterns)
        handler500, handler404, handler400 = staticmethod(broken), staticmethod(not_found), staticmethod(bad_request)

    client = Client(HTTP_HOST="127.0.0.1", raise_request_exception=False)
    monkeypatch.setattr("django.conf.settings.ROOT_URLCONF", Broken)
    set_urlconf(None)
    clear_url_caches()
    try:
        response = client.get("/fails/")
    finally:
        monkeypatch.undo()
        clear_url_caches()
    assert response.status_code == 500
    page = response.content.decode()
    assert "secret detail" not in page
    assert "This is our fault" in page
    assert "本页出错了" in page


def test_a_form_without_its_token_changes_nothing():
    client = Client(HTTP_HOST="127.0.0.1", enforce_csrf_checks=True)
    response = client.post("/language/", {"language": "zh-hans"})
    assert response.status_code == 403
    assert "supercargo_language" not in response.cookies
    assert "Nothing was changed" in response.content.decode()


def test_the_language_is_remembered_and_the_page_kept(client):
    response = client.post("/language/", {"language": "zh-hans"}, HTTP_REFERER="http://127.0.0.1:8741/law/?q=ioss")
    assert response.headers["Location"] == "http://127.0.0.1:8741/law/?q=ioss"
    assert response.cookies["supercargo_language"].value == "zh-hans"
    assert "查找条目" in client.get("/law/").content.decode()


def test_the_browser_language_is_the_first_choice():
    page = Client(HTTP_HOST="127.0.0.1", HTTP_ACCEPT_LANGUAGE="zh-CN,zh;q=0.9").get("/").content.decode()
    assert '<html lang="zh-Hans"' in page


def test_the_theme_is_remembered_and_foreign_ways_back_are_not_taken(client):
    response = client.post("/theme/", {"theme": "dark"}, HTTP_REFERER="https://evil.example/")
    assert response.headers["Location"] == "/"
    assert 'data-theme="dark"' in client.get("/").content.decode()
    client.post("/theme/", {"theme": '"><script>'})
    assert 'data-theme="dark"' in client.get("/").content.decode()


def test_pages_are_only_read(client):
    assert client.post("/").status_code == 405
    assert client.get("/theme/").status_code == 405


def test_the_secret_is_new_at_every_start():
    ask = [sys.executable, "-c", "from supercargo.web.settings import SECRET_KEY; print(SECRET_KEY)"]
    first, second = (subprocess.run(ask, capture_output=True, text=True, check=True).stdout for _ in range(2))
    assert len(first) > 50
    assert first != second


def test_the_server_binds_loopback_only():
    server = start(0)
    try:
        assert server.server_address[0] == "127.0.0.1"
        with pytest.raises(PortTaken, match="--port"):
            start(server.server_port)
    finally:
        server.server_close()
