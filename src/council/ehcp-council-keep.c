/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the command line of backup, restore, verify and audit, and prints what came of it. */
#include "ehcp-council-keep.h"

#include "ehcp-audit.h"
#include "ehcp-backup.h"

#include <glib/gstdio.h>
#include <string.h>

/* Exit codes: 0 good, 1 it failed, 2 it was called wrongly. */
#define EXIT_FAILED 1
#define EXIT_USAGE 2

typedef struct
{
  const char *command;
  const char *words;       /* of what stands behind the options */
  const char *summary;
  gboolean is_word_needed;
  gboolean has_note;       /* takes --head */
  char *config_path;
  char *note;
  char *word;              /* or NULL */
} Line;

static void
clear_line (Line *line)
{
  g_clear_pointer (&line->config_path, g_free);
  g_clear_pointer (&line->note, g_free);
  g_clear_pointer (&line->word, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Line, clear_line)

static int
fail (const GError *error)
{
  g_printerr ("ehcp-council: %s\n", error->message);
  return EXIT_FAILED;
}

static gboolean
fail_usage (const Line *line, const char *why)
{
  g_printerr ("ehcp-council %s: %s\nTry: ehcp-council %s --help\n", line->command, why, line->command);
  return FALSE;
}

static gboolean
read_line (Line *line, int argc, char **argv)
{
  const GOptionEntry entries[] = {
    { "config", 'c', 0, G_OPTION_ARG_FILENAME, &line->config_path, "Configuration file", "FILE" },
    G_OPTION_ENTRY_NULL
  };
  const GOptionEntry note[] = {
    { "head", 0, 0, G_OPTION_ARG_STRING, &line->note, "A head that was noted earlier", "NUMBER:HASH" },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (GOptionContext) context = g_option_context_new (line->words);
  g_autoptr (GError) error = NULL;

  g_option_context_set_summary (context, line->summary);
  g_option_context_add_main_entries (context, entries, NULL);
  if (line->has_note)
    g_option_context_add_main_entries (context, note, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    return fail_usage (line, error->message);
  if (argc > (line->words != NULL ? 2 : 1))
    return fail_usage (line, "there is one word too many");
  if (line->is_word_needed && argc < 2)
    return fail_usage (line, line->has_note ? "what is to be done? verify" : "the folder is missing");
  if (argc > 1)
    line->word = line->has_note ? g_strdup (argv[1]) : g_canonicalize_filename (argv[1], NULL);
  return TRUE;
}

static EhcpConfig *
load_config (const Line *line, GError **error)
{
  return ehcp_config_load (line->config_path, error);
}

static gboolean
has_config (const Line *line)
{
  return line->config_path != NULL || fail_usage (line, "--config FILE is missing");
}

static void
print_report (const EhcpBackupReport *report)
{
  g_print ("%u documents, %" G_GUINT64_FORMAT " audit rows; head of the audit %s\n", report->n_documents,
           report->n_audit_rows, report->head);
}

/** ehcp_keep_run_backup: backup DIR. */
int
ehcp_keep_run_backup (int argc, char **argv)
{
  g_auto (Line) line = { .command = "backup", .words = "DIR", .is_word_needed = TRUE,
                         .summary = "Copies everything into the new folder DIR, while the council serves." };
  g_auto (EhcpBackupReport) report = { 0 };
  g_autoptr (EhcpConfig) config = NULL;
  g_autoptr (GError) error = NULL;

  if (!read_line (&line, argc, argv) || !has_config (&line))
    return EXIT_USAGE;
  config = load_config (&line, &error);
  if (config == NULL || !ehcp_backup_make (config, line.word, &report, &error))
    return fail (error);
  g_print ("Backed up to %s: ", line.word);
  print_report (&report);
  return 0;
}

/** ehcp_keep_run_restore: restore DIR. */
int
ehcp_keep_run_restore (int argc, char **argv)
{
  g_auto (Line) line = { .command = "restore", .words = "DIR", .is_word_needed = TRUE,
                         .summary = "Puts the backup in DIR into the place of a council without data." };
  g_auto (EhcpBackupReport) report = { 0 };
  g_autoptr (EhcpConfig) config = NULL;
  g_autoptr (GError) error = NULL;

  if (!read_line (&line, argc, argv) || !has_config (&line))
    return EXIT_USAGE;
  config = load_config (&line, &error);
  if (config == NULL || !ehcp_backup_restore (config, line.word, &report, &error))
    return fail (error);
  g_print ("Restored into %s: ", config->data_dir);
  print_report (&report);
  g_print ("Programs send again what it lacks, when they connect. Next: ehcp-council serve\n");
  return 0;
}

/** ehcp_keep_run_verify: verify [DIR]. */
int
ehcp_keep_run_verify (int argc, char **argv)
{
  g_auto (Line) line = { .command = "verify", .words = "[DIR]",
                         .summary = "Checks the backup in DIR, or without DIR the council's own data: "
                                    "hashes, database, audit." };
  g_auto (EhcpBackupReport) report = { 0 };
  g_autoptr (EhcpConfig) config = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_good;

  if (!read_line (&line, argc, argv) || (line.word == NULL && !has_config (&line)))
    return EXIT_USAGE;
  if (line.word == NULL)
    config = load_config (&line, &error);
  if (error != NULL)
    return fail (error);
  is_good = line.word != NULL ? ehcp_backup_check (line.word, &report, &error)
                              : ehcp_backup_check_live (config, &report, &error);
  if (!is_good)
    return fail (error);
  g_print ("%s: whole. ", line.word != NULL ? line.word : config->data_dir);
  print_report (&report);
  return 0;
}

static int
verify_audit (EhcpConfig *config, const char *note)
{
  g_autofree char *path = g_build_filename (config->data_dir, "council.db", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (EhcpDb) db = NULL;
  g_autofree char *head = NULL;
  guint64 n_rows = 0;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_printerr ("ehcp-council: there is no %s\n", path);
      return EXIT_FAILED;
    }
  db = ehcp_db_open (path, TRUE, &error);
  if (db == NULL || !ehcp_audit_verify (db, &n_rows, &error) ||
      (note != NULL && !ehcp_audit_check_note (db, note, &error)))
    return fail (error);
  head = ehcp_audit_get_head (db, &error);
  if (head == NULL)
    return fail (error);
  g_print ("%" G_GUINT64_FORMAT " rows, every one fits. Head: %s\n", n_rows, head);
  return 0;
}

/** ehcp_keep_run_audit: audit verify [--head NUMBER:HASH]. */
int
ehcp_keep_run_audit (int argc, char **argv)
{
  g_auto (Line) line = { .command = "audit", .words = "verify", .is_word_needed = TRUE, .has_note = TRUE,
                         .summary = "Reads the whole audit and names the first row that was changed, put "
                                    "in, moved or taken out; prints its head." };
  g_autoptr (EhcpConfig) config = NULL;
  g_autoptr (GError) error = NULL;

  if (!read_line (&line, argc, argv) || !has_config (&line))
    return EXIT_USAGE;
  if (strcmp (line.word, "verify") != 0)
    {
      fail_usage (&line, "it can only verify");
      return EXIT_USAGE;
    }
  config = load_config (&line, &error);
  return config != NULL ? verify_audit (config, line.note) : fail (error);
}
