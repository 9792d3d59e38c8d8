/** What is typed and takes long: the form is open before it is known, and what came of it stands there. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Outcome } from '../../../../../src/commands/index.ts';
import { EaselError } from '../../../../../src/core/errors.ts';
import { words, type Screen } from '../../../../../src/core/screen.ts';
import { showOutcome, type ShowOptions } from '../../../../../src/platforms/slack/screens/show-screen.ts';
import { createManualClock, type ManualClock } from '../../../../fakes/manual-clock.ts';
import { createRecordingLog } from '../../../../fakes/recording-log.ts';
import { startFakeSlack, type FakeSlack } from '../../../../fakes/slack/index.ts';
import { startBolt, webClient, type RealBolt } from '../../../../fakes/slack/real-bolt.ts';
import { sampleCaller } from '../../../jobs/sample.ts';

const screen: Screen = {
  at: 'settings',
  title: 'Settings',
  lines: [words('Mind *this*')],
  fields: [{ key: 'name', label: 'Name', group: 'all', kind: 'text', value: '' }],
  save: 'save',
  actions: [{ key: 'save', label: 'Save', style: 'primary' }],
};

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

function typed(withTrigger = true) {
  const act = slack.command({ command: '/easel' });
  const { promise, resolve, reject } = Promise.withResolvers<Outcome>();
  const given = {
    client: webClient(slack),
    clock,
    log: createRecordingLog(),
    signal: new AbortController().signal,
    patienceMs: 800,
  };
  const asked = {
    caller: sampleCaller({ user: slack.person.id }),
    conversation: { channel: slack.channel.id },
    ...(withTrigger && { trigger: act.triggerId }),
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it asks for no more
  const shown = showOutcome(asked, promise, given as unknown as ShowOptions);
  return { act, shown, resolve, reject };
}

describe('what is typed', () => {
  const late = async () => {
    const { act, ...rest } = typed();
    await expect.poll(() => clock.sleeping, { interval: 1 }).toBeGreaterThan(0);
    clock.advance(800);
    const view = await act.waitForView();
    expect(view.visible).toContain('One moment…');
    return { view, ...rest };
  };

  it('opens a form that takes long at once, and fills it in', async () => {
    const { view, shown, resolve } = await late();
    resolve({ done: [], screen });
    await shown;
    expect(view.title).toBe('Settings');
    expect(view.callbackId).toBe('screen');
  });

  it('says there what was done, where that says it all', async () => {
    const { view, shown, resolve } = await late();
    resolve({ done: [words('Saved.', 'ok')], screen });
    await shown;
    expect(view.visible).toContain('✅ Saved.');
    expect(view.controls).toEqual([]);
  });

  it('says there what went wrong', async () => {
    const { view, shown, reject } = await late();
    reject(new EaselError({ code: 'not-an-admin' }));
    await shown;
    expect(view.visible).toContain('Only admins');
  });

  it('opens nothing for what goes wrong at once', async () => {
    const { act, shown, reject } = typed();
    const problem = new EaselError({ code: 'not-an-admin' });
    reject(problem);
    await expect(shown).rejects.toBe(problem);
    expect(act.views).toEqual([]);
  });

  it('is told in words why it was refused, at a field or on top', async () => {
    const [field] = screen.fields;
    const refusals: [Screen, string][] = [
      [{ ...screen, fields: [{ ...field!, problem: 'Too long' }] }, 'Too long'],
      [{ ...screen, lines: [words('Gone', 'blocked'), ...screen.lines] }, '⛔ Gone'],
    ];
    for (const [refused, text] of refusals) {
      const { act, shown, resolve } = typed();
      resolve({ failed: true, done: [], screen: refused });
      await shown;
      expect((await act.waitFor(({ ephemeral }) => ephemeral)).text).toBe(text);
      expect(act.views).toEqual([]);
    }
  });

  it('has a button that opens the form where no form can be opened', async () => {
    const { act, shown, resolve } = typed(false);
    resolve({ done: [], screen });
    await shown;
    const { buttons, visible } = await act.waitFor(({ ephemeral }) => ephemeral);
    expect(buttons).toMatchObject([{ action_id: 'open', value: 'settings' }]);
    expect(visible).toContain('*Settings*\nMind \u2060*\u2060this\u2060*\u2060');
  });
});
