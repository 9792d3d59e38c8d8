/** What every part of the client needs to know about its one backend. */
import type { Log } from '../core/log.ts';
import type { Clock } from '../core/time.ts';
import type { Dialect } from './dialects.ts';
import type { FileHosts } from './file-hosts.ts';
import type { Http } from './http.ts';
import type { Timing } from './timing.ts';

export interface Server {
  /** For people and logs. */
  readonly name: string;
  readonly base: URL;
  readonly apiKey: string | undefined;
  /** What proves who we are; for requests to the configured origin only. */
  readonly credentials: Readonly<Record<string, string>>;
  readonly dialect: Dialect;
  readonly http: Http;
  /** Where a redirect to a file may lead. */
  readonly hosts: FileHosts;
  readonly log: Log;
  readonly clock: Clock;
  readonly timing: Timing;
}
