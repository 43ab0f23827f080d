"""The map of the site."""

from __future__ import annotations

from django.urls import path
from django.views.i18n import set_language

from supercargo.web import calculator, facts, frame, matrix, refusals

urlpatterns = [
    path("", calculator.calculator, name="calculator"),
    path("matrix/", matrix.matrix, name="matrix"),
    path("matrix/cell/", matrix.cell, name="matrix-cell"),
    path("law/", facts.index, name="law"),
    path("law/<path:key>/", facts.entry, name="law-entry"),
    path("sources/", facts.source_list, name="law-sources"),
    path("sources/<str:key>/", facts.source, name="law-source"),
    path("words/", facts.words, name="law-words"),
    path("language/", set_language, name="language"),
    path("theme/", frame.set_theme, name="theme"),
]

handler400 = refusals.bad_request
handler404 = refusals.not_found
handler500 = refusals.broken
