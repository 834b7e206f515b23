# SPDX-License-Identifier: GPL-3.0-or-later
"""Signing in survives every state of the keyring. Each test has a session bus of its own, whose services are
exactly those that the state needs."""
import os
import subprocess
import sys
import tempfile

import pytest

HERE = os.path.dirname(os.path.abspath(__file__))
BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><auth>EXTERNAL</auth>{folder}
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
</policy></busconfig>"""
A11Y = ("org.a11y.Bus",)


class State:
    """A home, a bus and a keyring as the state wants them; then a test that runs inside."""

    def __init__(self, folder):
        self.home = folder
        services = os.path.join(folder, "services")
        os.makedirs(services)
        for name in A11Y:  # the screen is read through it; nothing else is started by the bus
            source = f"/usr/share/dbus-1/services/{name}.service"
            if os.path.exists(source):
                os.symlink(source, os.path.join(services, f"{name}.service"))
        self.config = os.path.join(folder, "bus.conf")
        with open(self.config, "w", encoding="utf-8") as file:
            file.write(BUS.format(folder=f"<servicedir>{services}</servicedir>"))
        for name in ("run", ".config", ".cache", ".local/share"):
            os.makedirs(os.path.join(folder, name), mode=0o700)
        self.env = dict(os.environ, HOME=folder, XDG_RUNTIME_DIR=os.path.join(folder, "run"),
                        XDG_CONFIG_HOME=os.path.join(folder, ".config"), XDG_CACHE_HOME=os.path.join(folder, ".cache"),
                        XDG_DATA_HOME=os.path.join(folder, ".local", "share"))
        for name in ("DBUS_SESSION_BUS_ADDRESS", "GNOME_KEYRING_CONTROL", "SSH_AUTH_SOCK", "AT_SPI_BUS_ADDRESS"):
            self.env.pop(name, None)

    def run(self, scenario):
        done = subprocess.run(["dbus-run-session", f"--config-file={self.config}", "--", "/usr/bin/python3", "-B",
                               os.path.join(HERE, "keyring_scenario.py"), scenario], env=self.env,
                              capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]


@pytest.mark.parametrize("scenario", ["none", "no-default", "locked", "dismissed", "unlocked", "portal-missing"])
def test_state(scenario):
    with tempfile.TemporaryDirectory() as folder:
        State(folder).run(scenario)


if __name__ == "__main__":
    sys.exit(pytest.main([__file__]))
