#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes data/bank-holidays.csv as a C array of Julian days, sorted; fails on a line that is none."""
import datetime
import sys

days = []
for line in open(sys.argv[1], encoding="utf-8"):
    if line.startswith("#") or not line.strip():
        continue
    days.append(datetime.date.fromisoformat(line.split(",")[0]).toordinal())
if days != sorted(set(days)):
    sys.exit("the holidays are not in order, or one stands twice")
with open(sys.argv[2], "w", encoding="utf-8") as out:
    out.write("/* From data/bank-holidays.csv. */\n#include \"ehcp-working-days.h\"\n\n"
              "const EhcpDay ehcp_bank_holidays[] = {\n")
    for day in days:
        out.write(f"  {day},\n")
    out.write(f"}};\nconst guint ehcp_n_bank_holidays = {len(days)};\n")
