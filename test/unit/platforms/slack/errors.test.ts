import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EaselError } from '../../../../src/core/errors.ts';
import { explained, slackError } from '../../../../src/platforms/slack/errors.ts';
import { startFakeSlack, type FakeSlack } from '../../../fakes/slack/index.ts';
import { webClient } from '../../../fakes/slack/real-bolt.ts';

let slack: FakeSlack;
beforeEach(async () => {
  slack = await startFakeSlack();
});
afterEach(() => slack.stop());

/** What the real client throws. */
async function thrown(): Promise<unknown> {
  const call = webClient(slack).chat.postMessage({ channel: slack.channel.id, text: 'x' });
  return call.then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe('a refusal of Slack', () => {
  it.each([
    ['not_in_channel', 'place'],
    ['channel_not_found', 'place'],
    ['is_archived', 'place'],
    ['restricted_action', 'place'],
    ['restricted_action_read_only_channel', 'place'],
    ['restricted_action_thread_locked', 'place'],
    ['message_not_found', 'place'],
    ['edit_window_closed', 'place'],
    ['expired_trigger_id', 'late'],
    ['exchanged_trigger_id', 'late'],
    ['invalid_auth', 'token'],
    ['token_revoked', 'token'],
    ['account_inactive', 'token'],
    ['invalid_blocks', 'files'],
    ['invalid_blocks_format', 'form'],
    ['internal_error', 'later'],
    ['missing_scope', 'account'],
  ] as const)('%s means: %s', async (code, meaning) => {
    slack.faults.refuse({ method: 'chat.postMessage', error: code });
    const { next, revoked, ...rest } = slackError(await thrown());
    expect(next).toBe(meaning);
    expect(revoked).toBe(meaning === 'token');
    expect(rest.code).toBe(code);
    expect(rest.retryAfterMs).toBeUndefined();
  });

  it('with a rate limit says how many milliseconds to wait', async () => {
    slack.faults.rateLimit({ method: 'chat.postMessage', retryAfter: 7 });
    expect(slackError(await thrown())).toMatchObject({ retryAfterMs: 7000, revoked: false });
  });

  it('with a rate limit of no time at all is one all the same', async () => {
    slack.faults.rateLimit({ method: 'chat.postMessage', retryAfter: 0 });
    expect(slackError(await thrown()).retryAfterMs).toBe(0);
  });

  it('for a missing scope names it, to the person as well', async () => {
    slack.faults.refuse({
      method: 'chat.postMessage',
      error: 'missing_scope',
      fields: { needed: 'chat:write' },
    });
    const error = await thrown();
    expect(slackError(error).scope).toBe('chat:write');
    expect(explained(error)).toMatchObject({
      problem: { code: 'scope-missing', platform: 'slack', scope: 'chat:write' },
      cause: error,
    });
  });

  it('for an expired form is explained', async () => {
    slack.faults.refuse({ method: 'chat.postMessage', error: 'expired_trigger_id' });
    expect(explained(await thrown())).toMatchObject({ problem: { code: 'form-expired' } });
  });
});

describe('what is no refusal of Slack', () => {
  it('has no code and no meaning', async () => {
    slack.faults.httpError({ method: 'chat.postMessage', status: 503 });
    const page = await thrown();
    slack.faults.cutConnection({ method: 'chat.postMessage' });
    const cut = await thrown();
    const odd = Object.assign(new Error('odd'), { code: 'ECONNRESET' });
    for (const error of [page, cut, odd, new EaselError({ code: 'interrupted' }), 'text', undefined, null]) {
      const { code, retryAfterMs, ...meanings } = slackError(error);
      expect([code, retryAfterMs]).toEqual([undefined, undefined]);
      expect(Object.values(meanings).some(Boolean)).toBe(false);
    }
    for (const error of [odd, new EaselError({ code: 'interrupted' }), 'text', undefined, null])
      expect(explained(error)).toBe(error);
    for (const cause of [page, cut])
      expect(explained(cause)).toMatchObject({
        problem: { code: 'chat-unreachable', platform: 'slack' },
        cause,
      });
  });

  it.each([new DOMException('', 'TimeoutError'), new TypeError('fetch failed'), new TypeError('terminated')])(
    'is a network that failed: %s',
    (cause) => {
      expect(explained(cause)).toMatchObject({
        problem: { code: 'chat-unreachable', platform: 'slack' },
        cause,
      });
    },
  );

  it('may be a mistake of ours', () => {
    const mistake = new TypeError("Cannot read properties of undefined (reading 'id')");
    expect(explained(mistake)).toBe(mistake);
  });
});
