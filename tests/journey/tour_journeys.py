#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The forms, papers and the office of the tour: their journeys with a picture of each screen in BUILD/tour, wide and
narrow, and a look at the names of its controls. Each in a session of its own: what one saved would give the next one's
file another name."""
import os
import subprocess
import sys

build = os.path.abspath(sys.argv[1])
here = os.path.dirname(os.path.abspath(__file__))
os.environ.update(EHCP_BUILD=build, EHCP_SOURCE=os.path.dirname(os.path.dirname(here)),
                  EHCP_PICTURES=os.path.join(build, "tour"))
session = os.path.join(here, "..", "tools", "in-session")
journeys = ("test_forms.py", "test_papers.py", "test_staff.py", "test_desk.py", "test_team.py", "test_office.py")
codes = [subprocess.run([session, sys.executable, "-B", "-m", "pytest", "-q", "-p", "no:cacheprovider",
                         os.path.join(here, name)], check=False).returncode for name in journeys]
sys.exit(max(codes))
