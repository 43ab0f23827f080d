"""The demonstration keeps a book: Django stands before its tests."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "supercargo.web.settings")
django.setup()
