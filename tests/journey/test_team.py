# SPDX-License-Identifier: GPL-3.0-or-later
"""The team: allocation by a manager, another team's cases, and a colleague who stands in. Real programs on a real
council, driven by visible labels; what is tried past the screen is sent to the server itself. In the order of this
file."""
import datetime
import json
import os

import pytest

from walk.council import Caseworker, Refused
from walk.office import Office, choose, focus_pointer, now, open_case
from walk.session import Session
from walk.steps import stop_after_first_failure  # noqa: F401

TODAY = datetime.date.today()


def day(offset):
    return TODAY + datetime.timedelta(days=offset)


def typed(offset):
    """A day as people type it."""
    return f"{day(offset).day}/{day(offset).month}/{day(offset).year}"


class Team(Office):
    """A manager, and two caseworkers of different teams."""

    def __init__(self, folder):
        super().__init__(folder, os.environ.get("EHCP_PICTURES"))
        self.joan = Caseworker(self.council, self.mails, "joan.ellery@wyreshire.example", "manager", "Joan Ellery")
        self.priya = Caseworker(self.council, self.mails, team="North")
        self.omar = Caseworker(self.council, self.mails, "omar.reid@wyreshire.example", "caseworker", "Omar Reid", "South")
        self.cases = {}
        self.elsewhere = Session()
        self.p = None

    def open_new(self, forename, received, by):
        made = by.send("case.open", child_forename=forename, child_surname="Larkwood", date_of_birth="2017-05-04",
                       received=day(received).isoformat())
        self.cases[forename] = made["result"]["case"]

    def sees(self, who, child):
        return self.cases[child] in [record["id"] for record in who.records().get("case", [])]

    def end(self):
        super().end()
        self.elsewhere.end()


@pytest.fixture(scope="module")
def team(tmp_path_factory):
    t = Team(str(tmp_path_factory.mktemp("team")))
    yield t
    t.end()


def test_01_allocate_by_selecting_rows(team):
    for child in ("Noah", "Béa", "Zoë"):
        team.open_new(child, -30, team.joan)
    assert not team.sees(team.omar, "Noah")
    p = team.p = team.open_staff(team.joan)
    p.press("Team view")
    p.wait_text("3 not allocated", 30)
    p.press("Allocate", exact=False)
    p.wait_text("Cases that nobody has")
    p.press("Allocate")
    p.wait_text("Choose at least one case")
    for child in ("Noah", "Béa"):
        p.press(f"{child} Larkwood", exact=False)
    p.wait_text("2 chosen")
    choose(p, "Caseworker", "Omar Reid")
    p.shoot("46-allocate")
    p.press("Allocate")
    p.wait_text("1 not allocated", 40)
    assert team.sees(team.omar, "Noah") and team.sees(team.omar, "Béa") and not team.sees(team.omar, "Zoë")


def test_02_reallocate_from_the_case(team):
    p = team.p
    focus_pointer()
    open_case(p, "zoe")
    p.press("Allocate")
    p.wait_text("Who takes this case")
    choose(p, "Caseworker", "Priya Nair")
    p.press("Allocate")
    p.wait_text("Caseworker: Priya Nair", 40)
    p.press("Allocate", exact=False)
    p.wait_text("Priya Nair has this case now, and loses sight of it")
    choose(p, "Caseworker", "Priya Nair")
    p.press("Allocate")
    p.wait_text("This caseworker has the case already")
    p.shoot("46b-reallocate")
    choose(p, "Caseworker", "Omar Reid")
    p.type_into("Reason, for the history", "Omar knows the school")
    p.press("Allocate")
    p.wait_text("Caseworker: Omar Reid", 40)
    assert team.sees(team.omar, "Zoë") and not team.sees(team.priya, "Zoë")
    team.close(p)


def test_03_another_team_neither_sees_nor_acts(team):
    """Whatever is sent: the council does not say so much as that there is such a case."""
    case = team.cases["Noah"]
    tries = (("event.record", {"what": "assess-decided", "date": day(-1).isoformat(), "value": "yes"}),
             ("note.add", {"text": "I looked"}),
             ("person.invite", {"forename": "A", "surname": "B", "email": "a@b.example", "relationship": "Friend",
                                "professional": False}),
             ("message.send", {"message_type": "Question about my child’s case", "subject": "s", "text": "t",
                               "audience": "adults", "composed_at": now()}),
             ("case.allocate", {"caseworker": team.priya.account}),
             ("case.reallocate", {"caseworker": team.priya.account}))
    before = team.omar.records()
    for kind, fields in tries:
        with pytest.raises(Refused) as refused:
            team.priya.send(kind, case, **fields)
        assert json.loads(refused.value.body)["code"] in ("not-found", "not-allowed"), kind
    assert team.omar.records() == before
    everything = json.dumps(team.priya.records())
    assert case not in everything and "Noah" not in everything
    with pytest.raises(Refused):
        team.priya.send("cover.set", covered=team.omar.account, covering=team.priya.account,
                        **{"from": TODAY.isoformat(), "until": day(3).isoformat()})
    p = team.p = team.open_staff(team.priya)
    p.wait_text("No cases yet", 40)


def test_04_a_colleague_stands_in(team):
    """Omar goes away; the open program of Priya, of another team, follows."""
    p = team.p
    o = team.open_staff(team.omar, team.elsewhere)
    o.press("Messages")
    o.press("Cover")
    o.wait_text("Nobody is away")
    o.press("Set cover")
    o.wait_text("There is a problem")
    choose(o, "Who stands in", "Priya Nair")
    o.type_into("First day", typed(0))
    o.type_into("Last day", typed(-1))
    o.press("Set cover")
    o.wait_text("The last day lies before the first")
    assert o.text("First day") == typed(0)
    o.type_into("Last day", typed(3))
    o.shoot("47-cover")
    o.press("Set cover")
    o.wait_text("Priya Nair for Omar Reid", 40)
    team.away = o
    p.press("All cases", timeout=5) if p.find("All cases", ("push button",)) else choose(p, "Caseworker", "All cases")
    p.wait_text("Noah Larkwood, WY-", 40)
    focus_pointer()
    team.priya.send("note.add", team.cases["Noah"], text="Rang the school for Omar")
    team.omar.wait_record("note", lambda r: r["text"] == "Rang the school for Omar")


def test_05_and_no_longer_after_it(team):
    p, o = team.p, team.away
    o.press("End now", exact=False)
    o.wait_text("ended", 40)
    p.wait_gone("Noah Larkwood", exact=False, timeout=40)
    p.wait_text("No cases yet", 40)
    assert not team.sees(team.priya, "Noah")
    with pytest.raises(Refused):
        team.priya.send("note.add", team.cases["Noah"], text="Once more")
    team.close(o)
