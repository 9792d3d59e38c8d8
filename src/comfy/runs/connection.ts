/** A way to one backend: who it is, how it is asked, and what is known of it. */
import type { Log } from '../../core/log.ts';
import type { Clock } from '../../core/time.ts';
import type { Timing } from '../timing.ts';
import type { FileHosts } from '../wire/file-hosts.ts';
import type { Http } from '../wire/http.ts';
import type { Server } from '../wire/refusals.ts';

export interface Connection {
  /** What it is called, which may be known better later. */
  readonly server: Server;
  readonly base: URL;
  readonly apiKey: string | undefined;
  /** Of a Comfy account that pays for partner nodes; default: on Comfy Cloud the API key. */
  readonly partnerKey: string | undefined;
  /** What proves who we are; for requests to the configured origin only. */
  readonly credentials: Readonly<Record<string, string>>;
  readonly http: Http;
  /** Where a redirect to a file may lead. */
  readonly hosts: FileHosts;
  readonly log: Log;
  readonly clock: Clock;
  readonly timing: Timing;
}
