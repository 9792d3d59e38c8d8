/**
 * The ways by which a reply reaches its person, best first: an edit in its place, a new message there, and at last a
 * direct one that says why.
 */
import type { webApi } from '@slack/bolt';
import type { Closed } from '../../../core/bodies.ts';
import { catalogue } from '../../../i18n/index.ts';
import type { Budget } from '../../kit/budget.ts';
import type { Fitter } from '../../kit/fit-files.ts';
import type { Clock } from '../../../core/time.ts';
import type { Log } from '../../../core/log.ts';
import type { Refusal } from '../../kit/tries.ts';
import type { ReplyAddress } from '../events/context.ts';
import { slackError } from '../errors.ts';
import { directChannel, post, type Message } from './message.ts';
import { patiently, TRIES } from './patiently.ts';

export interface ReplyOptions {
  client: webApi.WebClient;
  budget: Budget;
  fitter: Fitter;
  clock: Clock;
  log: Log;
  processingMs: number;
  pollMs: number;
  /** Told of what the app may not do: an admin's matter. */
  lacking: (error: unknown) => void;
}

/** Where a message stands; `thread`: what it answers. */
export type Stands = Pick<ReplyAddress, 'channel' | 'ts' | 'thread'>;

export interface Way {
  name: 'edit' | 'anew' | 'direct';
  send: (message: Message) => Promise<Stands>;
}

/** For a final reply: it may wait for its turn, and an answer that was lost is asked for again. */
export function edit(
  { channel, ts, thread }: ReplyAddress,
  signal: AbortSignal,
  { client, budget, clock, pollMs }: ReplyOptions,
): Way {
  return {
    name: 'edit',
    async send(message) {
      for (let attempt = 1; ; attempt += 1) {
        await budget.turn('final', signal);
        try {
          await client.chat.update({ channel, ts, ...message });
          return { channel, ts, thread };
        } catch (error) {
          const { code, retryAfterMs } = slackError(error);
          if (attempt >= TRIES) throw error;
          if (retryAfterMs !== undefined) budget.hold(retryAfterMs);
          else if (code === undefined) await clock.sleep(pollMs, signal);
          else throw error;
        }
      }
    },
  };
}

export function anew(
  { channel, thread, user }: Pick<ReplyAddress, 'channel' | 'thread' | 'user'>,
  locale: string,
  signal: AbortSignal,
  options: Pick<ReplyOptions, 'client' | 'clock'>,
): Way[] {
  let opened: string | undefined;
  let why: Closed = 'other';
  return [
    {
      name: 'anew',
      async send(message) {
        try {
          const posted = await post({ channel, thread: thread ?? undefined }, message, signal, options);
          return { ...posted, thread };
        } catch (error) {
          why = closedBy(slackError(error).code ?? '');
          throw error;
        }
      },
    },
    {
      name: 'direct',
      async send(message) {
        if (opened === undefined) {
          const direct = await directChannel(user, signal, options);
          await post({ channel: direct }, { text: catalogue(locale).bodies.closed(why) }, signal, options);
          opened = direct;
        }
        return { ...(await post({ channel: opened }, message, signal, options)), thread: null };
      },
    },
  ];
}

/** https://docs.slack.dev/reference/methods/chat.postMessage, its errors. */
const CLOSED: Record<string, Closed> = {
  not_in_channel: 'outside',
  user_not_in_channel: 'outside',
  channel_not_found: 'outside',
  restricted_action: 'read-only',
  restricted_action_read_only_channel: 'read-only',
  restricted_action_thread_only_channel: 'read-only',
  restricted_action_non_threadable_channel: 'read-only',
  posting_to_channel_denied: 'read-only',
  restricted_action_thread_locked: 'archived',
  thread_locked: 'archived',
  is_archived: 'archived',
  is_inactive: 'archived',
};

function closedBy(code: string): Closed {
  return (Object.hasOwn(CLOSED, code) ? CLOSED[code] : undefined) ?? 'other';
}

/** What cannot be edited because it is not there, or because nobody may write there any more. */
const GONE = ['message_not_found', 'channel_not_found', 'not_in_channel', 'is_archived', 'is_inactive'];

/** What Slack still shows of a reply whose result has gone elsewhere says so, or is taken away. Never rejects. */
export async function settleFirst(
  { channel, ts }: ReplyAddress,
  { text, refused }: { text: string; refused: readonly Refusal<Way>[] },
  signal: AbortSignal,
  { client, clock, log }: ReplyOptions,
): Promise<void> {
  const edits = refused.filter(({ way }) => way.name === 'edit');
  if (edits.some(({ error }) => GONE.includes(slackError(error).code ?? ''))) return;
  const mayEdit = edits.every(({ blame, body }) => blame !== 'place' && body.name !== 'last');
  const steps = [
    ...(mayEdit ? [() => client.chat.update({ channel, ts, text })] : []),
    () => client.chat.delete({ channel, ts }),
  ];
  for (const step of steps)
    try {
      await patiently<unknown>(step, clock, signal);
      return;
    } catch (error) {
      log.info({ err: error }, 'the first reply could not be settled in this way');
    }
}
