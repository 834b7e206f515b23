# SPDX-License-Identifier: GPL-3.0-or-later
"""The file of `Add to calendar`, read by another library than the one that wrote it. EHCP_BUILD comes from
meson."""
import datetime
import os
import pathlib
import subprocess

from icalendar import Calendar

PROGRAM = pathlib.Path(os.environ["EHCP_BUILD"]) / "tests" / "make-calendar"
DAY = datetime.timedelta(days=1)


def make(child, *changes, today="2026-11-24", now="2026-11-24T10:00:00Z"):
    text = subprocess.run([PROGRAM, child, today, now, *changes], capture_output=True, check=True).stdout
    return text, {str(event["uid"]): event for event in Calendar.from_ical(text).walk("VEVENT")}


def find(events, title):
    return next(event for event in events.values() if str(event["summary"]).startswith(title))


def test_is_a_calendar():
    text, events = make("isla")
    calendar = Calendar.from_ical(text)
    assert calendar["version"] == "2.0" and calendar["prodid"] and calendar["method"] == "PUBLISH"
    assert len(events) == 5
    assert text.endswith(b"\r\n") and max(map(len, text.split(b"\r\n"))) <= 75


def test_days():
    event = find(make("isla")[1], "Final plan")
    assert event["dtstart"].dt == datetime.date(2027, 1, 25)
    assert event["dtend"].dt == datetime.date(2027, 1, 26)
    assert event["transp"] == "TRANSPARENT" and event["status"] == "CONFIRMED"
    assert event["dtstamp"].dt == datetime.datetime(2026, 11, 24, 10, tzinfo=datetime.timezone.utc)
    assert event["last-modified"].dt == event["dtstamp"].dt
    assert "reg 13(2)" in event["description"] and "Ombudsman" in event["description"]


def test_alarms():
    events = make("isla")[1]
    alarms = find(events, "Final plan").walk("VALARM")
    assert sorted(alarm["trigger"].dt for alarm in alarms) == [-7 * DAY, -DAY]
    assert all(alarm["action"] == "DISPLAY" and alarm["description"] for alarm in alarms)
    assert find(events, "Decision: will we assess?").walk("VALARM") == []
    assert str(find(events, "Decision: will we assess?")["summary"]).endswith(", done")


def test_a_late_one_has_no_alarm():
    event = find(make("theo")[1], "Final plan")
    assert event["dtstart"].dt == datetime.date(2026, 11, 2) and event.walk("VALARM") == []


def test_no_names():
    for child in ("isla", "theo"):
        text = make(child)[0].replace(b"\r\n ", b"").decode()
        for name in ("Isla", "Theo", "Marlow", "Priya", "Daniel", "Psychologist", "psychologist"):
            assert name not in text
        assert "(WY-2026-" in text


def test_updates_and_never_doubles():
    before = make("isla")[1]
    after = make("isla", "final-plan", "due", "2027-02-01", "final-plan", "seq", "900", today="2026-11-25",
                 now="2026-11-25T09:00:00Z")[1]
    assert set(before) == set(after)
    old, new = find(before, "Final plan"), find(after, "Final plan")
    assert old["uid"] == new["uid"] and "@" in old["uid"]
    assert new["sequence"] == 900 > old["sequence"]
    assert new["dtstart"].dt == datetime.date(2027, 2, 1)
    assert new["last-modified"].dt - old["last-modified"].dt == 23 * datetime.timedelta(hours=1)
    unchanged = find(after, "Decision: will there be a plan?")
    assert unchanged["sequence"] == find(before, "Decision: will there be a plan?")["sequence"]


def test_what_does_not_apply_any_more_is_cancelled():
    before = make("isla")[1]
    after = make("isla", "final-plan", "state", "lapsed", "final-plan", "seq", "900")[1]
    event = after[str(find(before, "Final plan")["uid"])]
    assert event["status"] == "CANCELLED" and event["sequence"] == 900 and event.walk("VALARM") == []
