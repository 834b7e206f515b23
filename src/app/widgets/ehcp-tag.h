/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A word or two in a rounded field, with a shape that says the same as its colour. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  EHCP_TAG_PLAIN,
  EHCP_TAG_CURRENT,  /* the current stage alone */
  EHCP_TAG_LATE,     /* diamond */
  EHCP_TAG_SOON,     /* triangle */
  EHCP_TAG_GOOD,     /* disc with a tick */
  EHCP_TAG_EXCUSED,  /* dashed ring */
} EhcpTagTone;

#define EHCP_TYPE_TAG (ehcp_tag_get_type ())
G_DECLARE_FINAL_TYPE (EhcpTag, ehcp_tag, EHCP, TAG, GtkWidget)

GtkWidget *ehcp_tag_new (EhcpTagTone tone, const char *text);
const char *ehcp_tag_get_icon (EhcpTagTone tone);
void ehcp_tag_set (EhcpTag *tag, EhcpTagTone tone, const char *text);

G_END_DECLS
