import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MAX_FILE_BYTES } from '../../../../../src/templates/slots/file.ts';
import { attachment, createPeople } from '../../../../../src/platforms/slack/events/context.ts';
import { createManualClock, JUMPS, type ManualClock } from '../../../../fakes/manual-clock.ts';
import { createRecordingLog, type RecordingLog } from '../../../../fakes/recording-log.ts';
import { startFakeSlack, type FakeSlack } from '../../../../fakes/slack/index.ts';
import { webClient } from '../../../../fakes/slack/real-bolt.ts';

/** Never aborted. */
const { signal } = new AbortController();
const MINUTE = 60_000;

let slack: FakeSlack;
let log: RecordingLog;
beforeEach(async () => {
  slack = await startFakeSlack();
  log = createRecordingLog();
});
afterEach(async () => {
  if (slack.violations.length > 0) throw new Error(slack.violations.join('\n'));
  await slack.stop();
});

describe('a person in Slack', () => {
  let clock: ManualClock;
  beforeEach(() => {
    clock = createManualClock();
  });
  const people = (home = slack.teamId) => createPeople(webClient(slack), () => home, clock, log);
  const asked = (): number => slack.requestsTo('users.info').length;

  it('is a stranger while Slack is slow to tell, and known the next time', async () => {
    const boss = slack.addUser({ locale: 'de-DE', isAdmin: true });
    const person = { team: slack.teamId, user: boss.id };
    slack.faults.latencyMs = 300;
    const who = people();
    const first = who.caller(person);
    clock.advance(1000);
    expect(await first).toMatchObject({ locale: 'en-US', admin: false });
    await expect.poll(async () => (await who.caller(person)).admin).toBe(true);
    const soFar = asked();
    expect(await who.caller(person)).toMatchObject({ locale: 'de-DE', admin: true });
    expect(asked()).toBe(soFar);
  });

  it('has a language, and rights where they are an admin', async () => {
    const boss = slack.addUser({ locale: 'de-DE', isAdmin: true });
    const who = people();
    expect(await who.caller({ team: slack.teamId, user: boss.id })).toEqual({
      platform: 'slack',
      guild: slack.teamId,
      user: boss.id,
      locale: 'de-DE',
      admin: true,
    });
    expect(await who.caller({ team: slack.teamId, user: slack.person.id })).toMatchObject({ admin: false });
  });

  it('is asked about once, and again after ten minutes', async () => {
    const user = slack.addUser({ locale: 'en-US' });
    const who = people();
    const person = { team: slack.teamId, user: user.id };
    await who.caller(person);
    user.locale = 'fr-FR';
    user.isAdmin = true;
    clock.advance(9 * MINUTE);
    expect(await who.caller(person)).toMatchObject({ locale: 'en-US', admin: false });
    expect(asked()).toBe(1);
    clock.advance(MINUTE);
    expect(await who.caller(person)).toMatchObject({ locale: 'fr-FR', admin: true });
    expect(asked()).toBe(2);
  });

  it.each(JUMPS)('is remembered for ten minutes also when the wall clock jumps by %i ms', async (jump) => {
    const who = people();
    const person = { team: slack.teamId, user: slack.person.id };
    await who.caller(person);
    clock.jump(jump);
    clock.advance(10 * MINUTE - 1);
    await who.caller(person);
    expect(asked()).toBe(1);
    clock.advance(1);
    await who.caller(person);
    expect(asked()).toBe(2);
  });

  it('is another one in another workspace, and an outsider where Easel is not installed', async () => {
    const boss = slack.addUser({ isAdmin: true });
    const who = people();
    await who.caller({ team: slack.teamId, user: boss.id });
    expect(await who.caller({ team: 'T2', user: boss.id })).toMatchObject({
      guild: 'T2',
      admin: false,
      outsider: true,
    });
    expect(asked()).toBe(2);
  });

  it('is an outsider when they belong to another workspace, whatever they are there', async () => {
    const who = people();
    const judged = async (given: Parameters<typeof slack.addUser>[0], from?: string) =>
      who.caller({ team: slack.teamId, user: slack.addUser({ isAdmin: true, ...given }).id, from });
    const outsider = { admin: false, outsider: true, guild: slack.teamId };
    expect(await judged({ teamId: 'T2' })).toMatchObject(outsider);
    expect(await judged({ teamId: 'T2' }, slack.teamId)).toMatchObject(outsider);
    expect(await judged({ teamId: 'T2', teams: ['T2', 'T3'] })).toMatchObject(outsider);
    // what Slack says of them counts, and not which of an organisation's workspaces they act from
    for (const member of [
      await judged({ teamId: 'T2', teams: ['T2', slack.teamId] }),
      await judged({}, 'T2'),
    ]) {
      expect(member).toMatchObject({ admin: true });
      expect(member).not.toHaveProperty('outsider');
    }
  });

  it('is no admin as a guest', async () => {
    const guest = slack.addUser({ isAdmin: true, isGuest: true });
    const caller = await people().caller({ team: slack.teamId, user: guest.id });
    expect(caller.admin).toBe(false);
    expect(caller).not.toHaveProperty('outsider');
  });

  it('is taken for what the payload says while Slack does not answer, and for an outsider when it is silent', async () => {
    slack.faults.httpError({ method: 'users.info', times: 9 });
    const person = { team: slack.teamId, user: slack.person.id };
    const who = people();
    expect(await who.caller({ ...person, from: slack.teamId })).not.toHaveProperty('outsider');
    for (const from of ['T2', undefined])
      expect(await who.caller({ ...person, from })).toMatchObject({ outsider: true, admin: false });
  });

  it('speaks English and has no rights as long as Slack does not answer', async () => {
    const boss = slack.addUser({ locale: 'de-DE', isAdmin: true });
    const who = people();
    const person = { team: slack.teamId, user: boss.id };
    slack.faults.refuse({ method: 'users.info', error: 'user_not_found' });
    slack.faults.httpError({ method: 'users.info' });
    for (let n = 0; n < 2; n += 1)
      expect(await who.caller(person)).toMatchObject({ locale: 'en-US', admin: false });
    expect(log.lines.map(({ level }) => level)).toEqual(['warn', 'warn']);
    expect(await who.caller(person)).toMatchObject({ locale: 'de-DE', admin: true });
  });
});

describe('a file that a person gave', () => {
  const bytes = new TextEncoder().encode('a picture');
  const here = (): string => new URL(slack.apiUrl).origin;
  const given = (id: string, origins = [here()]) =>
    attachment(
      'image',
      { id, name: 'fox.png' },
      {
        client: webClient(slack),
        clock: createManualClock(0, { skipping: true }),
        token: slack.botToken,
        origins,
      },
    );
  const refused = (id: string, origins?: string[]) =>
    given(id, origins)
      .load(signal)
      .catch((error: unknown) => error);

  it('is fetched with the token of the bot', async () => {
    const { id } = slack.addFile({ name: 'fox.png', bytes });
    expect(Buffer.from(await given(id).load(signal)).toString()).toBe('a picture');
    expect(slack.requestsTo('download')).toHaveLength(1);
  });

  it('is not asked for before it is needed', () => {
    given(slack.addFile({ name: 'fox.png', bytes }).id);
    expect(slack.requests).toEqual([]);
  });

  it("is not fetched from anywhere but Slack's own hosts", async () => {
    const { id } = slack.addFile({ name: 'fox.png', bytes });
    const error = await refused(id, ['https://files.slack.com', here().replace('http:', 'https:')]);
    expect(error).toMatchObject({ problem: { code: 'image-unreachable', slot: 'image' } });
    expect(slack.requestsTo('download')).toEqual([]);
  });

  it('is not fetched when it is too large', async () => {
    const { id } = slack.addFile({ name: 'fox.png', bytes: new Uint8Array(MAX_FILE_BYTES + 1) });
    expect(await refused(id)).toMatchObject({
      problem: {
        code: 'image-too-large',
        slot: 'image',
        size: MAX_FILE_BYTES + 1,
        maxSize: MAX_FILE_BYTES,
      },
    });
    expect(slack.requestsTo('download')).toEqual([]);
  });

  it.each(['files.info', 'download'])(
    'is asked for again when %s fails, and unreachable when it goes on failing; the log has the cause',
    async (method) => {
      const { id } = slack.addFile({ name: 'fox.png', bytes });
      slack.faults.httpError({ method, status: 503, times: 2 });
      expect(Buffer.from(await given(id).load(signal)).toString()).toBe('a picture');
      slack.faults.httpError({ method, status: 503, times: 100 });
      const before = slack.requestsTo(method).length;
      const error = await refused(id);
      expect(error).toMatchObject({
        problem: { code: 'image-unreachable', name: 'fox.png' },
        cause: expect.any(Error),
      });
      expect(slack.requestsTo(method).length - before).toBe(4);
      expect(String((error as Error).cause)).not.toContain(slack.botToken);
    },
  );

  it('that is gone is asked for once', async () => {
    const { id } = slack.addFile({ name: 'fox.png', bytes });
    slack.faults.refuse({ method: 'files.info', error: 'file_not_found' });
    const error = await refused(id);
    expect(error).toMatchObject({ problem: { code: 'image-unreachable' } });
    expect(slack.requestsTo('files.info')).toHaveLength(1);
  });

  it('is given up when nobody waits for it any more', async () => {
    const { id } = slack.addFile({ name: 'fox.png', bytes });
    slack.faults.hang({ method: 'download' });
    const stop = new AbortController();
    const loading = given(id).load(stop.signal);
    await slack.until(() => slack.requestsTo('download').length === 1);
    stop.abort();
    await expect(loading).rejects.toMatchObject({ problem: { code: 'image-unreachable' } });
  });
});
