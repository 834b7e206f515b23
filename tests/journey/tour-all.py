#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A picture of every screen with the sample family in every way that people see it: light, dark, high contrast, from
360 to 1920 wide, 200 % text, without animations, right to left, in each language and in a language whose words are 40 %
longer. Leaves BUILD/tour-all/VARIANT/PLACE.png.
  tour-all.py BUILD [VARIANT…]    all variants when none is named"""
import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from walk import places  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.path.dirname(os.path.dirname(HERE))
BUILD = os.path.abspath(sys.argv[1])
SHOW = os.path.join(BUILD, "tests", "show-view")
PLACES = places.every(SOURCE, os.environ.get("PLACES", "").split())
# name: (scheme, size, locale, language, dpi)
VARIANTS = {
    "light": ("light", "1100x760", None, None, 96), "dark": ("dark", "1100x760", None, None, 96),
    "contrast": ("contrast", "1100x760", None, None, 96), "dark-contrast": ("dark-contrast", "1100x760", None, None, 96),
    "wide-360": ("light", "360x760", None, None, 96), "wide-420": ("light", "420x760", None, None, 96),
    "wide-768": ("light", "768x900", None, None, 96), "wide-1920": ("light", "1920x1000", None, None, 96),
    "text-200": ("light", "1100x760", None, None, 192), "text-200-narrow": ("light", "420x760", None, None, 192),
    "urdu": ("light", "1100x760", "ur_PK", "ur", 96), "urdu-narrow": ("light", "420x760", "ur_PK", "ur", 96),
    "polish": ("light", "1100x760", "pl_PL", "pl", 96), "welsh": ("light", "1100x760", "cy_GB", "cy", 96),
    "pseudo": ("light", "1100x760", "en_GB", "en_XA", 96), "pseudo-narrow": ("light", "420x760", "en_GB", "en_XA", 96),
}


def make_languages(folder):
    """Locales and catalogues of this build, in folders of their own."""
    for locale in {variant[2] for variant in VARIANTS.values() if variant[2]}:
        subprocess.run(["localedef", "-i", locale, "-f", "UTF-8", os.path.join(folder, f"{locale}.UTF-8")],
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    words = os.path.join(folder, "words")
    for code in ("pl", "cy", "ur"):
        os.makedirs(os.path.join(words, code, "LC_MESSAGES"))
        subprocess.run(["msgfmt", "-o", os.path.join(words, code, "LC_MESSAGES", "ehcp-portal.mo"),
                        os.path.join(SOURCE, "po", f"{code}.po")], check=True)
    subprocess.run([sys.executable, os.path.join(HERE, "..", "tools", "make-pseudo.py"), SOURCE, words], check=True)
    return words


def run_variant(name, folder, words):
    scheme, size, locale, language, dpi = VARIANTS[name]
    env = dict(os.environ, LOCPATH=folder, TEXTDOMAINDIR=words)
    if locale:
        env.update(LC_ALL=f"{locale}.UTF-8", LANGUAGE=language)
    settings = None
    if dpi != 96:
        path = os.path.join(folder, "xsettings")
        with open(path, "w", encoding="utf-8") as file:
            file.write(f"Xft/DPI {dpi * 1024}\nGtk/FontName \"Cantarell 11\"\nNet/ThemeName \"Adwaita\"\n")
        settings = subprocess.Popen(["xsettingsd", "-c", path], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    out = os.path.join(BUILD, "tour-all", name)
    os.makedirs(out, exist_ok=True)
    faults = []
    for screen, place, options in PLACES:
        picture = os.path.join(out, screen + ".png")
        done = subprocess.run([SHOW, *options, place, scheme, size, picture], env=env, capture_output=True, text=True,
                              timeout=120)
        if done.returncode != 0 or not os.path.exists(picture):
            faults.append(f"{name}: {place}: {done.stderr[-200:]}")
            continue
    if settings:
        settings.terminate()
        settings.wait()
    return faults


def main():
    chosen = sys.argv[2:] or list(VARIANTS)
    faults = []
    with tempfile.TemporaryDirectory() as folder:
        words = make_languages(folder)
        for name in chosen:
            faults += run_variant(name, folder, words)
    for fault in faults:
        print(f"fault: {fault}")
    print(f"{len(chosen)} variants of {len(PLACES)} screens in {os.path.relpath(BUILD)}/tour-all; {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
