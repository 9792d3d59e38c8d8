/**
 * What Slack sends when somebody does something: payloads as the fake makes them, recorded from an admin at work and
 * bent, through the real Bolt to the real listeners. The Web API answers from memory.
 */
import { App, webApi, type Receiver } from '@slack/bolt';
import { readFile } from 'node:fs/promises';
import type { Caller } from '../../src/core/caller.ts';
import type { Log } from '../../src/core/log.ts';
import { systemClock } from '../../src/core/time.ts';
import { attachment, createPeople } from '../../src/platforms/slack/events/context.ts';
import { createSlack } from '../../src/platforms/slack/index.ts';
import { listen, type ListenOptions } from '../../src/platforms/slack/events/listeners.ts';
import { boltLogger } from '../../src/platforms/slack/log.ts';
import { slackManifest } from '../../src/platforms/slack/manifest.ts';
import { createSlackAdmin } from '../world/slack-admin.ts';
import type { SlackBench } from '../world/slack-bench.ts';
import type { Random } from '../fakes/random.ts';
import { startFakeSlack } from '../fakes/slack/index.ts';
import type { Border } from './harness.ts';
import { createJudgingLog } from './log.ts';
import { bend, bendText, bendValues, written } from './mutate.ts';
import { openStage, SKETCH, type FuzzStage } from './stage.ts';
import { allFit } from '../fakes/fitter.ts';

const FRESH = 1000;
const signal = new AbortController().signal;

type Payload = Record<string, unknown>;

export const slack: Border = {
  name: 'slack',
  async open() {
    const { payloads, caller, draft } = await record();
    const log = createJudgingLog();
    let stage = await openStage(caller, log);
    let app = await openApp(stage, log, { home: caller.guild });
    let fed = 0;
    return {
      async feed({ random, show }) {
        fed += 1;
        if (fed % FRESH === 0) {
          await stage.close();
          stage = await openStage(caller, log);
          app = await openApp(stage, log, { home: caller.guild });
        }
        const right = JSON.stringify(random.pick(payloads))
          .replaceAll(draft, stage.draft)
          // what was delivered before is not handled again
          .replaceAll(/"(trigger_id|event_id|hash)":"[^"]*"/g, `"$1":"${fed}"`);
        const { payload, isWellFormed } = bent(random, JSON.parse(right) as Payload);
        show(payload);
        let acknowledged = 0;
        try {
          await app.processEvent({ body: payload, ack: async () => void (acknowledged += 1) });
        } catch (error) {
          // Bolt does not take it, and its receivers log that; what listeners throw goes to the log instead
          if (isWellFormed) throw error;
          return 'refused';
        }
        const outcome = log.verdict(isWellFormed);
        if (isWellFormed && acknowledged === 0) throw new Error('it was not acknowledged');
        return outcome;
      },
      close: () => stage.close(),
    };
  },
};

/** Only what people can type, or anything. */
function bent(random: Random, payload: Payload): { payload: Payload; isWellFormed: boolean } {
  const sent = random.below(2) === 0 ? withEaselCommand(random, payload) : undefined;
  if (sent) return { payload: sent, isWellFormed: true };
  const odd: unknown = JSON.parse(written(bend(random, payload)));
  const whole = typeof odd === 'object' && odd !== null && !Array.isArray(odd);
  return { payload: whole ? (odd as Payload) : payload, isWellFormed: false };
}

/** What was typed into a command, a mention, a form or a search; and the value behind a button. */
function withEaselCommand(random: Random, payload: Payload): Payload | undefined {
  const { event, view, actions, text, value } = payload as {
    event?: Payload;
    view?: { state: { values: unknown } };
    actions?: unknown;
    text?: string;
    value?: string;
  };
  if (text !== undefined) return { ...payload, ...(bendValues(random, { text }) as Payload) };
  if (value !== undefined) return { ...payload, value: bendText(random, value) };
  if (event && typeof event['text'] === 'string')
    return { ...payload, event: { ...event, text: bendText(random, event['text']) } };
  if (view && random.below(3) > 0)
    return { ...payload, view: { ...view, state: { values: bendValues(random, view.state.values) } } };
  return actions === undefined ? undefined : { ...payload, actions: bendValues(random, actions) };
}

interface AppOptions {
  /** Takes each call of the Web API. */
  asked?: (method: string, body: string) => void;
  /** What Slack says of everybody: whether they are an admin, and of which workspace. */
  admin?: boolean;
  team?: string;
  /** The workspace that has installed it. */
  home?: string;
}

/** Bolt with Easel's listeners, and nobody at the other end. */
export async function openApp(
  { commands }: Pick<FuzzStage, 'commands'>,
  log: Log,
  { asked, admin = true, home = 'T1', team = home }: AppOptions = {},
): Promise<App> {
  const receiver: Receiver = {
    init: () => undefined,
    start: async () => undefined,
    stop: async () => undefined,
  };
  const clientOptions: webApi.WebClientOptions = {
    retryConfig: { retries: 0 },
    logger: boltLogger(log),
    fetch: async (url, init) => {
      const method = String(url).split('/').at(-1) ?? '';
      const body = typeof init?.body === 'string' ? init.body : '';
      asked?.(method, body);
      return answer(method, body, { admin, team });
    },
  };
  const token = 'xoxb-fuzz';
  const app = new App({
    token,
    receiver,
    clientOptions,
    logger: boltLogger(log),
    deferInitialization: true,
    convoStore: false,
  });
  const client = new webApi.WebClient(token, clientOptions);
  const options: ListenOptions = {
    commands,
    client,
    clock: systemClock,
    log,
    signal,
    patienceMs: 1000,
    paused: () => false,
    me: () => undefined,
    people: createPeople(client, () => home, systemClock, log),
    home: () => home,
    post: async (place, caller) => ({ channel: place.channel, ts: '1.1', thread: null, user: caller.user }),
    direct: async () => 'D1',
    attachment: (slot, file) => attachment(slot, file, { client, clock: systemClock, token, origins: [] }),
    upload: { client, clock: systemClock, signal, processingMs: 0, pollMs: 1 },
    uninstalled: () => undefined,
    revoked: () => undefined,
  };
  listen(app, options);
  await app.init();
  return app;
}

/** Slack's answers, and a look at what is asked: valid blocks would be the fake's to judge, pings are ours. */
function answer(method: string, body: string, { admin, team }: { admin: boolean; team: string }): Response {
  const said = new URLSearchParams(body);
  const formatted = [said.get('text') ?? '', ...['view', 'blocks'].flatMap((key) => mrkdwnIn(said.get(key)))];
  if (formatted.some((text) => /<(!(?!date\^)|@U1>|https?:)/.test(text)))
    throw new TypeError('it pings or links');
  const view = { id: 'V1', hash: 'h', root_view_id: 'V1' };
  const user = { locale: 'en-US', is_admin: admin, team_id: team };
  const file = { id: 'F1', size: 5, mimetype: 'image/png', url_private: 'https://files.slack.com/a.png' };
  const upload = { upload_url: 'http://127.0.0.1:1/', file_id: 'F1' };
  const told = {
    channel: method === 'conversations.open' ? { id: 'D1' } : 'C1',
    ts: '1.2',
    message_ts: '1.2',
  };
  const who = { team_id: 'T1', user_id: 'U0', bot_id: 'B1' };
  return Response.json({ ok: true, view, user, file, ...upload, ...told, ...who });
}

function mrkdwnIn(json: string | null): string[] {
  const texts: string[] = [];
  JSON.parse(json ?? 'null', (_key, value: unknown) => {
    if (typeof value !== 'object' || value === null) return value;
    if ('type' in value && value.type === 'mrkdwn' && 'text' in value) texts.push(String(value.text));
    return value;
  });
  return texts;
}

/** Everything that Easel handles on Slack, done once. */
async function record(): Promise<{ payloads: Payload[]; caller: Caller; draft: string }> {
  const fake = await startFakeSlack();
  const root = fake.addUser({ name: 'root', isAdmin: true });
  const caller: Caller = { platform: 'slack', guild: fake.teamId, user: root.id, locale: 'en', admin: true };
  const log = createJudgingLog();
  const stage = await openStage(caller, log);
  fake.setManifest(slackManifest(stage.commands.builtin()));
  const easel = createSlack({
    fitter: allFit,
    botToken: fake.botToken,
    appToken: fake.appToken,
    apiUrl: fake.apiUrl,
    commands: stage.commands,
    clock: systemClock,
    log,
  });
  const acts: { payload: Payload }[] = [];
  const kept = <T extends { payload: Payload }>(act: T): T => {
    acts.push(act);
    return act;
  };
  const watched: typeof fake = {
    ...fake,
    command: (input) => kept(fake.command(input)),
    click: (input) => kept(fake.click(input)),
    submitView: (input) => kept(fake.submitView(input)),
    suggest: (input) => kept(fake.suggest(input)),
  };
  // of the bench, an admin needs only the Slack
  const admin = createSlackAdmin({ slack: watched } as SlackBench, root);
  try {
    await easel.start();
    await fake.connected();
    for (const text of ['help', 'queue', 'cancel', 'template list', 'template history fox'])
      await watched.command({ command: '/easel', text, user: root.id }).acknowledged;
    await watched.command({
      command: '/sketch',
      text: 'a red fox --steps 3 <https://x.example|x>',
      user: root.id,
    }).acknowledged;
    await kept(fake.mention({ text: 'sketch a *red* fox', user: root.id })).acknowledged;
    const form = await admin.opens('sketch');
    await admin.submits(form, { prompt: 'a fox' });
    await admin.submits(await admin.opens('settings'), {});
    await admin.submits(await admin.opens('template limit fox'), {});
    const { view } = await admin.adds('owl.json', await readFile(SKETCH));
    for (const chosen of ['up', 'down']) await admin.menu(view, 'steps', chosen).acknowledged;
    const slot = await admin.menu(view, 'steps', 'change').waitForView();
    await watched.click({ view: slot, actionId: 'redraw', value: 'text' }).acknowledged;
    await admin.submits(slot);
    const picture = fake.addFile({ name: 'a.png', bytes: new Uint8Array(9), user: root.id });
    const message = fake.say({ text: 'look', files: [picture], user: root.id });
    await kept(fake.messageShortcut({ callbackId: 'use-image', message, user: root.id })).acknowledged;
    await watched.click({ view, actionId: 'act:test' }).acknowledged;
    await admin.submits(view, { name: 'owls', description: 'Owls' });
    await watched.command({ command: '/easel', text: 'template rename fox foxy', user: root.id })
      .acknowledged;
  } finally {
    await easel.stop();
    await fake.stop();
    await stage.close();
  }
  const payloads = acts.map(({ payload }) => structuredClone(payload));
  const ids = JSON.stringify(payloads).match(/draft\/([0-9a-f-]{36})/);
  return { payloads, caller, draft: ids?.[1] ?? 'none' };
}
