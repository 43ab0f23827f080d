"""run.py sets a bare machine up, once and whole, and passes on what the program answers.

The installers are played by a small program called ``uv`` on PATH: no test here reaches a network. The
real ones are tried by ``.ci/run``, in a fresh clone.
"""

from __future__ import annotations

import ast
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]
SOURCE = (ROOT / "run.py").read_text(encoding="utf-8")

pytestmark = [
    pytest.mark.skipif(os.name == "nt", reason="the installer played here is a shell script"),
    pytest.mark.slow,  # each test starts the program
]

# Plays uv: notes what it was asked, and "installs" a program that repeats its arguments and exits with 7.
UV = """import os, pathlib, signal, sys, time
if sys.argv[1:] == ["--version"]:
    sys.exit(print("uv 0.13.9 (played)"))
here = pathlib.Path(__file__).resolve().parent
with (here / "asked").open("a") as asked:
    print(*sys.argv[1:], file=asked)
environment = pathlib.Path(os.environ["UV_PROJECT_ENVIRONMENT"])
if (here / "refuse").exists():
    sys.exit(print("error: no such index") or 2)
if (here / "kill").exists():
    (here / "kill").unlink()
    (environment / "half-a-package").touch()
    os.kill(os.getppid(), signal.SIGKILL)
    sys.exit(1)
time.sleep(0.3)
package = next((environment / "lib").glob("python3*")) / "site-packages" / "supercargo" / "cli"
package.mkdir(parents=True, exist_ok=True)
(package / "main.py").write_text("import sys\\ndef main():\\n    print(*sys.argv[1:])\\n    return 7\\n")
"""


@pytest.fixture
def run() -> ModuleType:
    """Give run.py as a module of its own for each test, because tests move its folders."""
    specification = importlib.util.spec_from_file_location("run_under_test", ROOT / "run.py")
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


class House:
    """A copy of the repository's outer walls in an awkward place, with a played uv on PATH."""

    def __init__(self, place: Path) -> None:
        self.root = place / "fresh copy 大班"
        self.tools = place / "tools"
        self.root.mkdir()
        self.tools.mkdir()
        for name in ("run.py", "pyproject.toml", "uv.lock"):
            shutil.copy(ROOT / name, self.root / name)
        (self.tools / "uv.py").write_text(UV, encoding="utf-8")
        uv = self.tools / "uv"
        uv.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{self.tools}/uv.py" "$@"\n', encoding="utf-8")
        uv.chmod(0o755)

    def start(self, *arguments: str, **environment: str) -> subprocess.Popen[str]:
        settings = {"PATH": str(self.tools), "HOME": str(self.tools), "VIRTUAL_ENV": "elsewhere", **environment}
        command = [sys.executable, str(self.root / "run.py"), *arguments]
        pipe = subprocess.PIPE
        return subprocess.Popen(command, env=settings, stdout=pipe, stderr=pipe, text=True, encoding="utf-8")

    def run(self, *arguments: str, **environment: str) -> tuple[int, str, str]:
        process = self.start(*arguments, **environment)
        out, err = process.communicate(timeout=120)
        return process.returncode, out, err

    def asked(self) -> list[str]:
        notes = self.tools / "asked"
        return notes.read_text(encoding="utf-8").splitlines() if notes.exists() else []


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


# ── the whole of it ───────────────────────────────────────────────────────────────────────────────


def test_the_program_gets_its_arguments_and_its_exit_code_is_passed_on(house: House) -> None:
    code, out, err = house.run("demo", "--no-serve", "--port", "8123")
    assert (code, out) == (7, "demo --no-serve --port 8123\n")
    assert "[1/3] making .venv" in err


def test_a_second_run_starts_at_once_and_says_nothing(house: House) -> None:
    house.run("demo")
    assert house.run("demo") == (7, "demo\n", "")
    assert len(house.asked()) == 1


def test_the_lock_is_held_to_and_the_developers_tools_come_only_when_they_are_needed(house: House) -> None:
    house.run("demo")
    house.run("setup")
    house.run("test")
    first, second = house.asked()
    assert first.startswith("sync --locked")
    assert first.endswith("--no-dev")
    assert second.startswith("sync --locked")
    assert "--no-dev" not in second


def test_a_changed_lock_is_installed_again_and_keeps_the_tools(house: House) -> None:
    house.run("test")
    with (house.root / "uv.lock").open("a", encoding="utf-8") as lock:
        lock.write("# changed\n")
    house.run("demo")
    assert len(house.asked()) == 2
    assert "--no-dev" not in house.asked()[1]


def test_a_killed_set_up_leaves_nothing_behind_in_the_next_one(house: House) -> None:
    (house.tools / "kill").touch()
    assert house.run("demo")[0] == -9
    assert (house.root / ".venv" / "half-a-package").exists()
    code, out, err = house.run("demo")
    assert (code, out) == (7, "demo\n")
    assert "did not finish" in err
    assert not (house.root / ".venv" / "half-a-package").exists()


def test_two_at_once_install_once_and_both_answer(house: House) -> None:
    both = [house.start("demo", name) for name in ("one", "two")]
    answers = sorted(process.communicate(timeout=120)[0] for process in both)
    assert answers == ["demo one\n", "demo two\n"]
    assert len(house.asked()) == 1


def test_a_moved_folder_is_set_up_again(house: House) -> None:
    house.run("demo")
    house.root = house.root.rename(house.root.parent / "moved")
    code, _, err = house.run("demo")
    assert code == 7
    assert "making .venv" in err


def test_a_refusing_installer_is_quoted_with_a_remedy(house: House) -> None:
    (house.tools / "refuse").touch()
    code, out, err = house.run("demo", UV_DEFAULT_INDEX="file:///nowhere")
    assert (code, out) == (1, "")
    assert "error: no such index" in err
    assert "PIP_INDEX_URL" in err
    assert not (house.root / ".venv" / "supercargo-ready.json").exists()


def test_an_environment_of_somebody_else_is_not_touched(house: House) -> None:
    (house.root / ".venv").mkdir()
    (house.root / ".venv" / "diary").touch()
    code, _, err = house.run("demo")
    assert code == 1
    assert "is in the way" in err
    assert (house.root / ".venv" / "diary").exists()


def test_it_speaks_chinese_to_a_chinese_shell_and_when_asked(house: House) -> None:
    assert "正在准备" in house.run("demo", LANG="zh_CN.UTF-8")[2]
    assert "没有命令" in house.run("nonsense", "--lang", "zh")[2]
    assert "没有命令" not in house.run("nonsense", "--lang=en", LANG="zh_CN.UTF-8")[2]


@pytest.mark.parametrize("arguments", [[], ["nonsense"], ["setup", "now"], ["check", "this"]])
def test_wrong_usage_has_exit_code_2_and_sets_nothing_up(house: House, arguments: list[str]) -> None:
    assert house.run(*arguments)[0] == 2
    assert not (house.root / ".venv").exists()


def test_help_is_an_answer(house: House) -> None:
    code, out, err = house.run("--help")
    assert (code, err) == (0, "")
    assert "run.py demo" in out


# ── parts ─────────────────────────────────────────────────────────────────────────────────────────


def test_an_old_python_can_read_it_and_needs_nothing_but_the_standard_library() -> None:
    tree = ast.parse(SOURCE, feature_version=(3, 6))
    imports = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    names = {alias.name for node in imports if isinstance(node, ast.Import) for alias in node.names}
    names |= {str(node.module) for node in imports if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in names} <= set(sys.stdlib_module_names)
    assert "tomllib" not in names  # came with 3.11: an old Python must get as far as saying so


def test_it_names_no_host() -> None:
    assert not re.findall(r"\bhttps?://|\b[\w-]+\.(?:org|com|io|cn)\b", SOURCE)


def test_every_sentence_has_its_chinese_and_every_chinese_sentence_is_said(run: ModuleType) -> None:
    calls = [node for node in ast.walk(ast.parse(SOURCE)) if isinstance(node, ast.Call)]
    spoken = [node.args[0] for node in calls if isinstance(node.func, ast.Name) and node.func.id in ("say", "words")]
    said = {part.value for text in spoken for part in ast.walk(text) if isinstance(part, ast.Constant)}
    assert said | {run.USAGE, run.NO_INSTALLER} == set(run.ZH)


def test_both_languages_fill_in_the_same_values(run: ModuleType) -> None:
    for english, chinese in run.ZH.items():
        assert set(re.findall(r"{\w+}", english)) == set(re.findall(r"{\w+}", chinese)), english


@pytest.mark.parametrize(
    ("package", "pin"),
    [
        ({"name": "polars", "version": "2.1.0", "source": {"registry": "index"}}, "polars==2.1.0"),
        ({"name": "supercargo", "version": "0.1.0", "source": {"editable": "."}}, ""),
        (
            {
                "name": "numpy",
                "version": "2.4.6",
                "source": {"registry": "index"},
                "resolution-markers": ["python_full_version < '3.12'", "sys_platform == 'win32'"],
            },
            "numpy==2.4.6 ; (python_full_version < '3.12') or (sys_platform == 'win32')",
        ),
    ],
)
def test_a_locked_version_is_pinned_where_it_is_meant(run: ModuleType, package: dict[str, Any], pin: str) -> None:
    assert run.pinned(package) == pin


def test_the_callers_settings_do_not_lead_an_installation_astray(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PYTHONPATH", "PIP_USER", "UV_PYTHON", "VIRTUAL_ENV"):
        monkeypatch.setenv(name, "astray")
    monkeypatch.setenv("PIP_INDEX_URL", "mirror")
    environment = run.quiet_environment()
    assert "astray" not in environment.values()
    assert environment["PIP_INDEX_URL"] == "mirror"
    assert environment["UV_PYTHON_DOWNLOADS"] == "never"


def test_a_home_that_cannot_be_written_gets_its_cache_in_the_environment(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file" / "below"))
    for name in ("UV_CACHE_DIR", "PIP_CACHE_DIR"):
        monkeypatch.delenv(name, raising=False)
    environment = run.quiet_environment()
    assert environment["UV_CACHE_DIR"] == str(run.VENV / "cache" / "uv")
    assert environment["PIP_CACHE_DIR"] == str(run.VENV / "cache" / "pip")


def test_only_one_holds_the_guard(run: ModuleType, tmp_path: Path) -> None:
    with (tmp_path / "guard").open("a+b") as first, (tmp_path / "guard").open("a+b") as second:
        assert run.locked(first)
        assert not run.locked(second)


@pytest.mark.parametrize(
    ("quick", "slow", "code"),
    [(0, 0, 0), (1, 0, 1), (0, 1, 1), (0, 5, 0), (5, 0, 5), (130, 0, 130)],
    ids=["both pass", "quick fails", "slow fails", "no slow ones", "no tests at all", "interrupted"],
)
def test_the_suite_answers_with_the_first_failure(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, quick: int, slow: int, code: int
) -> None:
    monkeypatch.setattr(run, "start", lambda command: quick if command[-1] == "not slow" else slow)
    assert run.test([]) == code


def test_arguments_go_to_one_run_of_pytest(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    commands: list[list[str]] = []
    monkeypatch.setattr(run, "start", commands.append)
    run.test(["tests/house", "-k", "guard"])
    assert commands == [[run.PYTHON, "-m", "pytest", "tests/house", "-k", "guard"]]


def test_every_check_is_run_also_after_one_has_failed(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run, "start", lambda command: 1 if "mypy" in command else 0)
    assert run.check([]) == 1
    lines = capsys.readouterr().err.splitlines()
    assert lines[-6:] == [
        "ok      ruff check",
        "ok      ruff format --check",
        "FAILED  mypy",
        "ok      lint-imports",
        "ok      supercargo words check",
        "ok      supercargo law check",
    ]


def test_where_no_newer_python_is_found_the_sentence_says_what_to_install(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(run.Stop, match=r"3\.11 or newer is needed.*python3\.11 run\.py"):
        run.newer_python()


def test_a_python_that_only_has_the_right_name_is_not_taken(run: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name, answer in (("python3.13", "exit 127"), ("python3.12", "echo False"), ("python3.11", "echo True")):
        (tmp_path / name).write_text(f"#!/bin/sh\n{answer}\n", encoding="utf-8")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert run.newer_python() == str(tmp_path / "python3.11")
