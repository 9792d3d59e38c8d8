/** For which place an admin speaks in the studio: the browser's own, or a server that this Easel serves. */
import type { Context } from 'hono';
import type { Caller } from '../../core/caller.ts';
import { WEB, readerOf } from './context.ts';
import type { WebDeps } from './deps.ts';

/** Who acts for places other than the browser's own. */
const OPERATOR = 'operator';

export interface Asking {
  /** Whose reply is read in this browser. */
  reader: Caller;
  /** Who acts; undefined: the address names no place that Easel knows. */
  caller: Caller | undefined;
}

/** Known to every route of the studio. */
export interface StudioEnv {
  Variables: { caller: Caller; reader: Caller };
}

export function askingIn(
  context: Context,
  { commands, operator }: Pick<WebDeps, 'commands' | 'operator'>,
): Asking {
  const reader = readerOf(context, commands);
  const { platform = WEB, guild = WEB } = context.req.query();
  if (platform === WEB && guild === WEB) return { reader, caller: reader };
  if (!operator.knownGuild(platform, guild)) return { reader, caller: undefined };
  const { locale } = reader;
  const caller = commands.recognise({ platform, guild, user: OPERATOR, locale, admin: true, operator: true });
  // one person reads it all, whatever language the place speaks
  return { reader, caller: { ...caller, locale } };
}
