/** What a test of a connection has found, and how it stands with one. */
import { connectionFaults } from './connection-faults.ts';
import type { Account } from '../../core/account.ts';
import { account } from './account.ts';
import { count, list } from './phrases.ts';

export const connect = {
  faults: connectionFaults,
  bot: (bot: string, application: string) => `The token is good: bot ${bot}, application “${application}”.`,
  noIntents: () => 'It needs no privileged intents; leave them off.',
  endpoint: (url: string) =>
    `The application has an Interactions Endpoint URL (${url}), so Discord posts its commands there. Clear that field under General Information.`,
  servers: (total: number, names: string[], more: boolean) =>
    total === 0
      ? 'It is in no server yet: open the invite link.'
      : `It is in ${count(total, 'server')}${more ? ' or more' : ''}: ${names.join(', ')}${total > names.length ? ', …' : ''}.`,
  invite: () => 'Add it to a server',
  workspace: (team: string, bot: string) => `The bot token is good: ${bot} in the workspace ${team}.`,
  scopesFine: () => 'The app has every scope that it needs.',
  scopesMissing: (scopes: string[]) =>
    `The app lacks ${list(scopes)}. Update it from the manifest and install it again.`,
  appToken: () => 'The app-level token is good: Socket Mode works.',
  signingSecret: () => 'Whether the signing secret is right shows with the first post of Slack’s.',
  wrongKind: (setting: string, belongs: string | undefined) =>
    belongs === undefined
      ? `This is not what belongs into ${setting}. Follow the steps above to the right page.`
      : `This belongs into ${belongs}, not into ${setting}.`,
  refused: (setting: string) => `${setting} was refused: it was reset, or not copied whole. Copy it anew.`,
  backend: (address: string, version: string | undefined) =>
    version === undefined ? `${address} answers.` : `${address} answers, version ${version}.`,
  account: ({ status, tier, credits }: Account): string => {
    const facts = [
      tier !== undefined && account.tier(tier),
      credits !== undefined && account.credits(credits),
    ];
    const known = facts.filter((fact) => fact !== false).join(', ');
    return `${keySays(status)}${known === '' ? '' : ` ${known[0]?.toUpperCase()}${known.slice(1)}.`}`;
  },
  device: (name: string, free: string, total: string) => `${name}: ${free} of ${total} free.`,
  classes: (total: number) => `It has ${total} node ${total === 1 ? 'class' : 'classes'}.`,
  checkpoints: (total: number, names: string[]) =>
    total === 0
      ? 'It lists no checkpoint. /imagine needs a model; /blank needs none.'
      : `It lists ${count(total, 'checkpoint')}: ${names.join(', ')}${total > names.length ? ', …' : ''}.`,
  off: () => 'Not connected.',
  connecting: () => 'Connecting…',
  again: (why: string) => `${why} It is tried again by itself.`,
  connected: (as: string | undefined, home: string | undefined) =>
    ['Connected', as && `as ${as}`, home && `in ${home}`].filter(Boolean).join(' ') + '.',
  sandbox: () => 'Pictures are drawn by the built-in sandbox, which is no model.',
  pictures: (address: string) => `Pictures are made by ${address}.`,
  waits: (jobs: number) =>
    jobs === 0
      ? 'The backend is being changed.'
      : `The backend is being changed as soon as ${count(jobs, 'job')} on the old one ${jobs === 1 ? 'is' : 'are'} done. New ones wait until then.`,
};

function keySays(status: string | undefined): string {
  if (status === undefined) return 'The key is good.';
  if (status === 'active') return 'The key is good, and its account is active.';
  return status === 'waitlisted'
    ? 'The key is good, but its account is on the waiting list: until it is let in no jobs are run.'
    : `The key is good; its account is “${status}”.`;
}
