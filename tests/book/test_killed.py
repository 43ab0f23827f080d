"""An import that is killed leaves nothing behind and can be repeated."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from supercargo.book import reading, saving, verifying
from supercargo.book.models import AuditEntry, Channel, Document, ImportRun, OrderLine

PROGRAM = """
import importlib.util, os, signal, sys
from pathlib import Path
from supercargo.book.place import Place
place = Place.find(Path(sys.argv[1]))
place.open()
spec = importlib.util.spec_from_file_location("made", sys.argv[2])
made = importlib.util.module_from_spec(spec)
spec.loader.exec_module(made)
from supercargo.book import saving, audit, deriving
die = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)
if sys.argv[3] == "after the rows":
    saving.deriving.derive = die
elif sys.argv[3] == "before the commit":
    saving.audit.record = die
else:
    report = die
lines = made.order_lines(*[(f"1-{n}", "TEE", 1, n) for n in range(50_000)])
saving.save(place, made.document(), {"order_line": lines}, made.outcome_of(lines),
            report=die if sys.argv[3] == "among the rows" else None)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system cannot kill a process so")
@pytest.mark.parametrize(
    "moment",
    [pytest.param("among the rows", marks=pytest.mark.slow), pytest.param("after the rows", marks=pytest.mark.slow), "before the commit"],
)
def test_a_killed_import_leaves_nothing_and_can_be_repeated(book, made, moment):
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(book.folder), str(Path(__file__).with_name("tables.py")), moment],
        env=environment, capture_output=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()
    assert [noun.objects.count() for noun in (Document, ImportRun, OrderLine, Channel, AuditEntry)] == [0, 0, 0, 0, 0]
    assert not [path for path in (book.folder / "files").rglob("*") if path.is_file()]
    lines = made.order_lines(("1-1", "TEE", 1, 5))
    assert saving.save(book, made.document(), {"order_line": lines}, made.outcome_of(lines)).records == 1
    assert reading.frame("order_line").height == 1
    assert verifying.verify(book).findings == []
