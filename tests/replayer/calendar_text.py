"""Dates and instants as the journal writes them."""

import datetime

EPOCH = datetime.datetime(1970, 1, 1)


def instant(text):
    """Milliseconds since 1970 of "2026-08-01T12:00:00.123Z"; ValueError where it is not that form."""
    when = datetime.datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ")
    ms = round((when - EPOCH) / datetime.timedelta(milliseconds=1))
    if len(text) != 24 or instant_text(ms) != text:
        raise ValueError(f"{text!r} is no instant")
    return ms


def instant_text(ms):
    when = EPOCH + datetime.timedelta(milliseconds=ms)
    return when.strftime("%Y-%m-%dT%H:%M:%S.") + f"{ms % 1000:03d}Z"


def day_text(ms):
    """The UTC date of an instant; dates in this form compare as text."""
    return instant_text(ms)[:10]


def plus_days(day, days):
    return str(datetime.date.fromisoformat(day) + datetime.timedelta(days=days))
