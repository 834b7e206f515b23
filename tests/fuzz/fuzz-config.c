/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The council's configuration file, out of memory. */
#define _GNU_SOURCE
#include "fuzz.h"

#include "ehcp-config.h"

#include <sys/mman.h>
#include <unistd.h>

static int file = -1;
static char path[40];

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EhcpConfig) config = NULL;

  /* It names another file, which is then read: any of this computer's, were it an endless one. */
  if (memmem (data, size, "password-file", strlen ("password-file")) != NULL)
    return 0;
  if (file < 0)
    {
      file = memfd_create ("config", 0);
      g_snprintf (path, sizeof path, "/proc/self/fd/%d", file);
    }
  FUZZ_HOLDS (ftruncate (file, 0) == 0 && pwrite (file, data, size, 0) == (gssize) size);
  config = ehcp_config_load (path, &error);
  FUZZ_HOLDS ((config == NULL) == (error != NULL));
  if (config == NULL)
    return 0;
  FUZZ_HOLDS (config->name != NULL && config->message_types != NULL && config->message_types[0] != NULL);
  FUZZ_HOLDS (g_path_is_absolute (config->data_dir) && config->port <= 65535);
  return 0;
}
