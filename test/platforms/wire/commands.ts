/** What a person asked for → a verb, and what they are told. */
import type { Carried, Press } from '../../../src/commands/typed/carry-out.ts';
import type { Entered, Intent } from '../../../src/commands/index.ts';
import { readForm } from '../../../src/commands/typed/typed-words.ts';
import type { Caller } from '../../../src/core/caller.ts';
import { EaselError } from '../../../src/core/errors.ts';
import type { Field } from '../../../src/core/screen.ts';
import { within } from '../../../src/core/time.ts';
import type { ChatDeps } from '../../../src/app/chats.ts';
import { refusalText } from '../../../src/platforms/kit/refusal-text.ts';
import { lineText } from '../../../src/platforms/kit/screen-text.ts';
import { attachments, callerOf } from './context.ts';
import type { Asked, Told } from './protocol.ts';
import { renderCard } from './render.ts';
import type { Take } from './sockets.ts';

/** For one answer to be taken, in ms. */
const ANSWER_MS = 5000;

export function createTake({ commands, log }: ChatDeps, paused: () => boolean, signal: AbortSignal): Take {
  return async (asked, connection) => {
    const caller = commands.recognise(callerOf(connection.person));
    const to = asked?.id ?? '';
    const isGone = (err: unknown) => log.info({ to, err }, 'nobody is there to be told');
    const tell = (told: Told) => within(ANSWER_MS, (either) => connection.tell(told, either), signal);
    try {
      if (paused()) throw new EaselError({ code: 'shutting-down' });
      if (!asked) throw new EaselError({ code: 'bad-request' });
      await answer(caller, asked, tell);
    } catch (error) {
      await tell({ to, lines: [refusalText(error, caller, log, { to })] }).catch(isGone);
    }
    await tell({ to, over: true }).catch(isGone);
  };

  async function answer(caller: Caller, asked: Asked, tell: (told: Told) => Promise<void>): Promise<void> {
    const to = asked.id;
    const { failed, done, screen, files = [], prepared } = await carriedOut(caller, asked);
    for (const { name, bytes } of files)
      await tell({ of: to, name, begins: 0, base64: Buffer.from(bytes).toString('base64') });
    if (done.length > 0) await tell({ to, lines: done.map((line) => lineText(line)) });
    if (screen) await tell({ to, card: renderCard(screen, caller.locale), failed });
    if (!prepared) return;
    const message = crypto.randomUUID();
    await commands.run(prepared, { message }, signal);
    await tell({ to, begun: message });
  }

  async function carriedOut(caller: Caller, asked: Asked): Promise<Carried> {
    const files = attachments(asked);
    const attach = (typed: Entered, fields: readonly Field[]) => ({ ...readForm(typed, fields), ...files });
    return commands.carryOut(caller, await intentOf(caller, asked), { attach, signal });
  }

  async function intentOf(caller: Caller, asked: Asked): Promise<Intent | Press> {
    if ('say' in asked) return commands.understand(caller, asked.say);
    return 'press' in asked
      ? { kind: 'press', action: asked.press, job: asked.job }
      : { kind: 'act', ...asked };
  }
}
