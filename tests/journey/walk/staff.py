# SPDX-License-Identifier: GPL-3.0-or-later
"""The caseworker's screens of the tour: the demo council's own caseworker, whose families come before and after."""
import time

from . import authenticator


def _open_case(p, name):
    p.type_into("Search", name)
    p.wait_text("1 case, ", 30)
    p.keys("ctrl+f")
    p.keys("Return")
    p.wait_for("People and access", timeout=30)


def _acts(tour):
    p = tour.program
    p.press("Record an exemption")
    p.wait_for("Record the exemption")
    tour.show("21b-exemption")
    p.press("Cancel")
    p.press("Invite")
    p.wait_for("Forename")
    p.type_into("Email address", "somebody")
    p.press("Invite")
    p.wait_text("There is a problem")
    tour.show("22-invite-problem")
    p.press("Case")
    p.wait_for("People and access")
    p.press("Withdraw access")
    p.wait_text("no longer sees this case")
    tour.show("22b-withdraw")
    p.press("Case")
    p.wait_for("People and access")
    p.press("Caseload")
    p.press("New case")
    p.wait_for("Child’s forename")
    tour.show("23-new-case")
    p.press("Caseload")
    p.wait_text("[1-9][0-9]* cases?, ", 30)


def walk(tour):
    worker = tour.demo.ready["caseworker"]
    for dark in (False, True):
        p = tour.open("office", dark)
        if not dark:
            app = authenticator.Authenticator(worker["authenticator"])
            app.last = int(time.time()) // 30  # the demo's own sign-in used the steps up to now
            tour.sign_in(worker["email"], worker["password"], home="My caseload|All cases", app=app)
        p.wait_text("[1-9][0-9]* cases?, ", 60)
        time.sleep(1)
        tour.show("20-caseload")
        _open_case(p, "isla")
        tour.show("21-case")
        if not dark:
            _acts(tour)
        else:
            tour.log_out("Priya Nair")
        tour.program.close()
