/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What breaks, and the mending of it. */
#include "sim-world.h"

#include "sim-threads.h"

static void
break_device (SimDevice *device)
{
  if (!device->is_used)
    return;
  if (device->link == NULL)
    {
      sim_device_start (device);
      return;
    }
  switch (sim_random (7))
    {
    case 0:
      sim_device_crash (device, sim_chance (500));
      break;
    case 1:
      sim_disk_die_after (device->host, 1 + sim_random (40));
      break;
    case 2:
      sim_step ("%s: the disk is full", device->name);
      sim_disk_set_full (device->host, TRUE);
      break;
    case 3:
      sim_disk_set_error_rate (device->host, 20 + sim_random (200));
      break;
    case 4:
      sim_net_set_reachable (device->host, sim_chance (500));
      break;
    case 5:
      if (sim_chance (200) && device->n_spare > 0 && sim_may_act (device))
        sim_device_log_out (device);
      break;
    default:
      sim_disk_heal (device->host);
      if (sim_chance (300))
        ehcp_clock_advance (device->clock, (sim_chance (500) ? 1 : -1) * (gint64) sim_random (4000 * 86400));
    }
}

static void
break_council (void)
{
  if (!sim_world.is_council_up && !sim_world.is_council_starting)
    {
      sim_council_start ();
      return;
    }
  switch (sim_random (8))
    {
    case 0:
      sim_council_crash (sim_chance (500));
      break;
    case 1:
      sim_disk_die_after (SIM_COUNCIL, 1 + sim_random (60));
      break;
    case 2:
      sim_step ("the council's disk is full");
      sim_disk_set_full (SIM_COUNCIL, TRUE);
      break;
    case 3:
      sim_disk_set_error_rate (SIM_COUNCIL, 10 + sim_random (100));
      break;
    case 4:
      if (sim_world.is_council_up)
        sim_council_back_up ();
      break;
    case 5:
      if (sim_world.n_restores < 2)
        sim_council_restore ();
      break;
    default:
      sim_disk_heal (SIM_COUNCIL);
    }
}

static void
change_weather (void)
{
  const guint most[] = { 0, 50, 200, 500 };
  SimWeather weather = { 0 };
  guint *chances = (guint *) &weather;

  for (guint i = 0; i < sizeof weather / sizeof *chances; i++)
    chances[i] = sim_random (most[sim_random (G_N_ELEMENTS (most))] + 1);
  sim_step ("weather: lost %u/%u, repeated %u, cut %u, garbage %u, refused %u, slow %u", weather.lose_request,
            weather.lose_answer, weather.repeat, weather.cut, weather.garbage, weather.refuse, weather.slow);
  sim_net_set_weather (&weather);
}

void
sim_fault (void)
{
  switch (sim_random (4))
    {
    case 0:
      change_weather ();
      break;
    case 1:
      break_council ();
      break;
    default:
      break_device (&sim_world.devices[sim_random (sim_world.n_devices)]);
    }
}

/* Whose disk could not be read went on in memory: the next start finds what is on the disk. */
void
sim_leave_memory (void)
{
  for (guint i = 0; i < sim_world.n_devices; i++)
    {
      SimDevice *device = &sim_world.devices[i];

      if (!device->is_used || device->link == NULL || !device->link->is_memory_only)
        continue;
      sim_device_crash (device, FALSE);
      sim_device_start (device);
    }
}

/* As whoever supervises them would. */
void
sim_start_what_died (void)
{
  if (!sim_world.is_council_up && !sim_world.is_council_starting)
    sim_council_start ();
  for (guint i = 0; i < sim_world.n_devices; i++)
    if (sim_world.devices[i].is_used && sim_world.devices[i].link == NULL)
      sim_device_start (&sim_world.devices[i]);
}

void
sim_mend (void)
{
  const SimWeather fair = { 0 };

  sim_step ("everything is mended");
  sim_net_set_weather (&fair);
  sim_disk_heal (SIM_COUNCIL);
  sim_notice_deaths ();
  for (guint i = 0; i < sim_world.n_devices; i++)
    {
      sim_disk_heal (sim_world.devices[i].host);
      sim_net_set_reachable (sim_world.devices[i].host, TRUE);
    }
  sim_start_what_died ();
  sim_leave_memory ();
}
