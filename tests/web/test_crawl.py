"""Every link of every page leads somewhere, in both languages; Chinese pages hold no English text of ours."""

from __future__ import annotations

import re
import tomllib
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urldefrag, urljoin

import pytest

from supercargo.web import frame

pytestmark = pytest.mark.slow  # a whole browser, or every page

OURS = tomllib.loads((Path(frame.__file__).parent.parent / "words" / "zh" / "web.toml").read_text(encoding="utf-8"))
SENTENCES = {key for key in OURS if len(re.findall(r"[A-Za-z]+", key)) > 1 and "{" not in key and key != "TikTok Shop"}
VOID = {"meta", "link", "input", "img", "br"}
START = "http://127.0.0.1:8741/"


class Reader(HTMLParser):
    """Collect links, anchors and texts; what is marked as English is not read."""

    def __init__(self):
        super().__init__()
        self.links, self.anchors, self.texts, self.stack = [], set(), [], []

    def handle_starttag(self, tag, attributes):
        cells = dict(attributes)
        if "id" in cells:
            self.anchors.add(cells["id"])
        if tag == "a" and cells.get("href"):
            self.links.append(cells["href"])
        if tag not in VOID:
            self.stack.append(tag in {"script", "code", "pre"} or cells.get("lang") == "en" or (bool(self.stack) and self.stack[-1]))
        if not (self.stack and self.stack[-1]):
            self.texts += [cells[name] for name in ("title", "aria-label", "placeholder") if cells.get(name)]

    def handle_endtag(self, tag):
        if tag not in VOID and self.stack:
            self.stack.pop()

    def handle_data(self, data):
        if data.strip() and not (self.stack and self.stack[-1]):
            self.texts.append(" ".join(data.split()))


def crawl(client, start, most, language):
    waiting, anchors, wanted = list(start), {}, []
    while waiting and len(anchors) < most:
        address = waiting.pop(0)
        if address in anchors:
            continue
        reader = read(client, address)
        anchors[address] = reader.anchors
        if language == "zh":
            assert set(reader.texts) & SENTENCES == set(), address
        for target, anchor in (urldefrag(urljoin(address, link)) for link in reader.links):
            assert target.startswith((START, "https://", "http://")), target
            wanted += [(address, target, anchor)] if anchor else []
            waiting += [target] if target.startswith(START) and "/matrix/" not in target else []
    for address, target, anchor in wanted:
        assert target not in anchors or anchor in anchors[target], (address, target, anchor)
    return anchors


def read(client, address):
    response = client.get(address[len(START) - 1 :])
    assert response.status_code == 200, (address, response.status_code)
    assert "default-src 'self'" in response.headers["Content-Security-Policy"]
    reader = Reader()
    reader.feed(response.content.decode())
    return reader


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_first_two_hundred_links_lead_somewhere(client, chinese, language):
    answers = "?from=CN&to=US&on=2026-07-15&currency=USD&hs=610910&goods=4000&quantity=20&business=commercial&mode=sea&freight=9"
    start = [
        START,
        START + answers,
        START + "law/eu.customs.parcel_tax/",
        START + "law/us/",
        START + "sources/unverified/",
        START + "words/",
    ]
    asker = chinese if language == "zh" else client
    assert len(crawl(asker, start, 200, language)) == 200


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "zh"])
def test_all_links_lead_somewhere(client, chinese, language):
    assert len(crawl(chinese if language == "zh" else client, [START], 10_000, language)) > 1500
