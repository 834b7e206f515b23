# SPDX-License-Identifier: GPL-3.0-or-later
"""A bad line to the council: a port of our own that passes everything on, and cuts a connection in the middle of what a
file sends, as many times as it is told. Both ends are torn off without a word, as when a phone leaves its network."""
import socket
import struct
import threading
import time


class BadLine:
    def __init__(self, port):
        self.port = port
        self.lock = threading.Lock()
        self.n_left, self.after, self.n_cut, self.n_bytes = 0, 0, 0, 0
        self.slow = 0
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self, times, after, slow=0):
        """The next connections that bring pieces of a file break when so many bytes of them have passed. @slow:
        seconds that each 64 KiB take."""
        with self.lock:
            self.n_left, self.after, self.slow = times, after, slow

    def end(self):
        self.listener.close()

    def _accept(self):
        while True:
            try:
                ours, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._run, args=(ours,), daemon=True).start()

    def _run(self, ours):
        try:
            theirs = socket.create_connection(("127.0.0.1", self.port))
        except OSError:
            ours.close()
            return
        answers = threading.Thread(target=self._pass, args=(theirs, ours, lambda _: False), daemon=True)
        answers.start()
        self._pass(ours, theirs, self._watch())
        answers.join()
        ours.close()
        theirs.close()

    @staticmethod
    def _pass(source, target, is_cut):
        try:
            while data := source.recv(65536):
                target.sendall(data)
                if is_cut(data):
                    for end in (source, target):
                        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                    break
        except OSError:
            pass
        for end in (source, target):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def _watch(self):
        """Counts what one connection brings of files, and says when it is to be cut."""
        passed = None

        def is_cut(data):
            nonlocal passed
            if passed is None and not data.startswith(b"PATCH "):
                return False
            passed = (passed or 0) + len(data)
            with self.lock:
                self.n_bytes += len(data)
                breaks = self.n_left > 0 and passed >= self.after
                self.n_left -= breaks
                self.n_cut += breaks
            time.sleep(self.slow)
            return breaks
        return is_cut
