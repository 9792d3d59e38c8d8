import type { types, ViewResponseAction } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Caller } from '../../../../../src/core/caller.ts';
import { EaselError } from '../../../../../src/core/errors.ts';
import {
  createSettle,
  errorsAt,
  message,
  openLate,
  replacedBy,
  type Settled,
} from '../../../../../src/platforms/slack/screens/outcome.ts';
import { createManualClock, type ManualClock } from '../../../../fakes/manual-clock.ts';
import { createRecordingLog } from '../../../../fakes/recording-log.ts';
import { startFakeSlack, type FakeSlack } from '../../../../fakes/slack/index.ts';
import { startBolt, webClient, type RealBolt } from '../../../../fakes/slack/real-bolt.ts';

const caller: Caller = { platform: 'slack', guild: 'T1', user: 'U1', locale: 'en', admin: true };
const title = 'Form';
const shown = (text: string) => message(title, [text], 'en');

let slack: FakeSlack;
let bolt: RealBolt;
let clock: ManualClock;
beforeEach(async () => {
  clock = createManualClock();
  slack = await startFakeSlack();
  bolt = await startBolt(slack, 'http', (app) => app.command(/.*/, ({ ack }) => ack()));
});
afterEach(async () => {
  await bolt.stop();
  await slack.stop();
});
const options = () => ({
  client: webClient(slack),
  clock,
  log: createRecordingLog(),
  signal: new AbortController().signal,
  patienceMs: 800,
});
/** Time passes once something waits for it. */
const late = async () => {
  await expect.poll(() => clock.sleeping, { interval: 1 }).toBeGreaterThan(0);
  clock.advance(10_000);
};
async function opened() {
  const act = slack.command({ command: '/form' });
  await webClient(slack).views.open({ trigger_id: act.triggerId ?? '', view: shown('the form') });
  return act.waitForView();
}

describe('a submitted form', () => {
  const submission = (view: { id: string; hash: string }, answers: (ViewResponseAction | undefined)[]) => ({
    view,
    caller,
    title,
    ack: async (answer?: ViewResponseAction) => void answers.push(answer),
  });

  it('is answered with what became of it', async () => {
    const settle = createSettle(options());
    const view = await opened();
    const answers: (ViewResponseAction | undefined)[] = [];
    await settle(submission(view, answers), async () => errorsAt({ name: 'taken' }, shown('taken')));
    await settle(submission(view, answers), async () => ({ answer: undefined, late: shown('done') }));
    expect(answers).toEqual([{ response_action: 'errors', errors: { name: 'taken' } }, undefined]);
  });

  it('does its work once when it is delivered twice, and is answered the same', async () => {
    const settle = createSettle(options());
    const view = await opened();
    const answers: (ViewResponseAction | undefined)[] = [];
    let times = 0;
    const work = async (): Promise<Settled> => replacedBy(shown(`done ${(times += 1)}`));
    await Promise.all([settle(submission(view, answers), work), settle(submission(view, answers), work)]);
    await settle(submission(view, answers), work);
    expect(times).toBe(1);
    expect(answers).toEqual(
      Array.from({ length: 3 }, () => ({ response_action: 'update', view: shown('done 1') })),
    );
  });

  it('shows "one moment" when that takes long, and then what became of it', async () => {
    const settle = createSettle(options());
    const view = await opened();
    const answers: (ViewResponseAction | undefined)[] = [];
    const { promise, resolve } = Promise.withResolvers<Settled>();
    const settled = settle(submission(view, answers), () => promise);
    await late();
    await expect.poll(() => JSON.stringify(answers)).toContain('One moment…');
    resolve({ answer: undefined, late: shown('done') });
    await settled;
    expect(view.visible).toContain('done');
  });

  it('says what went wrong, and forgives that it was closed meanwhile', async () => {
    const settle = createSettle(options());
    const view = await opened();
    const answers: (ViewResponseAction | undefined)[] = [];
    await settle(submission(view, answers), async () => {
      throw new EaselError({ code: 'no-such-draft' });
    });
    expect(JSON.stringify(answers)).toContain('/easel template edit');
    slack.closeView(view);
    const { promise, resolve } = Promise.withResolvers<Settled>();
    const settled = settle(submission({ id: view.id, hash: 'new' }, answers), () => promise);
    await late();
    resolve(replacedBy(shown('done')));
    await settled;
    expect(slack.violations).toEqual([]);
  });
});

describe('a form that takes long to make', () => {
  const open = (making: Promise<types.ModalView>, triggerId: string | undefined) =>
    openLate(triggerId ?? '', { caller, title, making }, options());

  it('opens at once and is put in its place', async () => {
    const act = slack.command({ command: '/form' });
    const { promise, resolve } = Promise.withResolvers<types.ModalView>();
    const opening = open(promise, act.triggerId);
    const view = await act.waitForView();
    expect(view.visible).toContain('One moment…');
    resolve(shown('here it is'));
    await opening;
    expect(view.visible).toContain('here it is');
  });

  it('says there what went wrong', async () => {
    const act = slack.command({ command: '/form' });
    await open(Promise.reject(new EaselError({ code: 'not-an-admin' })), act.triggerId);
    expect((await act.waitForView()).visible).toContain('Only admins');
  });
});
