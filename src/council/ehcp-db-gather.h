/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A layer between SQLite and its files that hands a transaction's pages to the log in one piece. */
#pragma once

#include <sqlite3.h>

/* The name to open a database with. From any thread. */
const char *ehcp_db_gather_vfs (void);
