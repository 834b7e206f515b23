# SPDX-License-Identifier: GPL-3.0-or-later
"""For tests whose steps build on each other: import the fixture, and it holds for the whole module."""
import pytest


@pytest.fixture(autouse=True)
def stop_after_first_failure(request):
    if request.session.testsfailed:
        pytest.skip("an earlier step failed")
