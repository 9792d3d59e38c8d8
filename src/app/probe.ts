/** Asks what Easel is to be connected with who it is, and whether it takes our token: for the page, and for the doctor. */
import { probeBackend, type BackendFindings } from '../comfy/index.ts';
import type { Fact } from '../commands/operator/connect/facts.ts';
import type { Config } from '../config.ts';
import type { Log } from '../core/log.ts';
import type { Service } from '../guilds/services.ts';
import { backendOptions } from './backend.ts';

/** Shown by name at most; what is counted is all of them. */
const NAMED = 20;

/** Connects nowhere, and changes nothing there. Rejects with EaselError where it does not answer, or the signal's reason. */
export async function probe(
  service: Service,
  config: Config,
  log: Log,
  signal: AbortSignal,
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
      const given = backendOptions(config);
      return given
        ? backendFacts(await probeBackend({ ...given, log }, signal), config.COMFY_CONCURRENCY)
        : [];
    }
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
