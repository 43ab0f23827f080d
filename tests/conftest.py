"""How the suite runs, and a book for every test, on both databases.

The fast part asks few examples of every property; the slow part asks ``thorough`` of them again (run.py says how).

Django's settings stand once for a process: they are the page's, with the book in them, and each test points the one
connection at a database of its own. It is a copy of an empty one made once (a file; on the server ``CREATE DATABASE ...
TEMPLATE``), so nothing has to be emptied, which the guards of the audit would rightly refuse.
"""

from __future__ import annotations

import itertools
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as examples

if sys.dont_write_bytecode:  # nothing compiled is wanted beside the sources; without it at all every command of ours compiles Django anew
    sys.dont_write_bytecode = False
    sys.pycache_prefix = str(Path(sys.prefix) / "bytecode")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix  # for the processes that tests start

UNTIMED = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
examples.register_profile("fast", max_examples=10, derandomize=True, database=None, **UNTIMED)
examples.register_profile("thorough", parent=examples.get_profile("fast"), max_examples=100)
examples.load_profile("fast")  # `--hypothesis-profile thorough` comes after it

SERVER = "postgres"
_numbers = itertools.count(1)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Give each process a run of neighbouring tests, so that what a module shares is made once."""
    from xdist.scheduler import WorkStealingScheduling  # noqa: PLC0415 - only where tests run side by side

    return WorkStealingScheduling(config, log) if config.getvalue("dist") == "load" else None


def set_django_up():
    """Let this process have the settings of the page, with the book in them: tests of both run in one process."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "supercargo.web.settings")
    import django  # noqa: PLC0415 - only tests that open a book need Django
    from django.apps import apps  # noqa: PLC0415
    from django.conf import settings  # noqa: PLC0415

    django.setup()
    if not apps.is_installed("supercargo.book"):
        apps.set_installed_apps([*settings.INSTALLED_APPS, "supercargo.book"])


def new_place(*arguments, **options):
    from supercargo.book.place import Place  # noqa: PLC0415 - see above

    set_django_up()
    return Place.create(*arguments, **options)


def binaries():
    return sorted(Path("/usr/lib/postgresql").glob("*/bin")) if Path("/usr/lib/postgresql").is_dir() else []


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Server:
    """PostgreSQL from Debian's package, on the loopback address, in a folder that goes away."""

    def __init__(self, folder):
        self.bin, self.folder, self.port = binaries()[-1], folder, free_port()
        self.user = ["runuser", "-u", SERVER, "--"] if os.geteuid() == 0 else []
        if self.user:
            shutil.chown(folder, SERVER)

    def call(self, program, *arguments):
        done = subprocess.run(
            [*self.user, str(self.bin / program), *arguments], capture_output=True, text=True, cwd=self.folder, check=False, timeout=120,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    def start(self):
        self.call("initdb", "-D", f"{self.folder}/db", "-U", "keeper", "--auth=trust", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8")
        options = f"-c listen_addresses=127.0.0.1 -c port={self.port} -c fsync=off -c unix_socket_directories={self.folder}"
        self.call("pg_ctl", "-D", f"{self.folder}/db", "-o", options, "-l", f"{self.folder}/log", "-w", "start")

    def stop(self):
        self.call("pg_ctl", "-D", f"{self.folder}/db", "-m", "immediate", "-w", "stop")

    def sql(self, statement):
        return self.call("psql", "-h", "127.0.0.1", "-p", str(self.port), "-U", "keeper", "-d", "postgres", "-c", statement)

    def url(self, name):
        return f"postgresql://keeper:hush-hush@127.0.0.1:{self.port}/{name}"


@pytest.fixture(scope="session")
def server():
    if not binaries():
        pytest.skip("PostgreSQL is not installed here: the tests on it are left out")
    folder = Path(tempfile.mkdtemp(prefix="supercargo-pg-"))
    folder.chmod(0o700)
    one = Server(folder)
    try:
        one.start()
    except (AssertionError, OSError, subprocess.TimeoutExpired) as fault:
        shutil.rmtree(folder, ignore_errors=True)
        pytest.skip(f"PostgreSQL does not start here: {fault}")
    yield one
    disconnect()
    one.stop()
    shutil.rmtree(folder, ignore_errors=True)


def disconnect():
    from django.db import connections  # noqa: PLC0415 - see above

    if "default" in connections.settings:
        connections["default"].close()


@pytest.fixture(scope="session")
def template_file(tmp_path_factory, django_db_blocker):
    place = new_place(tmp_path_factory.mktemp("template") / "book", home="CN", base_currency="CNY")
    with django_db_blocker.unblock():  # pytest-django guards the settings' own database; this is the test's
        place.open()
        disconnect()
    return place.folder / place.database


@pytest.fixture(scope="session")
def template_database(server, tmp_path_factory, django_db_blocker):
    server.sql("CREATE DATABASE template")
    place = new_place(tmp_path_factory.mktemp("template") / "book", home="CN", base_currency="CNY", database=server.url("template"))
    with django_db_blocker.unblock():  # pytest-django guards the settings' own database; this is the test's
        place.open()
        disconnect()
    return "template"


def on_sqlite(folder, template):
    place = new_place(folder, home="CN", base_currency="CNY")
    shutil.copy(template, place.folder / place.database)
    return place


def on_postgresql(folder, server):
    name = f"book{next(_numbers)}"
    server.sql(f"CREATE DATABASE {name} TEMPLATE template")
    return new_place(folder, home="CN", base_currency="CNY", database=server.url(name))


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def book(request, tmp_path, django_db_blocker):
    """An open, empty book."""
    if request.param == "sqlite":
        place = on_sqlite(tmp_path / "book", request.getfixturevalue("template_file"))
    else:
        request.getfixturevalue("template_database")
        place = on_postgresql(tmp_path / "book", request.getfixturevalue("server"))
    with django_db_blocker.unblock():
        place.open()
        yield place
        disconnect()
