/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of a filling share. For the files ehcp-form-filling*.c only. */
#pragma once

#include "ehcp-form-filling.h"

G_BEGIN_DECLS

struct _EhcpFormFilling
{
  GObject parent_instance;

  EhcpLink *link;
  EhcpRecord *form;       /* of a request: one that is in no book until it was sent */
  gboolean is_request;
  EhcpFormDefinition *definition;
  GPtrArray *parts;       /* of const EhcpFormPage */
  GHashTable *typed;      /* question → value that is not in a draft yet */
  guint store_source;
  gulong book_handler;
  gint64 saved_at;
};

/* (transfer none): what was typed and stored, and what is or will be the council's; or NULL. */
EhcpRecord *ehcp_form_filling_find_draft (EhcpFormFilling *filling, const char *question);
EhcpRecord *ehcp_form_filling_find_answer (EhcpFormFilling *filling, const char *question);
void ehcp_form_filling_changed (EhcpFormFilling *filling);
void ehcp_form_filling_store_draft (EhcpFormFilling *filling, const char *question, const char *value);
/* (transfer full): a command about the form. */
EhcpRecord *ehcp_form_filling_make_command (EhcpFormFilling *filling, EhcpCommand command);

/* ehcp-form-filling-submit.c: a form that comes back without the files that it was sent with. */
void ehcp_form_filling_drop_lost_files (EhcpFormFilling *filling);

G_END_DECLS
