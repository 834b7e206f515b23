#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A council under a crowd: idle held requests, slow senders, huge bodies and heads, a storm of sign-ins; and what one family
meets meanwhile. crowd.py [HELD [SLOW]] prints the figures; test_crowd.py asks for a small crowd and for no times."""
import asyncio
import resource
import sys
import tempfile
import time

import scene

GIB = 1024 ** 3
STEADY = 400  # requests of the family for each figure


def read_memory(pid, name="VmRSS"):
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        return next(int(line.split()[1]) // 1024 for line in status if line.startswith(name + ":"))


class Crowd:
    def __init__(self, folder, n_connections):
        resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
        self.scene = scene.Scene(folder)
        self.council = self.scene.council
        self.council.stop()
        with open(self.council.config, encoding="utf-8") as file:
            text = file.read()
        with open(self.council.config, "w", encoding="utf-8") as file:
            file.write(text.replace("[server]\n", f"[server]\nconnections={n_connections}\nthreads=4\n"))
        self.council.start()
        self.family = scene.Family(self.scene, "helen.marlow@family.example")
        self.state = self.council.call("GET", "/v1/changes", token=self.family.token)["state"]
        self.writers = []

    @property
    def pid(self):
        return self.council.process.pid

    def head(self, method, path, *lines):
        return "\r\n".join([f"{method} {path} HTTP/1.1", "Host: council", *lines, "", ""]).encode()

    async def open(self):
        return await asyncio.open_connection("127.0.0.1", self.council.port)

    async def ask(self, request, timeout=60):
        """The status of the answer, its head, and how long it took; 0 when the line was cut."""
        began = time.monotonic()
        reader, writer = await self.open()
        try:
            writer.write(request)
            head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), timeout)
            return int(head.split()[1]), head.decode("latin-1").lower(), time.monotonic() - began
        except (asyncio.IncompleteReadError, ConnectionError):
            return 0, "", time.monotonic() - began
        finally:
            writer.close()

    async def hold(self, number):
        """That many requests for the feed that are held, in bunches, so that the queue of the socket is enough."""
        bearer = f"Authorization: Bearer {self.family.token}"
        request = self.head("GET", f"/v1/changes?since={self.state}&wait=60", bearer)
        for begin in range(0, number, 200):
            opened = await asyncio.gather(*[self.open() for _ in range(min(200, number - begin))])
            for _, writer in opened:
                writer.write(request)
                self.writers.append(writer)

    async def send_slowly(self, number):
        """A byte of a head now and then."""
        slow = [(await self.open())[1] for _ in range(number)]
        self.writers += slow

        async def drip():
            for byte in b"POST /v1/sign-ins HTTP/1.1\r\nHost: council\r\nX-Slow: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa":
                for writer in slow:
                    if not writer.is_closing():
                        writer.write(bytes([byte]))
                await asyncio.sleep(1)
        return asyncio.create_task(drip())

    async def measure(self):
        """Median and 99th percentile in ms of what a family asks while the others are there."""
        request = self.head("GET", f"/v1/changes?since={self.state}", f"Authorization: Bearer {self.family.token}")
        times = []
        for _ in range(STEADY):
            status, _, seconds = await self.ask(request)
            assert status == 200, status
            times.append(seconds * 1000)
        times.sort()
        return times[len(times) // 2], times[int(len(times) * 0.99)]

    async def ask_for_too_much(self):
        """name → status of what is over its limit."""
        sign_in = ("Content-Type: application/json",)
        answers = {
            "1 GB body": await self.ask(self.head("POST", "/v1/sign-ins", *sign_in, f"Content-Length: {GIB}")),
            "1 GB command": await self.ask(self.head("PUT", "/v1/commands/11111111-1111-4111-8111-111111111111",
                                                     f"Authorization: Bearer {self.family.token}", f"Content-Length: {GIB}")),
            "100,000 headers": await self.ask(self.head("GET", "/v1/service", *[f"X-{n}: a" for n in range(100000)])),
            "long path": await self.ask(self.head("GET", "/v1/service?" + "a" * 100000)),
        }
        return {name: answer[0] for name, answer in answers.items()}

    async def storm(self, number):
        """Sign-ins of many people at once: which answers came how often, and whether those that wait say how long."""
        async def sign_in(n):
            body = f'{{"email":"person{n}@family.example","password":"orchard gate at seven"}}'.encode()
            return await self.ask(self.head("POST", "/v1/sign-ins", "Content-Type: application/json",
                                            f"Content-Length: {len(body)}") + body, 120)
        counts, all_say = {}, True
        for status, head, _ in await asyncio.gather(*[sign_in(n) for n in range(number)]):
            counts[status] = counts.get(status, 0) + 1
            all_say &= status not in (429, 503) or "retry-after:" in head
        return counts, all_say

    def leave(self):
        for writer in self.writers:
            writer.close()
        self.writers = []

    def end(self):
        self.scene.end()


async def run(crowd, n_held, n_slow, n_storm, say):
    say("alone", "p50 %.2f ms, p99 %.2f ms" % await crowd.measure(), f"{read_memory(crowd.pid)} MB")
    await crowd.hold(n_held)
    await asyncio.sleep(2)
    say(f"{n_held} held", "p50 %.2f ms, p99 %.2f ms" % await crowd.measure(), f"{read_memory(crowd.pid)} MB")
    dripping = await crowd.send_slowly(n_slow)
    say(f"and {n_slow} slow", "p50 %.2f ms, p99 %.2f ms" % await crowd.measure(), f"{read_memory(crowd.pid)} MB")
    say("too much", await crowd.ask_for_too_much(), f"{read_memory(crowd.pid)} MB")
    storm = asyncio.create_task(crowd.storm(n_storm))
    say(f"and {n_storm} sign-ins", "p50 %.2f ms, p99 %.2f ms" % await crowd.measure(), f"{read_memory(crowd.pid)} MB")
    say("the sign-ins", *await storm)
    dripping.cancel()
    crowd.leave()
    say("at most", f"{read_memory(crowd.pid, 'VmHWM')} MB")


def main():
    n_held, n_slow = (int(word) for word in (sys.argv[1:] + ["10000", "2000"])[:2]) if len(sys.argv) > 2 else (10000, 2000)
    with tempfile.TemporaryDirectory() as folder:
        crowd = Crowd(folder, n_held + n_slow + 2000)
        try:
            asyncio.run(run(crowd, n_held, n_slow, 500, lambda *words: print(*words, sep=": ", flush=True)))
        finally:
            crowd.end()


if __name__ == "__main__":
    main()
