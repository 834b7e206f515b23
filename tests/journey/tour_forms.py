# SPDX-License-Identifier: GPL-3.0-or-later
"""The forms and papers of the tour: test_forms.py and test_papers.py with a picture of each screen in BUILD/tour, wide
and narrow."""
import os
import sys

import pytest

build = os.path.abspath(sys.argv[1])
here = os.path.dirname(os.path.abspath(__file__))
os.environ.update(EHCP_BUILD=build, EHCP_SOURCE=os.path.dirname(os.path.dirname(here)),
                  EHCP_PICTURES=os.path.join(build, "tour"))
codes = [pytest.main(["-q", "-p", "no:cacheprovider", os.path.join(here, name)]) for name in ("test_forms.py", "test_papers.py")]
sys.exit(max(codes))
