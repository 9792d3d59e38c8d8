/** The button "Again" on Discord, where something goes wrong: the fakes' contract covers where it does not. */
import { Client, Events, MessageFlags } from 'discord.js';
import { expect, it, onTestFinished } from 'vitest';
import { EaselError } from '../../../../src/core/errors.ts';
import type { Commands } from '../../../../src/commands/index.ts';
import type { NotedJob } from '../../../../src/jobs/intake/intake.ts';
import { systemClock } from '../../../../src/core/time.ts';
import { handleInteraction } from '../../../../src/platforms/discord/events/commands.ts';
import { createChannels } from '../../../../src/platforms/discord/channels.ts';
import { createRecordingLog } from '../../../fakes/recording-log.ts';
import { createHeldForms } from '../../../../src/platforms/discord/screens/held-forms.ts';

const GUILD = '900000000000000001';
const REPLY = '900000000000000099';

const notCalled: Commands['note'] = async () => Promise.reject(new Error('nothing to note'));

/** Presses it; resolves to the requests that were made, in order. What `seen` gives is the answer. */
async function press(
  prepareAgain: Commands['prepareAgain'],
  seen: (request: string) => Response | void = () => undefined,
  note = notCalled,
) {
  const requests: { request: string; body: unknown }[] = [];
  const client = new Client({
    intents: [],
    rest: {
      async makeRequest(url, { method, body }) {
        const request = `${method} ${new URL(url).pathname.replace('/api/v10', '')}`;
        requests.push({ request, body: typeof body === 'string' ? JSON.parse(body) : undefined });
        const answer = seen(request);
        if (answer) return answer;
        if (method === 'DELETE') return new Response(null, { status: 204 });
        const message = { id: REPLY, channel_id: '1', content: '', author: { id: '2' }, attachments: [] };
        if (!request.endsWith('/callback')) return Response.json(message);
        const interaction = { id: '900000000000000030', type: 3 };
        return Response.json({ interaction, resource: { type: 5, message } });
      },
    },
  });
  onTestFinished(() => client.destroy());
  const handled = Promise.withResolvers<void>();
  client.on(Events.InteractionCreate, (interaction) => {
    const options = {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only these are called
      commands: { recognise: (caller) => caller, prepareAgain, note } as Pick<
        Commands,
        'recognise' | 'prepareAgain' | 'note'
      > as Commands,
      channels: createChannels(client.rest, systemClock),
      log: createRecordingLog(),
      origins: [],
      held: createHeldForms(systemClock),
      signal: new AbortController().signal,
      paused: () => false,
    };
    void handleInteraction(interaction, options).then(handled.resolve);
  });
  const user = { id: '900000000000000020', username: 'mallory', discriminator: '0', avatar: null };
  const actions = Reflect.get(client, 'actions') as Record<string, { handle(data: unknown): void }>;
  actions['InteractionCreate']?.handle({
    id: '900000000000000030',
    application_id: '900000000000000031',
    type: 3,
    token: 'token',
    version: 1,
    data: { custom_id: 'again:the-job', component_type: 2 },
    guild_id: GUILD,
    channel_id: '900000000000000040',
    channel: { id: '900000000000000040', type: 0 },
    member: { user, roles: [], permissions: '0', joined_at: '2026-01-01T00:00:00Z', flags: 0 },
    message: { id: '900000000000000050', channel_id: '1', content: '', author: user, attachments: [] },
    locale: 'en-US',
    entitlements: [],
    authorizing_integration_owners: { 0: GUILD },
    context: 0,
    attachment_size_limit: 10,
  });
  await handled.promise;
  return requests;
}

it('refuses in private, at once', async () => {
  const asked: string[] = [];
  const requests = await press(async ({ guild }, job) => {
    asked.push(guild, job);
    throw new EaselError({ code: 'banned' });
  });
  expect(asked).toEqual([GUILD, 'the-job']);
  expect(requests).toHaveLength(1);
  expect(requests[0]?.body).toMatchObject({
    type: 4,
    data: { flags: MessageFlags.Ephemeral, content: expect.stringContaining('can’t use me') },
  });
});

it('takes its own "thinking…" away when it is refused late, and leaves the picture whose button it was', async () => {
  const late = Promise.withResolvers<never>();
  const requests = await press(
    () => late.promise,
    (request) => {
      if (request.endsWith('/callback')) late.reject(new EaselError({ code: 'banned' }));
    },
  );
  expect(requests.map(({ request }) => request)).toEqual([
    expect.stringMatching(/^POST .*\/callback$/),
    expect.stringMatching(/^DELETE .*\/messages\/(@|%40)original$/),
    expect.stringMatching(/^POST \/webhooks\//),
  ]);
  expect(requests[0]?.body).toMatchObject({ type: 5 });
  expect(requests[2]?.body).toMatchObject({ flags: MessageFlags.Ephemeral });
});

it.each([
  ['is forgotten', 'dropped', () => Response.json({ code: 10_062, message: 'Unknown' }, { status: 404 })],
  [
    'is asked for',
    'claimed',
    () => {
      throw new Error('other side closed');
    },
  ],
] as const)('%s where its person could not be told that it is coming', async (_what, becomes, answer) => {
  const checked = Promise.withResolvers<Awaited<ReturnType<Commands['prepareAgain']>>>();
  const became: string[] = [];
  const noted: NotedJob = {
    accept: async () => Promise.reject(new Error('nobody was told')),
    drop: async () => void became.push('dropped'),
    claim: () => void became.push('claimed'),
  };
  await press(
    () => checked.promise,
    (request) => {
      if (!request.endsWith('/callback')) return undefined;
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- nobody looks into it
      setImmediate(() => checked.resolve({} as Awaited<typeof checked.promise>));
      return answer();
    },
    async () => noted,
  );
  expect(became).toEqual([becomes]);
});
