# SPDX-License-Identifier: GPL-3.0-or-later
# Thin, over meson. `make run` tries the program out, `make check` runs everything that must hold.

BUILD := build
MESON_FLAGS ?=
# make has an AS of its own, the assembler.
ifeq ($(origin AS), default)
AS := parent
endif

# To build, to test, and what else the checks want of the computer. `make check-newer` has the first two in its folder.
BUILD_PACKAGES := build-essential meson ninja-build pkg-config gettext \
  libgtk-4-dev libadwaita-1-dev libsoup-3.0-dev libjson-glib-dev libsecret-1-dev libsqlite3-dev \
  libsodium-dev libpoppler-glib-dev libseccomp-dev libjpeg-dev libfontconfig-dev libmagic-dev libarchive-dev \
  libzxcvbn-dev libcurl4-openssl-dev libmicrohttpd-dev libgmime-3.0-dev libical-dev libqrencode-dev
TEST_PACKAGES := glib-networking adwaita-icon-theme librsvg2-common fonts-cantarell \
  gsettings-desktop-schemas dconf-gsettings-backend shared-mime-info \
  sqlite3 openssl poppler-utils dbus dbus-x11 at-spi2-core gnome-keyring \
  libsecret-tools xvfb xauth x11-utils xdotool imagemagick libgl1-mesa-dri libegl1 tzdata \
  python3-icalendar python3-gi gir1.2-atspi-2.0 gir1.2-gtk-4.0 python3-pytest python3-aiosmtpd \
  desktop-file-utils appstream
PACKAGES := $(BUILD_PACKAGES) $(TEST_PACKAGES) clang-format libatk-adaptor strace flatpak flatpak-builder gnupg systemd \
  clang-14 libclang-rt-14-dev

BENCH_PACKAGES := nginx-light wrk gnome-text-editor geary nodejs chromium

SEEDS ?= 200000
FIRST ?= 100000
SECONDS ?= 60
RUNS ?= -1

DEB_PACKAGES := debhelper dpkg-dev lintian debootstrap

.PHONY: all run check soak fuzz tour screenshots bench tsan asan deb check-newer build packages clean format

all: build

packages:
	@./tests/tools/install-packages $(PACKAGES)

build: packages
	@[ -f $(BUILD)/build.ninja ] || meson setup $(BUILD) $(MESON_FLAGS)
	@ninja -C $(BUILD)

run: build
	@./tests/tools/try-out $(BUILD) $(AS)

tour: build
	@./tests/tools/in-session tests/journey/tour.py $(BUILD)
	@/usr/bin/python3 -B tests/journey/tour_journeys.py $(BUILD)
ifdef ALL
	@./tests/tools/install-packages locales xsettingsd
	@EHCP_KEYRING=none EHCP_SCREEN=2000x1100 ./tests/tools/in-session tests/journey/tour-all.py $(BUILD)
endif

screenshots: tour
	@./tests/tools/take-screenshots $(BUILD)

check: build
	@./tests/tools/check $(BUILD)

soak: build
	@./tests/tools/soak $(BUILD) $(FIRST) $(SEEDS)

fuzz: packages
	@RUNS=$(RUNS) GROW=yes ./tests/tools/fuzz $(abspath $(BUILD))/fuzz $(SECONDS) $(TARGETS)

# Test programs with threads under ThreadSanitizer; PROGRAMS= takes other ones than the council's and the link's.
tsan: packages
	@./tests/tools/check-tsan $(abspath $(BUILD)-tsan) $(PROGRAMS)

asan: packages
	@[ -f $(BUILD)-asan/build.ninja ] || meson setup $(BUILD)-asan --buildtype=debug \
	  -Db_sanitize=address,undefined -Db_lundef=false
	@ninja -C $(BUILD)-asan
	@./tests/tools/check-asan $(BUILD)-asan

bench: build
	@./tests/tools/install-packages $(BENCH_PACKAGES)
	@./tests/bench/run $(BUILD)

deb: packages
	@./tests/tools/install-packages $(DEB_PACKAGES)
	@mkdir -p $(BUILD)
	@./tests/tools/make-deb $(BUILD)
	@./tests/packaging/try-debs $(BUILD)

check-newer:
	@./tests/tools/install-packages debootstrap
	@mkdir -p $(BUILD)
	@./tests/tools/check-newer $(BUILD) $(BUILD_PACKAGES) $(TEST_PACKAGES)

format:
	@clang-format -i $$(git ls-files 'src/*.c' 'src/*.h' 'tests/*.c' 'tests/*.h')

clean:
	@rm -rf $(BUILD) $(BUILD)-asan
