"""What a person is told while a job reads: how far it is, how fast, and how long that takes yet. Pure."""

from __future__ import annotations

from compare.wording.explain import plural
from compare.wording.words import number

_SOON = 1.0
"""Seconds before which a rate says nothing."""


def gone_by(steps: int, size: int, total: int, seconds: float) -> str:
    """Documents and bytes that have gone by in so many seconds, and what is left; what is not known is 0.

    >>> gone_by(45_000, 60_000_000, 240_000_000, 2)
    '45,000 documents · 22,500 a second · 30 MB/s · 0:06 left'
    >>> gone_by(45_000, 0, 0, 2), gone_by(1, 0, 0, 0.1)
    ('45,000 documents · 22,500 a second', '1 document')
    """
    parts = [plural(steps, "document")]
    if seconds >= _SOON:
        parts.append(f"{number(round(steps / seconds))} a second")
        parts += [f"{number(round(size / seconds / 1e6))} MB/s"] * bool(size)
        if 0 < size < total:
            parts.append(f"{clock(seconds * (total - size) / size)} left")
    return " · ".join(parts)


def clock(seconds: float) -> str:
    """Seconds as a clock has them.

    >>> clock(6.4), clock(3725)
    ('0:06', '1:02:05')
    """
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
