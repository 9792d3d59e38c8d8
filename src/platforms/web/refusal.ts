/** What went wrong, as the page is told: a sentence for the person; the cause goes to the log. */
import type { Context } from 'hono';
import { fieldOf, problemOf, type Problem } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import { catalogue, sentence } from '../../i18n/index.ts';
import type { Refusal } from './api.ts';

/** Answers instead of the route that threw. */
export function refuse(context: Context, error: unknown, { locale, log }: { locale: string; log: Log }) {
  const ref = crypto.randomUUID();
  const problem = problemOf(error, ref);
  log.warn({ path: context.req.path, ref, err: error }, 'request refused');
  const field = fieldOf(problem);
  const refusal: Refusal = {
    // whoever has come through the door runs this Easel
    error: sentence(catalogue(locale), problem, 'operator'),
    ...(field !== undefined && { field }),
  };
  return context.json(refusal, statusOf(problem));
}

const MISSING: readonly string[] = [
  'no-such-template',
  'no-such-draft',
  'no-such-version',
  'no-such-job',
  'file-gone',
  'form-expired',
];

function statusOf({ code }: Problem) {
  if (code === 'internal' || code === 'store-failed') return 500;
  if (code === 'not-an-admin') return 403;
  if (code === 'setting-changed') return 409;
  if (code === 'shutting-down' || code === 'too-many-pages') return 503;
  return MISSING.includes(code) ? 404 : 422;
}
