"""The book's own tests: Django stands before a module of them is read, and records are made by hand."""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path

import pytest

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "supercargo.web.settings")

import django
from django.apps import apps
from django.conf import settings

django.setup()
if not apps.is_installed("supercargo.book"):
    apps.set_installed_apps([*settings.INSTALLED_APPS, "supercargo.book"])


@pytest.fixture(scope="session")
def made():
    """Records made by hand."""
    spec = importlib.util.spec_from_file_location("tables_made_by_hand", Path(__file__).with_name("tables.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
