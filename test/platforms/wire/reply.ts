/** Replies: the same message, edited while its job runs; then its files in pieces, and the message as it stays. */
import { createReadStream } from 'node:fs';
import type { Chat } from '../../../src/core/chat.ts';
import { Refused } from '../../../src/core/errors.ts';
import type { Job } from '../../../src/core/job.ts';
import type { ChatDeps } from '../../../src/app/chats.ts';
import { catalogue } from '../../../src/i18n/index.ts';
import { withNotes } from '../../../src/platforms/kit/fit-files.ts';
import { createLiveMessages } from '../../../src/platforms/kit/live-message.ts';
import { ReplyAddress, type Person } from './context.ts';
import { renderMessage } from './render.ts';
import type { Sockets } from './sockets.ts';

const MAX_FILE_BYTES = 8 * 1024 * 1024;
const PIECES = { highWaterMark: 48 * 1024, encoding: 'base64' } as const;
const PACE = { intervalMs: 50, maxIntervalMs: 1000, editMs: 2000 };

export function createReplies(
  sockets: Sockets,
  { fitter, clock, log }: ChatDeps,
): Pick<Chat, 'show' | 'deliver' | 'reaches'> {
  const owner =
    ({ guild, user }: Job) =>
    (person: Person) =>
      person.guild === guild && person.user === user;
  const addressOf = ({ reply }: Job): string => {
    const { data } = ReplyAddress.safeParse(reply);
    if (!data) throw new Refused(new Error('a reply without a message'));
    return data.message;
  };
  const live = createLiveMessages({
    ...PACE,
    clock,
    log,
    edit: (job, view, signal) =>
      sockets.tell(owner(job), { message: renderMessage(addressOf(job), view) }, signal),
  });

  return {
    reaches: (reply) => ReplyAddress.safeParse(reply).success,
    show: (job, render) => live.show(job, render),
    async deliver(job, view, files, sent, signal) {
      await live.settle(job, signal);
      if (job.delivered > 0) return;
      const of = addressOf(job);
      const words = catalogue(job.locale).files;
      const fitted = await fitter.fit(files, { job, limit: MAX_FILE_BYTES, words, signal });
      for (const { name, path } of fitted.files) {
        let begins = 0;
        for await (const piece of createReadStream(path, PIECES)) {
          const base64 = String(piece);
          await sockets.tell(owner(job), { of, name, begins, base64 }, signal);
          begins += Buffer.byteLength(base64, 'base64');
        }
      }
      const message = renderMessage(of, withNotes(view, fitted.notes), fitted.files);
      await sockets.tell(owner(job), { message }, signal);
      await sent(1);
    },
  };
}
