"""The command line as a person runs it: a process of its own, its two streams, its exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass

import pytest

from supercargo.cli.main import main


@dataclass(frozen=True)
class Run:
    code: int
    out: str
    err: str

    @property
    def document(self):
        return json.loads(self.out)

    @property
    def codes(self):
        return [finding["code"] for finding in self.document["findings"]]


@pytest.fixture
def environment(tmp_path):
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "SUPERCARGO_"))}
    return {**kept, "SUPERCARGO_HOME": str(tmp_path / "home"), "LANG": "C.UTF-8", "PYTHONIOENCODING": "utf-8", "COLUMNS": "100"}


@pytest.fixture
def inside(environment, tmp_path, monkeypatch, capfd):
    """The same command in the process of the tests, without the second that a new process takes to read the program."""

    def call(*arguments, **extra):
        with monkeypatch.context() as patched:
            patched.chdir(tmp_path)
            for name in os.environ.keys() - environment.keys():
                patched.delenv(name)
            for name, value in {**environment, **extra}.items():
                patched.setenv(name, value)
            capfd.readouterr()
            try:
                code = main(list(map(str, arguments)))
            except SystemExit as end:
                code = end.code
            return Run(code, *capfd.readouterr())

    return call


@pytest.fixture
def run(process):
    return process


@pytest.fixture
def process(environment, tmp_path):
    def call(*arguments, **extra):
        done = subprocess.run(
            [sys.executable, "-m", "supercargo", *map(str, arguments)],
            capture_output=True, cwd=tmp_path, env={**environment, **extra}, timeout=300, check=False,
        )  # fmt: skip
        return Run(done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace"))

    return call
