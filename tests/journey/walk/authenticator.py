# SPDX-License-Identifier: GPL-3.0-or-later
"""An authenticator app in a few lines (RFC 6238), for tests that sign staff in."""
import base64
import hashlib
import hmac
import struct
import time


class Authenticator:
    def __init__(self, secret):
        self.secret = base64.b32decode(secret)
        self.last = -1

    def code(self, step):
        digest = hmac.new(self.secret, struct.pack(">Q", step), hashlib.sha1).digest()
        start = digest[-1] & 15
        return f"{(struct.unpack('>I', digest[start:start + 4])[0] & 0x7fffffff) % 1000000:06d}"

    def next(self, seconds=0):
        """A code that was not given before: each works once, and the council takes the steps beside now. It is good for
        @seconds at least, up to 30."""
        self.last = max(self.last + 1, int(time.time() + seconds) // 30 - 1)
        return self.code(self.last)


def finish(call, sign_in, code, device="Test", app=None):
    """Ends a sign-in; returns the session and, for staff, the app. `call`: method, path and body to the answer."""
    done = call("POST", f"/v1/sign-ins/{sign_in}/finish", {"code": code, "device": device})
    if "authenticator" not in done:
        return done, app
    if done["authenticator"]["is_new"]:
        app = Authenticator(done["authenticator"]["secret"])
    return call("POST", f"/v1/sign-ins/{sign_in}/authenticator", {"code": app.next(), "device": device}), app


def answer(program, app):
    """Types the next code into the program; waits for it while the council would not take it yet."""
    program.wait_for("Authenticator code")
    while app.last + 1 > int(time.time()) // 30 + 1:
        time.sleep(1)
    program.type_into("Authenticator code", app.next(15))
    program.press("Finish")
