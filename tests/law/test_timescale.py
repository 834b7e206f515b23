# SPDX-License-Identifier: GPL-3.0-or-later
"""The law through the command line: `ehcp-council timescale`, held against days that are computed here by
other means. EHCP_BUILD and EHCP_SOURCE come from meson."""
import calendar
import csv
import datetime
import json
import os
import pathlib
import random
import re
import subprocess

import pytest

BUILD, SOURCE = pathlib.Path(os.environ["EHCP_BUILD"]), pathlib.Path(os.environ["EHCP_SOURCE"])
PROGRAM = str(BUILD / "src" / "council" / "ehcp-council")
ONE = datetime.timedelta(days=1)
D = datetime.date.fromisoformat


def run(text, **env):
    return subprocess.run([PROGRAM, "timescale"], input=text, capture_output=True, text=True, timeout=30,
                          env={**os.environ, **env})


def ask(facts, today, **more):
    question = {"today": str(today), "facts": facts, **more}
    done = run(json.dumps(question, default=str))
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return json.loads(done.stdout)


def find(answer, rule, trigger_date=None):
    name, _, part = rule.partition("/")
    found = [d for d in answer["deadlines"] if d["rule"] == name and d.get("part", "") == part
             and trigger_date in (None, d["trigger_date"])]
    assert found, f"no deadline {rule}"
    return found[0]


def codes(answer):
    return [w["code"] for w in answer["warnings"]]


# Counting, anew

def weeks(day, n):
    return day + datetime.timedelta(weeks=n)


def days(day, n):
    return day + datetime.timedelta(days=n)


def months(day, n):
    index = day.year * 12 + day.month - 1 + n
    year, month = index // 12, index % 12 + 1
    return datetime.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def months_beginning_with(day, n):
    """The last day of the period: the day before the corresponding date, or the month's end without one."""
    end = months(day, n)
    return end - ONE if end.day == day.day else end


def easter(year):
    a, b, c = year % 19, year // 100, year % 100
    d, e, f = b // 4, b % 4, (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return datetime.date(year, month, day + 1)


def monday(year, month, last=False):
    found = [day for day in calendar.Calendar().itermonthdates(year, month)
             if day.month == month and day.weekday() == 0]
    return found[-1 if last else 0]


MOVED = {2020: {"may": D("2020-05-08")}, 2022: {"spring": D("2022-06-02")}}
EXTRA = {D("2022-06-03"), D("2022-09-19"), D("2023-05-08")}


def bank_holidays(year):
    """England's, by the rules that make them and the proclamations that changed them."""
    found = {easter(year) - 2 * ONE, easter(year) + ONE, monday(year, 8, last=True),
             MOVED.get(year, {}).get("may", monday(year, 5)),
             MOVED.get(year, {}).get("spring", monday(year, 5, last=True))}
    for day in (datetime.date(year, 1, 1), datetime.date(year, 12, 25), datetime.date(year, 12, 26)):
        while day.weekday() > 4 or day in found:
            day += ONE
        found.add(day)
    return found | {day for day in EXTRA if day.year == year}


def is_working(day):
    return day.weekday() < 5 and day not in bank_holidays(day.year)


def working(day, n, beginning_with=False):
    if not beginning_with:
        day += ONE
    while True:
        n -= is_working(day)
        if n == 0:
            return day
        day += ONE


def roll(day):
    """HESC Rules, rule 12."""
    if (day.month, day.day) >= (12, 25):
        day = datetime.date(day.year + 1, 1, 2)
    elif (day.month, day.day) == (1, 1):
        day += ONE
    elif day.month == 8:
        day = datetime.date(day.year, 9, 1)
    while not is_working(day):
        day += ONE
    return day


def leaving_day(birth):
    year = birth.year + (17 if birth.month >= 9 else 16)
    day = datetime.date(year, 6, 30)
    return day - datetime.timedelta(days=(day.weekday() - 4) % 7)


# Every rule: what sets it off, what fulfils it, and how its last day is computed here

COUNCIL = {"school-closed", "early-years-closed", "personal", "absence"}
ADVISER = {"personal", "absence", "appointment"}


class Rule:
    def __init__(self, trigger, done, last, grounds=(), **more):
        self.trigger, self.done, self.last, self.grounds = trigger, done, last, set(grounds)
        self.value = more.get("value")
        self.done_value = more.get("done_value", self.value if more.get("by_member") else None)
        self.others = more.get("others", lambda day: [])

    def facts(self, day):
        fact = {"event": self.trigger, "date": str(day)}
        return [fact | ({"value": self.value} if self.value else {})] + self.others(day)

    def done_fact(self, day):
        return {"event": self.done, "date": str(day)} | ({"value": self.done_value} if self.done_value else {})


def order(kind, done, n, **more):
    return Rule("order", done, lambda d: weeks(d, n), COUNCIL, value=kind, **more)


RULES = {
    "assess-decision": Rule("request-received", "assess-decided", lambda d: weeks(d, 6), COUNCIL, done_value="yes"),
    "advice": Rule("advice-asked", "advice-received", lambda d: weeks(d, 6), ADVISER, value="School", by_member=True),
    "draft-practice": Rule("request-received", "draft-served", lambda d: weeks(d, 14)),
    "no-plan-decision": Rule("request-received", "no-plan-notified", lambda d: weeks(d, 16), COUNCIL),
    "draft-comments": Rule("draft-served", "draft-comments-received", lambda d: days(d, 14)),
    "school-answer": Rule("school-consulted", "school-answered", lambda d: days(d, 15), value="Wyre Hill", by_member=True),
    "final-plan": Rule("became-responsible", "final-issued", lambda d: weeks(d, 20), COUNCIL),
    "review-year": Rule("plan-made", "review-decided", lambda d: months_beginning_with(d, 12)),
    "review-under-5": Rule("plan-made", "review-considered", lambda d: months(d, 6),
                           others=lambda d: [{"event": "birth", "date": str(months(d, -48))}]),
    "review-notice": Rule("review-meeting", "review-invited", lambda d: weeks(d, -2)),
    "review-report": Rule("review-meeting", "review-report-sent", lambda d: weeks(d, 2)),
    "review-decision": Rule("review-meeting", "review-decided", lambda d: weeks(d, 4)),
    "amend-comments": Rule("amendment-served", "amend-comments-received", lambda d: days(d, 14)),
    "amended-final": Rule("amendment-notice", "amended-final-issued", lambda d: weeks(d, 8)),
    "phase-transfer": Rule("transfer-year", "amended-final-issued", lambda d: datetime.date(d.year, 2, 14),
                           value="primary-to-secondary"),
    "post16-move": Rule("move", "amended-final-issued", lambda d: months(d, -5)),
    "reassess-decision": Rule("reassessment-asked", "reassess-decided", lambda d: days(d, 15), done_value="yes"),
    "reassess-final": Rule("reassessment-notified", "final-issued", lambda d: weeks(d, 14), COUNCIL),
    "transfer-plan": Rule("old-council-knew", "plan-transferred", lambda d: working(d, 15, True)),
    "transfer-tell": Rule("plan-transferred", "transfer-told", lambda d: weeks(d, 6)),
    "transfer-review": Rule("plan-transferred", "transfer-reviewed", lambda d: months_beginning_with(d, 3)),
    "mediation-contact": Rule("decision-sent", "mediation-asked", lambda d: months(d, 2)),
    "mediation-certificate": Rule("mediation-ended", "certificate", lambda d: working(d, 3)),
    "mediation-meeting": Rule("mediation-asked", "mediation-held", lambda d: days(d, 30)),
    "appeal": Rule("decision-sent", "appeal-sent", lambda d: roll(months(d, 2))),
    "tribunal-answer": Rule("appeal-sent", "appeal-answered", lambda d: working(d, 30)),
    "order-assess/notify": order("assess", "assess-decided", 2, done_value="yes"),
    "order-assess/no-plan": order("assess", "no-plan-notified", 10),
    "order-assess/final": order("assess", "final-issued", 14),
    "order-make-plan/draft": order("make-plan", "draft-served", 5),
    "order-make-plan/final": order("make-plan", "final-issued", 11),
    "order-amend": order("amend", "amended-final-issued", 5),
    "order-school": order("school", "amended-final-issued", 2),
    "young-person": Rule("birth", None, leaving_day),
}

# A plain one; Easter; Christmas; a leap day; ends of months; both changes of the clock; August.
DAYS = [D(text) for text in ("2026-09-07", "2027-01-11", "2026-12-21", "2028-02-29", "2026-08-31", "2027-11-30",
                             "2026-03-28", "2026-10-24", "2026-06-12", "2025-12-31", "2022-05-20")]


def test_every_rule_is_here():
    names = json.loads(subprocess.run([PROGRAM, "timescale", "--names"], capture_output=True, text=True,
                                      check=True).stdout)
    assert set(RULES) == set(names["rules"])
    assert COUNCIL | ADVISER == set(names["grounds"])


def test_bank_holidays():
    with open(SOURCE / "data" / "bank-holidays.csv", encoding="utf-8") as file:
        listed = {D(match.group(0)) for match in re.finditer(r"^\d{4}-\d\d-\d\d", file.read(), re.M)}
    assert listed == {day for year in {d.year for d in listed} for day in bank_holidays(year)}
    assert {d.year for d in listed} >= set(range(2014, 2031))


VECTORS = [row for row in csv.reader(open(SOURCE / "tests" / "golden" / "law-vectors.csv", encoding="utf-8"))
           if row and not row[0].startswith("#")]


@pytest.mark.parametrize("row", VECTORS, ids=[row[0] for row in VECTORS])
def test_vector(row):
    rule, facts, due = row[1], row[2], row[3]
    written = [dict(zip(("event", "date"), fact.split("=", 1))) for fact in facts.split(";")]
    answer = ask(written, "2026-09-15")
    assert find(answer, rule)["due"] == due
    note = row[4] if len(row) > 4 else ""
    if "exempt" in note:
        assert find(answer, rule)["exemption"]["may_be_claimed"] is ("may be claimed" in note)


@pytest.mark.parametrize("name", RULES)
def test_plain(name):
    rule = RULES[name]
    for day in DAYS:
        due = find(ask(rule.facts(day), day), name)
        assert D(due["due"]) == rule.last(day), day
        assert due["trigger_date"] == str(day) and due["trigger"] == rule.trigger
        assert due["source"] and str(rule.last(day).year) in due["explanation"]


@pytest.mark.parametrize("name", RULES)
def test_boundary(name):
    rule, day = RULES[name], D("2026-11-02")
    last = rule.last(day)
    on = find(ask(rule.facts(day), last), name)
    after = find(ask(rule.facts(day), last + ONE), name)
    before = find(ask(rule.facts(day), last - ONE), name)
    assert (before["state"], before["days_left"], before["days_late"]) == ("due", 1, 0)
    if rule.done is None:
        assert (on["state"], on["met_on"]) == ("met", str(last))
        return
    assert (on["state"], on["days_left"], on["days_late"]) == ("due", 0, 0)
    assert (after["state"], after["days_left"], after["days_late"]) == ("late", 0, 1)
    met = find(ask(rule.facts(day) + [rule.done_fact(last)], last + 40 * ONE), name)
    late = find(ask(rule.facts(day) + [rule.done_fact(last + ONE)], last + 40 * ONE), name)
    assert (met["state"], met["met_on"], met["days_late"]) == ("met", str(last), 0)
    assert (late["state"], late["met_on"], late["days_late"]) == ("late", str(last + ONE), 1)


def grounds_of(name):
    rule, day = RULES[name], D("2026-05-04")
    length = (rule.last(day) - day).days
    for ground in sorted(rule.grounds):
        if ground == "absence" and length < 28:
            continue  # no four weeks lie within two
        yield ground


EXEMPT = [(name, ground) for name in RULES for ground in grounds_of(name)]


def claim(name, ground, date, until=None, **more):
    rule, _, part = name.partition("/")
    fact = {"event": "exemption", "rule": rule, "ground": ground, "date": str(date), "reason": "It was so.", **more}
    return fact | ({"part": part} if part else {}) | ({"until": str(until)} if until else {})


@pytest.mark.parametrize("name,ground", EXEMPT)
def test_exempt(name, ground):
    rule, day = RULES[name], D("2026-05-04")
    last, closed = rule.last(day), day + 7 * ONE
    asked = [{"event": "head-asked", "date": str(day)}]
    good = {"absence": (day, day + 27 * ONE), "personal": (last, None), "appointment": (day + ONE, None)}
    bad = {"absence": (day, day + 26 * ONE), "personal": (last + ONE, None), "appointment": (day - ONE, None)}
    first, until = good.get(ground, (closed, closed + 28 * ONE))
    for today, left in ((last, 0), (last + 30 * ONE, 0), (last - 5 * ONE, 5)):
        answer = ask(rule.facts(day) + asked + [claim(name, ground, first, until)], today)
        due = find(answer, name)
        assert (due["due"], due["state"]) == (str(last), "excused")
        assert (due["days_left"], due["days_late"]) == (left, 0)
        assert (due["ground"], due["ground_from"], due["reason"]) == (ground, str(first), "It was so.")
        assert "exemption-does-not-apply" not in codes(answer)
    first, until = bad.get(ground, (closed, closed + 27 * ONE))
    answer = ask(rule.facts(day) + asked + [claim(name, ground, first, until)], last + ONE)
    assert (find(answer, name)["state"], find(answer, name)["due"]) == ("late", str(last))
    assert "exemption-does-not-apply" in codes(answer)


@pytest.mark.parametrize("name", [name for name in RULES if not RULES[name].grounds])
def test_no_exemption(name):
    rule, day = RULES[name], D("2026-05-04")
    last = rule.last(day)
    for ground in (None, "personal", "school-closed"):
        fact = {"event": "exemption", "value": name + (f" {ground}" if ground else ""), "date": str(day)}
        answer = ask(rule.facts(day) + [fact], last)
        assert find(answer, name)["state"] in ("due", "met")
        warning = next(w for w in answer["warnings"] if w["code"] == "exemption-does-not-apply")
        assert warning["refused"] and "no exemption" in warning["words"]


@pytest.mark.parametrize("asked,applies", [("2026-07-14", False), ("2026-07-15", True), ("2026-08-26", True),
                                           ("2026-08-27", False), (None, False)])
def test_window_of_the_question(asked, applies):
    facts = [{"event": "request-received", "date": "2026-06-15"},
             {"event": "closure", "date": "2026-07-22", "until": "2026-09-02"}]
    facts += [{"event": "head-asked", "date": asked}] if asked else []
    due = find(ask(facts, "2026-10-01"), "final-plan")
    assert due["exemption"]["may_be_claimed"] is applies
    excused = ask(facts + [{"event": "exemption", "rule": "final-plan", "ground": "school-closed"}], "2026-12-01")
    assert find(excused, "final-plan")["state"] == ("excused" if applies else "late")
    assert find(excused, "assess-decision")["state"] == "late"
    assert find(excused, "final-plan")["due"] == "2026-11-02"


def test_advice_is_not_excused_by_a_closure():
    facts = [{"event": "advice-asked", "date": "2026-07-20", "about": "School"},
             {"event": "head-asked", "date": "2026-07-20"}, {"event": "closure", "closure": ["2026-07-22", "2026-09-02"]},
             {"event": "exemption", "rule": "advice", "about": "School", "ground": "school-closed"}]
    answer = ask(facts, "2026-12-01")
    assert find(answer, "advice")["state"] == "late"
    assert "exemption-does-not-apply" in codes(answer)


# More than one fact takes part

def test_second_limits():
    meeting = {"event": "review-meeting", "date": "2027-01-18"}
    for notice in ("2027-02-08", "2027-02-15", "2027-02-16", "2027-03-01"):
        due = find(ask([meeting, {"event": "amendment-notice", "date": notice}], notice), "amended-final")
        assert D(due["due"]) == min(weeks(D(notice), 8), weeks(D("2027-01-18"), 12))
    for certificate in ("2026-06-20", "2026-08-12", "2026-08-20", "2026-11-27"):
        facts = [{"event": "decision-sent", "date": "2026-06-12"}, {"event": "certificate", "date": certificate}]
        due = find(ask(facts, certificate), "appeal")
        assert D(due["due"]) == roll(max(months(D("2026-06-12"), 2), months(D(certificate), 1)))
    for moved in ("2026-12-10", "2027-01-13", "2027-02-01"):
        facts = [{"event": "old-council-knew", "date": "2026-12-21"}, {"event": "moved", "date": moved}]
        assert D(find(ask(facts, moved), "transfer-plan")["due"]) == max(working(D("2026-12-21"), 15, True), D(moved))
    for made in ("2026-03-09", "2025-06-01"):
        facts = [{"event": "plan-transferred", "date": "2026-05-11"}, {"event": "plan-made", "date": made}]
        assert D(find(ask(facts, "2026-05-12"), "transfer-review")["due"]) == max(
            months_beginning_with(D("2026-05-11"), 3), months_beginning_with(D(made), 12))


def test_under_five_only():
    def rules(birth):
        facts = [{"event": "plan-made", "date": "2026-03-09"}, {"event": "birth", "date": birth}]
        return [d["rule"] for d in ask(facts, "2026-04-01")["deadlines"]]
    assert "review-under-5" in rules("2021-03-10")
    assert "review-under-5" not in rules("2021-03-09")


def test_placement_needs_no_mediation():
    facts = [{"event": "decision-sent", "date": "2026-09-07", "value": "placement"}]
    assert [d["rule"] for d in ask(facts, "2026-09-08")["deadlines"]] == ["appeal"]


def test_phases():
    for phase, last in (("primary-to-secondary", "2027-02-14"), ("infant-to-junior", "2027-02-14"),
                        ("secondary-to-post16", "2027-03-30")):
        facts = [{"event": "transfer-year", "date": "2027", "phase": phase}]
        assert find(ask(facts, "2026-11-24"), "phase-transfer")["due"] == last


# Always

def test_order_zone_and_clock_do_not_matter():
    facts = [{"event": "request-received", "date": "2026-09-07"}, {"event": "assess-decided", "date": "2026-10-16", "value": "yes"},
             {"event": "advice-asked", "date": "2026-10-20", "about": "School"},
             {"event": "advice-asked", "date": "2026-10-20", "about": "Social care"},
             {"event": "draft-served", "date": "2026-12-14"}, {"event": "decision-sent", "date": "2026-12-30"}]
    expected = ask(facts, "2027-01-02")["deadlines"]
    for seed in range(5):
        random.Random(seed).shuffle(facts)
        assert ask(facts, "2027-01-02")["deadlines"] == expected
    question = json.dumps({"today": "2027-01-02", "facts": facts})
    for zone in ("Pacific/Kiritimati", "America/Los_Angeles", "Europe/London"):
        assert json.loads(run(question, TZ=zone).stdout)["deadlines"] == expected


def test_as_of_before_a_law():
    assert ask([{"event": "request-received", "date": "2014-08-31"}], "2014-09-10")["deadlines"] == []
    assert ask([{"event": "request-received", "date": "2014-09-01"}], "2014-09-10")["deadlines"]
    assert ask([], "2026-01-01") == {"deadlines": [], "warnings": []}


# Forms that mean the same

@pytest.mark.parametrize("facts,more", [
    ([{"event": "closure", "date": "2026-07-22", "until": "2026-09-02"}], {}),
    ([{"event": "closure", "date": "2026-07-22/2026-09-02"}], {}),
    ([{"event": "closure", "date": ["2026-07-22", "2026-09-02"]}], {}),
    ([], {"closure": "2026-07-22/2026-09-02"}),
    ([], {"closure": ["2026-07-22", "2026-09-02"]}),
])
def test_forms_of_a_closure(facts, more):
    facts = facts + [{"event": "request-received", "date": "2026-06-15"}, {"event": "head-asked", "date": "2026-07-20"}]
    assert find(ask(facts, "2026-10-01", **more), "final-plan")["exemption"]["may_be_claimed"] is True
    excused = ask(facts, "2026-12-01", ground="school-closed", reason="Shut.", **more)
    assert find(excused, "final-plan")["state"] == "excused"
    assert find(excused, "final-plan")["ground_from"] == "2026-07-22"


@pytest.mark.parametrize("facts,more", [
    ([{"event": "transfer-year", "date": "2027", "phase": "secondary-to-post16"}], {}),
    ([{"event": "transfer-year", "date": 2027, "value": "secondary-to-post16"}], {}),
    ([{"event": "transfer-year", "date": "2027-09-01"}, {"event": "phase", "value": "secondary-to-post16"}], {}),
    ([{"event": "phase", "date": "secondary-to-post16"}, {"event": "transfer-year", "date": "2027"}], {}),
    ([{"event": "transfer-year", "date": "2027"}], {"phase": "secondary-to-post16"}),
    ([], {"transfer-year": 2027, "phase": "secondary-to-post16"}),
    ([], {"transfer-year": "2027", "phase": "secondary-to-post16"}),
])
def test_forms_of_a_transfer(facts, more):
    answer = ask(facts, "2026-11-24", **more)
    assert find(answer, "phase-transfer")["due"] == "2027-03-30"
    assert codes(answer) == []


def test_order_without_kind():
    answer = ask([{"event": "order", "date": "2026-01-12"}], "2026-01-13")
    assert {d["rule"] for d in answer["deadlines"]} == {"order-assess", "order-make-plan", "order-amend", "order-school"}
    assert codes(answer) == ["order-without-kind"]
    answer = ask([{"event": "order", "date": "2026-01-12", "kind": "school"}], "2026-01-13")
    assert [d["rule"] for d in answer["deadlines"]] == ["order-school"] and codes(answer) == []


# What cannot be read

@pytest.mark.parametrize("text,member", [
    ("", None), ("{", None), ("[]", None), ("7", None), ("[" * 100000, None),
    ('{"facts":[]}', "/today"), ('{"today":"2026-11-24"}', "/facts"),
    ('{"today":"24/11/2026","facts":[]}', "/today"), ('{"today":"2026-02-30","facts":[]}', "/today"),
    ('{"today":20261124,"facts":[]}', "/today"), ('{"today":"2026-11-24","facts":{}}', "/facts"),
    ('{"today":"2026-11-24","facts":[],"more":1}', "/more"), ('{"today":"2026-11-24","facts":[7]}', "/facts/0"),
    ('{"today":"2026-11-24","facts":[{"date":"2026-09-07"}]}', "/facts/0/event"),
    ('{"today":"2026-11-24","facts":[{"event":"lunch","date":"2026-09-07"}]}', "/facts/0/event"),
    ('{"today":"2026-11-24","facts":[{"event":"request-received"}]}', "/facts/0/date"),
    ('{"today":"2026-11-24","facts":[{"event":"request-received","date":"7 September"}]}', "/facts/0/date"),
    ('{"today":"2026-11-24","facts":[{"event":"request-received","date":"2026-9-7"}]}', "/facts/0/date"),
    ('{"today":"2026-11-24","facts":[{"event":"request-received","date":20260907}]}', "/facts/0/date"),
    ('{"today":"2026-11-24","facts":[{"event":"order","date":"2026-09-07","kinds":"x"}]}', "/facts/0/kinds"),
    ('{"today":"2026-11-24","facts":[{"event":"order","date":"2026-09-07","kind":"amend","value":"school"}]}', "/facts/0/kind"),
    ('{"today":"2026-11-24","facts":[{"event":"closure","date":"2026-09-07","until":"2026-09-06"}]}', "/facts/0/until"),
    ('{"today":"2026-11-24","facts":[{"event":"closure","date":["2026-09-07",7]}]}', "/facts/0/date"),
    ('{"today":"2026-11-24","facts":[{"event":"transfer-year","date":"27"}]}', "/facts/0/date"),
    ('{"today":"2026-11-24","facts":[{"event":"phase"}]}', "/facts/0/value"),
    ('{"today":"2026-11-24","facts":[{"event":"exemption"}]}', "/facts/0/rule"),
    ('{"today":"2026-11-24","facts":[{"event":"exemption","rule":"final-planx"}]}', "/facts/0/rule"),
    ('{"today":"2026-11-24","facts":[{"event":"exemption","rule":"final-plan","ground":"half-term"}]}', "/facts/0/ground"),
])
def test_refused(text, member):
    done = run(text)
    assert done.returncode == 2 and done.stdout == ""
    assert done.stderr.startswith("ehcp-council timescale: ")
    assert member is None or f" {member}: " in done.stderr


@pytest.mark.parametrize("today", ["0001-01-01", "2026-11-24", "9999-12-31"])
@pytest.mark.parametrize("date", ["0001-01-01", "2028-02-29", "9999-12-31"])
def test_edges_of_the_calendar(today, date):
    names = json.loads(subprocess.run([PROGRAM, "timescale", "--names"], capture_output=True, text=True,
                                      check=True).stdout)
    facts = [{"event": event, "date": date} for event in names["events"] if event not in ("phase", "exemption")]
    facts += [{"event": "exemption", "rule": rule.split("/")[0], "ground": ground, "date": date}
              for rule in names["rules"] for ground in names["grounds"]]
    assert all("0001" <= due["due"][:4] <= "9999" for due in ask(facts, today)["deadlines"])


def test_called_wrongly():
    assert subprocess.run([PROGRAM, "timescale", "--fast"], capture_output=True, timeout=30).returncode == 2


# What looks wrong

REQUEST = {"event": "request-received", "date": "2026-06-01"}


def fact(event, date, value=None):
    return {"event": event, "date": date} | ({"value": value} if value else {})


@pytest.mark.parametrize("facts,code,refused", [
    ([fact("final-issued", "2026-10-20"), fact("draft-served", "2026-10-25")], "draft-not-served", False),
    ([fact("final-issued", "2026-10-20"), fact("draft-served", "2026-10-25")], "draft-after-final", False),
    ([fact("draft-served", "2026-10-01"), fact("final-issued", "2026-10-15")], "final-within-15-days", False),
    ([fact("assess-decided", "2026-11-25", "yes")], "in-the-future", True),
    ([fact("review-meeting", "2029-01-01")], "too-far-ahead", True),
    ([fact("review-meeting", "2026-11-02")], "meeting-before-plan", False),
    ([fact("advice-asked", "2026-05-31", "School")], "before-request", True),
    ([fact("final-issued", "2026-05-31")], "before-request", True),
    ([fact("head-asked", "2026-05-31")], "asked-before-request", False),
    ([fact("birth", "2026-06-02")], "before-birth", True),
    ([fact("assess-decided", "2026-07-01", "perhaps")], "outcome-unknown", True),
    ([fact("assess-decided", "2026-07-01", "no"), fact("advice-asked", "2026-07-08", "School")], "after-refusal", False),
    ([fact("assess-decided", "2026-07-01", "no"), fact("assess-decided", "2026-07-08", "yes")], "decided-otherwise", False),
    ([fact("assess-decided", "2026-07-01", "yes")] * 2, "entered-before", False),
    ([fact("advice-received", "2026-08-01", "School")], "advice-not-asked", False),
    ([fact("school-answered", "2026-08-01", "Hill")], "school-not-consulted", False),
    ([fact("review-decided", "2026-08-01")], "no-review-meeting", False),
    ([fact("amended-final-issued", "2026-08-01")], "no-amendment-notice", False),
    ([fact("amendment-notice", "2026-08-01"), fact("amendment-served", "2026-08-01"),
      fact("amended-final-issued", "2026-08-15")], "amended-within-15-days", False),
    ([fact("reassess-decided", "2026-08-01", "yes")], "reassessment-not-asked", False),
    ([fact("transfer-told", "2026-08-01")], "plan-not-transferred", False),
    ([fact("appeal-sent", "2026-08-01")], "no-decision-sent", False),
    ([fact("mediation-ended", "2026-08-01")], "mediation-not-asked", False),
    ([fact("appeal-answered", "2026-08-01")], "no-appeal", False),
    ([fact("closure", "2026-07-22")], "closure-without-end", False),
    ([fact("transfer-year", "2027")], "phase-missing", False),
    ([fact("transfer-year", "2027", "nursery-to-moon")], "phase-unknown", False),
])
def test_warned(facts, code, refused):
    answer = ask([REQUEST] + facts, "2026-11-24")
    warning = next(w for w in answer["warnings"] if w["code"] == code)
    assert warning["refused"] is refused and warning["words"][-1] in ".?"


def test_nothing_to_warn_of():
    facts = [REQUEST, fact("assess-decided", "2026-07-01", "yes"), fact("advice-asked", "2026-07-06", "School"),
             fact("advice-received", "2026-08-10", "School"), fact("plan-decided", "2026-09-01"),
             fact("draft-served", "2026-09-14"), fact("draft-comments-received", "2026-09-20"),
             fact("school-consulted", "2026-09-15", "Hill"), fact("school-answered", "2026-09-29", "Hill"),
             fact("final-issued", "2026-10-12"), fact("decision-sent", "2026-10-12"),
             fact("mediation-asked", "2026-10-20"), fact("mediation-held", "2026-11-04"),
             fact("mediation-ended", "2026-11-04"), fact("certificate", "2026-11-06"), fact("review-meeting", "2027-09-20")]
    assert ask(facts, "2026-11-24")["warnings"] == []


# The page that tells others

def section():
    page = (SOURCE / "src" / "PROTOCOL.md").read_text(encoding="utf-8")
    return re.search(r"^## Timescale\n(.*?)(?=^## |\Z)", page, re.M | re.S).group(1)


def test_page_names_every_event_ground_and_warning():
    names = json.loads(subprocess.run([PROGRAM, "timescale", "--names"], capture_output=True, text=True,
                                      check=True).stdout)
    parts = dict(re.findall(r"^### (\w+).*?\n(.*?)(?=^### |\Z)", section(), re.M | re.S))
    rows = {title: {name for cell in re.findall(r"^\| (`[^|]*) \|", text, re.M) for name in re.findall(r"`([a-z0-9-]+)`", cell)}
            for title, text in parts.items()}
    assert rows["Events"] == set(names["events"])
    assert rows["Grounds"] == set(names["grounds"])
    verdicts = dict(re.findall(r"^\| `([a-z0-9-]+)` \| (refused|warned) \|", parts["Findings"], re.M))
    assert verdicts == names["findings"]


def test_page_example_runs():
    question, answer = re.findall(r"^```json\n(.*?)^```", section(), re.M | re.S)
    assert json.loads(run(question).stdout) == json.loads(answer)
