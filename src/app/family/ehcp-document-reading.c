/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tells the council that a document was opened. */
#include "ehcp-document-reading.h"

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = ehcp_link_send_finish (EHCP_LINK (source), result, &error);

  /* It stays new and is reported when it is opened again; nobody has to be told. */
  if (id == NULL)
    g_debug ("marking a document read: %s", error->message);
}

void
ehcp_document_report_reading (EhcpLink *link, EhcpRecord *document)
{
  g_autoptr (EhcpRecord) command = NULL;

  /* What came with a request is of no case yet; that it was fetched is in the audit all the same. */
  if (ehcp_record_get_case (document) == NULL)
    return;
  if (ehcp_book_is_read (ehcp_link_get_book (link), document))
    return;
  command = ehcp_record_new (ehcp_command_get_shape (EHCP_COMMAND_DOCUMENT_READ));
  ehcp_record_set_text (command, "kind", "document.read");
  ehcp_record_set_text (command, "case", ehcp_record_get_case (document));
  ehcp_record_set_text (command, "document", ehcp_record_get_id (document));
  ehcp_link_send_async (link, command, NULL, 0, NULL, sent_cb, NULL);
}
