# SPDX-License-Identifier: GPL-3.0-or-later
"""The forms of the tour: test_forms.py with a picture of each screen in BUILD/tour, wide and narrow."""
import os
import sys

import pytest

build = os.path.abspath(sys.argv[1])
here = os.path.dirname(os.path.abspath(__file__))
os.environ.update(EHCP_BUILD=build, EHCP_SOURCE=os.path.dirname(os.path.dirname(here)),
                  EHCP_PICTURES=os.path.join(build, "tour"))
sys.exit(pytest.main(["-q", "-p", "no:cacheprovider", os.path.join(here, "test_forms.py")]))
