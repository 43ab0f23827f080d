"""In a real browser: recalculation, keyboard, the sheet, widths, accessibility; nobody else is asked for anything."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow  # a whole browser, or every page

ASKED = "/?from=CN&to=DE&on=2026-07-15&currency=EUR&hs=6109.10&goods=40.00&quantity=2&freight=6.00&scheme=IOSS&channel=own_site&business=parcel&mode=express&tax_class=standard"
MATRIX = "/matrix/?on=2026-11-01"  # the sample rate cards are in force
AXE = [
    Path(path)
    for path in (os.environ.get("SUPERCARGO_AXE", ""), Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js")
    if path
]
PAGES = [
    ASKED,
    "/?from=CN&to=DE&hs=12&goods=abc",
    "/law/",
    "/law/?q=ioss",
    "/law/eu.customs.parcel_duty/",
    "/law/de/",
    "/sources/",
    "/words/",
    "/nope",
]


def quiet(watched, address, *, missing=False):
    assert watched.hosts == {address.split("/")[2]}
    assert [error for error in watched.errors if not (missing and "404" in error)] == []


def headline(page):
    return page.locator(".headline-amount").inner_text()


def test_a_changed_input_changes_the_result_and_keeps_the_focus(open_page, address):
    watched = open_page(ASKED)
    page = watched.page
    before = headline(page)
    page.locator("#goods").press("End")
    page.locator("#goods").press("Backspace")
    page.locator("#goods").fill("80.00")
    page.locator(f'.headline-amount:not(:text-is("{before}"))').wait_for()
    assert headline(page) != before
    assert page.evaluate("document.activeElement.id") == "goods"
    assert "goods=80.00" in page.url
    page.reload()
    assert page.locator("#goods").input_value() == "80.00"
    assert headline(page) != before
    quiet(watched, address)


def test_the_last_of_many_quick_changes_wins(open_page):
    page = open_page(ASKED).page
    page.locator("#goods").press_sequentially("5555", delay=15)
    page.wait_for_timeout(900)
    typed = page.locator("#goods").input_value()
    assert typed in page.locator("#as-text").text_content()


def test_a_fault_marks_its_field_and_a_cured_fault_unmarks_it(open_page):
    page = open_page(ASKED).page
    page.locator("#goods").fill("forty")
    page.locator("#goods[aria-invalid=true]").wait_for()
    page.locator("#goods").fill("40")
    page.locator("#goods:not([aria-invalid])").wait_for()


def test_goods_lines_are_added_and_removed_in_place(open_page, address):
    watched = open_page(ASKED)
    page = watched.page
    page.locator("button.add").click()
    page.locator("#hs2").wait_for()
    assert page.evaluate("document.activeElement.id") == "hs2"
    assert page.locator("#goods").input_value() == "40.00"
    page.locator("#hs2").fill("910211")
    page.locator("#goods2").fill("60.00")
    page.locator(".step-name", has_text=re.compile("share of the freight|运费")).first.wait_for()
    page.locator("button.remove").last.click()
    page.locator("#hs2").wait_for(state="detached")
    page.wait_for_timeout(300)
    assert page.locator("#hs2").count() == 0
    quiet(watched, address)


def test_enter_computes_and_adds_no_line(open_page):
    page = open_page(ASKED).page
    page.locator("#goods").fill("81.00")
    page.locator("#goods").press("Enter")
    page.wait_for_timeout(600)
    assert page.locator("#hs2").count() == 0
    assert "81.00" in page.locator("#as-text").text_content()


def test_it_works_without_javascript(chromium, address):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + ASKED)
    before = headline(page)
    page.locator("#goods").fill("90.00")
    page.get_by_role("button", name=re.compile("Compute|计算")).click()
    assert headline(page) != before
    page.goto(address + "/law/")
    page.locator("#q").fill("de.vat.standard")
    page.locator("form.search button").click()
    assert "de.vat.standard" in page.content()
    context.close()


def test_the_slash_key_goes_to_the_search_and_the_skip_link_to_the_content(open_page):
    page = open_page("/law/").page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.type("ioss")
    page.locator(".count").wait_for()
    assert "q=ioss" in page.url


def test_language_and_theme_are_switched_where_one_is(open_page, address):
    watched = open_page(ASKED)
    page = watched.page
    page.locator("#goods").fill("77.00")
    page.locator("#as-text", has_text="77.00").wait_for(state="attached")
    page.get_by_role("button", name="中文").click()
    page.locator("html[lang=zh-Hans]").wait_for()
    assert page.locator("#goods").input_value() == "77.00"
    page.get_by_role("button", name="深色").click()
    page.locator("html[data-theme=dark]").wait_for()
    assert page.locator("#goods").input_value() == "77.00"
    quiet(watched, address)


def test_the_matrix_opens_a_cell_by_mouse_and_by_keyboard(open_page, address):
    watched = open_page(MATRIX)
    page = watched.page
    page.locator("table.grid").wait_for(timeout=120_000)
    first = page.locator("table.grid td a").first
    first.click()
    page.locator("#sheet h2").wait_for()
    page.keyboard.press("Escape")
    assert page.locator("#sheet").is_hidden()
    assert page.evaluate("document.activeElement.closest('td') !== null")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    place = page.evaluate("[document.activeElement.closest('tr').rowIndex, document.activeElement.closest('td').cellIndex]")
    assert place == [2, 2]
    page.keyboard.press("Enter")
    page.locator("#sheet h2").wait_for()
    page.get_by_role("link", name="Close").click()
    page.locator("#route").select_option("direct")
    page.wait_for_url("**route=direct**")
    quiet(watched, address)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("width", [400, 1280])
def test_no_page_is_wider_than_the_window(open_page, address, width, language):
    watched = open_page(PAGES[0], language=language, width=width)
    for path in [*PAGES, MATRIX]:
        watched.page.goto(address + path)
        if path == MATRIX:
            watched.page.locator("table.grid").wait_for(timeout=120_000)
        assert watched.page.evaluate("document.documentElement.scrollWidth") <= width, path
    quiet(watched, address, missing=True)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_labels_headings_and_names_are_there(open_page, address, theme, language):
    watched = open_page(PAGES[0], language=language, theme=theme)
    for path in PAGES:
        watched.page.goto(address + path)
        nameless = watched.page.evaluate(
            "Array.from(document.querySelectorAll('input:not([type=hidden]), select, button, a')).filter((field) => !(field.labels && field.labels.length) && !field.textContent.trim() && !field.getAttribute('aria-label')).map((field) => field.outerHTML)"
        )
        assert nameless == [], path
        assert watched.page.locator("h1").count() == 1, path
        doubled = watched.page.evaluate(
            "(() => { const ids = Array.from(document.querySelectorAll('[id]'), (one) => one.id); return ids.filter((id, place) => ids.indexOf(id) !== place); })()"
        )
        assert doubled == [], path


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_axe_finds_no_violation(open_page, address, theme, language):
    axe = next((path for path in AXE if path.is_file()), None)
    if axe is None:
        pytest.skip("no axe-core: npm pack axe-core, and give its axe.min.js in SUPERCARGO_AXE")
    watched = open_page(PAGES[0], language=language, theme=theme)
    page, found = watched.page, []
    for path in [*PAGES, MATRIX]:
        page.goto(address + path)
        if path == MATRIX:
            page.locator("table.grid").wait_for(timeout=120_000)
            page.locator("table.grid td a").first.click()
            page.locator("#sheet h2").wait_for()
        page.wait_for_timeout(250)
        page.evaluate(axe.read_text(encoding="utf-8"))
        result = page.evaluate(
            "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations']})"
        )
        found += [
            (
                path,
                one["id"],
                one["nodes"][0]["target"],
                one["nodes"][0]["html"][:200],
                one["nodes"][0]["failureSummary"][:600],
                len(one["nodes"]),
            )
            for one in result["violations"]
        ]
    assert found == []
