/** What somebody typed becomes neither a link nor a card in Slack, in whatever message it is repeated. */
import { expect, it } from 'vitest';
import { slackBench } from '../world/slack-bench.ts';
import { linkedHosts } from './slack-mrkdwn.ts';

const bench = slackBench('socket', { stepMs: 1 });

it('hosts in a prompt, in a refusal and in a direct message stay words', async () => {
  await bench.start();
  const { slack } = bench;
  const done = slack.command({ command: '/sketch', text: 'evil.example and https://bit.ly/x' });
  const reply = await done.waitFor(({ visible }) => visible.includes('Done in'));
  const refused = slack.command({ command: '/easel', text: '/evil.example' });
  const told = await refused.waitFor(({ ephemeral }) => ephemeral);
  const closed = slack.addChannel({ private: true, botIsMember: false });
  const elsewhere = slack.command({ command: '/sketch', text: 'evil.example', channel: closed.id });
  await elsewhere.waitFor(({ visible }) => visible.includes('Done in'));
  for (const { edits } of [reply, told, ...slack.directMessages(slack.person.id)])
    for (const { text } of edits) expect(linkedHosts(text)).toEqual([]);
  const posts = slack.requestsTo('chat.postMessage');
  expect(posts.length).toBeGreaterThan(2);
  for (const { args } of posts)
    expect([String(args['unfurl_links']), String(args['unfurl_media'])]).toEqual(['false', 'false']);
});
