/** Slack refuses, limits and is slow; the picture arrives all the same, in the reply or in its thread, once. */
import { suffer, type Misfortune } from './misfortunes.ts';
import type { Scenario } from './scenario.ts';

const MISFORTUNES: Record<string, Misfortune> = {
  '429 on every method': { often: ({ slack }) => slack.faults.rateLimit({ retryAfter: 0 }) },
  'chat.update budget spent': {
    begin: ({ slack }) => void (slack.settings.updateBudget = { calls: 6, windowMs: 1000 }),
  },
  '5xx on updates and uploads': {
    often: ({ slack }, random) => slack.faults.httpError({ method: random.pick(['chat.update', 'upload']) }),
  },
  'answers lost': {
    often: ({ slack }, random) => {
      const method = random.pick(['chat.update', 'files.completeUploadExternal']);
      slack.faults.cutConnection({ method, after: true });
    },
    many: 0.5,
  },
  // longer than Easel waits: the pictures go into the thread
  'slow file processing': { begin: ({ slack }) => void (slack.settings.fileProcessingMs = 2600) },
  'replies deleted': {
    midway({ slack }, { id }) {
      const message = slack.messages.find(({ ts }) => ts === id);
      if (message) slack.deleteMessage(message);
    },
    allowed: ['elsewhere'],
  },
  'channel archived': {
    midway: ({ slack }) => void (slack.channel.archived = true),
    allowed: ['elsewhere', 'notOne', 'hanging'],
  },
  'files:write revoked': {
    begin: ({ slack }) =>
      slack.faults.refuse({
        method: 'files.getUploadURLExternal',
        error: 'missing_scope',
        fields: { needed: 'files:write' },
        times: Infinity,
      }),
    allowed: ['wrong'],
  },
};

export const badSlack: Scenario = {
  name: 'Slack faults',
  deadlineMs: 120_000,
  run: (stage) => suffer(stage, 'slack', MISFORTUNES),
};
