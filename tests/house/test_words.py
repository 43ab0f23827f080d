"""Everything that a person reads is there in both languages, and the check that says so would notice."""

import pytest

from supercargo.desk.words_check import check
from supercargo.kernel.words import Bilingual, patterns, said, translate


@pytest.fixture(scope="module")
def answer():
    return check()


def test_nothing_lacks_its_chinese(answer):
    assert [str(finding) for finding in answer.findings if finding.severity == "error"] == []


def test_the_sources_were_read(answer):
    counts = {row["checked"]: row["count"] for row in answer.rows["counts"]}
    assert counts["texts"] > 700
    assert counts["translations"] > 700


def source(tmp_path, code, words):
    (tmp_path / "words" / "zh").mkdir(parents=True)
    (tmp_path / "engine.py").write_text(code, "utf-8")
    (tmp_path / "words" / "zh" / "a.toml").write_text(words, "utf-8")
    return [(finding.code, finding.path) for finding in check(tmp_path).findings]


@pytest.mark.parametrize(
    "code",
    [
        'value.named("bold duty")', 'said("bold duty {x}", x=1)', 'Finding("A-1", "error", "", "bold duty")',
        'Finding("A-1", "error", "", said("fine"), remedy="bold duty")', 'refuse("A-1", "", "bold duty", "fine")',
        'value.named("bold duty" if x else "fine")', 'value.named(f"bold duty of {x}")', 'NAMES = {"duty": "bold duty"}',
        'Figure.money(1, "EUR", "bold duty")', 'say("bold duty")',
    ],
)  # fmt: skip
def test_a_text_without_chinese_is_found(tmp_path, code):
    found = source(tmp_path, code, '"fine" = "好"\n')
    assert [(kind, path) for kind, path in found if kind == "WORDS-001"] == [("WORDS-001", "engine.py:1")]


def test_a_template_without_chinese_is_found(tmp_path):
    (tmp_path / "page.html").write_text('<p>{% say "bold duty" %}</p>', "utf-8")
    assert ("WORDS-001", "page.html") in source(tmp_path, "", "")


def test_values_that_differ_and_words_that_nobody_says_are_found(tmp_path):
    found = source(tmp_path, 'said("bold {x}")', '"bold {x}" = "粗 {y}"\n"idle" = "闲"\n')
    assert [kind for kind, _ in found] == ["WORDS-002", "WORDS-004"]


def test_a_name_filled_by_code_is_covered_by_a_pattern(tmp_path):
    assert source(tmp_path, 'value.named(f"duty on {x}")', '[patterns]\n"duty on {what}" = "{what}的关税"\n') == []


def test_a_text_in_two_files_is_found(tmp_path):
    (tmp_path / "words" / "zh").mkdir(parents=True)
    for name in ("a", "b"):
        (tmp_path / "words" / "zh" / f"{name}.toml").write_text('"fine" = "好"\n', "utf-8")
    (tmp_path / "engine.py").write_text('said("fine")', "utf-8")
    assert [finding.code for finding in check(tmp_path).findings] == ["WORDS-003"]


def test_a_filled_name_is_said_by_its_template():
    assert translate("rate of exchange EUR to USD", "zh") == "EUR 兑 USD 汇率"
    assert translate("rate of exchange EUR to USD", "en") == "rate of exchange EUR to USD"
    assert translate("duty: customs duty", "zh") == "关税：关税"


def test_every_pattern_says_what_it_is_filled_with():
    for english, chinese in patterns().items():
        names = [part.partition("}")[0] for part in english.split("{")[1:]]
        filled = translate(english.format(**{name: f"Q{name.upper()}Q" for name in names}), "zh")
        assert all(f"Q{name.upper()}Q" in filled for name in names), english
        assert not names or filled != chinese


def test_a_label_that_carries_both_languages_is_said_when_only_its_english_travels():
    assert Bilingual("levy of the test", "测试税").en == "levy of the test"
    assert translate("levy of the test", "zh") == "测试税"


def test_what_has_no_chinese_stays_english():
    assert translate("no such words anywhere", "zh") == "no such words anywhere"
    assert said("no such {thing}", thing=1).into("zh") == "no such 1"
