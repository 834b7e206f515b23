# SPDX-License-Identifier: GPL-3.0-or-later
"""Speed and memory beside a peer, both in one run, each pinned to a core of its own where there are two."""
import json
import os
import re
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
import uuid

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "journey"))
import browser  # noqa: E402
from walk import post  # noqa: E402
from walk.council import Caseworker, Council, free_port  # noqa: E402

BUILD = os.path.abspath(sys.argv[1])
SOURCE = os.getcwd()
PORTAL = os.path.join(BUILD, "src", "app", "ehcp-portal")
SERVER = os.path.join(BUILD, "src", "council", "ehcp-council")
HERE = os.path.join(SOURCE, "tests", "bench")
EMAIL, PASSWORD = "helen.marlow@family.example", "orchard gate at seven"
SERVING, ASKING = ("0", "1") if os.cpu_count() > 1 else ("0", "0")
SECONDS = 5
ROUNDS = 9


def line(name, ours, peer, unit, more=""):
    better = ours / peer if peer else 0
    print(f"bench {name} ours={ours:.1f} peer={peer:.1f} ratio={better:.2f} unit={unit}{more}", flush=True)


def pinned(core, *command):
    return ["taskset", "-c", core, *command]


def register(council, mails):
    answer = council.call("POST", "/v1/registrations", {
        "forename": "Helen", "surname": "Marlow", "date_of_birth": "1986-06-14",
        "telephone": "01632 960 733", "address": "18 Orchard Row", "postcode": "WY4 2QR",
        "relationship": "Mother", "professional": False, "email": EMAIL, "password": PASSWORD})
    code = post.digits(mails.wait_mail(EMAIL, "code"))
    council.call("POST", f"/v1/registrations/{answer['id']}/verify", {"code": code})


def sign_in(council, mails):
    started = council.call("POST", "/v1/sign-ins", {"email": EMAIL, "password": PASSWORD})
    code = post.digits(mails.wait_mail(EMAIL, "code"))
    return council.call("POST", f"/v1/sign-ins/{started['id']}/finish", {"code": code, "device": "Bench"})


def make_case(council, mails, worker):
    case = worker.send("case.open", child_forename="Isla", child_surname="Marlow", date_of_birth="2018-03-14",
                       received=time.strftime("%Y-%m-%d", time.gmtime(time.time() - 78 * 86400)),
                       school="Oakmere Primary School")["result"]["case"]
    worker.send("case.allocate", case, caseworker=worker.account)
    person = worker.send("person.invite", case, forename="Helen", surname="Marlow", email=EMAIL,
                         relationship="Mother", professional=False)["result"]["person"]
    code = post.unique_code(mails.wait_mail(EMAIL, "Your unique code"))
    worker.send("identity.verify", case, person=person, code=code, checked="Date of birth")
    register(council, mails)
    token = sign_in(council, mails)["token"]
    changes = council.call("GET", "/v1/changes?since=", token=token)["records"]
    children = [child["id"] for child in changes["invitation-child"]]
    council.call("PUT", f"/v1/commands/{uuid.uuid4()}", {
        "kind": "invitation.answer", "invitation": changes["invitation"][0]["id"], "accept": True,
        "children": children}, token)
    worker.send("access.activate", case, person=person)
    for number in range(60):
        worker.send("message.send", case, message_type=types(council)[0], subject=f"Message {number}",
                    text="Dear Helen, " + "this is how far we are. " * 20, audience="adults",
                    composed_at=time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()))
    return case, token


def types(council):
    return council.call("GET", "/v1/service")["message_types"]


def wrk(url, token, script=None, connections=16):
    command = pinned(ASKING, "wrk", "-t1", f"-c{connections}", f"-d{SECONDS}s", "-H",
                     f"Authorization: Bearer {token}")
    if script:
        command += ["-s", script]
    out = subprocess.run([*command, url], capture_output=True, text=True, check=True).stdout
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)", out)
    if bad:
        raise AssertionError(f"{url}: {bad.group(0)}\n{out}")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", out).group(1))


def send_script(folder, case, kind):
    path = os.path.join(folder, "send.lua")
    body = json.dumps({"kind": "message.send", "case": case, "message_type": kind, "subject": "Bench",
                       "text": "This is how far we are. " * 20, "composed_at": "2026-11-24T12:00:00Z"})
    with open(path, "w", encoding="utf-8") as file:
        file.write(f"""
math.randomseed(os.time() * 1000 + math.floor(os.clock() * 1000000))
local body = [==[{body}]==]
local function hex(n) local t = {{}} for i = 1, n do t[i] = string.format("%x", math.random(0, 15)) end
  return table.concat(t) end
request = function()
  local id = hex(8) .. "-" .. hex(4) .. "-4" .. hex(3) .. "-8" .. hex(3) .. "-" .. hex(12)
  return wrk.format("PUT", "/v1/commands/" .. id, {{["Content-Type"] = "application/json",
    ["Authorization"] = wrk.headers["Authorization"]}}, body)
end
""")
    return path


def start_node(folder, database):
    port = free_port()
    node = subprocess.Popen(pinned(SERVING, "node", "peer.mjs", database, str(port)),
                            cwd=os.path.join(BUILD, "bench", "node"), stdout=subprocess.PIPE, text=True)
    assert node.stdout.readline().strip() == "ready"
    return node, f"http://127.0.0.1:{port}"


def start_nginx(folder, body):
    port = free_port()
    os.makedirs(os.path.join(folder, "www", "v1"), exist_ok=True)
    with open(os.path.join(folder, "www", "v1", "changes"), "w", encoding="utf-8") as file:
        file.write(body)
    config = os.path.join(folder, "nginx.conf")
    with open(config, "w", encoding="utf-8") as file:
        file.write(f"""
user root; worker_processes 1; daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 512; }}
http {{ access_log off; default_type application/json; keepalive_requests 100000000; sendfile on;
  client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;
  uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
  server {{ listen 127.0.0.1:{port}; root {folder}/www; }} }}
""")
    nginx = subprocess.Popen(pinned(SERVING, "nginx", "-c", config, "-p", folder))
    time.sleep(0.5)
    return nginx, f"http://127.0.0.1:{port}"


def end(process):
    process.terminate()
    process.wait(20)


def council_like(url, token):
    request = urllib.request.Request(url, headers={"Authorization": f"Bearer {token}"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.loads(answer.read())


def bench_server(council, folder, case, token):
    subprocess.run(["taskset", "-a", "-cp", SERVING, str(council.process.pid)], check=True,
                   stdout=subprocess.DEVNULL)
    state = council.call("GET", "/v1/changes?since=", token=token)["state"]
    url = f"/v1/changes?since={state}"
    body = json.dumps(council.call("GET", url, token=token))
    database = os.path.join(folder, "peer.db")
    council.stop()
    with sqlite3.connect(os.path.join(folder, "council", "data", "council.db")) as ours, \
            sqlite3.connect(database) as copy:
        ours.backup(copy)
    council.start()
    subprocess.run(["taskset", "-a", "-cp", SERVING, str(council.process.pid)], check=True,
                   stdout=subprocess.DEVNULL)
    node, node_url = start_node(folder, database)
    assert council_like(node_url + url, token) == json.loads(body), "the peer answers otherwise"
    nginx, nginx_url = start_nginx(folder, body)
    script = send_script(folder, case, types(council)[0])
    try:
        ours = wrk(council.url + url, token)
        line("changes-unchanged/node", ours, wrk(node_url + url, token), "requests/s")
        line("changes-unchanged/nginx", ours, wrk(nginx_url + "/v1/changes", token), "requests/s")
        for connections in (1, 16):
            line(f"message-send/node/{connections}-at-once",
                 wrk(council.url, token, script, connections), wrk(node_url, token, script, connections),
                 "requests/s")
    finally:
        end(node)
        end(nginx)


def first_frames(*wanted):
    """The median time to the first frame of each of @wanted, pairs of a command and the text that the frame has to show
    (None: any frame). They take turns, so that what else the computer does falls on all alike."""
    times = [[] for _ in wanted]
    for number in range(ROUNDS + 1):
        for (command, text), found in zip(wanted, times):
            env = dict(os.environ, LD_PRELOAD=os.path.join(BUILD, "tests", "bench", "libfirst-frame.so"),
                       EHCP_BENCH_START=str(time.monotonic_ns() // 1000))
            if text:
                env["EHCP_BENCH_TEXT"] = text
            out = subprocess.run(pinned(SERVING, *command), env=env, capture_output=True, text=True, timeout=60).stdout
            if number > 0:  # the first round warms up
                found.append(float(re.search(r"first-frame ([\d.]+)", out).group(1)))
    return [statistics.median(found) for found in times]


def idle(command):
    """(memory in MB, wake-ups a second) of a program and all that it started, when nobody touches it."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(8)
    found = browser.pss_of_tree(process.pid), browser.wake_ups(process.pid)
    end(process)
    return found


def fill_cache(council, mails, cache):
    """A person signs in once, so that there is something to start from."""
    from walk.driver import Program
    program = Program(PORTAL, ["--council", council.url, "--cache-dir", cache])
    program.press("Sign in")
    program.type_into("Email address", EMAIL)
    program.type_into("Password", PASSWORD)
    program.press("Submit")
    program.wait_for("Security code")
    program.type_into("Security code", post.digits(mails.wait_mail(EMAIL, "code")))
    program.press("Finish")
    program.wait_for("SEND Dashboard", timeout=30)
    time.sleep(2)
    program.close()


def bench_program(council, cache):
    command = [PORTAL, "--council", council.url, "--cache-dir", cache]
    editor = ["gnome-text-editor", "--standalone"]
    ours, empty, text = first_frames((command, "Isla Marlow"),
                                     ([os.path.join(BUILD, "tests", "bench", "empty-window")], None), (editor, None))
    line("start/empty-window", ours, empty, "ms", " most=1.5")
    line("start/gnome-text-editor", ours, text, "ms")
    memory, woken = idle(command)
    line("memory/limit", memory, 80.0, "MB", " (peer: the limit)")
    line("wake-ups/limit", woken, 2.0, "1/s", " (peer: the limit)")
    others = browser.measure()
    if others is not None:
        line("start/chromium", ours, others[0], "ms", " most=0.5")
        line("memory/chromium", memory, others[1], "MB", " most=0.25")
        line("wake-ups/chromium", woken, others[2], "1/s")
    for peer in (editor, ["geary"]):
        if shutil.which(peer[0]):
            other = idle(peer)
            line(f"memory/{peer[0]}", memory, other[0], "MB")
            line(f"wake-ups/{peer[0]}", woken, other[1], "1/s")


def main():
    with tempfile.TemporaryDirectory() as folder:
        mails = post.Post()
        council = Council(SERVER, os.path.join(folder, "council"), mails.port, SOURCE)
        council.start()
        try:
            worker = Caseworker(council, mails)
            case, token = make_case(council, mails, worker)
            cache = os.path.join(folder, "cache")
            fill_cache(council, mails, cache)
            bench_program(council, cache)
            bench_server(council, folder, case, token)
        finally:
            council.stop()
            mails.stop()
    subprocess.run([os.path.join(BUILD, "tests", "bench", "recompute")], check=True)


main()
