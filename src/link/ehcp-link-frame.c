/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The calls of the link that wait, while there is no wire: all say that the council cannot be reached. */
#include "ehcp-link-private.h"

static void
refuse (EhcpLink *link, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (link, cancellable, callback, data);
  g_autoptr (GError) error = NULL;

  if (link->status == EHCP_LINK_STARTING)
    ehcp_link_set_status (link, EHCP_LINK_SIGNED_OUT);
  ehcp_set_error (&error, EHCP_ERROR_OFFLINE, NULL, "there is no wire");
  g_task_return_error (task, g_steal_pointer (&error));
}

void
ehcp_link_start_async (EhcpLink *link, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  refuse (link, cancellable, callback, data);
}

gboolean
ehcp_link_start_finish (EhcpLink *link, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
ehcp_link_unlock_async (EhcpLink *link, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  refuse (link, cancellable, callback, data);
}

gboolean
ehcp_link_unlock_finish (EhcpLink *link, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
ehcp_link_fetch_service_async (EhcpLink *link, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  refuse (link, cancellable, callback, data);
}

EhcpService *
ehcp_link_fetch_service_finish (EhcpLink *link, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
ehcp_link_register_async (EhcpLink *link, EhcpRecord *registration, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  refuse (link, cancellable, callback, data);
}

EhcpCodeSent *
ehcp_link_register_finish (EhcpLink *link, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
ehcp_link_verify_async (EhcpLink *link, const char *registration_id, const char *code, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  refuse (link, cancellable, callback, data);
}

gboolean
ehcp_link_verify_finish (EhcpLink *link, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
ehcp_link_resend_async (EhcpLink *link, EhcpFlow flow, const char *id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  refuse (link, cancellable, callback, data);
}

EhcpCodeSent *
ehcp_link_resend_finish (EhcpLink *link, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
ehcp_link_sign_in_async (EhcpLink *link, const char *email, const char *password, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  refuse (link, cancellable, callback, data);
}

EhcpCodeSent *
ehcp_link_sign_in_finish (EhcpLink *link, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
ehcp_link_finish_sign_in_async (EhcpLink *link, const char *sign_in_id, const char *code, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  refuse (link, cancellable, callback, data);
}

gboolean
ehcp_link_finish_sign_in_finish (EhcpLink *link, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
ehcp_link_reset_password_async (EhcpLink *link, const char *email, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  refuse (link, cancellable, callback, data);
}

EhcpCodeSent *
ehcp_link_reset_password_finish (EhcpLink *link, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
ehcp_link_finish_reset_async (EhcpLink *link, const char *reset_id, const char *code, const char *password, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  refuse (link, cancellable, callback, data);
}

gboolean
ehcp_link_finish_reset_finish (EhcpLink *link, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
ehcp_link_finish_staff_link_async (EhcpLink *link, const char *code, const char *password, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  refuse (link, cancellable, callback, data);
}

gboolean
ehcp_link_finish_staff_link_finish (EhcpLink *link, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
ehcp_link_change_password_async (EhcpLink *link, const char *password, const char *new_password, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  refuse (link, cancellable, callback, data);
}

gboolean
ehcp_link_change_password_finish (EhcpLink *link, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
ehcp_link_list_devices_async (EhcpLink *link, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  refuse (link, cancellable, callback, data);
}

GPtrArray *
ehcp_link_list_devices_finish (EhcpLink *link, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
ehcp_link_end_device_async (EhcpLink *link, const char *session_id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  refuse (link, cancellable, callback, data);
}

gboolean
ehcp_link_end_device_finish (EhcpLink *link, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
ehcp_link_log_out_async (EhcpLink *link, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  refuse (link, cancellable, callback, data);
}

gboolean
ehcp_link_log_out_finish (EhcpLink *link, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
ehcp_link_send_async (EhcpLink *link, EhcpRecord *command, GPtrArray *files, guint hold_ms, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  refuse (link, cancellable, callback, data);
}

char *
ehcp_link_send_finish (EhcpLink *link, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
ehcp_link_await_async (EhcpLink *link, const char *command_id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  refuse (link, cancellable, callback, data);
}

char *
ehcp_link_await_finish (EhcpLink *link, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
ehcp_link_load_document_async (EhcpLink *link, EhcpRecord *document, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  refuse (link, cancellable, callback, data);
}

GBytes *
ehcp_link_load_document_finish (EhcpLink *link, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void ehcp_link_use_memory_only (EhcpLink *link) { ehcp_link_set_memory_only (link, TRUE); }
gboolean ehcp_link_undo (EhcpLink *link, const char *command_id) { return FALSE; }
void ehcp_link_retry (EhcpLink *link, const char *command_id) {}
void ehcp_link_discard (EhcpLink *link, const char *command_id) {}
void ehcp_link_wake (EhcpLink *link) {}
void ehcp_link_keep_document (EhcpLink *link, EhcpRecord *document, gboolean keep) {}
void ehcp_link_set_keep_all (EhcpLink *link, const char *case_id, gboolean keep_all) {}
gboolean ehcp_link_get_keep_all (EhcpLink *link, const char *case_id) { return FALSE; }

EhcpFile *
ehcp_file_new (const char *name, const char *media_type, GBytes *content)
{
  EhcpFile *file = g_new0 (EhcpFile, 1);

  file->name = g_strdup (name);
  file->media_type = g_strdup (media_type);
  file->content = g_bytes_ref (content);
  return file;
}

void
ehcp_file_free (EhcpFile *file)
{
  g_clear_pointer (&file->name, g_free);
  g_clear_pointer (&file->media_type, g_free);
  g_clear_pointer (&file->content, g_bytes_unref);
  g_free (file);
}

void
ehcp_link_save_draft (EhcpLink *link, EhcpRecord *draft)
{
  ehcp_record_set_delivery (draft, EHCP_DELIVERY_DRAFT, NULL);
  ehcp_book_put (link->book, draft);
}

void
ehcp_link_delete_draft (EhcpLink *link, const char *draft_id)
{
  ehcp_book_remove (link->book, EHCP_KIND_DRAFT, draft_id);
}
