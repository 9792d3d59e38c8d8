/** What every part of the client needs to know about its one backend. */
import type { Log } from '../../core/log.ts';
import type { Blot } from '../../core/secrets.ts';
import type { Clock } from '../../core/time.ts';
import type { Dialect } from '../dialects/index.ts';
import type { FileHosts } from '../wire/file-hosts.ts';
import type { Http } from '../wire/transport.ts';
import type { Timing } from '../timing.ts';

export interface Server {
  /** For people. */
  readonly name: string;
  /** For logs and who runs Easel: with its host. */
  readonly address: string;
  readonly base: URL;
  readonly apiKey: string | undefined;
  /** For whatever it says: our secrets are known to it, and some of what is around it prints them. */
  readonly blot: Blot;
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
