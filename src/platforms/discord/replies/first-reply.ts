/** The first reply, once its result has gone another way: it says where, or is taken away, and never goes on thinking. */
import { DiscordAPIError, RESTJSONErrorCodes as Code } from 'discord.js';
import type { View } from '../../../core/view.ts';
import { catalogue } from '../../../i18n/index.ts';
import type { Refusal } from '../../kit/tries.ts';
import type { ReplyAddress } from '../events/context.ts';
import { edits, removeReply, type LadderOptions, type Way } from './ways.ts';
import { say } from './say.ts';

const GONE: readonly (number | string)[] = [Code.UnknownMessage, Code.UnknownChannel, Code.UnknownWebhook];

/** `to`: where the result is; undefined: nowhere. `refused`: what was tried before. Never rejects. */
export async function settleFirst(
  address: ReplyAddress,
  { to, locale, refused }: { to: Way['elsewhere']; locale: string; refused: readonly Refusal<Way>[] },
  signal: AbortSignal,
  options: LadderOptions,
): Promise<void> {
  const { log } = options;
  if (refused.some(({ error }) => isGone(error))) return;
  try {
    if (to !== undefined && (await pointed())) return;
    await removeReply(address, signal, options);
  } catch (error) {
    if (!isGone(error)) log.warn({ err: error }, 'the first reply is left as it was');
  }

  /** False: nothing can be said in it. */
  async function pointed(): Promise<boolean> {
    const closed = refused.filter(({ blame }) => blame === 'place').map(({ way }) => way.name);
    const ways = edits(address, options).filter(({ name }) => !closed.includes(name));
    if (ways.length === 0) return false;
    const { bodies } = catalogue(locale);
    const status = to === 'direct' ? bodies.direct() : bodies.beside();
    const view: View = { tone: 'done', title: '', status, facts: [], notes: [], buttons: [] };
    const contents = { view, files: [] };
    try {
      await say(contents, { ways, order: 'pointer', limit: 0, locale, signal, options });
      return true;
    } catch (error) {
      log.info({ err: error }, 'the first reply cannot say where its result is');
      return false;
    }
  }
}

function isGone(error: unknown): boolean {
  return error instanceof DiscordAPIError && GONE.includes(error.code);
}
