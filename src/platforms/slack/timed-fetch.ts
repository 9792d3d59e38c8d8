/**
 * What the Web API's client asks with: whole answers, within a time that ends with them. The timer of the client's own
 * `timeout` goes on after the answer until it is over, and there are ten of them a job.
 */
import type { webApi } from '@slack/bolt';
import { within } from '../../core/time.ts';

type Fetch = NonNullable<webApi.WebClientOptions['fetch']>;

/** For `WebClientOptions.fetch`; rejects with a TimeoutError after `ms`. */
export function timedFetch(ms: number): Fetch {
  return (url, init) =>
    within(ms, async (signal) => {
      const response = await fetch(url, { ...init, signal });
      const { status, statusText, headers } = response;
      return new Response(await response.arrayBuffer(), { status, statusText, headers });
    });
}
