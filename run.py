#!/usr/bin/env python3
"""Set Supercargo up beside this file and run it; nothing has to be installed first but Python.

    python3 run.py demo [--no-serve] [--port N] [--lang zh]
    python3 run.py test [arguments of pytest]
    python3 run.py check
    python3 run.py setup

Standard library only. It makes ``.venv`` from the Python that runs it, fills it with what ``uv.lock``
names, and remembers that it did: the second run starts at once. It never downloads a Python, and it
names no package index: uv and pip use the one that they are configured for. The text stays readable for
Python 3.6, so that an old Python can say which one is missing.
"""
# An old Python must be able to read this file and say what is missing, so its annotations are old and
# what came later is imported where it is used.
# ruff: noqa: UP006, UP033, UP035, UP045, PLC0415

import contextlib
import functools
import hashlib
import importlib.util
import json
import os
import re
import shutil
import ssl
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import IO, Any, Callable, Dict, Iterator, List, Optional, Tuple

OLDEST_PYTHON = (3, 11)
OTHER_PYTHONS = ("python3.13", "python3.12", "python3.11", "python3.14")
UV_VERSION = "0.13.9"  # fetched where there is no uv
UV_OLDEST = (0, 6)  # older ones do not read this lock file
SECONDS_BETWEEN_SIGNS_OF_LIFE = 20

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
TOOLS = VENV / "tools"  # a folder each for uv and pip, where they had to be fetched; outside site-packages
STAMP = VENV / "supercargo-ready.json"
UNFINISHED = VENV / "supercargo-unfinished"
LOG = VENV / "setup.log"
OWN_CACHE = VENV / "cache"  # where the usual one cannot be written
GUARD = ROOT / ".venv.lock"
WINDOWS = os.name == "nt"
PYTHON = str(VENV / "Scripts" / "python.exe" if WINDOWS else VENV / "bin" / "python")
SUPERCARGO = [PYTHON, "-c", "import sys; from supercargo.cli.main import main; sys.exit(main())"]

# Settings of the caller's shell that would send an installation elsewhere than into .venv.
MISLEADING = (
    "VIRTUAL_ENV",
    "CONDA_PREFIX",
    "PYTHONHOME",
    "PYTHONPATH",
    "__PYVENV_LAUNCHER__",
    "PIP_USER",
    "PIP_TARGET",
    "PIP_PREFIX",
    "PIP_REQUIRE_VIRTUALENV",
    "PIP_PYTHON",
    "UV_PYTHON",
    "UV_PROJECT",
    "UV_WORKING_DIR",
    "UV_SYSTEM_PYTHON",
    "UV_FROZEN",
    "UV_LOCKED",
    "UV_NO_DEV",
    "UV_NO_SYNC",
    "UV_NO_EDITABLE",
    "UV_MANAGED_PYTHON",
    "UV_PYTHON_PREFERENCE",
)

USAGE = """Usage:
  python3 run.py demo [--no-serve] [--port N] [--lang zh]   the demonstration company: decision sheet and page
  python3 run.py test [arguments of pytest]                 the test suite, the quick part first
  python3 run.py check                                      style, types, imports, translations, law
  python3 run.py setup                                      only make everything ready"""

USAGE_ZH = """用法：
  python3 run.py demo [--no-serve] [--port N] [--lang zh]   演示公司：决策表与网页
  python3 run.py test [pytest 参数]                          全部测试，先跑快的部分
  python3 run.py check                                      代码风格、类型、导入方向、译文、法规数据
  python3 run.py setup                                      仅做好准备"""

NO_INSTALLER = """Nothing here can install packages: there is neither uv nor pip, and Python came without ensurepip.
Install one of them, then run the same command again:
  Debian, Ubuntu:  sudo apt-get install python3-pip
  Fedora, RHEL:    sudo dnf install python3-pip
  Alpine:          sudo apk add py3-pip
  Arch:            sudo pacman -S python-pip
  anywhere else:   uv or pip, as its own documentation describes"""

NO_INSTALLER_ZH = """这台机器无法安装软件包：没有 uv，没有 pip，Python 也不带 ensurepip。
请安装其中一个，然后重新运行同一条命令：
  Debian、Ubuntu： sudo apt-get install python3-pip
  Fedora、RHEL：   sudo dnf install python3-pip
  Alpine：         sudo apk add py3-pip
  Arch：           sudo pacman -S python-pip
  其他系统：        按 uv 或 pip 官方文档安装"""

ZH = {
    USAGE: USAGE_ZH,
    NO_INSTALLER: NO_INSTALLER_ZH,
    "Setting up Supercargo (once; later runs start at once)": "正在准备 Supercargo（仅需一次，之后立即启动）",
    "[1/3] making .venv with Python {version}": "[1/3] 用 Python {version} 建立 .venv",
    "[2/3] looking for an installer": "[2/3] 查找安装工具",
    "[2/3] fetching the installer uv {version} with pip": "[2/3] 用 pip 获取安装工具 uv {version}",
    "[3/3] installing what uv.lock names; the first time this takes some minutes": ("[3/3] 按 uv.lock 安装依赖；首次需要几分钟"),
    "uv could not install from the lock file as it is; trying the configured package index": (
        "uv 无法直接按锁文件安装，改用已配置的软件源"
    ),
    "uv is not to be had here; installing the locked versions with pip": "无法取得 uv，改用 pip 安装锁定的版本",
    "      still working, {seconds} s": "      仍在进行，已 {seconds} 秒",
    "Ready in {seconds} s": "已就绪，用时 {seconds} 秒",
    "Another set-up is running in this folder; waiting for it": "此文件夹中另一个准备过程正在进行，等待其完成",
    "The last set-up did not finish; starting it afresh": "上次准备未完成，重新开始",
    "Python {oldest} or newer is needed; this one is {version} and no newer one was found on PATH."
    " Install one (for example python3.11) and run: python3.11 run.py": (
        "需要 Python {oldest} 或更新版本；当前为 {version}，PATH 中也没有更新的版本。请先安装（例如 python3.11），再运行：python3.11 run.py"
    ),
    "{path} cannot be written. Supercargo keeps its packages in .venv beside run.py:"
    " give yourself the right to write there, or copy the folder to a place of your own.": (
        "无法写入 {path}。Supercargo 把依赖放在 run.py 旁边的 .venv 中：请取得写入权限，或把整个文件夹复制到自己的目录。"
    ),
    "{path} is in the way: it is not an environment that run.py made. Move it elsewhere and run again.": (
        "{path} 不是 run.py 建立的环境。请把它移走，然后重新运行。"
    ),
    "This Python cannot make an environment. Debian, Ubuntu: sudo apt-get install python3-venv": (
        "此 Python 无法建立虚拟环境。Debian、Ubuntu：sudo apt-get install python3-venv"
    ),
    "The packages could not be installed. The last lines of {log}:": "依赖安装失败。{log} 的最后几行：",
    "If it says that a host cannot be reached: set your package index for pip (PIP_INDEX_URL or pip.conf)"
    " or for uv (UV_DEFAULT_INDEX) and run the same command again.": (
        "如果提示无法连接主机：请为 pip（PIP_INDEX_URL 或 pip.conf）或 uv（UV_DEFAULT_INDEX）设置软件源，再运行同一条命令。"
    ),
    "uv.lock does not fit pyproject.toml any more. Run: uv lock": "uv.lock 与 pyproject.toml 已不一致。请运行：uv lock",
    "Stopped. The next run starts the set-up afresh.": "已停止。下次运行将重新准备。",
    "Stopped.": "已停止。",
    "{command} takes no further arguments: {rest}": "{command} 不接受其他参数：{rest}",
    "There is no command {command}.": "没有命令 {command}。",
    "ok      {step}": "通过    {step}",
    "FAILED  {step}": "失败    {step}",
    "== {step}": "== {step}",
}


class Stop(Exception):  # noqa: N818 - the end of a run, with the sentence that explains it
    """Nothing more can be done; the sentence says why and what to do."""


def main(arguments: List[str]) -> int:
    """Do one command and give its exit code."""
    command, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    if command in ("-h", "--help", "help"):
        say(USAGE, to=sys.stdout)
        return 0
    if command not in COMMANDS:
        if command:
            say("There is no command {command}.", command=command)
        say(USAGE)
        return 2
    if rest and command in ("setup", "check"):
        say("{command} takes no further arguments: {rest}", command=command, rest=" ".join(rest))
        return 2
    if sys.version_info[:2] < OLDEST_PYTHON:
        return start([newer_python(), str(ROOT / "run.py"), *arguments])
    set_up("tools" if command in ("test", "check") else "program")
    return COMMANDS[command](rest)


# ── commands ──────────────────────────────────────────────────────────────────────────────────────


def demo(rest: List[str]) -> int:
    """Show the demonstration company: the decision sheet, then the page."""
    return start([*SUPERCARGO, "demo", *rest])


def test(rest: List[str]) -> int:
    """Run the whole suite, the quick part first; with arguments, one run of pytest with them."""
    pytest = [PYTHON, "-m", "pytest"]
    if rest:
        return start([*pytest, *rest])
    pytest += ["-n", "auto"]
    quick = start([*pytest, "-m", "not slow"])
    if quick:
        return quick
    slow = start([*pytest, "-m", "slow or hypothesis", "--hypothesis-profile", "thorough"])  # and every property again, with more examples
    return 0 if slow == NO_TESTS else slow


def check(_rest: List[str]) -> int:
    """Run every check, also after one has failed, and say which ones did."""
    steps = (
        ("ruff check", [PYTHON, "-m", "ruff", "check", "."]),
        ("ruff format --check", [PYTHON, "-m", "ruff", "format", "--check", "."]),
        ("mypy", [PYTHON, "-m", "mypy"]),
        ("lint-imports", [PYTHON, "-c", "from importlinter.cli import lint_imports_command as lint; lint()"]),
        ("supercargo words check", [*SUPERCARGO, "words", "check"]),
        ("supercargo law check", [*SUPERCARGO, "law", "check"]),
    )
    codes = {}
    for step, command in steps:
        say("== {step}", step=step)
        codes[step] = start(command)
    for step, code in codes.items():
        say("FAILED  {step}" if code else "ok      {step}", step=step)
    return 1 if any(codes.values()) else 0


def nothing_more(_rest: List[str]) -> int:
    """Be content with the set-up."""
    return 0


COMMANDS: Dict[str, Callable[[List[str]], int]] = {
    "demo": demo,
    "test": test,
    "check": check,
    "setup": nothing_more,
}
NO_TESTS = 5  # pytest's exit code when nothing was selected


# ── set-up ────────────────────────────────────────────────────────────────────────────────────────


def set_up(wanted: str) -> None:
    """Make ``.venv`` ready for the program or for the developers' tools too; at once if it is."""
    if is_ready(wanted):
        return
    with guarded():
        if is_ready(wanted):
            return
        started = time.time()
        say("Setting up Supercargo (once; later runs start at once)")
        make_environment()
        install(grown(wanted))
        remember(grown(wanted))
        say("Ready in {seconds} s", seconds=round(time.time() - started))


def is_ready(wanted: str) -> bool:
    """Tell whether the last set-up was finished, was for these very files and holds enough."""
    memory = remembered()
    enough = ("tools",) if wanted == "tools" else ("program", "tools")
    return Path(PYTHON).exists() and memory.get("made_for") == made_for() and memory.get("holds") in enough


def made_for() -> str:
    """Sum up what the environment depends on: the lock, the project, the Python and the place."""
    digest = hashlib.sha256()
    for name in ("pyproject.toml", "uv.lock"):
        digest.update(hashlib.sha256((ROOT / name).read_bytes()).digest())
    digest.update(repr((sys.implementation.name, sys.version_info[:2], str(ROOT))).encode())
    return digest.hexdigest()


def grown(wanted: str) -> str:
    """Keep the tools where an older set-up had them."""
    return "tools" if remembered().get("holds") == "tools" else wanted


def remembered() -> Dict[str, str]:
    """Read what the last finished set-up wrote down."""
    try:
        memory = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return memory if isinstance(memory, dict) else {}


def remember(holds: str) -> None:
    """Write down that the set-up is finished; the last thing that it does, in one stroke."""
    shutil.rmtree(str(OWN_CACHE), ignore_errors=True)
    new = STAMP.with_suffix(".new")
    new.write_text(json.dumps({"made_for": made_for(), "holds": holds, "place": str(ROOT)}), encoding="utf-8")
    UNFINISHED.unlink()
    new.replace(STAMP)


@contextlib.contextmanager
def guarded() -> Iterator[None]:
    """Let one set-up at a time work in this folder; the others wait."""
    try:
        guard = GUARD.open("a+b")
    except OSError:
        raise Stop(
            words(
                "{path} cannot be written. Supercargo keeps its packages in .venv beside run.py:"
                " give yourself the right to write there, or copy the folder to a place of your own.",
                path=ROOT,
            )
        ) from None
    try:
        if not locked(guard):
            say("Another set-up is running in this folder; waiting for it")
            while not locked(guard):
                time.sleep(0.5)
        INHERITED.append(guard.fileno())
        yield
    finally:
        INHERITED.clear()
        guard.close()


INHERITED: List[int] = []  # the guard goes to children: while a killed set-up's uv lives on, it still guards


def locked(guard: IO[bytes]) -> bool:
    """Take the guard, if nobody else has it."""
    try:
        if WINDOWS:
            import msvcrt  # exists on Windows only

            msvcrt.locking(guard.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        else:
            import fcntl  # does not exist on Windows

            fcntl.flock(guard, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def make_environment() -> None:
    """Make ``.venv`` unless a sound one of this Python stands there already.

    A set-up that was killed may have left half a package behind that looks whole, so it is not continued
    but made again; what had been downloaded is taken from the installer's cache.
    """
    if VENV.exists() or VENV.is_symlink():
        ours = UNFINISHED.exists() or (VENV / "pyvenv.cfg").exists()
        if not VENV.is_dir() or VENV.is_symlink() or (any(VENV.iterdir()) and not ours):
            raise Stop(
                words(
                    "{path} is in the way: it is not an environment that run.py made. Move it elsewhere and run again.",
                    path=VENV,
                )
            )
        if UNFINISHED.exists():
            say("The last set-up did not finish; starting it afresh")
        if UNFINISHED.exists() or not is_sound():
            shutil.rmtree(str(VENV))
    exists = Path(PYTHON).exists()
    VENV.mkdir(exist_ok=True)
    UNFINISHED.touch()
    if exists:
        return
    say("[1/3] making .venv with Python {version}", version=dotted(sys.version_info[:3]))
    if logged([base_python(), "-m", "venv", "--without-pip", str(VENV)]):
        raise Stop(words("This Python cannot make an environment. Debian, Ubuntu: sudo apt-get install python3-venv"))


def is_sound() -> bool:
    """Tell whether the environment runs, here, on the Python that is asked for."""
    question = f"import sys; print(sys.version_info[:2] == {tuple(sys.version_info[:2])})"
    moved = remembered().get("place", str(ROOT)) != str(ROOT)  # the commands of a moved environment point to nowhere
    return not moved and answer([PYTHON, "-c", question]) == "True"


def install(holds: str) -> None:
    """Bring in what ``uv.lock`` names, by the best way that this machine has."""
    say("[2/3] looking for an installer")
    uv = find_uv() or fetch_uv()
    say("[3/3] installing what uv.lock names; the first time this takes some minutes")
    groups = [] if holds == "tools" else ["--no-dev"]
    if uv and not logged([*uv, "sync", "--locked", "--python", PYTHON, *groups]):
        return
    if uv and is_lock_stale():
        raise Stop(words("uv.lock does not fit pyproject.toml any more. Run: uv lock"))
    if uv:
        say("uv could not install from the lock file as it is; trying the configured package index")
        if install_exported(uv, groups):
            return
    elif install_with_pip(holds):
        return
    raise Stop(failure())


def is_lock_stale() -> bool:
    """Tell whether uv refused because the project was changed without its lock.

    With an index of its own uv says the same of every lock, because the lock names another index.
    """
    return "needs to be updated" in end_of_log() and not has_own_index()


def has_own_index() -> bool:
    """Tell whether uv was told to use another package index than the one that the lock was made with."""
    return any(name in os.environ for name in ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "UV_INDEX"))


def find_uv() -> List[str]:
    """Find a uv that reads this lock file: on PATH, fetched earlier, or installed in this Python."""
    found = shutil.which("uv")
    candidates = [[found]] if found else []
    candidates.append([str(TOOLS / "uv" / "bin" / ("uv.exe" if WINDOWS else "uv"))])
    if importlib.util.find_spec("uv"):
        candidates.append([sys.executable, "-m", "uv"])
    for candidate in candidates:
        version = re.match(r"uv (\d+)\.(\d+)", answer([*candidate, "--version"]))
        if version and (int(version.group(1)), int(version.group(2))) >= UV_OLDEST:
            return candidate
    return []


def fetch_uv() -> List[str]:
    """Fetch uv with any pip of this machine, into a folder of our own: no Python is changed by it."""
    pip = find_pip()
    if not pip:
        raise Stop(words(NO_INSTALLER))
    say("[2/3] fetching the installer uv {version} with pip", version=UV_VERSION)
    logged([*pip, *fetching("uv"), "uv==" + UV_VERSION])
    return find_uv()


def fetching(tool: str) -> List[str]:
    """Give pip's words for fetching a tool into a folder of its own; two in one would overwrite each other."""
    return ["install", "--quiet", "--no-user", "--upgrade", "--target", str(TOOLS / tool)]


def find_pip() -> List[str]:
    """Find any pip: of this Python, of another one on PATH, or the one that Python carries for new environments."""
    pythons = [base_python(), *filter(None, map(shutil.which, ("python3", *OTHER_PYTHONS)))]
    candidates = [[python, "-m", "pip"] for python in pythons]
    candidates += [[path] for path in filter(None, map(shutil.which, ("pip3", "pip")))]
    for candidate in candidates:
        if answer([*candidate, "--version"]).startswith("pip "):
            return candidate
    if importlib.util.find_spec("ensurepip") and not logged([PYTHON, "-m", "ensurepip"]):
        return [PYTHON, "-m", "pip"]
    return []


def install_exported(uv: List[str], groups: List[str]) -> bool:
    """Install the locked versions, hashes checked, from the index that pip or uv is configured for.

    A lock file names the index that it was made with; behind a mirror only the mirror can be reached.
    """
    listing = str(VENV / "locked.txt")
    told = ["--quiet", "--format", "requirements-txt", "--no-emit-project", "--output-file", listing]
    if logged([*uv, "export", "--frozen", *told, *groups]):
        return False
    pip = find_pip()
    into = pip_into_environment(pip) if pip and not has_own_index() else [*uv, "pip", "install", "--python", PYTHON]
    return not (logged([*into, "--require-hashes", "-r", listing]) or logged([*into, "--no-deps", "-e", str(ROOT)]))


def install_with_pip(holds: str) -> bool:
    """Install with pip alone, held to the versions of ``uv.lock``: for machines for which there is no uv."""
    say("uv is not to be had here; installing the locked versions with pip")
    import tomllib

    pip = find_pip()
    lock = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = project["dependency-groups"]["dev"] if holds == "tools" else []
    extras = "".join(name[len("supercargo") :] for name in wanted if name.startswith("supercargo["))
    others = [name for name in wanted if not name.startswith("supercargo[")]
    pins = VENV / "locked.txt"
    pins.write_text("\n".join(filter(None, map(pinned, lock["package"]))), encoding="utf-8")
    return not logged([*pip_into_environment(pip), "-c", str(pins), "-e", f"{ROOT}{extras}", *others])


def pinned(package: Dict[str, Any]) -> str:
    """Hold one package of the lock file to its version, there where that version is meant."""
    if "registry" not in package["source"]:
        return ""
    where = " or ".join(f"({marker})" for marker in package.get("resolution-markers", ()))
    return "{name}=={version}".format(**package) + (f" ; {where}" if where else "")


def pip_into_environment(pip: List[str]) -> List[str]:
    """Give the command with which a pip of any age installs into ``.venv``: a copy of it, run from there."""
    if pip[0] == PYTHON:
        return [*pip, "install"]
    logged([*pip, *fetching("pip"), "pip"])
    copy = str(TOOLS / "pip")
    run = f"import sys; sys.path.insert(0, {copy!r}); from pip._internal.cli.main import main; sys.exit(main())"
    return [PYTHON, "-c", run, "install"]


def failure() -> str:
    """Say that the installation failed, with the end of its log and the commonest remedy."""
    return "\n".join(
        (
            words("The packages could not be installed. The last lines of {log}:", log=LOG),
            end_of_log(),
            words(
                "If it says that a host cannot be reached: set your package index for pip (PIP_INDEX_URL or pip.conf)"
                " or for uv (UV_DEFAULT_INDEX) and run the same command again."
            ),
        )
    )


def end_of_log() -> str:
    """Give the last lines that the installers wrote, indented."""
    lines = LOG.read_text(encoding="utf-8", errors="replace").splitlines()
    return "\n".join("    " + line.rstrip() for line in lines[-15:] if line.strip())


# ── Pythons and programs ──────────────────────────────────────────────────────────────────────────


def newer_python() -> str:
    """Find a Python on PATH that is new enough."""
    question = f"import sys; print(sys.version_info[:2] >= {OLDEST_PYTHON})"
    for name in OTHER_PYTHONS:
        path = shutil.which(name)
        if path and answer([path, "-c", question]) == "True":
            return path
    raise Stop(
        words(
            "Python {oldest} or newer is needed; this one is {version} and no newer one was found on PATH."
            " Install one (for example python3.11) and run: python3.11 run.py",
            oldest=dotted(OLDEST_PYTHON),
            version=dotted(sys.version_info[:3]),
        )
    )


def base_python() -> str:
    """Give the Python behind this one: run.py may have been started by the environment that it remakes."""
    return str(getattr(sys, "_base_executable", None) or sys.executable)


def dotted(version: Tuple[int, ...]) -> str:
    """Write a version: 3.11."""
    return ".".join(str(part) for part in version)


def start(command: List[str]) -> int:
    """Run a command in the foreground, from the root, and give its exit code as a shell would."""
    environment = {name: value for name, value in os.environ.items() if name not in MISLEADING}
    code = subprocess.call(command, cwd=str(ROOT), env=environment)
    return 128 - code if code < 0 else code


def answer(command: List[str]) -> str:
    """Give what a command prints, or nothing if it cannot be run or fails."""
    try:
        return subprocess.check_output(
            command,
            stderr=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
            env=quiet_environment(),
            cwd=str(ROOT),
            universal_newlines=True,
            timeout=60,
        ).strip()
    except (OSError, subprocess.SubprocessError):
        return ""


def logged(command: List[str]) -> int:
    """Run a command of the set-up: its words go to the log, a sign of life to the screen."""
    with LOG.open("ab") as log:
        log.write(("\n$ " + " ".join(command) + "\n").encode("utf-8", "replace"))
        log.flush()
        began = time.time()
        try:
            process = subprocess.Popen(
                command,
                cwd=str(ROOT),
                env=quiet_environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=() if WINDOWS else INHERITED,
            )
        except OSError as error:
            log.write((str(error) + "\n").encode())
            return 127
        try:
            while process.poll() is None:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(timeout=SECONDS_BETWEEN_SIGNS_OF_LIFE)
                    break
                say("      still working, {seconds} s", seconds=round(time.time() - began))
        except BaseException:
            process.kill()
            process.wait()
            raise
        return int(process.returncode)


def quiet_environment() -> Dict[str, str]:
    """Give the installers an environment in which they stay in ``.venv`` and fetch no Python."""
    environment = {name: value for name, value in os.environ.items() if name not in MISLEADING}
    environment.update(
        UV_PROJECT_ENVIRONMENT=str(VENV),
        UV_PYTHON_DOWNLOADS="never",
        UV_NO_PROGRESS="1",
        PIP_DISABLE_PIP_VERSION_CHECK="1",
        PIP_NO_INPUT="1",
        PIP_PROGRESS_BAR="off",
        PYTHONIOENCODING="utf-8",
    )
    certificates = ssl.get_default_verify_paths()
    if certificates.cafile or certificates.capath:  # trust what this machine trusts, as pip does
        environment.setdefault("UV_SYSTEM_CERTS", "1")
        environment.setdefault("UV_NATIVE_TLS", "1")  # its older name
    if not home_is_writable():
        environment.setdefault("UV_CACHE_DIR", str(OWN_CACHE / "uv"))
        environment.setdefault("PIP_CACHE_DIR", str(OWN_CACHE / "pip"))
    return environment


@functools.lru_cache(maxsize=None)
def home_is_writable() -> bool:
    """Tell whether the installers can keep their cache where they usually do."""
    try:
        place = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
        place.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=str(place)).close()
    except (OSError, RuntimeError):
        return False
    return True


# ── words ─────────────────────────────────────────────────────────────────────────────────────────


def language() -> str:
    """Choose the language: --lang first, then the shell's, else English."""
    spoken = " ".join(sys.argv[1:])
    asked = re.search(r"--lang[ =](\w+)", spoken)
    settings = [os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    chosen = asked.group(1) if asked else next((setting for setting in settings if setting), "")
    return "zh" if chosen.lower().startswith("zh") else "en"


def words(text: str, **values: object) -> str:
    """Say a sentence in the chosen language: the English text is the key."""
    return (ZH[text] if language() == "zh" else text).format(**values)


def say(text: str, to: Optional[IO[str]] = None, **values: object) -> None:
    """Tell the person at the screen, on the side that does not mix with results."""
    print(words(text, **values), file=to or sys.stderr, flush=True)


def speak_any_language() -> None:
    """Let a terminal that cannot show Chinese print question marks rather than fail."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError):
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]


if __name__ == "__main__":
    speak_any_language()
    try:
        sys.exit(main(sys.argv[1:]))
    except Stop as stop:
        print(stop, file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        say("Stopped. The next run starts the set-up afresh." if UNFINISHED.exists() else "Stopped.")
        sys.exit(130)
