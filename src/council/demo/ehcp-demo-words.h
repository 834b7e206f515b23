/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Days and names put into the demo's texts. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a text may name. Texts may be NULL; days are GLib Julian days, 0 for none. */
typedef struct
{
  const char *child;      /* {child} */
  const char *child_full; /* {child_full} */
  const char *adult;      /* {adult}: "Mrs Marlow" */
  const char *name;       /* {name}: "Helen" */
  const char *school;     /* {school} */
  const char *title;      /* {title} and {reference}: of a form */
  const char *reference;
  gint32 today;           /* {today+3} */
  gint32 received;        /* {received+42}: the request */
  gint32 issued;          /* {issued+14}: the letter itself */
} EhcpDemoNames;

char *ehcp_demo_words_fill (const char *text, const EhcpDemoNames *names);
char *ehcp_demo_words_day (gint32 day);
gint64 ehcp_demo_words_time (const char *text, gint32 today, gint64 now);

G_END_DECLS
