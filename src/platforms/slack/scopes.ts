/** What an app that was installed with an older manifest may not do. */
import type { Problem } from '../../core/errors.ts';
import { HEARS_DIRECTLY, SCOPES } from './manifest.ts';
import { SLACK } from './name.ts';

/** What opens sockets: the only scope of an app-level token that is asked for. */
export const SOCKET_SCOPE = 'connections:write';

/** Slack names the granted ones in a header of every answer (`x-oauth-scopes`); none are named where that was lost on the way. */
export function missingScopes(granted: readonly string[] = []): string[] {
  return granted.length === 0 ? [] : SCOPES.filter((scope) => !granted.includes(scope));
}

export function scopeProblem(scope: string): Problem {
  const code = scope === HEARS_DIRECTLY ? 'direct-messages-unheard' : 'scope-missing';
  return { code, platform: SLACK, scope };
}
