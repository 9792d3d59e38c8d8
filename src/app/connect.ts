/** Puts together what the operator's page can connect: the store, the tests, and what takes effect at once. */
import { createConnect, type BackendSeatState } from '../commands/operator/connect/connect.ts';
import type { ConnectDesk } from '../commands/operator/operator-desk.ts';
import { CLOUD_URL } from '../comfy/index.ts';
import type { Config } from '../config.ts';
import type { Log } from '../core/log.ts';
import type { SecretBook } from '../core/secrets.ts';
import type { Surroundings } from '../core/surroundings.ts';
import type { Template } from '../core/template.ts';
import type { Clock } from '../core/time.ts';
import type { ConnectionsStore } from '../guilds/connections.ts';
import type { RulesStore } from '../guilds/rules.ts';
import { slackManifest } from '../platforms/slack/manifest.ts';
import { SLACK_PATH } from '../platforms/slack/name.ts';
import type { BackendSeat } from './backend-seat.ts';
import type { Connections } from './connections.ts';
import { probe } from './probe.ts';
import type { Setup } from './setup.ts';

interface Deps {
  setup: Setup;
  store: ConnectionsStore;
  rules: RulesStore;
  secrets: SecretBook;
  seat: BackendSeat;
  connections: Connections;
  /** As the manifest is to have commands for, what matters most first. */
  templates: () => Promise<Template[]>;
  /** Where Easel runs. */
  at: Surroundings;
  clock: Clock;
  log: Log;
}

export function openConnect(environment: Config, deps: Deps): ConnectDesk {
  const { setup, store, rules, secrets, seat, connections, templates, at, clock, log } = deps;
  const verbs = createConnect({
    store,
    rules,
    fixed: (service) => setup.fixed(service),
    check: (service, values) => setup.check(service, values),
    probe: (service, values, signal) =>
      probe(service, setup.configWith(service, values), log, signal, { at }),
    beforeChange: () => seat.beforeChange(),
    apply: (service) => (service === 'comfy' ? seat.apply() : connections.apply(service, setup.config())),
    changeNow: () => seat.hurry(),
    chats: () => connections.states(),
    backend: (): BackendSeatState => seat.state(),
    secrets,
    clock,
  });
  const { PUBLIC_URL: publicUrl } = environment;
  return {
    ...verbs,
    async manifests(locale) {
      const ranked = await templates();
      const manifest = (url?: string) =>
        JSON.stringify(slackManifest(ranked, { requestUrl: url, locale }), undefined, 2);
      return {
        socket: manifest(),
        ...(publicUrl !== undefined && { http: manifest(new URL(SLACK_PATH, publicUrl).href) }),
      };
    },
    cloud: CLOUD_URL,
  };
}
