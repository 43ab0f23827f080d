"""The command line under all sorts of terminals: wide, piped, broken off, interrupted, without Chinese."""

import os
import pty
import signal
import socket
import subprocess
import sys
import time

import pytest

from supercargo.cli.terminal import harmless, language_of, padded, width

pytestmark = pytest.mark.slow  # whole commands, each in a process of its own


def test_chinese_takes_two_columns():
    assert width("关税 duty") == 9
    assert padded("关税", 6) == "关税  "
    assert padded("关税", 6, right=True) == "  关税"


def test_signs_that_steer_the_terminal_are_taken_out():
    assert harmless("a\x1b[31mred\u202e") == "a\ufffd[31mred\ufffd"


@pytest.mark.parametrize(
    ("arguments", "environment", "language"),
    [
        (["--lang", "zh"], {"LANG": "en_US.UTF-8"}, "zh"),
        (["quote", "--lang=en"], {"SUPERCARGO_LANG": "zh"}, "en"),
        ([], {"SUPERCARGO_LANG": "zh", "LANG": "en_US.UTF-8"}, "zh"),
        ([], {"LC_ALL": "en_US.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
        ([], {}, "en"),
    ],
)
def test_the_language_is_found(arguments, environment, language):
    assert language_of(arguments, environment) == language


def test_the_locale_chooses_chinese(run):
    assert "增值税标准税率" in run("law", "show", "de.vat.standard", LANG="zh_CN.UTF-8").out


def test_a_locale_whose_terminal_lacks_chinese_gets_english(run):
    done = run("law", "show", "de.vat.standard", LANG="zh_CN", PYTHONIOENCODING="ascii")
    assert done.code == 0
    assert "standard rate of VAT" in done.out


def test_a_terminal_without_signs_gets_plain_ones(run):
    asked = (
        "quote",
        "--from",
        "CN",
        "--to",
        "DE",
        "--on",
        "2026-07-15",
        "--hs",
        "6109.10",
        "--goods",
        "40",
        "--currency",
        "EUR",
        "--explain",
    )
    done = run(*asked, PYTHONIOENCODING="ascii")
    assert done.code == 0
    assert "CN -> DE" in done.out
    assert done.out.isascii()


def test_chinese_json_survives_a_terminal_that_lacks_it(run):
    done = run("law", "show", "de.vat.standard", "--json", "--lang", "zh", PYTHONIOENCODING="ascii")
    assert done.document["words"]["label"] == "增值税标准税率"


def test_gb18030_is_written_where_the_terminal_reads_it(environment, tmp_path):
    command = [sys.executable, "-m", "supercargo", "law", "show", "de.vat.standard", "--lang", "zh"]
    done = subprocess.run(command, capture_output=True, cwd=tmp_path, env={**environment, "PYTHONIOENCODING": "gb18030"}, check=True)
    assert "增值税标准税率" in done.stdout.decode("gb18030")


def test_a_reader_who_leaves_early_causes_no_traceback(environment, tmp_path):
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "supercargo", "law", "list", "DE"]
    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, cwd=tmp_path, env=environment, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, b"")


def on_a_terminal(arguments, environment, tmp_path):
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "supercargo", *arguments], stdout=theirs, stderr=theirs, cwd=tmp_path, env={**environment, "TERM": "xterm"}
    )
    os.close(theirs)
    seen = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:
            break
        if not part:
            break
        seen += part
    os.close(ours)
    return process.wait(), seen.decode()


def test_a_terminal_gets_a_table_with_lines(environment, tmp_path):
    code, seen = on_a_terminal(["law", "history", "de.vat.standard"], environment, tmp_path)
    assert code == 0
    assert "─" in seen
    assert "2020-07-01" in seen


def test_long_work_shows_a_bar_on_a_terminal(environment, tmp_path):
    code, seen = on_a_terminal(["law", "check"], environment, tmp_path)
    assert code == 0
    assert "━" in seen


def test_a_dumb_terminal_gets_plain_text(environment, tmp_path):
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "supercargo", "law", "history", "de.vat.standard"]
    subprocess.run(command, stdout=theirs, stderr=subprocess.DEVNULL, cwd=tmp_path, env={**environment, "TERM": "dumb"}, check=True)
    os.close(theirs)
    assert "─" not in os.read(ours, 65536).decode()
    os.close(ours)


def test_the_page_ends_with_ctrl_c(environment, tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "supercargo", "serve", "--port", str(port)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path, env=environment, text=True,
    )  # fmt: skip
    assert f"http://127.0.0.1:{port}/" in process.stdout.readline()
    time.sleep(0.3)
    process.send_signal(signal.SIGINT)
    _, complaint = process.communicate(timeout=60)
    assert (process.returncode, complaint) == (0, "")


def test_a_taken_port_is_refused(run):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = run("serve", "--port", taken.getsockname()[1])
    assert done.code == 1
    assert "SERVE-409" in done.err


def test_pure_commands_load_neither_tables_nor_web(environment, tmp_path):
    heavy = ("polars", "narwhals", "django", "rich", "xlsxwriter", "python_calamine", "numpy")
    for arguments in (
        ["law", "show", "eu.customs.low_value_duty"],
        ["quote", "--from", "CN", "--to", "DE", "--on", "2026-07-15", "--hs", "6109.10", "--goods", "40", "--currency", "EUR"],
    ):
        code = (
            "import sys; from supercargo.cli.main import main; assert main(sys.argv[1:]) == 0; "
            f"print(sorted(set({heavy!r}) & set(sys.modules)), file=sys.stderr)"
        )
        done = subprocess.run(
            [sys.executable, "-c", code, *arguments], capture_output=True, cwd=tmp_path, env=environment, check=True, text=True
        )
        assert done.stderr.strip() == "[]", arguments
