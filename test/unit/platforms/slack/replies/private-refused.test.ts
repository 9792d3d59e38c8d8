/** Answers that only one person sees, and forms: every documented error at each of them leaves something to read. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Caller } from '../../../../../src/core/caller.ts';
import { message, openLate, replace } from '../../../../../src/platforms/slack/screens/outcome.ts';
import { ask, privately, type CommandOptions } from '../../../../../src/platforms/slack/replies/private.ts';
import { nextAfter } from '../../../../../src/platforms/slack/replies/refusals.ts';
import { createManualClock } from '../../../../fakes/manual-clock.ts';
import { createRecordingLog } from '../../../../fakes/recording-log.ts';
import { documentedErrors } from '../../../../fakes/slack/documented-errors.ts';
import { startFakeSlack, type FakeSlack } from '../../../../fakes/slack/index.ts';
import { startBolt, webClient, type RealBolt } from '../../../../fakes/slack/real-bolt.ts';
import { sampleCaller } from '../../../jobs/sample.ts';

let slack: FakeSlack;
let bolt: RealBolt;
beforeEach(async () => {
  slack = await startFakeSlack();
  bolt = await startBolt(slack, 'http', (app) => app.command(/.*/, ({ ack }) => ack()));
  slack.requests.length = 0;
});
afterEach(async () => {
  await bolt.stop();
  await slack.stop();
});

function options() {
  const clock = createManualClock(0, { skipping: true });
  const signal = new AbortController().signal;
  return { client: webClient(slack), clock, log: createRecordingLog(), signal, patienceMs: 800 };
}

describe('an answer that only its person sees', () => {
  const asked = (): Promise<void> => {
    const caller: Caller = sampleCaller({ user: slack.person.id });
    const conversation = { channel: slack.channel.id };
    const press = { action: 'open', label: 'Open', value: 'x' };
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it asks for no more
    const given = options() as unknown as CommandOptions;
    return ask({ caller, conversation }, ['The settings:'], press, given);
  };
  const read = () =>
    [...slack.messagesIn(slack.channel.id), ...slack.directMessages(slack.person.id)].map(({ text }) => text);

  it.each(documentedErrors('chat.postEphemeral'))('%s', async (error) => {
    slack.faults.refuse({ method: 'chat.postEphemeral', error, times: Infinity });
    await asked();
    expect(read()).toEqual(['The settings:']);
    expect(slack.requests.length).toBeLessThanOrEqual(3);
    expect(slack.violations).toEqual([]);
  });

  it('comes without its button where Slack minds that', async () => {
    const when = ({ blocks }: Readonly<Record<string, unknown>>) => blocks !== undefined;
    slack.faults.refuse({ method: 'chat.postEphemeral', error: 'invalid_blocks', times: Infinity, when });
    await asked();
    expect(slack.messagesIn(slack.channel.id)).toMatchObject([{ ephemeral: true, text: 'The settings:' }]);
  });
});

describe('a form that Slack does not take', () => {
  it.each(documentedErrors('views.update'))('%s', async (error) => {
    const act = slack.command({ command: '/form' });
    const wait = message('Settings', ['One moment…'], 'en');
    await webClient(slack).views.open({ trigger_id: act.triggerId ?? '', view: wait });
    const view = await act.waitForView();
    const { log, ...given } = options();
    slack.faults.refuse({ method: 'views.update', error, times: 1 });
    await replace(view.id, message('Settings', ['All of it'], 'en'), { ...given, log }, sampleCaller());
    const isTold = ['content', 'form', 'words', 'files'].includes(nextAfter(error));
    expect(view.visible.includes('Something went wrong on my side')).toBe(isTold);
    const isLogged = log.lines.some(({ level }) => level === 'error');
    expect(isLogged).toBe(error !== 'not_found');
    expect(slack.requestsTo('views.update').length).toBeLessThanOrEqual(2);
  });
});

describe('a form that does not open', () => {
  it.each(documentedErrors('views.open'))('%s is told in a message', async (error) => {
    const caller: Caller = sampleCaller({ user: slack.person.id });
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it asks for no more
    const given = options() as unknown as CommandOptions;
    slack.faults.refuse({ method: 'views.open', error, times: Infinity });
    const made = async () => message('Settings', ['All of it'], 'en');
    await privately(caller, { channel: slack.channel.id }, given, () =>
      openLate('a trigger', { caller, title: 'Settings', making: made() }, given),
    );
    const [told] = slack.messagesIn(slack.channel.id);
    expect(told).toMatchObject({ ephemeral: true });
    expect(told?.text).toMatch(/Something went wrong|isn’t available any more|lacks the scope/);
  });
});
