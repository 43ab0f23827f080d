"""The documents name what is there: every format that can be imported, every command as the program takes it, every link and term."""

from __future__ import annotations

import argparse
import re
import shlex
from functools import cache
from pathlib import Path

import pytest

from supercargo.cli import main as cli
from supercargo.connectors.registry import formats

ROOT = Path(__file__).parents[2]
PAGES = (ROOT / "README.md", *sorted((ROOT / "examples").rglob("README.md")), *sorted((ROOT / "docs").rglob("*.md")))
NAMES = [str(page.relative_to(ROOT)) for page in PAGES]
IMPORTS = (ROOT / "docs" / "imports.md").read_text("utf-8")
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text("utf-8")
TERMS = re.findall(r'^\| <a id="(term-[a-z0-9-]+)"></a>\*\*(.+?)\*\* \| (.+?) \| (.+?) \| (.+?) \|$', GLOSSARY, re.MULTILINE)
COMMANDS_IN_TEXT = re.compile(r"`(?:\w+=\S+ )?supercargo ([^`\n]+)`")
FENCED = re.compile(r"^```[a-z]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^\s*(?:\$ )?(?:\w+=\S+ )?supercargo (.+)$", re.MULTILINE)


@cache
def parser_of(command: str) -> argparse.ArgumentParser:
    return cli._parser(command, str)


def branches(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    found = [one.choices for one in parser._actions if isinstance(one, argparse._SubParsersAction)]
    return dict(found[0]) if found else {}


def options_of(parser: argparse.ArgumentParser) -> set[str]:
    own = {option for action in parser._actions for option in action.option_strings}
    return own.union(*(options_of(one) for one in branches(parser).values()))


def words_of(text: str) -> list[str]:
    return shlex.split(text, comments=True)


def shown(page: Path) -> list[str]:
    """List the command lines of the page's fenced blocks, each with its continuation."""
    blocks = FENCED.findall(page.read_text("utf-8").replace("\\\n", " "))
    return [line for block in blocks for line in COMMAND.findall(block)]


def mentioned(page: Path) -> list[str]:
    return COMMANDS_IN_TEXT.findall(FENCED.sub("", page.read_text("utf-8")))


@pytest.mark.parametrize("language", ["English", "Chinese"])
def test_every_format_has_its_row_in_both_languages(language):
    half = IMPORTS.split("\n# 中文\n")[language == "Chinese"]
    rows = re.findall(r"^\| `([a-z][a-z0-9-]*)` \|.*\|.*\|.*\|.*\|.*\|$", half, re.MULTILINE)
    assert rows == list(formats())


def test_what_is_not_proven_about_a_format_is_said_in_its_row():
    rows = dict(re.findall(r"^\| `([a-z0-9-]+)` \|(.*)$", IMPORTS.split("\n# 中文\n", maxsplit=1)[0], re.MULTILINE))
    assert [key for key, one in formats().items() if one.proven and one.proven not in rows[key]] == []


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_every_command_line_that_a_page_shows_is_one_that_the_program_takes(page):
    for line in shown(page):
        words = words_of(line)
        chosen = next(word for word in words if word in cli.COMMANDS)
        parser_of(chosen).parse_args(words)


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_every_command_that_a_text_mentions_exists_with_its_options(page):
    for line in mentioned(page):
        words = words_of(line)
        bare = [word for word in words if not word.startswith("-")]
        if "|" in line and bare[0] not in cli.COMMANDS:  # a list of commands
            assert set(bare[0].split("|")) <= set(cli.COMMANDS), line
            continue
        assert bare[0] in cli.COMMANDS, line
        child = branches(parser_of(bare[0]))[bare[0]]
        if branches(child) and len(bare) > 1:
            assert set(bare[1].split("|")) <= set(branches(child)), line
        assert {word.partition("=")[0] for word in words if word.startswith("--")} <= options_of(child), line


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_every_link_of_a_page_leads_somewhere(page):
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8")):
        file, _, place = target.partition("#")
        if "://" in file:
            continue
        there = (page.parent / file).resolve() if file else page
        assert there.exists(), target
        if place.startswith("term-"):
            assert place in {term[0] for term in TERMS}, target


def test_every_term_that_the_code_cites_is_in_the_glossary_once_and_in_both_languages():
    sources = [*(ROOT / "src" / "supercargo").rglob("*.py"), *(ROOT / "src" / "supercargo").rglob("*.toml")]
    cited = {term for source in sources for term in re.findall(r'"(term-[a-z0-9-]*[a-z0-9])"', source.read_text("utf-8"))}
    names = [term[0] for term in TERMS]
    assert cited - set(names) == set()
    assert len(names) == len(set(names)) == GLOSSARY.count("<a id=")
    assert [term[0] for term in TERMS if not re.search(r"[\u4e00-\u9fff]", term[2] + term[4])] == []


def test_the_glossary_stands_in_the_order_of_its_english_words():
    words = [term[1].lower() for term in TERMS]
    assert words == sorted(words)
