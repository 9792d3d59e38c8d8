/** Whom a request of the page comes from. */
import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import { createClients as createAddresses } from '../../../core/clients.ts';

export interface Clients {
  /** One text for each client, as `core/clients.ts` has it. */
  of(context: Context): string;
  /** A declared proxy passes this on, and came by it over https. */
  cameByHttps(context: Context): boolean;
}

/** `proxies`: addresses and networks (`10.0.0.0/8`). */
export function createClients(proxies: readonly string[]): Clients {
  const clients = createAddresses(proxies);
  return {
    of: (context) => clients.of(peerOf(context), context.req.header('x-forwarded-for')),
    cameByHttps: (context) =>
      clients.isTrusted(peerOf(context)) &&
      context.req.header('x-forwarded-proto')?.trim().toLowerCase() === 'https',
  };
}

/** What Node's server tells of a request; a test may ask without one. */
export function bindingsOf({ env }: Context): Partial<HttpBindings> {
  return env ?? {};
}

function peerOf(context: Context): string {
  return bindingsOf(context).incoming?.socket.remoteAddress ?? '';
}
