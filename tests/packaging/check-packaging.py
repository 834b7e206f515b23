#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Flatpak's manifest, the desktop's files and the Debian packages' scripts. Prints TAP."""
import configparser
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

SOURCE = pathlib.Path(sys.argv[1]).resolve()
BUILD = pathlib.Path(sys.argv[2]).resolve()
ID = "io.github.ehcp_portal.EhcpPortal"
MANIFEST = SOURCE / "flatpak" / f"{ID}.json"
PERMISSIONS = ["--device=dri", "--share=ipc", "--share=network", "--socket=fallback-x11", "--socket=wayland"]
# Each module, and the name by which meson asks for what it brings.
MODULES = {"libsodium": "libsodium", "libical": "libical", "libqrencode": "libqrencode", "poppler": "poppler-glib",
           "zxcvbn": "zxcvbn", "ehcp-portal": None}
# What the GNOME runtime holds (freedesktop-sdk's elements/platform.bst, and GNOME's own libraries above it).
RUNTIME = {"cairo", "fontconfig", "gio-2.0", "gio-unix-2.0", "glib-2.0", "gobject-2.0", "gtk4", "json-glib-1.0",
           "libadwaita-1", "libarchive", "libjpeg", "libseccomp", "libsecret-1", "libsoup-3.0", "pangocairo", "sqlite3"}
COUNT = 0
FAILED = 0


def ok(good, name, why=""):
    global COUNT, FAILED
    COUNT += 1
    FAILED += not good
    print(f"{'ok' if good else 'not ok'} {COUNT} {name}")
    if why and not good:
        print("# " + str(why).replace("\n", "\n# "))


def skip(name, why):
    global COUNT
    COUNT += 1
    print(f"ok {COUNT} {name} # SKIP {why}")


def run(*command, **more):
    return subprocess.run(command, capture_output=True, text=True, **more)


def check_manifest():
    manifest = json.loads(MANIFEST.read_text())
    ok(sorted(manifest["finish-args"]) == PERMISSIONS, "exactly the five permissions", manifest["finish-args"])
    ok(manifest["id"] == ID and manifest["command"] == "ehcp-portal", "id and command")
    names = [module["name"] for module in manifest["modules"]]
    ok(names == list(MODULES), "the modules", names)
    pins = {"archive": ("sha256", 64), "git": ("commit", 40)}
    wrong = [source["url"] for module in manifest["modules"] for source in module["sources"] if source["type"] in pins
             for pin, digits in [pins[source["type"]]]
             if not (source["url"].startswith("https://") and re.fullmatch(f"[0-9a-f]{{{digits}}}", source.get(pin, "")))]
    ok(not wrong, "each source from elsewhere comes over HTTPS and is pinned by its SHA-256 or commit", wrong)
    council = re.search(r"\nif with_council\n(.*?)\nendif", (SOURCE / "meson.build").read_text(), re.S)[1]
    asked = set(re.findall(r"(?:dependency|find_library)\('([^']+)'", (SOURCE / "meson.build").read_text().replace(council, "")))
    brought = set(MODULES.values()) - {None}
    ok(brought <= asked, "meson asks for what the modules bring", brought - asked)
    ok(asked <= brought | RUNTIME, "the runtime or a module brings what the program asks for", asked - brought - RUNTIME)
    if shutil.which("flatpak-builder"):
        with tempfile.TemporaryDirectory() as folder:  # it leaves its state in the current one
            shown = run("flatpak-builder", "--show-manifest", str(MANIFEST), cwd=folder)
        good = shown.returncode == 0 and sorted(json.loads(shown.stdout)["finish-args"]) == PERMISSIONS
        ok(good, "flatpak-builder understands the manifest", shown.stderr)
    else:
        skip("flatpak-builder understands the manifest", "flatpak-builder is not installed")


def make_app(folder):
    """The smallest application that a repository can hold."""
    app = folder / "app"
    (app / "files").mkdir(parents=True)
    (app / "export").mkdir()
    (app / "metadata").write_text(f"[Application]\nname={ID}\nruntime=org.gnome.Platform/x86_64/51\n"
                                  "sdk=org.gnome.Sdk/x86_64/51\ncommand=ehcp-portal\n")
    return run("flatpak", "build-export", "--disable-sandbox", str(folder / "unsigned"), str(app), "stable")


def check_publish():
    script = SOURCE / "flatpak" / "publish"
    ok(run(str(script), "--key", "x").returncode == 2, "publish wants key, address and name")
    refused = run(str(script), "--key", "x", "--url", "http://a.example", "--remote", "a")
    ok(refused.returncode == 2 and "https" in refused.stderr, "publish refuses an address without TLS", refused.stderr)
    if not all(shutil.which(name) for name in ("flatpak", "ostree", "gpg")):
        skip("publish signs", "flatpak, ostree or gpg is not installed")
        return
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        gpg = folder / "gpg"
        gpg.mkdir(mode=0o700)
        env = dict(os.environ, HOME=name, XDG_DATA_HOME=name, GNUPGHOME=str(gpg))
        made = run("gpg", "--batch", "--passphrase", "", "--quick-generate-key", "Wyreshire <send@wyreshire.example>",
                   "rsa2048", "sign", "1d", env=env)
        exported = make_app(folder)
        ok(made.returncode == 0 and exported.returncode == 0, "a key and an application", made.stderr + exported.stderr)
        done = run(str(script), "--key", "send@wyreshire.example", "--url", "https://apps.wyreshire.example/ehcp/",
                   "--remote", "wyreshire", "--out", str(folder / "out"), "--gpg-homedir", str(gpg),
                   "--from", str(folder / "unsigned"), "--runtime-repo", "https://runtimes.example/r.flatpakrepo", env=env)
        ok(done.returncode == 0, "publish", done.stdout + done.stderr)
        ref = configparser.ConfigParser(interpolation=None)
        ref.optionxform = str
        ref.read(folder / "out" / "ehcp-portal.flatpakref")
        fields = dict(ref["Flatpak Ref"]) if ref.has_section("Flatpak Ref") else {}
        ok(fields.get("Url") == "https://apps.wyreshire.example/ehcp/repo" and fields.get("Name") == ID
           and fields.get("SuggestRemoteName") == "wyreshire" and len(fields.get("GPGKey", "")) > 200
           and fields.get("RuntimeRepo") == "https://runtimes.example/r.flatpakrepo", "the reference", fields)
        shown = run("ostree", "show", "--repo", str(folder / "out" / "repo"), f"--gpg-homedir={gpg}",
                    f"app/{ID}/x86_64/stable", env=env)
        ok("signature" in shown.stdout.lower(), "the application in it is signed", shown.stdout + shown.stderr)
        ok((folder / "out" / "repo" / "summary.sig").exists(), "the summary is signed")
        run("gpgconf", "--kill", "gpg-agent", env=env)


def check_desktop():
    desktop = configparser.ConfigParser(interpolation=None)
    desktop.optionxform = str
    desktop.read(BUILD / "data" / f"{ID}.desktop")
    entry = desktop["Desktop Entry"]
    ok("x-scheme-handler/ehcp-portal;" in entry["MimeType"], "links open the program")
    ok(entry["DBusActivatable"] == "true" and entry["Exec"].startswith("ehcp-portal"), "the bus starts it")
    service = configparser.ConfigParser()
    service.optionxform = str
    service.read(BUILD / "data" / f"{ID}.service")
    ok(service["D-BUS Service"]["Name"] == ID
       and service["D-BUS Service"]["Exec"].endswith("/ehcp-portal --gapplication-service"), "the bus's file")
    text = (SOURCE / "data" / f"{ID}.metainfo.xml.in").read_text()
    pictures = re.findall(r'<image type="source" width="(\d+)" height="(\d+)">https://[^<]*/([^<]+)</image>', text)
    wrong = []
    for width, height, name in pictures:
        path = SOURCE / "data" / "screenshots" / name
        header = path.read_bytes()[16:24] if path.exists() else b""
        size = (int.from_bytes(header[:4], "big"), int.from_bytes(header[4:], "big"))
        if size != (int(width), int(height)):
            wrong.append(f"{name}: {size}")
    ok(len(pictures) >= 5 and not wrong, "each screenshot is there, in the size that is said", wrong)


def check_scripts():
    scripts = [*(SOURCE / "data" / "debian").glob("*.postinst"), *(SOURCE / "data" / "debian").glob("*.postrm"),
               SOURCE / "flatpak" / "publish", SOURCE / "tests" / "tools" / "make-deb"]
    wrong = [f"{script.name}: {run('sh', '-n', str(script)).stderr}" for script in scripts
             if run("sh", "-n", str(script)).returncode != 0]
    ok(not wrong, "the shell scripts parse", wrong)
    unit = (BUILD / "data" / "ehcp-council.service").read_text()
    wanted = ["NoNewPrivileges=yes", "ProtectSystem=strict", "ProtectHome=yes", "PrivateDevices=yes", "CapabilityBoundingSet=\n",
              "SystemCallFilter=@system-service", "SystemCallFilter=setpriority", "MemoryDenyWriteExecute=yes", "User=ehcp-council", "UMask=0077"]
    ok(all(line in unit for line in wanted), "the unit is hardened", [line for line in wanted if line not in unit])
    if shutil.which("systemd-analyze"):
        rated = run("systemd-analyze", "security", "--offline=yes", "--threshold=25",
                    str(BUILD / "data" / "ehcp-council.service"))
        ok(rated.returncode == 0, "systemd rates its exposure at 2.5 of 10 or less", rated.stdout[-600:] + rated.stderr)
    else:
        skip("systemd rates its exposure", "systemd-analyze is not installed")


def check_make():
    """make has an AS of its own, the assembler, which is no person."""
    env = {name: value for name, value in os.environ.items() if name not in ("AS", "BUILD", "MAKEFLAGS")}
    for given, who in (([], "parent"), (["AS=caseworker"], "caseworker")):
        made = subprocess.run(["make", "-n", "-C", str(SOURCE), "run", *given], env=env, capture_output=True, text=True,
                              check=False)
        ok(f"try-out build {who}\n" in made.stdout, f"make {' '.join(['run', *given])} opens as a {who}",
           made.stdout[-300:] + made.stderr)


check_manifest()
check_publish()
check_desktop()
check_scripts()
check_make()
print(f"1..{COUNT}")
sys.exit(1 if FAILED else 0)
