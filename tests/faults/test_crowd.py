# SPDX-License-Identifier: GPL-3.0-or-later
"""A small crowd at the council's door: everybody is answered as the protocol says, the family goes on being answered, and
memory stays below a ceiling. The whole crowd, with times, is crowd.py's."""
import asyncio

import pytest
from crowd import Crowd, read_memory

N_HELD, N_SLOW, N_STORM = 1500, 300, 400
CEILING_MB = 256  # of which two hashes by Argon2id take 128


@pytest.fixture(scope="module")
def crowd(tmp_path_factory):
    crowd = Crowd(tmp_path_factory.mktemp("crowd"), N_HELD + N_SLOW + 1000)
    yield crowd
    crowd.end()


async def be_a_crowd(crowd):
    await crowd.hold(N_HELD)
    dripping = await crowd.send_slowly(N_SLOW)
    await crowd.measure()
    too_much = await crowd.ask_for_too_much()
    storm = asyncio.create_task(crowd.storm(N_STORM))
    await crowd.measure()
    counts, all_say = await storm
    dripping.cancel()
    crowd.leave()
    return too_much, counts, all_say


def test_crowd(crowd):
    too_much, counts, all_say = asyncio.run(be_a_crowd(crowd))
    assert too_much == {"1 GB body": 413, "1 GB command": 413, "100,000 headers": 431, "long path": 414}
    assert set(counts) <= {401, 429, 503} and sum(counts.values()) == N_STORM
    assert counts.get(429, 0) > 0 and all_say
    assert read_memory(crowd.pid, "VmHWM") < CEILING_MB


def test_afterwards(crowd):
    """When they have gone, everything is as before."""
    assert crowd.family.records()["account"]
