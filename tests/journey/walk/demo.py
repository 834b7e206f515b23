# SPDX-License-Identifier: GPL-3.0-or-later
"""The demo council and its mailbox."""
import email
import email.policy
import glob
import json
import os
import subprocess
import time


class Demo:
    def __init__(self, server):
        self.process = subprocess.Popen([server, "demo"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.ready = json.loads(self.process.stdout.readline())
        self.taken = set()

    def person(self, name):
        return next(p for p in self.ready["people"] if p["name"] == name)

    def wait_mail(self, to, kind, timeout=60):
        """The oldest mail of that kind to the address that was not given yet."""
        end = time.monotonic() + timeout
        while time.monotonic() < end:
            for path in sorted(glob.glob(os.path.join(self.ready["mail"], f"*-{kind}.eml"))):
                with open(path, "rb") as file:
                    message = email.message_from_binary_file(file, policy=email.policy.default)
                if message["to"] == to and path not in self.taken:
                    self.taken.add(path)
                    return message
            time.sleep(0.1)
        raise AssertionError(f"no mail {kind} to {to}")

    def forget_mails(self):
        self.taken.update(glob.glob(os.path.join(self.ready["mail"], "*.eml")))

    def end(self):
        if self.process.poll() is None:
            self.process.stdin.close()
            self.process.wait(30)
