/** Opens what is served over HTTP beside the page: links to files, and the HTTP side itself. */
import { rm } from 'node:fs/promises';
import type { Config } from '../config.ts';
import { createClients } from '../core/clients.ts';
import type { Files } from '../core/files.ts';
import type { Links } from '../core/links.ts';
import type { Log } from '../core/log.ts';
import type { Clock } from '../core/time.ts';
import { startHttp, type HttpOptions, type HttpServer, type Mount } from '../http.ts';
import { createAddresses } from '../links/addresses.ts';
import { createLinks } from '../links/index.ts';
import { linkRoute } from '../links/route.ts';
import { createFitter, type Fitter, type FitterOptions } from '../platforms/kit/fit-files.ts';
import { listenError } from '../startup.ts';

/** Makes what is too large fit. What a process that died was making is gone. */
export async function openFitter(options: FitterOptions): Promise<Fitter> {
  await rm(options.folder, { recursive: true, force: true });
  return createFitter(options);
}

interface LinkDeps {
  secret: Uint8Array;
  files: Files;
  clock: Clock;
  log: Log;
}

/** Files that people fetch themselves, and where: nowhere without `PUBLIC_URL`. */
export async function openLinks(
  { PUBLIC_URL: publicUrl, LINK_DAYS: days, TRUSTED_PROXIES: proxies = [] }: Config,
  { secret, ...deps }: LinkDeps,
): Promise<{ links: Links; mounts: Mount[] }> {
  const prefix = publicUrl === undefined ? '' : new URL(publicUrl).pathname.replace(/\/$/, '');
  const addresses = createAddresses(secret, prefix);
  const links = createLinks({ ...deps, publicUrl, days, addresses });
  // those whose time was over while nobody looked
  await deps.files.keepOnly('links', () => false);
  if (publicUrl === undefined) return { links, mounts: [] };
  const listener = linkRoute({ ...deps, addresses, clients: createClients(proxies) });
  const paths = new Set(['/files/*', `${prefix}/files/*`]);
  return { links, mounts: [...paths].map((path) => ({ path, listener })) };
}

export async function openHttp(
  config: Config,
  more: Omit<HttpOptions, 'host' | 'port'>,
): Promise<HttpServer> {
  try {
    return await startHttp({ host: config.HOST, port: config.PORT, ...more });
  } catch (error) {
    throw listenError(error, config);
  }
}
