/** A Slack bench for final replies whose content is refused: live edits are none, so that the calls are those of the final reply. */
import type { FakeMessage } from '../fakes/slack/index.ts';
import { until } from '../fakes/until.ts';
import { slackBench } from './slack-bench.ts';

export const QUIET = { timing: { slack: { intervalMs: 60_000 } } };

/** Registers the hooks, as `slackBench` does. */
export function refusedReplies() {
  const bench = slackBench('socket', { stepMs: 1 });
  return {
    bench,
    sketch: () => bench.slack.command({ command: '/sketch', text: 'a fox' }),
    done: ({ visible }: FakeMessage) => visible.includes('Done in'),
    calls: (method: string) => bench.slack.requestsTo(method).length,
    ended: () => until(() => bench.easel.logs.some((line) => line.includes('job ended'))),
  };
}
