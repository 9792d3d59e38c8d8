/** Asks what Easel is to be connected with who it is, and whether it takes our token: for the page, and for the doctor. */
import { probeBackend, probeSocket, type BackendFindings, type BackendOptions } from '../comfy/index.ts';
import type { Fact } from '../commands/operator/connect/facts.ts';
import type { Config } from '../config.ts';
import type { ConnectionFault } from '../core/connection-fault.ts';
import { EaselError, faultIn } from '../core/errors.ts';
import type { Log } from '../core/log.ts';
import type { Warning } from '../core/summary.ts';
import type { Surroundings } from '../core/surroundings.ts';
import type { Service } from '../guilds/services.ts';
import { backendOptions } from './backend.ts';
import { backendWarnings } from './summary/warnings.ts';

/** Shown by name at most; what is counted is all of them. */
const NAMED = 20;

interface ProbeOptions {
  /** Where Easel runs. */
  at?: Surroundings;
  /** Of the backend's client; tests scale it. */
  timing?: BackendOptions['timing'];
}

/** Connects nowhere, and changes nothing there. Rejects with EaselError where it does not answer, or the signal's reason. */
export async function probe(
  service: Service,
  config: Config,
  log: Log,
  signal: AbortSignal,
  { at = 'shell', timing }: ProbeOptions = {},
): Promise<Fact[]> {
  switch (service) {
    case 'discord': {
      const { probeDiscord } = await import('../platforms/discord/probe.ts');
      return probeDiscord({ token: config.DISCORD_TOKEN ?? '', apiUrl: config.DISCORD_API_URL }, signal);
    }
    case 'slack': {
      const { probeSlack } = await import('../platforms/slack/probe.ts');
      const { SLACK_BOT_TOKEN: botToken = '', SLACK_APP_TOKEN: appToken, SLACK_API_URL: apiUrl } = config;
      return probeSlack(
        { botToken, appToken, signingSecret: config.SLACK_SIGNING_SECRET, apiUrl, log },
        signal,
      );
    }
    case 'comfy': {
      const given = backendOptions(config, at);
      if (!given) return [];
      const found = await backendFactsOf({ ...given, timing, log }, config.COMFY_CONCURRENCY, signal);
      return [...found, ...oddFacts(config, at, found)];
    }
  }
}

/** What is odd about the address and the key, whether or not it answers. */
function oddFacts(config: Config, at: Surroundings, found: readonly Fact[]): Fact[] {
  const kinds = found.map(({ kind }) => kind);
  const faults = found.flatMap((fact) => (fact.kind === 'problem' ? [faultIn(fact.problem)] : []));
  const isOwn = kinds.includes('backend') && !kinds.includes('account');
  const isSaid = (by: ConnectionFault | undefined) => by !== undefined && faults.includes(by);
  return (
    backendWarnings(config, at)
      .filter(({ code }) => !isSaid(SAID_BY[code]))
      // a gateway before Comfy Cloud wants one, and so may what has not said yet what it is
      .filter(({ code }) => code !== 'key-for-own-server' || isOwn)
      .map((warning): Fact => ({ kind: 'warning', warning }))
  );
}

/** What has come of it says the same. */
const SAID_BY: Partial<Record<Warning['code'], ConnectionFault>> = {
  'loopback-in-container': 'container-loopback',
  'cloud-without-key': 'key-wanted',
};

async function backendFactsOf(about: BackendOptions, given: number, signal: AbortSignal): Promise<Fact[]> {
  try {
    const found = backendFacts(await probeBackend(about, signal), given);
    const problem = await probeSocket(about, signal);
    return problem ? [...found, { kind: 'note', problem }] : found;
  } catch (error) {
    if (!(error instanceof EaselError)) throw error;
    about.log.warn({ err: error }, 'the backend that was entered cannot be used');
    return [{ kind: 'problem', problem: error.problem }];
  }
}

function backendFacts(
  { address, version, account, devices, classes, checkpoints }: BackendFindings,
  given: number,
): Fact[] {
  const { atOnce } = account ?? {};
  return [
    { kind: 'backend', address, version },
    ...(account ? [{ kind: 'account', ...account } as const] : []),
    ...(atOnce === undefined ? [] : [{ kind: 'at-once', atOnce, given } as const]),
    ...devices.map((device): Fact => ({ kind: 'device', ...device })),
    { kind: 'classes', count: classes },
    { kind: 'checkpoints', count: checkpoints.length, names: checkpoints.slice(0, NAMED) },
  ];
}
