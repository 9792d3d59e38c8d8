/** What is wrong with a chat that does not connect, or with what was entered to connect one or a backend, in English. */
import { dayMark } from '../../core/moment.ts';
import { advised, platformName, type ConnectionProblems } from '../phrases.ts';

/** Which tokens, and where they are. */
const TOKENS: Partial<Record<string, string>> = {
  discord: 'Discord refused DISCORD_TOKEN. Copy it anew from the Developer Portal, page "Bot".',
  slack:
    'Slack refused the tokens. Set SLACK_BOT_TOKEN (xoxb-…) and either SLACK_APP_TOKEN (xapp-…) or SLACK_SIGNING_SECRET, copied anew from the app’s pages.',
};

/** What a setting has to be that is no token. */
const VALUES: Partial<Record<string, string>> = {
  COMFY_URL:
    'COMFY_URL must be an address that begins with http:// or https://, names a host, and has a port from 1 to 65535 if any.',
  COMFY_HEADERS:
    'COMFY_HEADERS must be lines such as “Authorization: Bearer …”, or a JSON object. What the connection sets itself (Host, Content-Type and the like) cannot be among them, nor what COMFY_API_KEY or a user and password in the address send already.',
  COMFY_DIALECT: 'COMFY_DIALECT must be auto, comfyui or cloud.',
};

export const connectionProblems: ConnectionProblems = {
  'token-refused': ({ platform }) =>
    TOKENS[platform] ?? `${platformName(platform)} refused the token. Copy it anew.`,
  'chat-unreachable': ({ platform }) =>
    `${platformName(platform)} could not be reached. Check the network; the log has the details.`,
  'chat-away': ({ platform }) =>
    `${platformName(platform)} does not answer. Replies go out by themselves when it does.`,
  'chat-login-later': ({ platform, until, failed }) =>
    failed === undefined
      ? `${platformName(platform)} allows a number of logins a day, and too few are left for a start. Easel connects from ${dayMark(until)} on; the log has the figures.`
      : `${failed} starts in a row failed at ${platformName(platform)}. So as not to use up the day’s logins, Easel tries the next one from ${dayMark(until)} on; the log says what went wrong.`,
  'scope-missing': ({ platform, scope }, reader) =>
    `${platformName(platform)} does not let me do that: the app lacks the scope "${scope}". ${advised(
      reader,
      {
        person: 'An admin needs to update it from its manifest and install it again.',
        admin: 'Update it from its manifest, and install it again.',
      },
    )}`,
  'direct-messages-unheard': ({ platform, scope }) =>
    `What people write to me directly in ${platformName(platform)} gets no answer: the app lacks the scope "${scope}". Update it from the manifest that npm run slack:manifest prints, and install it again.`,

  'set-in-environment': ({ setting }) =>
    `${setting} is set in the environment, which always wins. Change it there, or take it out and start Easel again.`,
  'connection-value': ({ setting }) =>
    VALUES[setting] ??
    `${setting} is no such token: it holds spaces or other characters that no token has. Copy it anew.`,
  'connection-needs': ({ setting }) =>
    setting === 'SLACK_APP_TOKEN'
      ? 'Slack needs SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP mode) besides the bot token.'
      : `${setting} is needed.`,
  'key-again': ({ setting }) =>
    `The address is another one. Enter ${setting} again, or take it away: what is kept is sent to no other server than the one that it was given for.`,
  'admin-token-needed': () =>
    'In HTTP mode the world can reach Easel’s page. Set ADMIN_TOKEN in the environment to a secret of at least 16 characters and start Easel again; or use Socket Mode.',
  'secrets-unreadable': () =>
    'What was set on Easel’s page cannot be read: the file “secret” in the data folder is another one than when it was saved. Enter it again, or bring that file back from a backup.',
};
