/** The page's messages on a real table and a real folder; and the routes on real verbs. */
import { onTestFinished } from 'vitest';
import { Hono } from 'hono';
import { createOperator } from '../../../../src/commands/operator/operator.ts';
import type { Job } from '../../../../src/core/job.ts';
import type { StoredFile } from '../../../../src/core/files.ts';
import type { MediaFile } from '../../../../src/core/run.ts';
import type { Clock } from '../../../../src/core/time.ts';
import type { View } from '../../../../src/core/view.ts';
import type { Message } from '../../../../src/platforms/web/api.ts';
import { chatRoutes } from '../../../../src/platforms/web/commands.ts';
import { WEB } from '../../../../src/platforms/web/context.ts';
import { messageRoutes } from '../../../../src/platforms/web/messages.ts';
import { createReplies, type Replies } from '../../../../src/platforms/web/reply.ts';
import type { WebDeps } from '../../../../src/platforms/web/deps.ts';
import { openTable } from '../../../../src/store/index.ts';
import { keptFolder, stored } from '../../../fakes/disk.ts';
import { createManualClock } from '../../../fakes/manual-clock.ts';
import { createRecordingLog } from '../../../fakes/recording-log.ts';
import { commandStage } from '../../commands/stage.ts';
import { sampleJob } from '../../jobs/sample.ts';
import { temporaryFolder } from '../../temporary.ts';

export const sent = async () => undefined;

export function webJob(given: Partial<Job> = {}): Job {
  return sampleJob({ platform: WEB, guild: WEB, user: 'you', reply: {}, ...given });
}

export function view(given: Partial<View> = {}): View {
  return { tone: 'working', title: 'a red fox', status: '', facts: [], notes: [], buttons: [], ...given };
}

export const done = view({ tone: 'done', status: 'Done in 1 s' });

export function media(name: string, content: string | Uint8Array = name, type = 'image/png'): MediaFile {
  return { name, type, bytes: Buffer.from(content) };
}

/** On disk until the test is over. */
export async function file(...given: Parameters<typeof media>): Promise<StoredFile> {
  return stored(media(...given));
}

/** Replies that can be opened again on what they have kept. */
export async function replyStage(given?: Clock) {
  const directory = await temporaryFolder();
  const clock = given ?? createManualClock(1_000_000, { skipping: true });
  const log = createRecordingLog();
  const table = await openTable(`sqlite://${directory}/web.sqlite`, WEB, log);
  onTestFinished(() => table.close());
  const options = { table, directory: `${directory}/outputs`, clock, log };
  const open = () => createReplies({ ...options, kept: keptFolder(options) });
  return { ...options, open, replies: await open() };
}

export type WebStage = Awaited<ReturnType<typeof webStage>>;

/** `options`: as of `commandStage`. */
export async function webStage(
  {
    paused = () => false,
    chat = true,
    clock: given,
  }: { paused?: () => boolean; chat?: boolean; clock?: Clock } = {},
  ...options: Parameters<typeof commandStage>
) {
  const { replies, directory } = await replyStage();
  const verbs = await commandStage(...options);
  const { commands, backend, clock, log } = verbs;
  const operator = createOperator({
    jobs: verbs.manager,
    backend,
    chats: verbs.room.chats,
    clock,
    log,
    concurrency: 1,
    failures: { newest: () => [] },
    home: { platform: WEB, guild: WEB, name: 'here' },
  });
  const closing = new AbortController();
  const deps: WebDeps = {
    commands,
    operator,
    replies,
    clock: given ?? clock,
    log,
    signal: closing.signal,
    blot: String,
    backend: { name: 'the test backend', sandbox: false },
  };
  const routes = new Hono();
  routes.route('/', messageRoutes(deps, { chat }));
  routes.route('/', chatRoutes(deps, paused));
  return { ...verbs, replies, directory, deps, routes, closing };
}

/** Oldest first. */
export async function messagesOf(replies: Replies, draft?: string): Promise<Message[]> {
  return (await replies.history(draft)).messages;
}

export async function delivered(
  replies: Replies,
  files: StoredFile[],
  given: Partial<Job> = {},
): Promise<Message> {
  const job = webJob(given);
  await replies.deliver(job, done, files, sent);
  const message = (await messagesOf(replies)).find(({ id }) => id === job.id);
  if (!message) throw new Error('it is not in the history');
  return message;
}
