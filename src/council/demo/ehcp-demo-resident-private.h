/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The resident caseworker's state, for the two files that act for her. */
#pragma once

#include "ehcp-demo-resident.h"

G_BEGIN_DECLS

struct _EhcpDemoResident
{
  EhcpDemoClient *client;
  EhcpDemoData *data;     /* borrowed */
  GThread *thread;
  gint is_stopping;       /* atomic */
  char *state;            /* of the feed */
  GHashTable *records;    /* id → JsonObject: cases and people */
  GHashTable *contacts;   /* id of a person → JsonObject */
  char *message_type;     /* the council's first */
  GHashTable *done;       /* what was taken up: "verify:ID" */
  GHashTable *n_replies;  /* thread → how many answers without a word that fits were given */
  GQueue tasks;           /* of EhcpDemoTask */
};

typedef struct
{
  gboolean (*act) (EhcpDemoResident *resident, JsonObject *record, GError **error);
  JsonObject *record;
  gint64 due;             /* monotonic µs */
} EhcpDemoTask;

gboolean ehcp_demo_resident_verify (EhcpDemoResident *resident, JsonObject *person, GError **error);
gboolean ehcp_demo_resident_activate (EhcpDemoResident *resident, JsonObject *person, GError **error);
gboolean ehcp_demo_resident_read (EhcpDemoResident *resident, JsonObject *message, GError **error);
gboolean ehcp_demo_resident_reply (EhcpDemoResident *resident, JsonObject *message, GError **error);
gboolean ehcp_demo_resident_accept_form (EhcpDemoResident *resident, JsonObject *form, GError **error);

G_END_DECLS
