/**
 * What Discord sends when somebody does something: payloads as the fake makes them, recorded from an admin at work and
 * bent, through the real discord.js to the real handler. What is answered goes nowhere, but must be well made.
 */
import { Client, Events } from 'discord.js';
import { readFile } from 'node:fs/promises';
import type { Caller } from '../../src/core/caller.ts';
import { systemClock } from '../../src/core/time.ts';
import { handleInteraction } from '../../src/platforms/discord/events/commands.ts';
import { createChannels } from '../../src/platforms/discord/channels.ts';
import { registerCommands } from '../../src/platforms/discord/menu/register.ts';
import { adminOf, MANAGE } from '../world/discord-admin.ts';
import { startFakeDiscord, type FakeMessage } from '../fakes/discord/index.ts';
import { logIn } from '../fakes/discord/real-client.ts';
import type { Random } from '../fakes/random.ts';
import type { Border } from './harness.ts';
import { createJudgingLog } from './log.ts';
import { bend, bendValues, written } from './mutate.ts';
import { openStage, SKETCH, type FuzzStage } from './stage.ts';
import { createHeldForms } from '../../src/platforms/discord/screens/held-forms.ts';

/** What the stage has been through is forgotten after so many inputs. */
const FRESH = 1000;
const signal = new AbortController().signal;

type Payload = Record<string, unknown>;

export const discord: Border = {
  name: 'discord',
  async open() {
    const { payloads, caller, draft } = await record();
    const log = createJudgingLog();
    let stage = await openStage(caller, log);
    let fed = 0;
    const bodies: string[] = [];
    const client = new Client({
      intents: [],
      rest: {
        globalRequestsPerSecond: 1e9,
        async makeRequest(url, init) {
          if (typeof init.body === 'string') bodies.push(init.body);
          return answer(url, init.method ?? 'GET');
        },
      },
    });
    client.rest.setToken('a.b.c');
    const channels = createChannels(client.rest, systemClock);
    let handled = Promise.resolve();
    client.on(Events.InteractionCreate, (interaction) => {
      const { commands } = stage;
      handled = handleInteraction(interaction, {
        commands,
        channels,
        log,
        origins: [],
        held: createHeldForms(systemClock),
        signal,
        paused: () => false,
      });
    });
    return {
      async feed({ random, show }) {
        fed += 1;
        if (fed % FRESH === 0) {
          await stage.close();
          stage = await openStage(caller, log);
        }
        const { payload, isWellFormed } = bentPayload(random, payloads, draft, stage);
        show(payload);
        handled = Promise.resolve();
        bodies.length = 0;
        try {
          dispatch(client, payload);
        } catch {
          // discord.js itself does not take it
          return 'refused';
        }
        await handled;
        for (const body of bodies) checkBody(body);
        return log.verdict(isWellFormed);
      },
      async close() {
        await stage.close();
        await client.destroy();
      },
    };
  },
};

/** As the gateway hands over what it received. */
function dispatch(client: Client, payload: unknown): void {
  const actions: unknown = Reflect.get(client, 'actions');
  const action = Reflect.get(actions as object, 'InteractionCreate') as { handle(data: unknown): void };
  action.handle(payload);
}

/** Mostly only what people can put into it; sometimes anything. */
function bentPayload(
  random: Random,
  payloads: readonly Payload[],
  draft: string,
  stage: FuzzStage,
): { payload: Payload; isWellFormed: boolean } {
  const text = JSON.stringify(random.pick(payloads)).replaceAll(draft, stage.draft);
  const payload = JSON.parse(text) as Payload;
  const kind = random.below(4);
  if (kind > 1) {
    const data = random.below(8) === 0 ? payload['data'] : bendValues(random, payload['data']);
    return { payload: { ...payload, data }, isWellFormed: true };
  }
  const bent = kind === 0 ? bend(random, payload) : { ...payload, data: bend(random, payload['data']) };
  const sent: unknown = JSON.parse(written(bent));
  const whole = typeof sent === 'object' && sent !== null && !Array.isArray(sent);
  return { payload: whole ? (sent as Payload) : payload, isWellFormed: false };
}

/** JSON that pings nobody. */
function checkBody(body: string): void {
  const { data = JSON.parse(body) as Payload } = JSON.parse(body) as { data?: Payload };
  const content = data['content'];
  if (typeof content === 'string' && content.length > 2000)
    throw new RangeError('a message that is too long');
  const mentions = data['allowed_mentions'];
  if (('content' in data || 'components' in data) && !('choices' in data) && !('custom_id' in data))
    if (written(mentions) !== '{"parse":[]}') throw new TypeError(`it may ping: ${written(mentions)}`);
}

function answer(url: string, method: string): Response {
  const message = {
    id: '900000000000000001',
    channel_id: '1',
    content: '',
    author: { id: '2' },
    attachments: [],
  };
  if (method === 'DELETE') return new Response(null, { status: 204 });
  if (method === 'GET' && url.includes('/channels/')) return Response.json({ type: 0, nsfw: false });
  if (!url.includes('/callback')) return Response.json(message);
  return Response.json({ interaction: { id: '1', type: 2 }, resource: { type: 5, message } });
}

/** Everything that Easel handles on Discord, done once. */
async function record(): Promise<{ payloads: Payload[]; caller: Caller; draft: string }> {
  const fake = await startFakeDiscord();
  const log = createJudgingLog();
  const caller: Caller = {
    platform: 'discord',
    guild: fake.guild.id,
    user: fake.person.id,
    locale: 'en',
    admin: true,
  };
  const stage = await openStage(caller, log);
  const payloads: Payload[] = [];
  const { client } = await logIn(fake, {
    onInteraction: async (interaction) => {
      const channels = createChannels(client.rest, systemClock);
      const origins = [new URL(fake.cdnUrl).origin];
      const held = createHeldForms(systemClock);
      const { commands } = stage;
      await handleInteraction(interaction, {
        commands,
        channels,
        log,
        origins,
        held,
        signal,
        paused: () => false,
      });
    },
  });
  client.on(Events.Raw, (packet: { t: string; d: Payload }) => {
    if (packet.t === 'INTERACTION_CREATE') payloads.push(structuredClone(packet.d));
  });
  try {
    await registerCommands(client.rest, client.application.id, stage.commands.builtin(), log);
    const bytes = await readFile(SKETCH);
    const file = fake.addAttachment({ name: 'owl.json', contentType: 'application/json', bytes });
    const picture = fake.addAttachment({ name: 'a.png', contentType: 'image/png', bytes });
    const admin = adminOf(() => fake);
    const plain = [
      { name: 'sketch', options: { prompt: 'a fox', steps: 3 } },
      { name: 'photo', options: { image: picture } },
      { name: 'easel', options: { what: 'sketch a red fox --steps 3' } },
      { name: 'queue' },
      { name: 'help' },
      { name: 'cancel' },
      { name: 'settings', subcommand: 'audit', memberPermissions: MANAGE },
      { name: 'template', subcommand: 'history', options: { name: 'fox' }, memberPermissions: MANAGE },
      { name: 'template', subcommand: 'export', options: { name: 'fox' }, memberPermissions: MANAGE },
    ];
    for (const one of plain) await (await fake.slash(one)).acknowledged;
    await fake.autocomplete({ name: 'cancel', focused: 'job', value: 'x' });
    await fake.autocomplete({ name: 'template', subcommand: 'show', focused: 'name', value: 'f' });

    const panel = await admin.ask('template', 'add', { file });
    await admin.fill(panel, 'Name and description', { name: 'owls', description: 'Owls' });
    await admin.pick(panel, 'Change a slot…', 'steps');
    await admin.fill(panel, 'Change', { name: 'care', default: '3' });
    for (const label of ['Make it required', 'Move up', 'Back', 'Add a slot'])
      await admin.press(panel, label);
    await admin.fill(panel, 'Find…', { words: 'text' });
    await admin.press(panel, 'Back');
    await admin.press(panel, 'Test run');
    await admin.press(panel, 'Publish');
    await admin.ask('template', 'list');
    const limits = await admin.ask('template', 'limit', { name: 'fox' });
    await admin.pick(limits, 'Roles; none: everybody', fake.addRole().id);
    await admin.press(limits, firstLabel(limits));
    const removal = await admin.ask('template', 'remove', { name: 'owls' });
    await admin.press(removal, firstLabel(removal));
    const settings = await admin.ask('settings', 'show');
    await admin.fill(settings, 'Limits…', { userJobs: '2' });
    await admin.pick(settings, 'Banned people', fake.addUser().id);
    for (const action of ['cancel', 'again'])
      payloads.push(pressed(payloads, `${action}:00000000-0000-4000-8000-000000000000`));
  } finally {
    await client.destroy();
    await fake.stop();
    await stage.close();
  }
  // the draft that was edited there stands for the one that each stage has
  const ids = JSON.stringify(payloads).match(/edit:\w+:([0-9a-f-]{36})/);
  return { payloads, caller, draft: ids?.[1] ?? 'none' };
}

function firstLabel(message: FakeMessage): string {
  return String(message.buttons[0]?.label);
}

/** A button as of a job's reply. */
function pressed(payloads: readonly Payload[], id: string): Payload {
  const button = payloads.find(
    ({ type, data }) => type === 3 && JSON.stringify(data).includes('"component_type":2'),
  );
  return { ...structuredClone(button), data: { custom_id: id, component_type: 2 } };
}
