/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A document into the Downloads folder: fetched if it has to be, saved under a free name, and a toast says
 * which name and where. It goes on when the screen is left. */
#include "ehcp-document-saving.h"

#include <glib/gi18n.h>

#include "ehcp-downloads.h"
#include "ehcp-error-words.h"

typedef struct
{
  GtkWidget *from; /* weak */
  char *file_name;
  EhcpLink *link;
  char *case_id;
} Job;

static Job *
job_new (GtkWidget *from, EhcpLink *link, const char *case_id, const char *file_name)
{
  Job *job = g_new0 (Job, 1);
  /* The window stays when the screen goes. */
  GtkRoot *root = gtk_widget_get_root (from);

  g_set_weak_pointer (&job->from, root != NULL ? GTK_WIDGET (root) : from);
  job->file_name = g_strdup (file_name);
  job->link = g_object_ref (link);
  job->case_id = g_strdup (case_id);
  return job;
}

static void
job_free (Job *job)
{
  g_clear_weak_pointer (&job->from);
  g_clear_object (&job->link);
  g_free (job->case_id);
  g_free (job->file_name);
  g_free (job);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Job, job_free)

static void
say (Job *job, const char *text)
{
  if (job->from != NULL)
    gtk_widget_activate_action (job->from, "win.toast", "s", text);
}

/* Why a document cannot be had, and what to do. */
char *
ehcp_document_words_for_error (const GError *error, gboolean is_online)
{
  if (g_error_matches (error, EHCP_ERROR, EHCP_ERROR_OFFLINE))
    return g_strdup (is_online ? _("The council did not answer. Try again in a moment.")
                               : _("You are offline, and this document is not kept on this computer. It can "
                                   "be opened as soon as you have a connection."));
  if (g_error_matches (error, EHCP_ERROR, EHCP_ERROR_NOT_FOUND))
    return g_strdup (_("The council no longer shares this document with you. Ask your caseworker if you "
                       "need it."));
  return ehcp_error_words (error);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Job) job = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = ehcp_downloads_save_finish (result, &error);
  g_autofree char *words = NULL;

  if (path != NULL)
    {
      g_autofree char *name = g_path_get_basename (path);

      ehcp_link_note_saved (job->link, job->case_id, path);
      /* Translators: the name of a file */
      words = g_strdup_printf (_("“%s” is in your Downloads folder"), name);
    }
  else
    {
      g_autofree char *why = ehcp_error_words (error);

      words = g_strdup_printf (_("“%s” was not saved. %s"), job->file_name, why);
    }
  say (job, words);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  EhcpLink *link = EHCP_LINK (source);
  g_autoptr (Job) job = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) content = ehcp_link_load_document_finish (link, result, &error);
  g_autofree char *words = NULL;

  if (content == NULL)
    {
      words = ehcp_document_words_for_error (error, ehcp_link_is_online (link));
      say (job, words);
      return;
    }
  ehcp_downloads_save_async (content, job->file_name, NULL, saved_cb, job);
  g_steal_pointer (&job);
}

void
ehcp_document_save_content (GtkWidget *from, EhcpLink *link, const char *case_id, GBytes *content,
                            const char *file_name)
{
  ehcp_downloads_save_async (content, file_name, NULL, saved_cb, job_new (from, link, case_id, file_name));
}

void
ehcp_document_save (GtkWidget *from, EhcpLink *link, EhcpRecord *document)
{
  ehcp_link_load_document_async (link, document, NULL, loaded_cb,
                                 job_new (from, link, ehcp_record_get_case (document),
                                          ehcp_record_get_text (document, "file_name")));
}
