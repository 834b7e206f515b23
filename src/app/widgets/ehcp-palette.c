/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the `@define-color` lines of the style sheets: asking a widget's style for a named colour was deprecated
 * after the floor, and nothing took its place. */
#include "ehcp-palette.h"

#include <adwaita.h>

#define FOLDER "/io/github/ehcp_portal/EhcpPortal/"
#define IS_DARK 1
#define IS_HIGH_CONTRAST 2
#define N_SCHEMES 4

/* In the order in which the toolkit loads them: a later one's definition holds. */
static const struct
{
  const char *file;
  guint wanted;
} sheets[] = {
  { "style.css", 0 },
  { "style-dark.css", IS_DARK },
  { "style-hc.css", IS_HIGH_CONTRAST },
  { "style-hc-dark.css", IS_DARK | IS_HIGH_CONTRAST },
};

static void
read_sheet (GHashTable *colours, const char *file)
{
  g_autofree char *path = g_strconcat (FOLDER, file, NULL);
  g_autoptr (GBytes) bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autoptr (GRegex) pattern = g_regex_new ("@define-color\\s+(\\w+)\\s+([^;]+);", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  gsize length;
  const char *text;

  g_return_if_fail (bytes != NULL);
  text = g_bytes_get_data (bytes, &length);
  for (g_regex_match_full (pattern, text, (gssize) length, 0, 0, &match, NULL); g_match_info_matches (match);
       g_match_info_next (match, NULL))
    {
      g_autofree char *value = g_match_info_fetch (match, 2);
      GdkRGBA colour;

      if (gdk_rgba_parse (&colour, value))
        g_hash_table_replace (colours, g_match_info_fetch (match, 1), g_memdup2 (&colour, sizeof colour));
    }
}

static GHashTable *
read_scheme (guint scheme)
{
  GHashTable *colours = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; i < G_N_ELEMENTS (sheets); i++)
    if ((sheets[i].wanted & ~scheme) == 0)
      read_sheet (colours, sheets[i].file);
  return colours;
}

/**
 * ehcp_palette_get_for:
 * @name: a colour that style.css defines
 *
 * As ehcp_palette_get(), for a scheme that need not be in force.
 */
void
ehcp_palette_get_for (gboolean is_dark, gboolean is_high_contrast, const char *name, GdkRGBA *colour)
{
  static GHashTable *palettes[N_SCHEMES];
  guint scheme = (is_dark ? IS_DARK : 0) | (is_high_contrast ? IS_HIGH_CONTRAST : 0);
  const GdkRGBA *found;

  if (palettes[scheme] == NULL)
    palettes[scheme] = read_scheme (scheme);
  found = g_hash_table_lookup (palettes[scheme], name);
  g_return_if_fail (found != NULL);
  *colour = *found;
}

/**
 * ehcp_palette_get:
 * @name: a colour that style.css defines
 * @colour: (out): what it is in the scheme that is in force
 */
void
ehcp_palette_get (const char *name, GdkRGBA *colour)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  ehcp_palette_get_for (adw_style_manager_get_dark (manager), adw_style_manager_get_high_contrast (manager), name,
                        colour);
}
