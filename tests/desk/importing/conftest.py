"""Books for imports from files: Django stands before a module of them is read."""

from __future__ import annotations

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "supercargo.web.settings")

import django
from django.apps import apps
from django.conf import settings

django.setup()
if not apps.is_installed("supercargo.book"):
    apps.set_installed_apps([*settings.INSTALLED_APPS, "supercargo.book"])
