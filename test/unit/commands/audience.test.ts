import { describe, expect, it } from 'vitest';
import { createAudience } from '../../../src/commands/audience.ts';
import type { Chat } from '../../../src/core/chat.ts';
import type { Job } from '../../../src/core/job.ts';
import type { View } from '../../../src/core/view.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';
import { sampleJob } from '../jobs/sample.ts';

const forever = new AbortController().signal;

/** One whose people write Korean, in a guild that may have a language of its own. */
function audienceOf(language: () => string | undefined) {
  const said: { locale: string; status: string }[] = [];
  const shown: (() => View)[] = [];
  const chat: Chat = {
    platform: 'test',
    features: new Set(),
    start: async () => undefined,
    pause: () => undefined,
    stop: async () => undefined,
    ready: () => true,
    check: async () => undefined,
    show: (_job, render) => void shown.push(render),
    deliver: async ({ locale }, { status }) => void said.push({ locale, status }),
    claim: async ({ locale }) => ({ locale }),
    reaches: () => true,
    isPrivate: (reply) => reply === 'private',
    findings: () => [],
    offer: async () => [],
    tell: async () => undefined,
  };
  const audience = createAudience(new Map([['test', chat]]), createManualClock(), language);
  return { audience, said, shown };
}

describe('A reply', () => {
  const ended = (given: Partial<Job>) =>
    sampleJob({ locale: 'ko', state: 'delivering', end: { kind: 'cancelled' }, ...given });
  const delivery = { files: [], texts: [], missing: [], sent: async () => undefined };

  it('that everybody reads is in the language of the guild, a private one in that of its person', async () => {
    const { audience, said } = audienceOf(() => 'ja');
    for (const reply of ['public', 'private']) await audience.deliver(ended({ reply }), delivery, forever);
    expect(said).toEqual([
      { locale: 'ja', status: expect.stringMatching(/キャンセル/) },
      { locale: 'ko', status: expect.stringMatching(/취소/) },
    ]);
    expect(await audience.claim(ended({ reply: 'public' }), forever)).toEqual({ locale: 'ja' });
    expect(await audience.claim(ended({ reply: 'private' }), forever)).toEqual({ locale: 'ko' });
  });

  it('is drawn in the language of the day on which it is drawn', async () => {
    let language: string | undefined = 'ja';
    const { audience, said, shown } = audienceOf(() => language);
    const job = ended({ reply: 'public' });
    audience.show(job, { kind: 'submitting', retrying: false });
    language = 'zh';
    expect(shown[0]?.().status).toMatch(/\p{sc=Han}/u);
    await audience.deliver(job, delivery, forever);
    language = undefined;
    await audience.deliver(job, delivery, forever);
    expect(said.map(({ locale }) => locale)).toEqual(['zh', 'ko']);
    expect(job.locale).toBe('ko');
  });
});
