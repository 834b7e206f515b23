/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the process may still do once it reads a document: talk on the pipe that it has, use memory up to a
 * limit, and end. Nothing can be opened, nothing started, no address reached, no code made. */
#include "ehcp-render-box.h"

#include <fcntl.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

/* The largest picture has 128 MiB; poppler, its fonts and one page's images come to as much again. */
#define MAX_MEMORY (G_GUINT64_CONSTANT (1536) * 1024 * 1024)
#define MAX_EXPORT (G_GUINT64_CONSTANT (512) * 1024 * 1024) /* into the one file that it may be given */
#define MAX_CPU_S 600 /* of a whole reading; each answer has its own limit in the program */

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define HAS_SANITIZER TRUE /* it needs terabytes of addresses and threads of its own */
#else
#define HAS_SANITIZER FALSE
#endif

/* Without conditions. What is not named here is refused with EPERM. */
static const int allowed[] = {
  SCMP_SYS (read),           SCMP_SYS (readv),         SCMP_SYS (pread64),       SCMP_SYS (write),
  SCMP_SYS (writev),         SCMP_SYS (recvmsg),       SCMP_SYS (sendmsg),       SCMP_SYS (sendto),
  SCMP_SYS (recvfrom),       SCMP_SYS (poll),          SCMP_SYS (ppoll),         SCMP_SYS (close),
  SCMP_SYS (fstat),          SCMP_SYS (lseek),         SCMP_SYS (dup),           SCMP_SYS (fcntl),
  SCMP_SYS (munmap),         SCMP_SYS (mremap),        SCMP_SYS (madvise),       SCMP_SYS (brk),
  SCMP_SYS (futex),          SCMP_SYS (rt_sigaction),  SCMP_SYS (rt_sigprocmask), SCMP_SYS (rt_sigreturn),
  SCMP_SYS (sigaltstack),    SCMP_SYS (getpid),        SCMP_SYS (gettid),        SCMP_SYS (clock_gettime),
  SCMP_SYS (clock_getres),   SCMP_SYS (gettimeofday),  SCMP_SYS (nanosleep),     SCMP_SYS (clock_nanosleep),
  SCMP_SYS (getrandom),      SCMP_SYS (sched_yield),   SCMP_SYS (restart_syscall), SCMP_SYS (exit),
  SCMP_SYS (exit_group),
};

/* Only somebody who took the process over calls these: it ends at once. */
static const int deadly[] = {
  SCMP_SYS (execve),  SCMP_SYS (execveat), SCMP_SYS (fork),   SCMP_SYS (vfork),
  SCMP_SYS (socket),  SCMP_SYS (connect),  SCMP_SYS (bind),   SCMP_SYS (listen),
  SCMP_SYS (ptrace),  SCMP_SYS (bpf),      SCMP_SYS (kill),   SCMP_SYS (process_vm_readv),
  SCMP_SYS (unlink),  SCMP_SYS (unlinkat), SCMP_SYS (rename), SCMP_SYS (process_vm_writev),
};

static void
set_limit (int what, guint64 most)
{
  struct rlimit limit = { most, most };

  setrlimit (what, &limit);
}

/** ehcp_box_limit: Sets what can be set before the fonts are read. */
void
ehcp_box_limit (void)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
  prctl (PR_SET_DUMPABLE, 0);
  set_limit (RLIMIT_CORE, 0);
  set_limit (RLIMIT_CPU, MAX_CPU_S);
  set_limit (RLIMIT_FSIZE, MAX_EXPORT);
  if (!HAS_SANITIZER)
    set_limit (RLIMIT_AS, MAX_MEMORY);
}

/* Memory may be had, but never to run what is in it. */
static gboolean
allow_memory (scmp_filter_ctx filter)
{
  struct scmp_arg_cmp is_no_code = SCMP_A2 (SCMP_CMP_MASKED_EQ, PROT_EXEC, 0);

  return seccomp_rule_add_array (filter, SCMP_ACT_ALLOW, SCMP_SYS (mmap), 1, &is_no_code) == 0 &&
         seccomp_rule_add_array (filter, SCMP_ACT_ALLOW, SCMP_SYS (mprotect), 1, &is_no_code) == 0;
}

/* fstat() is newfstatat() with an empty path in this C library. */
static gboolean
allow_own (scmp_filter_ctx filter)
{
  struct scmp_arg_cmp is_fstat = SCMP_A3 (SCMP_CMP_MASKED_EQ, AT_EMPTY_PATH, AT_EMPTY_PATH);
  struct scmp_arg_cmp is_self = SCMP_A0 (SCMP_CMP_EQ, (guint64) getpid ());

  return seccomp_rule_add_array (filter, SCMP_ACT_ALLOW, SCMP_SYS (newfstatat), 1, &is_fstat) == 0 &&
         seccomp_rule_add_array (filter, SCMP_ACT_ALLOW, SCMP_SYS (tgkill), 1, &is_self) == 0;
}

static gboolean
add_all (scmp_filter_ctx filter, guint32 act, const int *calls, gsize n_calls)
{
  for (gsize i = 0; i < n_calls; i++)
    if (seccomp_rule_add (filter, act, calls[i], 0) != 0)
      return FALSE;
  return TRUE;
}

/**
 * ehcp_box_lock:
 *
 * From now on the process is alone. There is no way back.
 *
 * Returns: whether it is; a program that is not must not read anything
 */
gboolean
ehcp_box_lock (void)
{
  scmp_filter_ctx filter = seccomp_init (SCMP_ACT_ERRNO (EPERM));
  gboolean is_locked =
      filter != NULL && prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
      add_all (filter, SCMP_ACT_ALLOW, allowed, G_N_ELEMENTS (allowed)) &&
      add_all (filter, SCMP_ACT_KILL_PROCESS, deadly, G_N_ELEMENTS (deadly)) &&
      allow_memory (filter) && allow_own (filter) &&
      (!HAS_SANITIZER || (seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (sched_getaffinity), 0) == 0));

  is_locked = is_locked && seccomp_load (filter) == 0;
  seccomp_release (filter);
  return is_locked;
}
