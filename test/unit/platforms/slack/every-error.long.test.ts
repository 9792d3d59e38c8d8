/** Every error that Slack documents, at every step of a final reply: its person ends with something, after few calls. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Refused } from '../../../../src/core/errors.ts';
import type { Job } from '../../../../src/core/job.ts';
import type { StoredFile } from '../../../../src/core/files.ts';
import type { View } from '../../../../src/core/view.ts';
import { createBudget } from '../../../../src/platforms/kit/budget.ts';
import { judged } from '../../../../src/platforms/slack/errors.ts';
import { deliver, postReply } from '../../../../src/platforms/slack/replies/reply.ts';
import { nextAfter } from '../../../../src/platforms/slack/replies/refusals.ts';
import { renderMessage } from '../../../../src/platforms/slack/replies/render.ts';
import type { ReplyOptions } from '../../../../src/platforms/slack/replies/ways.ts';
import { stored } from '../../../fakes/disk.ts';
import { createManualClock } from '../../../fakes/manual-clock.ts';
import { createRecordingLog } from '../../../fakes/recording-log.ts';
import { documentedErrors, type DocumentedMethod } from '../../../fakes/slack/documented-errors.ts';
import { startFakeSlack, type FakeMessage, type FakeSlack } from '../../../fakes/slack/index.ts';
import { webClient } from '../../../fakes/slack/real-bolt.ts';
import { sampleJob } from '../../jobs/sample.ts';
import { allFit } from '../../../fakes/fitter.ts';

let slack: FakeSlack;
let files: StoredFile[];
beforeEach(async () => {
  slack = await startFakeSlack();
  slack.settings.fileProcessingMs = 0;
  const bytes = Buffer.from('a picture');
  files = [
    await stored({ name: 'a.png', type: 'image/png', bytes }),
    await stored({ name: 'b.mp4', type: 'video/mp4', bytes }),
  ];
});
afterEach(() => slack.stop());

const view: View = {
  tone: 'done',
  title: 'a red fox',
  status: 'Done in 3 s',
  facts: [{ name: 'seed', value: '1' }],
  notes: [],
  buttons: [{ action: 'again', job: 'j', label: 'Again' }],
};
const signal = new AbortController().signal;

function options(): ReplyOptions {
  const lacking = () => undefined;
  const clock = createManualClock(0, { skipping: true });
  const log = createRecordingLog();
  const budget = createBudget({ edits: 1e6, windowMs: 1, burst: 1e6, clock });
  // a picture is processed while the clock stands still
  return {
    client: webClient(slack),
    budget,
    fitter: allFit,
    clock,
    log,
    processingMs: 1e7,
    pollMs: 1,
    lacking,
  };
}

/** As a job does it: what may pass is tried again, with what is known of the reply. */
async function delivered(job: Job, settings: ReplyOptions): Promise<unknown> {
  const sent = async (count: number): Promise<void> => void (job.delivered = count);
  for (let attempt = 1; ; attempt += 1)
    try {
      return await deliver(job, view, files, sent, signal, settings);
    } catch (error) {
      const verdict = judged(error);
      if (verdict instanceof Refused || attempt > 5) return verdict;
    }
}

interface Step {
  method: DocumentedMethod;
  /** What else is so, for that step to be taken at all. */
  given?: () => void;
  when?: (args: Readonly<Record<string, unknown>>) => boolean;
  /** Of the final reply, however often it is tried. */
  most: number;
}

const here = (args: Readonly<Record<string, unknown>>) => args['channel'] === slack.channel.id;
const goneEdits = () =>
  slack.faults.refuse({ method: 'chat.update', error: 'message_not_found', times: Infinity });
const closedChannel = () =>
  slack.faults.refuse({ method: 'chat.postMessage', error: 'is_archived', times: Infinity, when: here });

const STEPS: Record<string, Step> = {
  'the edit': { method: 'chat.update', most: 30 },
  'a new message': { method: 'chat.postMessage', given: goneEdits, when: here, most: 30 },
  'opening direct messages': {
    method: 'conversations.open',
    given: () => {
      slack.faults.refuse({
        method: 'chat.update',
        error: 'edit_window_closed',
        times: Infinity,
        when: ({ blocks }) => blocks !== undefined,
      });
      closedChannel();
    },
    most: 40,
  },
  'asking where to upload': { method: 'files.getUploadURLExternal', most: 16 },
  'completing an upload': { method: 'files.completeUploadExternal', most: 20 },
  'asking what became of a file': { method: 'files.info', most: 20 },
};

describe.each(Object.entries(STEPS))('at %s', (_, { method, given, when, most }) => {
  it.each(documentedErrors(method))('%s', async (error) => {
    const settings = options();
    const conversation = { channel: slack.channel.id };
    const first = { ...view, title: '', status: 'Got it…', facts: [], buttons: [] };
    const reply = await postReply(
      conversation,
      slack.person.id,
      renderMessage(first),
      'en',
      signal,
      settings,
    );
    const job = sampleJob({ reply });
    given?.();
    const next = nextAfter(error);
    const times = next === 'later' || next === 'token' ? 2 : Infinity;
    slack.faults.refuse({ method, error, times, ...(when && { when }) });
    slack.requests.length = 0;
    const problem = await delivered(job, settings);

    const calls = slack.requests.map((one) => `${one.method} ${one.error ?? ''}`);
    const told = (message: FakeMessage) => message.visible.includes('Done in 3 s');
    const all = [...slack.messagesIn(slack.channel.id), ...slack.directMessages(slack.person.id)];
    const final = all.filter(told);
    // where every way is shut the reply at least does not go on waiting
    const isOver = final.length === 1 || (problem !== undefined && all.length === 0);
    expect(isOver, `${String(problem)}\n${calls.join('\n')}`).toBe(true);
    expect(calls.length, calls.join('\n')).toBeLessThanOrEqual(most);
    // each of the two files once, whatever is tried; but for one that Slack says to have forgotten
    const uploads = error === 'file_not_found' ? 3 : 2;
    expect(slack.requestsTo('upload').length, calls.join('\n')).toBeLessThanOrEqual(uploads);
    expect(slack.violations).toEqual([]);
  });
});

it.each([400, 403, 413])(
  'where uploads are refused with HTTP %i the words arrive at once, with links',
  async (status) => {
    const offer = { kind: 'link' as const, url: 'https://files.example/a', until: 1 };
    const linkTo: ReplyOptions['fitter']['linkTo'] = async ({ name }) => ({ text: `fetch ${name}`, offer });
    const settings = { ...options(), fitter: { ...allFit, linkTo } };
    const first = { ...view, title: '', status: 'Got it…', facts: [], buttons: [] };
    const conversation = { channel: slack.channel.id };
    const reply = await postReply(
      conversation,
      slack.person.id,
      renderMessage(first),
      'en',
      signal,
      settings,
    );
    const job = sampleJob({ reply });
    slack.faults.httpError({ method: 'upload', status, times: Infinity });
    const sent = async (count: number): Promise<void> => void (job.delivered = count);
    await deliver(job, view, files, sent, signal, settings);
    const problemText = [...slack.messagesIn(slack.channel.id), ...slack.directMessages(slack.person.id)]
      .map(({ visible }) => visible.replaceAll('\u2060', ''))
      .join('\n');
    expect(problemText).toContain('Done in 3 s');
    for (const name of ['a.png', 'b.mp4'])
      expect(problemText).toContain(`Slack didn’t accept "${name}" (HTTP ${status})`);
    expect(problemText).toContain('fetch a.png');
    expect(problemText).toContain(offer.url);
    // the picture; the video in the thread, and directly
    expect(slack.requestsTo('upload')).toHaveLength(3);
  },
);
