/**
 * Getting a message to its person. An edit goes by the interaction's token while that lives, then by the bot's own
 * token; a final reply may also become a new message in the channel or, at last, a direct message.
 */
import { DiscordAPIError, HTTPError, Routes, type RawFile, type REST } from 'discord.js';
import { z } from 'zod';
import type { Job } from '../../core/job.ts';
import type { Log } from '../../core/log.ts';
import type { MediaFile } from '../../core/run.ts';
import type { Clock } from '../../core/time.ts';
import type { View } from '../../core/view.ts';
import { catalogue } from '../../i18n/index.ts';
import { fitFiles } from '../fit-files.ts';
import { ReplyAddress } from './context.ts';
import { renderMessage, type MessageBody } from './render.ts';

export interface ReplyOptions {
  rest: REST;
  clock: Clock;
  log: Log;
}

/** Discord's: files in one message. */
const MAX_FILES = 10;
/** The token is not used in its last seconds: an upload may take that long. */
const TOKEN_MARGIN_MS = 30_000;
/** How often a message that Discord finds too large is made smaller. */
const SHRINKS = 3;
/** More text than this goes into a file. */
const MAX_NOTE = 800;

/** Discord's codes for "not by this way": unknown channel, message, webhook; no access; token invalid or expired. */
const DEAD_ENDS = [10_003, 10_008, 10_015, 50_001, 50_007, 50_013, 50_027];
const TOO_LARGE = 40_005;

type Send = (body: object, files: RawFile[], signal: AbortSignal) => Promise<unknown>;
interface Rung {
  name: string;
  send: Send;
}

/** A live edit: the preview replaces the one before; without one, attachments stay as they are. */
export async function editLive(
  job: Job,
  view: View,
  signal: AbortSignal,
  options: ReplyOptions,
): Promise<void> {
  const address = ReplyAddress.parse(job.reply);
  const { preview } = view;
  const body = { ...renderMessage(view), ...(preview && attachments([preview])) };
  await climb(edits(address, options), body, preview ? rawFiles([preview]) : [], signal, options);
}

/** The final reply, in as many messages as its files need; `sent` is told after each. */
export async function deliver(
  job: Job,
  view: View,
  files: MediaFile[],
  sent: (count: number) => Promise<void>,
  signal: AbortSignal,
  options: ReplyOptions,
): Promise<void> {
  const address = ReplyAddress.parse(job.reply);
  const all = withLongNotes(view, files);
  const groups = chunks(all.files, MAX_FILES);
  for (const [index, group] of groups.entries()) {
    if (index < job.delivered) continue;
    const rungs =
      index === 0
        ? [...edits(address, options), ...creations(address, options)]
        : followUps(address, options);
    const shown = index === 0 ? all.view : { ...all.view, facts: [], notes: [] };
    await sendFitted(job, shown, group, { rungs, limit: address.fileLimit, signal, options });
    await sent(index + 1);
  }
}

interface Way {
  rungs: Rung[];
  limit: number;
  signal: AbortSignal;
  options: ReplyOptions;
}

async function sendFitted(job: Job, view: View, files: MediaFile[], way: Way): Promise<void> {
  const { files: words } = catalogue(job.locale);
  let { limit } = way;
  for (let attempt = 0; ; attempt += 1) {
    // the last attempt goes without files: the words at least arrive
    const fitted = await fitFiles(files, attempt === SHRINKS ? 0 : limit);
    const notes = [
      ...fitted.shrunk.map(({ name, size }) => words.shrunk(name, size)),
      ...fitted.tooLarge.map(({ name, size }) => words.tooLarge(name, size)),
    ];
    const message = renderMessage({ ...view, notes: [...view.notes, ...notes] });
    const body: MessageBody & object = { ...message, ...attachments(fitted.files) };
    try {
      await climb(way.rungs, body, rawFiles(fitted.files), way.signal, way.options);
      return;
    } catch (error) {
      if (!isTooLarge(error) || attempt >= SHRINKS) throw error;
      way.options.log.warn(
        { job: job.id, limit, err: error },
        'files too large for Discord, making them smaller',
      );
      limit = Math.floor(Math.min(limit, largest(fitted.files)) / 2);
    }
  }
}

/** The first rung that holds. Throws the last one's error when none does, or at once what no other rung can help. */
async function climb(
  rungs: Rung[],
  body: object,
  files: RawFile[],
  signal: AbortSignal,
  options: ReplyOptions,
): Promise<void> {
  let last: unknown = new Error('no way to the person is left');
  for (const { name, send } of rungs) {
    try {
      await send(body, files, signal);
      return;
    } catch (error) {
      if (!isDeadEnd(error)) throw error;
      options.log.info({ rung: name, err: error }, 'reply goes another way');
      last = error;
    }
  }
  throw last;
}

function edits(address: ReplyAddress, { rest, clock }: ReplyOptions): Rung[] {
  const { application, token, expires, channel, message } = address;
  const byToken: Rung = {
    name: 'interaction',
    send: (body, files, signal) =>
      rest.patch(Routes.webhookMessage(application, token, '@original'), {
        body,
        files,
        signal,
        auth: false,
      }),
  };
  const byBot: Rung = {
    name: 'message',
    send: (body, files, signal) =>
      rest.patch(Routes.channelMessage(channel, message), { body, files, signal }),
  };
  return clock.now() < expires - TOKEN_MARGIN_MS ? [byToken, byBot] : [byBot];
}

function creations({ channel, user }: ReplyAddress, { rest }: ReplyOptions): Rung[] {
  const post =
    (to: string): Send =>
    (body, files, signal) =>
      rest.post(Routes.channelMessages(to), { body, files, signal });
  return [
    { name: 'channel', send: post(channel) },
    {
      name: 'direct message',
      async send(body, files, signal) {
        const opened = await rest.post(Routes.userChannels(), { body: { recipient_id: user }, signal });
        return post(z.object({ id: z.string() }).parse(opened).id)(body, files, signal);
      },
    },
  ];
}

function followUps(address: ReplyAddress, options: ReplyOptions): Rung[] {
  const { application, token, expires } = address;
  const byToken: Rung = {
    name: 'follow-up',
    send: (body, files, signal) =>
      options.rest.post(Routes.webhook(application, token), { body, files, signal, auth: false }),
  };
  const alive = options.clock.now() < expires - TOKEN_MARGIN_MS;
  return [...(alive ? [byToken] : []), ...creations(address, options)];
}

function isDeadEnd(error: unknown): boolean {
  if (!(error instanceof DiscordAPIError)) return false;
  return DEAD_ENDS.includes(Number(error.code)) || [401, 403, 404].includes(error.status);
}

function isTooLarge(error: unknown): boolean {
  if (error instanceof DiscordAPIError) return error.code === TOO_LARGE || error.status === 413;
  return error instanceof HTTPError && error.status === 413;
}

/** Texts that would crowd the message become a file. */
function withLongNotes(view: View, files: MediaFile[]): { view: View; files: MediaFile[] } {
  const text = view.notes.join('\n');
  if (text.length <= MAX_NOTE) return { view, files };
  const file = { name: 'text.txt', type: 'text/plain', bytes: Buffer.from(text) };
  return { view: { ...view, notes: [] }, files: [...files, file] };
}

function attachments(files: MediaFile[]): { attachments: { id: number; filename: string }[] } {
  return { attachments: files.map(({ name }, id) => ({ id, filename: name })) };
}

function rawFiles(files: MediaFile[]): RawFile[] {
  return files.map(({ name, type, bytes }) => ({ name, contentType: type, data: Buffer.from(bytes) }));
}

function largest(files: MediaFile[]): number {
  return Math.max(1, ...files.map(({ bytes }) => bytes.length));
}

/** At least one group, so that a reply without files is a message too. */
function chunks<T>(items: T[], size: number): T[][] {
  const groups: T[][] = [];
  for (let at = 0; at < items.length; at += size) groups.push(items.slice(at, at + size));
  return groups.length > 0 ? groups : [[]];
}
