/** A way to one backend: who it is, how it is asked, and what is known of it. */
import type { Log } from '../../core/log.ts';
import type { Blot } from '../../core/secrets.ts';
import type { Clock } from '../../core/time.ts';
import type { Timing } from '../timing.ts';
import type { FileHosts } from '../wire/file-hosts.ts';
import type { Http } from '../wire/http.ts';

export interface Connection {
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
  readonly http: Http;
  /** Where a redirect to a file may lead. */
  readonly hosts: FileHosts;
  readonly log: Log;
  readonly clock: Clock;
  readonly timing: Timing;
}
