/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fills in a letter of data/demo/letters.json. */
#include "ehcp-demo-letter.h"

#include "ehcp-letter.h"

static GStrv
fill_paragraphs (JsonObject *letter, const EhcpDemoNames *names)
{
  g_autoptr (GStrvBuilder) out = g_strv_builder_new ();
  JsonArray *paragraphs = ehcp_json_get_array (letter, "paragraphs");

  for (guint i = 0; i < json_array_get_length (paragraphs); i++)
    {
      g_autofree char *text =
          ehcp_demo_words_fill (json_array_get_string_element (paragraphs, i), names);

      g_strv_builder_add (out, text);
    }
  return g_strv_builder_end (out);
}

/**
 * ehcp_demo_letter_make:
 * @letter: out of letters.json; with "author" it is a report of theirs
 * @names: what its texts name
 * @sheet: the council's head and who signs its letters
 *
 * Returns: (transfer full): a PDF document
 */
GBytes *
ehcp_demo_letter_make (JsonObject *letter, const EhcpDemoNames *names, const EhcpDemoSheet *sheet)
{
  g_auto (GStrv) paragraphs = fill_paragraphs (letter, names);
  g_autofree char *title = ehcp_demo_words_fill (ehcp_json_get_text (letter, "title"), names);
  g_autofree char *date = ehcp_demo_words_day (names->issued);
  const char *author = ehcp_json_get_text (letter, "author");
  g_autofree char *role =
      author != NULL ? ehcp_demo_words_fill (ehcp_json_get_text (letter, "author_role"), names) : NULL;
  gboolean is_to_family = ehcp_json_get_bool (letter, "to");
  EhcpLetter sheet_of_paper = {
    .council = author != NULL ? author : sheet->council,
    .sender = author != NULL ? role : sheet->sender,
    .to = is_to_family ? sheet->to : NULL,
    .date = date,
    .reference = sheet->reference,
    .title = title,
    .paragraphs = (const char *const *) paragraphs,
    .closing = is_to_family ? "Yours sincerely," : NULL,
    .signed_by = is_to_family ? sheet->signed_by : author,
    .role = is_to_family ? sheet->role : role,
    .created = sheet->created,
  };

  return ehcp_letter_make (&sheet_of_paper);
}
