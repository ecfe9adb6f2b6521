"""The console of a show, and the parts of it that are read again and again."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from svoi.db.transaction import one_moment
from svoi.studio.console_words import console_words
from svoi.studio.control.parts import control_parts
from svoi.studio.doors import may_run, member_of, role_in, show_kept_by, signed_in
from svoi.studio.gifts import gift_parts
from svoi.studio.parts import (
    air_parts,
    flash_parts,
    key_parts,
    muted_parts,
    policy_parts,
    signal_parts,
    strip_parts,
    tray_parts,
)
from svoi.studio.talk import talk_of


@signed_in
@never_cache
@require_safe
def console(request: HttpRequest, show_id: int) -> HttpResponse:
    """Everything at hand while a show runs. Media is asked a moment later, so the page never waits for it."""
    at = timezone.now()
    with transaction.atomic():
        one_moment()
        show = show_kept_by(request, show_id)
        runs = may_run(request, show)
        shown = {
            **tray_parts(show, runs=runs),
            **strip_parts(show, at=at),
            **policy_parts(show),
            **muted_parts(show, at=at),
            **(key_parts(request, show) if runs else {}),
            **air_parts(show, runs=runs),
            **gift_parts(show, member_of(request)),
            **flash_parts(show, runs=runs, at=at),
            **control_parts(request, show, at=at),
            "talk": talk_of(show),
            "my_role": role_in(request, show),
            "words": console_words(),
        }
    return render(request, "studio/shows/console.html", shown)


@signed_in
@never_cache
@require_safe
def strip(request: HttpRequest, show_id: int) -> HttpResponse:
    """The figures, read again every few seconds."""
    show = show_kept_by(request, show_id)
    parts = {**strip_parts(show, at=timezone.now()), "stage": show.stage()}
    return render(request, "studio/shows/_strip.html", parts)


@signed_in
@never_cache
@require_safe
def signal(request: HttpRequest, show_id: int) -> HttpResponse:
    """Health of the incoming signal, and why the last publisher was turned away."""
    show = show_kept_by(request, show_id)
    parts = signal_parts(show, runs=may_run(request, show), at=timezone.now())
    return render(request, "studio/shows/_signal.html", parts)
