/** What is wrong with what is entered to connect chats and backends, in English. */
import type { ConnectionProblems } from '../phrases.ts';

export const connectionProblems: ConnectionProblems = {
  'set-in-environment': ({ setting }) =>
    `${setting} is set in the environment, which always wins. Change it there, or take it out and start Easel again.`,
  'connection-value': ({ setting }) =>
    setting === 'COMFY_URL'
      ? 'COMFY_URL must be an address that begins with http:// or https://.'
      : `${setting} is no such token: it holds spaces or other characters that no token has. Copy it anew.`,
  'connection-needs': ({ setting }) =>
    setting === 'SLACK_APP_TOKEN'
      ? 'Slack needs SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP mode) besides the bot token.'
      : `${setting} is needed.`,
  'key-again': () =>
    'The address is another one. Enter COMFY_API_KEY again: the kept key is sent to no other server than the one that it was given for.',
  'admin-token-needed': () =>
    'In HTTP mode the world can reach this page. Set ADMIN_TOKEN in the environment to a secret of at least 16 characters and start Easel again; or use Socket Mode.',
  'secrets-unreadable': () =>
    'What was set here cannot be read: the file “secret” in the data folder is another one than when it was saved. Enter it again, or bring that file back from a backup.',
};
