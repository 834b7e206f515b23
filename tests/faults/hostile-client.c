/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program's side of the wire against one address: asks as the program does, and says in one line what came of
 * it and how much memory it took. Usage: hostile-client URL service|feed|command|document */
#include "ehcp-batch.h"
#include "ehcp-http.h"

#include <stdio.h>
#include <string.h>

#define MAX_BATCH_BYTES (16 * 1024 * 1024)
#define SIZE_OF_DOCUMENT 1000

static long
read_peak_kib (void)
{
  g_autofree char *text = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &text, NULL, NULL))
    return 0;
  line = strstr (text, "VmHWM:");
  return line != NULL ? strtol (line + 6, NULL, 10) : 0;
}

static gboolean
take (gpointer data, guint status, const void *bytes, gsize length, GError **error)
{
  gsize *n = data;

  *n += length;
  if (*n <= SIZE_OF_DOCUMENT)
    return TRUE;
  ehcp_set_error (error, EHCP_ERROR_FAILED, NULL, "longer than it was said to be");
  return FALSE;
}

static gboolean
ask (EhcpHttp *http, const char *what, GError **error)
{
  static const char command[] = "{\"kind\":\"note.add\"}";
  g_autoptr (GBytes) body = g_bytes_new_static (command, strlen (command));
  EhcpRequest request = { .method = "GET", .path = "/v1/changes?since=&limit=500&wait=0", .token = "T",
                          .max_bytes = MAX_BATCH_BYTES };
  g_autoptr (EhcpAnswer) answer = NULL;
  g_autoptr (EhcpBatch) batch = NULL;
  gsize n = 0;

  if (strcmp (what, "document") == 0)
    {
      request.path = "/v1/documents/00000000-0000-4000-8000-000000000001/content";
      answer = ehcp_http_receive (http, &request, take, &n, NULL, error);
      return answer != NULL;
    }
  if (strcmp (what, "command") == 0)
    {
      request = (EhcpRequest){ .method = "PUT", .path = "/v1/commands/00000000-0000-4000-8000-000000000001",
                               .token = "T", .body = body };
      answer = ehcp_http_send (http, &request, NULL, error);
      return answer != NULL;
    }
  answer = ehcp_http_send (http, &request, NULL, error);
  if (answer != NULL)
    batch = ehcp_batch_parse (answer->body, error);
  return batch != NULL;
}

int
main (int argc, char **argv)
{
  g_autoptr (EhcpHttp) http = NULL;
  g_autoptr (GError) error = NULL;
  long before;
  gboolean is_good;

  if (argc != 3)
    return 2;
  http = ehcp_http_new (argv[1], 3);
  before = read_peak_kib ();
  is_good = ask (http, argv[2], &error);
  printf ("%s %ld %s\n", is_good ? "taken" : error->domain == EHCP_ERROR ? ehcp_error_code_to_string (error->code) : "other",
          read_peak_kib () - before, is_good ? "" : error->message);
  return 0;
}
