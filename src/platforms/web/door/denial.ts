/** A plain no, before any route is asked: text for a person who came to a page, JSON for a script. */
import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { catalogue, languageOf, type Catalogue } from '../../../i18n/index.ts';
import type { Refusal } from '../api.ts';
import { webCaller } from '../context.ts';

export type DoorWord = keyof Catalogue['web']['door'];

/** The person's language if we speak it, else English. */
export function localeOf(context: Context): string {
  return languageOf(webCaller(context.req.header('accept-language')).locale);
}

export function deny(context: Context, status: ContentfulStatusCode, why: DoorWord): Response {
  const error = catalogue(localeOf(context)).web.door[why]();
  if (context.req.header('sec-fetch-mode') === 'navigate') return context.text(error, status);
  return context.json<Refusal>({ error }, status);
}
