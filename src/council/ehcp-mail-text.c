/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fills in the templates of data/mail. A template is one text from which both parts of the mail are made,
 * so that they cannot say different things: the first line is the subject, blocks are parted by blank
 * lines. "= " is a block for a code, "-> Label: link" a link, "?field " a block that goes when the field
 * is empty, all others are paragraphs. Fields are put in after the blocks were told apart, so that what
 * somebody typed is never taken for one. */
#include "ehcp-mail-text.h"

#include "ehcp-text.h"

#include <string.h>

#include "ehcp-mail-resources.h"

#define RESOURCES "/io/github/ehcp_portal/council/mail/"
#define P_STYLE "margin:0 0 16px"
#define CODE_STYLE \
  "margin:0 0 16px;font-size:28px;font-weight:bold;letter-spacing:2px;font-family:monospace"
#define LINK_STYLE                                                                  \
  "display:inline-block;padding:10px 20px;border-radius:20px;background:#1a5fb4;" \
  "color:#ffffff;text-decoration:none;font-weight:bold"

static const char *const kind_names[EHCP_N_MAILS] = {
  [EHCP_MAIL_UNIQUE_CODE] = "unique-code",
  [EHCP_MAIL_INVITATION] = "invitation",
  [EHCP_MAIL_INVITATION_ANSWERED] = "invitation-answered",
  [EHCP_MAIL_REGISTRATION_CODE] = "registration-code",
  [EHCP_MAIL_REGISTRATION_KNOWN] = "registration-known",
  [EHCP_MAIL_SIGN_IN_CODE] = "sign-in-code",
  [EHCP_MAIL_RESET_CODE] = "reset-code",
  [EHCP_MAIL_PASSWORD_CHANGED] = "password-changed",
  [EHCP_MAIL_ACTIVATED] = "activated",
  [EHCP_MAIL_WITHDRAWN] = "withdrawn",
  [EHCP_MAIL_MESSAGE] = "message",
  [EHCP_MAIL_DOCUMENT] = "document",
  [EHCP_MAIL_FORM_ASKED] = "form-asked",
  [EHCP_MAIL_FORM_RECEIVED] = "form-received",
  [EHCP_MAIL_REQUEST_RECEIVED] = "request-received",
  [EHCP_MAIL_FORM_RETURNED] = "form-returned",
  [EHCP_MAIL_AUDIT_HEAD] = "audit-head",
  [EHCP_MAIL_STAFF_LINK] = "staff-link",
  [EHCP_MAIL_UNUSUAL_SIGN_IN] = "unusual-sign-in",
  [EHCP_MAIL_AUTHENTICATOR_ON] = "authenticator-on",
  [EHCP_MAIL_AUTHENTICATOR_OFF] = "authenticator-off",
  [EHCP_MAIL_SESSIONS_ENDED] = "sessions-ended",
};

typedef struct
{
  const EhcpConfig *config;
  GHashTable *fields;
  GString *plain;
  GString *html;
} Filling;

/** ehcp_mail_kind_get_name: Returns: (transfer none): such as "sign-in-code"; static. Any thread. */
const char *
ehcp_mail_kind_get_name (EhcpMailKind kind)
{
  g_return_val_if_fail (kind < EHCP_N_MAILS, NULL);
  return kind_names[kind];
}

/** ehcp_mail_text_free: Gives a text back. */
void
ehcp_mail_text_free (EhcpMailText *text)
{
  g_clear_pointer (&text->subject, g_free);
  g_clear_pointer (&text->plain, g_free);
  g_clear_pointer (&text->html, g_free);
  g_free (text);
}

static char *
load (const char *name, GError **error)
{
  g_autofree char *path = g_strconcat (RESOURCES, name, NULL);
  g_autoptr (GBytes) bytes = g_resource_lookup_data (ehcp_mail_get_resource (), path, 0, error);
  gsize length;
  const char *text;

  if (bytes == NULL)
    return NULL;
  text = g_bytes_get_data (bytes, &length);
  return g_strndup (text, length);
}

/* One line of what a reader can see: no line ends, which could make a header, and nothing that turns the
 * writing direction. */
static char *
clean (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *out = g_string_new (NULL);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      char c[7] = { 0 };

      g_unichar_to_utf8 (g_utf8_get_char (p), c);
      g_string_append (out, ehcp_text_is_clean (c, TRUE) ? c : " ");
    }
  return g_string_free (out, FALSE);
}

/* HTML 4, which some mail programs still go by, has no &apos;. */
static char *
escape_html (const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);
  GString *out = g_string_new (escaped);

  g_string_replace (out, "&apos;", "&#39;", 0);
  return g_string_free (out, FALSE);
}

static const char *
find_value (Filling *filling, const char *name)
{
  if (strcmp (name, "council") == 0)
    return filling->config->name;
  if (strcmp (name, "team") == 0)
    return filling->config->team != NULL ? filling->config->team : "SEND team";
  if (strcmp (name, "telephone") == 0)
    return filling->config->telephone;
  return g_hash_table_lookup (filling->fields, name);
}

static gboolean
append_value (Filling *filling, GString *out, const char *name, gboolean is_html, GError **error)
{
  const char *value = find_value (filling, name);
  g_autofree char *cleaned = value != NULL ? clean (value) : NULL;
  g_autofree char *escaped = NULL;

  if (cleaned == NULL)
    {
      ehcp_set_error (error, EHCP_ERROR_FAILED, NULL, "the mail lacks the field “%s”", name);
      return FALSE;
    }
  escaped = is_html ? escape_html (cleaned) : NULL;
  g_string_append (out, escaped != NULL ? escaped : cleaned);
  return TRUE;
}

/* The template's own words are escaped too, its fields always. */
static gboolean
fill (Filling *filling, GString *out, const char *text, gboolean is_html, GError **error)
{
  const char *open;

  for (; (open = strchr (text, '{')) != NULL; text = strchr (open, '}') + 1)
    {
      g_autofree char *before = g_strndup (text, open - text);
      g_autofree char *escaped = is_html ? escape_html (before) : NULL;
      g_autofree char *name = g_strndup (open + 1, strcspn (open + 1, "}"));

      g_string_append (out, escaped != NULL ? escaped : before);
      if (!append_value (filling, out, name, is_html, error))
        return FALSE;
    }
  if (is_html)
    {
      g_autofree char *rest = escape_html (text);

      g_string_append (out, rest);
    }
  else
    g_string_append (out, text);
  return TRUE;
}

static gboolean
add_paragraph (Filling *filling, const char *text, GError **error)
{
  g_string_append (filling->html, "<p style=\"" P_STYLE "\">");
  if (!fill (filling, filling->html, text, TRUE, error) ||
      !fill (filling, filling->plain, text, FALSE, error))
    return FALSE;
  g_string_append (filling->html, "</p>\n");
  g_string_append (filling->plain, "\n\n");
  return TRUE;
}

static gboolean
add_code (Filling *filling, const char *text, GError **error)
{
  g_string_append (filling->html, "<p style=\"" CODE_STYLE "\">");
  g_string_append (filling->plain, "    ");
  if (!fill (filling, filling->html, text, TRUE, error) ||
      !fill (filling, filling->plain, text, FALSE, error))
    return FALSE;
  g_string_append (filling->html, "</p>\n");
  g_string_append (filling->plain, "\n\n");
  return TRUE;
}

/* In plain text the link stands on a line of its own: programs that make it clickable then do not take the
 * full stop along. */
static gboolean
add_link (Filling *filling, const char *text, GError **error)
{
  g_autofree char *label = g_strndup (text, strcspn (text, ":"));
  const char *link = text + strlen (label) + 2;
  g_autofree char *escaped_label = escape_html (label);

  g_string_append_printf (filling->html, "<p style=\"" P_STYLE "\"><a style=\"" LINK_STYLE "\" href=\"");
  g_string_append_printf (filling->plain, "%s:\n", label);
  if (!fill (filling, filling->html, link, TRUE, error) ||
      !fill (filling, filling->plain, link, FALSE, error))
    return FALSE;
  g_string_append_printf (filling->html, "\">%s</a></p>\n", escaped_label);
  g_string_append (filling->plain, "\n\n");
  return TRUE;
}

static gboolean add_block (Filling *filling, const char *block, GError **error);

static gboolean
add_optional (Filling *filling, const char *text, GError **error)
{
  g_autofree char *name = g_strndup (text, strcspn (text, " "));
  const char *value = find_value (filling, name);

  if (value != NULL && *value == '\0')
    return TRUE;
  return add_block (filling, text + strlen (name) + 1, error);
}

static gboolean
add_block (Filling *filling, const char *block, GError **error)
{
  if (g_str_has_prefix (block, "= "))
    return add_code (filling, block + 2, error);
  if (g_str_has_prefix (block, "-> "))
    return add_link (filling, block + 3, error);
  if (g_str_has_prefix (block, "?"))
    return add_optional (filling, block + 1, error);
  return add_paragraph (filling, block, error);
}

/* Who sends it, and how to reach them by telephone. */
static char *
make_foot (const EhcpConfig *config)
{
  GString *foot = g_string_new (NULL);

  if (config->team != NULL)
    g_string_append_printf (foot, "%s, ", config->team);
  g_string_append (foot, config->name);
  if (config->telephone != NULL)
    g_string_append_printf (foot, "\nTelephone %s", config->telephone);
  if (config->hours != NULL)
    g_string_append_printf (foot, " (%s)", config->hours);
  g_string_append (foot, "\nThis e-mail was sent by a program.");
  return g_string_free (foot, FALSE);
}

/* Braces go too, so that a title such as "{body}" is not filled in again. */
static char *
escape_for_frame (const char *text)
{
  g_autofree char *escaped = escape_html (text);
  GString *out = g_string_new (escaped);

  g_string_replace (out, "{", "&#123;", 0);
  return g_string_free (out, FALSE);
}

static char *
make_html_foot (const char *foot)
{
  g_autofree char *escaped = escape_for_frame (foot);
  g_auto (GStrv) lines = g_strsplit (escaped, "\n", -1);

  return g_strjoinv ("<br>\n", lines);
}

static char *
frame_html (Filling *filling, const char *subject, const char *foot, GError **error)
{
  g_autofree char *frame = load ("frame.html", error);
  g_autofree char *escaped_subject = escape_for_frame (subject);
  g_autofree char *escaped_council = escape_for_frame (filling->config->name);
  g_autofree char *html_foot = make_html_foot (foot);
  const char *const parts[][2] = { { "{subject}", escaped_subject }, { "{council}", escaped_council },
                                   { "{foot}", html_foot }, { "{body}", filling->html->str } };
  g_autoptr (GString) out = NULL;

  if (frame == NULL)
    return NULL;
  out = g_string_new (frame);
  /* The body is put in last: what it holds is not looked at again. */
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    g_string_replace (out, parts[i][0], parts[i][1], 0);
  return g_strdup (out->str);
}

static char *
fill_subject (Filling *filling, const char *line, GError **error)
{
  g_autoptr (GString) out = g_string_new (NULL);

  if (!fill (filling, out, line, FALSE, error))
    return NULL;
  return g_strdup (out->str);
}

/**
 * ehcp_mail_text_make:
 * @kind: which template
 * @config: the council's name, team and telephone stand in each mail
 * @fields: names and texts (char *); line ends and control characters in them become spaces
 * @error: return location
 *
 * Pure but for the templates, which are in the program. Any thread.
 *
 * Returns: (transfer full): subject (one line), plain text and a whole HTML page in which everything is
 *   escaped; %NULL with %EHCP_ERROR_FAILED when a field is missing, which is a mistake of the caller
 */
EhcpMailText *
ehcp_mail_text_make (EhcpMailKind kind, const EhcpConfig *config, GHashTable *fields, GError **error)
{
  g_autoptr (GString) plain = g_string_new (NULL);
  g_autoptr (GString) html = g_string_new (NULL);
  Filling filling = { config, fields, plain, html };
  g_autofree char *name = g_strconcat (ehcp_mail_kind_get_name (kind), ".mail", NULL);
  g_autofree char *template = load (name, error);
  g_autofree char *foot = make_foot (config);
  g_autoptr (EhcpMailText) text = g_new0 (EhcpMailText, 1);
  g_auto (GStrv) blocks = NULL;

  if (template == NULL)
    return NULL;
  blocks = g_strsplit (g_strchomp (template), "\n\n", -1);
  text->subject = fill_subject (&filling, blocks[0], error);
  if (text->subject == NULL)
    return NULL;
  for (guint i = 1; blocks[i] != NULL; i++)
    if (!add_block (&filling, blocks[i], error))
      return NULL;
  text->html = frame_html (&filling, text->subject, foot, error);
  if (text->html == NULL)
    return NULL;
  text->plain = g_strdup_printf ("%s-- \n%s\n", plain->str, foot);
  return g_steal_pointer (&text);
}
