/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a list says of a document, and how it can be shown. */
#include "ehcp-document-words.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ehcp-day-words.h"
#include "ehcp-error-words.h"
#include "ehcp-error.h"
#include "ehcp-render-document.h"
#include "ehcp-size-words.h"

typedef struct
{
  const char *name;
  const char *words;
} Named;

static const Named kinds[] = {
  { "letter", N_("Letter") },         { "report", N_("Report") },
  { "draft-plan", N_("Draft plan") }, { "final-plan", N_("Final plan") },
  { "form", N_("Form") },             { "attachment", N_("Attachment") },
  { "other", N_("Document") },
};

/* What the council accepts, by the end of the name. */
typedef struct
{
  const char *ending;
  const char *media_type;
  const char *words;
  EhcpDocumentFormat kind;
} FileType;

static const FileType types[] = {
  { ".pdf", "application/pdf", N_("PDF"), EHCP_FORMAT_PDF },
  { ".jpg", "image/jpeg", N_("JPEG picture"), EHCP_FORMAT_PICTURE },
  { ".jpeg", "image/jpeg", N_("JPEG picture"), EHCP_FORMAT_PICTURE },
  { ".png", "image/png", N_("PNG picture"), EHCP_FORMAT_PICTURE },
  { ".txt", "text/plain", N_("Text"), EHCP_FORMAT_TEXT },
  { ".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    N_("Word document"), EHCP_FORMAT_OTHER },
  { ".odt", "application/vnd.oasis.opendocument.text", N_("OpenDocument text"),
    EHCP_FORMAT_OTHER },
};

/* "Draft plan"; a kind that this version does not know is a document. */
const char *
ehcp_document_kind_words (const char *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kinds[i].name, kind) == 0)
      return _(kinds[i].words);
  return _("Document");
}

/* "Letter, Mon 14 Dec 2026, 96 KB" */
char *
ehcp_document_line (EhcpRecord *document)
{
  g_autofree char *day = ehcp_day_words_year (ehcp_record_get_date (document, "issued"));
  g_autofree char *size = ehcp_size_words (ehcp_record_get_int (document, "size"));

  if (ehcp_record_has (document, "added_by"))
    /* Translators: kind, day, size of a file, who added it */
    return g_strdup_printf (_("%s, %s, %s, added by %s"),
                            ehcp_document_kind_words (ehcp_record_get_text (document, "kind")), day, size,
                            ehcp_record_get_text (document, "added_by"));
  /* Translators: kind, day, size of a file */
  return g_strdup_printf (_("%s, %s, %s"),
                          ehcp_document_kind_words (ehcp_record_get_text (document, "kind")), day,
                          size);
}

static const FileType *
find_type (const char *media_type)
{
  gsize length = media_type != NULL ? strcspn (media_type, ";") : 0;

  for (guint i = 0; i < G_N_ELEMENTS (types) && length > 0; i++)
    if (strlen (types[i].media_type) == length &&
        g_ascii_strncasecmp (types[i].media_type, media_type, length) == 0)
      return &types[i];
  return NULL;
}

EhcpDocumentFormat
ehcp_document_format (const char *media_type)
{
  const FileType *type = find_type (media_type);

  return type != NULL ? type->kind : EHCP_FORMAT_OTHER;
}

/* "Word document"; NULL for a type that has no name here. */
const char *
ehcp_document_type_words (const char *media_type)
{
  const FileType *type = find_type (media_type);

  return type != NULL ? _(type->words) : NULL;
}

const char *
ehcp_document_icon (const char *media_type)
{
  return ehcp_document_format (media_type) == EHCP_FORMAT_PICTURE ? "image-x-generic-symbolic"
                                                                       : "x-office-document-symbolic";
}

/* The type that the end of a file's name stands for; NULL when the council does not take such files. */
const char *
ehcp_document_media_type_of_name (const char *file_name)
{
  const char *ending = strrchr (file_name, '.');

  for (guint i = 0; i < G_N_ELEMENTS (types) && ending != NULL; i++)
    if (g_ascii_strcasecmp (types[i].ending, ending) == 0)
      return types[i].media_type;
  return NULL;
}

/* Newest first; of one day, the one that was published last. */
int
ehcp_document_compare (EhcpRecord *a, EhcpRecord *b)
{
  int days = ehcp_record_get_date (b, "issued") - ehcp_record_get_date (a, "issued");
  int times = g_strcmp0 (ehcp_record_get_text (b, "published_at"),
                         ehcp_record_get_text (a, "published_at"));

  if (days != 0)
    return days;
  return times != 0 ? times : g_strcmp0 (ehcp_record_get_id (a), ehcp_record_get_id (b));
}

/* What is out of the ordinary with a file: on its way, not taken, not looked through yet; NULL when nothing
 * is (transfer full). */
char *
ehcp_document_state_words (EhcpRecord *document)
{
  const char *check = ehcp_record_get_text (document, "check");
  g_autoptr (GError) error = NULL;

  switch (ehcp_record_get_delivery (document))
    {
    case EHCP_DELIVERY_WAITING:
      return g_strdup (_("Waiting to be sent"));
    case EHCP_DELIVERY_SENDING:
      return g_strdup (_("Sending"));
    case EHCP_DELIVERY_REFUSED:
      {
        g_autofree char *why = NULL;

        g_set_error_literal (&error, EHCP_ERROR, ehcp_error_code_from_string (ehcp_record_get_refusal (document)),
                             "");
        why = ehcp_error_words (error);
        /* Translators: why a file was not sent */
        return g_strdup_printf (_("Not sent. %s"), why);
      }
    case EHCP_DELIVERY_DONE:
    case EHCP_DELIVERY_DRAFT:
    default:
      break;
    }
  if (g_strcmp0 (check, "waiting") == 0)
    return g_strdup (_("Being checked for viruses. It can be opened when that is done."));
  if (g_strcmp0 (check, "infected") == 0)
    return g_strdup (_("Removed: a virus was found in it."));
  return NULL;
}

gboolean
ehcp_document_words_for_drawing (const GError *error, const char **title, const char **text)
{
  gboolean is_stopped = g_error_matches (error, EHCP_RENDER_ERROR, EHCP_RENDER_ERROR_STOPPED);

  *text = _("Save it to Downloads and open it with another program.");
  if (g_error_matches (error, EHCP_RENDER_ERROR, EHCP_RENDER_ERROR_ENCRYPTED))
    {
      *title = _("This document needs a password");
      *text = _("Save it to Downloads and open it with another program. If you have no password for it, "
                "ask your caseworker.");
    }
  else if (g_error_matches (error, EHCP_RENDER_ERROR, EHCP_RENDER_ERROR_TOO_LARGE))
    *title = _("This document is too large to be shown here");
  else if (is_stopped)
    {
      *title = _("This document could not be drawn");
      *text = _("It took too long or needs too much memory, so drawing it was stopped. Everything else "
                "goes on. Save it to Downloads and open it with another program, if you trust who sent "
                "it.");
    }
  else
    {
      *title = _("This document cannot be shown");
      *text = _("The file seems to be damaged. Ask your caseworker to send it again.");
    }
  return is_stopped;
}
