/**
 * Live edits of one message per job: the latest state wins, at most one edit is in flight, and edits keep the
 * platform's pace. An edit that fails costs smoothness only; the final reply is made elsewhere, after `settle`.
 */
import type { Job } from '../../core/job.ts';
import type { Log } from '../../core/log.ts';
import { orAborted, within, type Clock } from '../../core/time.ts';
import type { View } from '../../core/view.ts';

export interface LiveMessageOptions {
  /** Waits until an edit may be made, where messages share a budget; the state is rendered after that. */
  turn?: ((signal: AbortSignal) => Promise<void>) | undefined;
  edit: (job: Job, view: View, signal: AbortSignal) => Promise<void>;
  /** The shortest time between two edits of one message, in ms; failures double it up to `maxIntervalMs`. */
  intervalMs: number;
  maxIntervalMs: number;
  /** For one edit, in ms. */
  editMs: number;
  clock: Clock;
  log: Log;
}

export interface LiveMessages {
  /** Never throws. `render` is called when its edit is about to be sent. Ignored once the job has settled. */
  show(job: Job, render: () => View): void;
  /** Drops what has not been sent and resolves when nothing is in flight any more. Rejects when aborted. */
  settle(job: Job, signal: AbortSignal): Promise<void>;
}

interface Message {
  next: (() => View) | undefined;
  sent: string | undefined;
  failures: number;
  stop: AbortController;
  running: boolean;
  loop: Promise<void>;
}

export function createLiveMessages(options: LiveMessageOptions): LiveMessages {
  const { turn, edit, intervalMs, maxIntervalMs, editMs, clock, log } = options;
  const messages = new Map<string, Message>();
  const settled = new WeakSet<Job>();

  async function pump(job: Job, message: Message): Promise<void> {
    while (message.next && !message.stop.signal.aborted) {
      // nothing new costs no turn
      if (turn && isNews(message)) await turn(message.stop.signal).catch(() => undefined); // only ever aborted by settle
      const render = message.next;
      message.next = undefined;
      if (!render || message.stop.signal.aborted || !(await send(job, render, message))) continue;
      const pause = Math.min(maxIntervalMs, intervalMs * 2 ** message.failures);
      await clock.sleep(pause, message.stop.signal).catch(() => undefined); // only ever aborted by settle
    }
    message.running = false;
  }

  /** A render that throws is news too: `send` tells of it. */
  function isNews({ next, sent }: Message): boolean {
    try {
      return next !== undefined && fingerprint(next()) !== sent;
    } catch {
      return true;
    }
  }

  /** False when there was nothing new to send. Never rejects. */
  async function send(job: Job, render: () => View, message: Message): Promise<boolean> {
    try {
      const view = render();
      const shown = fingerprint(view);
      if (shown === message.sent) return false;
      await within(editMs, (signal) => edit(job, view, signal));
      message.sent = shown;
      message.failures = 0;
    } catch (error) {
      message.failures += 1;
      log.warn({ job: job.id, guild: job.guild, failures: message.failures, err: error }, 'live edit failed');
    }
    return true;
  }

  return {
    show(job, render) {
      if (settled.has(job)) return;
      const fresh: Message = {
        next: undefined,
        sent: undefined,
        failures: 0,
        stop: new AbortController(),
        running: false,
        loop: Promise.resolve(),
      };
      const message = messages.get(job.id) ?? fresh;
      messages.set(job.id, message);
      message.next = render;
      // a flag, since a pump with nothing new to send has ended before its promise is known
      if (message.running) return;
      message.running = true;
      message.loop = pump(job, message);
    },
    async settle(job, signal) {
      settled.add(job);
      const message = messages.get(job.id);
      messages.delete(job.id);
      if (!message) return;
      message.next = undefined;
      message.stop.abort();
      await orAborted(message.loop, signal);
    },
  };
}

/** Two views with the same fingerprint look the same; previews are told apart by their size. */
function fingerprint({ preview, ...view }: View): string {
  return JSON.stringify([view, preview?.bytes.length]);
}
