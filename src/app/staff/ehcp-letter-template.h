/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The letters that ship with the program (data/letters/): a head with name, title and kind, then the text. */
#pragma once

#include <glib.h>

#include "ehcp-template.h"

G_BEGIN_DECLS

typedef struct
{
  char *id;     /* the file's name without its ending */
  char *name;   /* "Decision to assess" */
  char *title;  /* with fields */
  char *kind;   /* of the document */
  char *text;   /* with fields; "# " begins a heading, "**" bold */
} EhcpLetterTemplate;

/* (transfer full) (nullable): NULL when the head is not whole. Pure. */
EhcpLetterTemplate *ehcp_letter_template_parse (const char *id, const char *text);
void ehcp_letter_template_free (EhcpLetterTemplate *letter);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EhcpLetterTemplate, ehcp_letter_template_free)

/* (transfer full) (element-type EhcpLetterTemplate): those of the program, in the order of a case. */
GPtrArray *ehcp_letter_template_list (void);

/* What has to be typed: "line:LABEL" and "text:LABEL", and fields that nothing stands for in this case; each
 * once, in their order (transfer full). Pure. */
GStrv ehcp_letter_template_list_open (const EhcpLetterTemplate *letter, EhcpTemplateValue value, gpointer data);

/* Paragraphs of a filled-in text (transfer full): lines of one block are one paragraph, lines that begin with
 * "**" and headings stand alone. Pure. */
GStrv ehcp_letter_template_split (const char *text);

G_END_DECLS
