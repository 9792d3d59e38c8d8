/** What is wrong with a chat that does not connect, or with what was entered to connect one or a backend. */
import { dayMark } from '../../core/moment.ts';
import { platformName } from '../phrases.ts';
import type { Speaker } from '../speaker.ts';
import type { SomeProblems } from './problem-sentences.ts';

/** Those of which is said which tokens they take, and where these are. */
const PLATFORMS = ['discord', 'slack'] as const;

/** What has to be something else than a token. */
const VALUES = ['COMFY_URL', 'COMFY_HEADERS', 'COMFY_DIALECT'] as const;

export const connectionProblems = ({ say }: Speaker) =>
  ({
    'token-refused': ({ platform }) => {
      const known = PLATFORMS.find((one) => one === platform);
      return known === undefined
        ? say('problems.token-refused', { platform: platformName(platform) })
        : say(`problems.token-refused.${known}`);
    },
    'chat-unreachable': ({ platform }) =>
      say('problems.chat-unreachable', { platform: platformName(platform) }),
    'chat-away': ({ platform }) => say('problems.chat-away', { platform: platformName(platform) }),
    'chat-login-later': ({ platform, until, failed }) => {
      const about = { platform: platformName(platform), from: dayMark(until) };
      return failed === undefined
        ? say('problems.chat-login-later', about)
        : say('problems.chat-login-later.failed', { ...about, failed });
    },
    'scope-missing': ({ platform, scope }, reader) =>
      say('problems.scope-missing', { platform: platformName(platform), scope, reader }),
    'direct-messages-unheard': ({ platform, scope }) =>
      say('problems.direct-messages-unheard', { platform: platformName(platform), scope }),

    'set-in-environment': ({ setting }) => say('problems.set-in-environment', { setting }),
    'connection-value': ({ setting }) => {
      const known = VALUES.find((one) => one === setting);
      return known === undefined
        ? say('problems.connection-value', { setting })
        : say(`problems.connection-value.${known}`);
    },
    'connection-needs': ({ setting }) =>
      setting === 'SLACK_APP_TOKEN'
        ? say('problems.connection-needs.SLACK_APP_TOKEN')
        : say('problems.connection-needs', { setting }),
    'key-again': ({ setting }) => say('problems.key-again', { setting }),
    'admin-token-needed': () => say('problems.admin-token-needed'),
    'secrets-unreadable': () => say('problems.secrets-unreadable'),
  }) satisfies SomeProblems;
