/** Discord refuses, forgets and fails; the picture arrives all the same, by the next way that is open, once. */
import { suffer, type Misfortune } from './misfortunes.ts';
import type { Seen } from './orders.ts';
import type { Scenario } from './scenario.ts';
import type { Servers } from './servers.ts';

/** Production's 15 minutes. */
const TOKEN_MS = 150;

const MISFORTUNES: Record<string, Misfortune> = {
  '429 on every route': { often: ({ discord }) => discord.faults.rateLimit({ retryAfter: 0.1 }) },
  '5xx on every route': { often: ({ discord }) => discord.faults.serverError({ status: 502 }) },
  'connections cut': {
    often: ({ discord }, random) =>
      discord.faults.cutConnection({
        method: 'PATCH',
        after: random.next() < 0.5,
        reset: random.next() < 0.5,
      }),
  },
  'follow-ups whose answer is lost': {
    often: ({ discord }) =>
      discord.faults.cutConnection({ method: 'POST', path: /^\/(webhooks|channels)/, after: true }),
    many: 0.5,
  },
  'tokens expired': { begin: expire },
  'replies deleted': { midway: remove, allowed: ['elsewhere'] },
  'access lost': {
    begin: expire,
    midway(servers, reply) {
      servers.discord.faults.forbiddenChannels.set(reply.channel, 50_001);
    },
    allowed: ['elsewhere', 'notOne'],
  },
  '413': {
    begin: ({ discord }) => void (discord.faults.uploadCeiling = { bytes: 1500, answer: 'json' }),
  },
};

export const badDiscord: Scenario = {
  name: 'Discord faults',
  deadlineMs: 120_000,
  run: (stage) => suffer(stage, 'discord', MISFORTUNES),
};

function expire({ discord }: Servers): void {
  discord.settings.interactionTokenMs = TOKEN_MS;
}

function remove({ discord }: Servers, { id }: Seen): void {
  void discord
    .waitForMessage((message) => message.id === id)
    .then((message) => discord.deleteMessage(message));
}
