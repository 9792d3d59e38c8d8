/** `POST /api/prompt`: hands a graph over. */
import { askJson, type Http } from './http.ts';
import { SubmitAnswer } from './schema.ts';
import { isSuccess } from './status.ts';

/** Rejects with `UnusableAnswer` where the graph was refused, and with `Unanswered`, as any call. */
export async function postPrompt(
  http: Http,
  json: Readonly<Record<string, unknown>>,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<SubmitAnswer> {
  const ask = { method: 'POST', json, timeoutMs, signal, accepts: isSuccess, purpose: 'submit' } as const;
  return askJson(http, SubmitAnswer, 'api/prompt', ask);
}
