/** Links on a real disk, served by the real HTTP side. */
import { Readable } from 'node:stream';
import { onTestFinished } from 'vitest';
import { createClients } from '../../../src/core/clients.ts';
import type { Files } from '../../../src/core/files.ts';
import type { Offer, OfferFacts } from '../../../src/core/links.ts';
import { systemClock } from '../../../src/core/time.ts';
import { createFiles } from '../../../src/files/index.ts';
import { startHttp, type HttpOptions } from '../../../src/http.ts';
import { createAddresses } from '../../../src/links/addresses.ts';
import { createLinks } from '../../../src/links/index.ts';
import { linkRoute, type RouteDeps } from '../../../src/links/route.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';
import { createRecordingLog } from '../../fakes/recording-log.ts';
import { temporaryFolder } from '../temporary.ts';

export const DAY = 24 * 3600 * 1000;
export const FACTS: OfferFacts = { guild: 'guild', job: 'job-1', name: 'output-0' };
const SECRET = Buffer.alloc(32, 7);

export interface LinkStageOptions extends Partial<RouteDeps> {
  publicUrl?: string | undefined;
  days?: number;
  secret?: Uint8Array;
  proxies?: string[];
  http?: Partial<HttpOptions>;
  wrap?: (files: Files) => Files;
}

export async function linkStage({
  publicUrl = 'https://easel.example/bot',
  days = 7,
  secret = SECRET,
  proxies = [],
  http = {},
  wrap = (files) => files,
  ...route
}: LinkStageOptions = {}) {
  const directory = await temporaryFolder();
  const clock = createManualClock(Date.UTC(2026, 10, 27));
  const log = createRecordingLog();
  const files = wrap(createFiles({ directory, clock, log }));
  const prefix = publicUrl === undefined ? '' : new URL(publicUrl).pathname.replace(/\/$/, '');
  const addresses = createAddresses(secret, prefix);
  const open = (more: { days?: number; publicUrl?: string | undefined } = {}) =>
    createLinks({ publicUrl, days, addresses, files, clock, log, ...more });
  const links = open();
  const clients = createClients(proxies);
  const listener = linkRoute({ addresses, files, clients, clock, log, ...route });
  const mounts = [...new Set(['/files/*', `${prefix}/files/*`])].map((path) => ({ path, listener }));
  const readiness = async () => ({ ok: true, platforms: {}, backend: true });
  const parts = { host: '127.0.0.1', port: 0, readiness, mounts, proxies, clock: systemClock, log };
  const server = await startHttp({ ...parts, rest: 'No page.', ...http });
  onTestFinished(() => server.stop());

  const make = (name = 'clip.mp4', content: string | Uint8Array = '0123456789', output = '0') =>
    files.put(
      { shelf: 'outbox', owner: 'job-1', name: output },
      { name, type: 'video/mp4' },
      Readable.from([Buffer.from(content)]),
    );
  /** The path of a link to a new file. */
  const offered = async (facts: Partial<OfferFacts> = {}, ...given: Parameters<typeof make>) =>
    pathOf(await links.offer(await make(...given), { ...FACTS, ...facts }));
  return { directory, clock, log, files, addresses, links, open, port: server.port, server, make, offered };
}

export function linkOf(offer: Offer): { url: string; until: number } {
  if (offer.kind !== 'link') throw new Error(`no link: ${offer.kind}`);
  return offer;
}

export function pathOf(offer: Offer): string {
  return new URL(linkOf(offer).url).pathname;
}
