/** What a test of a connection has found, and how it stands with one. */
import type { Account } from '../../core/account.ts';
import { clip } from '../phrases.ts';
import type { Speaker } from '../speaker.ts';
import { connectionFaults } from './connection-faults.ts';

export const connect = (speaker: Speaker) => {
  const { say, list, gigabytes } = speaker;
  /** `names`: the first of `total`. */
  const listed = (total: number, names: string[]) =>
    list(total > names.length ? [...names, say('list.more', { hidden: total - names.length })] : names);
  return {
    faults: connectionFaults(speaker),
    bot: (bot: string, application: string) => say('connect.bot', { bot, application }),
    noIntents: () => say('connect.noIntents'),
    endpoint: (url: string) => say('connect.endpoint', { url }),
    /** `more`: than were counted. */
    servers: (total: number, names: string[], more: boolean) =>
      total === 0
        ? say('connect.servers.none')
        : say('connect.servers', { total, more, names: listed(total, names) }),
    invite: () => say('connect.invite'),
    workspace: (team: string, bot: string) => say('connect.workspace', { team, bot }),
    scopesFine: () => say('connect.scopesFine'),
    scopesMissing: (scopes: string[]) => say('connect.scopesMissing', { scopes: list(scopes) }),
    appToken: () => say('connect.appToken'),
    signingSecret: () => say('connect.signingSecret'),
    wrongKind: (setting: string, belongs: string | undefined) =>
      belongs === undefined
        ? say('connect.wrongKind', { setting })
        : say('connect.wrongKind.belongs', { setting, belongs }),
    refused: (setting: string) => say('connect.refused', { setting }),
    backend: (address: string, version: string | undefined) =>
      version === undefined
        ? say('connect.backend', { address })
        : say('connect.backend.version', { address, version }),
    account: (about: Account) => accountSays(speaker, about),
    /** Of memory in bytes. */
    device: (name: string, free: number, total: number) =>
      say('connect.device', { name, free: gigabytes(free), total: gigabytes(total) }),
    classes: (total: number) => say('connect.classes', { total }),
    checkpoints: (total: number, names: string[]) =>
      total === 0
        ? say('connect.checkpoints.none')
        : say('connect.checkpoints', { total, names: listed(total, names) }),
    off: () => say('connect.off'),
    connecting: () => say('connect.connecting'),
    again: (why: string) => say('connect.again', { why }),
    connected: (as: string | undefined, home: string | undefined) => {
      if (as === undefined)
        return home === undefined ? say('connect.connected') : say('connect.connected.home', { home });
      return home === undefined
        ? say('connect.connected.as', { name: as })
        : say('connect.connected.both', { name: as, home });
    },
    sandbox: () => say('connect.sandbox'),
    pictures: (address: string) => say('connect.pictures', { address }),
    waits: (jobs: number) => say('connect.waits', { jobs }),
  };
};

/** Whether its key is good, and what else is known. */
function accountSays({ say }: Speaker, { status, tier, credits }: Account): string {
  const key = keySays(say, status);
  if (tier === undefined)
    return credits === undefined ? key : say('connect.account.credits', { key, credits });
  return credits === undefined
    ? say('connect.account.tier', { key, tier: clip(tier, 60) })
    : say('connect.account.both', { key, tier: clip(tier, 60), credits });
}

function keySays(say: Speaker['say'], status: string | undefined): string {
  switch (status) {
    case undefined:
      return say('connect.account');
    case 'active':
    case 'waitlisted':
      return say(`connect.account.${status}`);
    default:
      return say('connect.account.other', { status });
  }
}
