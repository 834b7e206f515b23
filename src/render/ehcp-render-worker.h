/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Between a document and its thread. */
#pragma once

#include "ehcp-render-document.h"

G_BEGIN_DECLS

typedef enum
{
  EHCP_JOB_OPEN,
  EHCP_JOB_RENDER,
  EHCP_JOB_READ,
  EHCP_JOB_SEARCH,
  EHCP_JOB_OUTLINE,
  EHCP_JOB_QUIT,
} EhcpJobKind;

/* What fits the kind is set; the task's source is the document. */
typedef struct
{
  EhcpJobKind kind;
  GTask *task;
  guint page;
  double scale;
  char *text;
} EhcpJob;

typedef struct
{
  double width;
  double height;
} EhcpPageSize;

EhcpJob *ehcp_job_new (EhcpJobKind kind, GTask *task);
void ehcp_job_free (EhcpJob *job);

void ehcp_render_worker_start (GAsyncQueue *jobs, GBytes *content);

/* Of the document, for its thread. @sizes is taken; fixed from then on. */
void ehcp_render_document_take_sizes (EhcpRenderDocument *document, EhcpPageSize *sizes, guint n_pages);
const EhcpPageSize *ehcp_render_document_get_sizes (EhcpRenderDocument *document);

G_END_DECLS
