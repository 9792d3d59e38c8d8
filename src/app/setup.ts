/** What Easel is connected with: what the environment says of a service, else what its page says, else nothing. */
import { ConfigError, pageAccess, readConfig, type Config } from '../config.ts';
import { EaselError, type Problem } from '../core/errors.ts';
import type { Origin } from '../core/summary.ts';
import type { ConnectionsStore } from '../guilds/connections.ts';
import { SERVICES, type Service, type ServiceSetting, type ServiceValues } from '../guilds/services.ts';

export interface Setup {
  /** Variables of the environment that rule a service. */
  fixed(service: Service): ServiceSetting[];
  /** With what holds of each service now. */
  config(): Config;
  /** As `config`, with these for a service. */
  configWith(service: Service, values: ServiceValues): Config;
  /** Of each service that is set anywhere. */
  origins(): Origin[];
  /** Throws EaselError that names the setting. */
  check(service: Service, values: ServiceValues): void;
}

const NAMES: Service[] = ['discord', 'slack', 'comfy'];
/** Without the first of them, or all of the others, there is nothing to connect with. */
const NEEDED: Record<Service, ServiceSetting[]> = {
  discord: ['DISCORD_TOKEN'],
  slack: ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN'],
  comfy: ['COMFY_URL'],
};

export function createSetup(environment: Config, store: Pick<ConnectionsStore, 'get'>): Setup {
  const fixed = (service: Service): ServiceSetting[] =>
    SERVICES[service].filter((name) => environment[name] !== undefined);

  function configWith(service: Service, values: ServiceValues, base = config()): Config {
    const own = Object.fromEntries(SERVICES[service].map((name) => [name, values[name]]));
    return { ...base, ...own };
  }

  function config(): Config {
    return NAMES.reduce((whole, service) => {
      const values = fixed(service).length > 0 ? undefined : store.get(service)?.values;
      if (!values || opensPage(service, values)) return whole;
      return configWith(service, values, whole);
    }, environment);
  }

  /** In Slack's HTTP mode the world's requests come in, to a page that asks for no token. */
  function opensPage(service: Service, values: ServiceValues): boolean {
    const open = pageAccess(configWith(service, values, environment)) === 'closed';
    return service === 'slack' && open && pageAccess(environment) === 'local';
  }

  function originOf(service: Service): Origin[] {
    const set = store.get(service);
    const overrules = set !== undefined;
    if (fixed(service).length > 0) return [{ service, from: 'environment', overrules }];
    if (!set) return [];
    const problem: Problem | undefined = !set.values
      ? { code: 'secrets-unreadable' }
      : opensPage(service, set.values)
        ? { code: 'admin-token-needed' }
        : undefined;
    return [{ service, from: 'page', overrules: false, ...(problem && { problem }) }];
  }

  return {
    fixed,
    config,
    origins: () => NAMES.flatMap(originOf),
    configWith: (service, values) => configWith(service, values),
    check(service, values) {
      const absent = NEEDED[service].find((name) => values[name] === undefined);
      const isHttp = absent === 'SLACK_APP_TOKEN' && values.SLACK_SIGNING_SECRET !== undefined;
      if (absent !== undefined && !isHttp)
        throw new EaselError({ code: 'connection-needs', setting: absent });
      if (opensPage(service, values)) throw new EaselError({ code: 'admin-token-needed' });
      try {
        readConfig({ ...values });
      } catch (error) {
        if (!(error instanceof ConfigError)) throw error;
        const [name] = error.lines[0]?.split(' ') ?? [];
        throw new EaselError({ code: 'connection-value', setting: name ?? '' }, { cause: error });
      }
    },
  };
}
