/** What help says on Slack: each command once, whoever asks and however. */
import { describe, expect, it } from 'vitest';
import { createSlackAdmin, seen } from '../world/slack-admin.ts';
import { slackBench } from '../world/slack-bench.ts';

const bench = slackBench('socket', { stepMs: 1 });
const ways = ['command', 'mention', 'message'] as const;

describe('help on Slack', () => {
  const asked = (way: (typeof ways)[number], user: string) => {
    const { slack } = bench;
    if (way === 'command') return slack.command({ command: '/easel', text: 'help', user });
    if (way === 'mention') return slack.mention({ text: 'help', user });
    return slack.directMessage({ text: 'help', user });
  };
  /** The commands that help names, as they are typed. */
  const commandsIn = (text: string) =>
    seen(text)
      .split('\n')
      .flatMap(
        (line) =>
          /^(\/\S+(?: [a-z][\w-]*(?=\s|$)){0,2})/.exec(line.replaceAll(/[`•*]/g, '').trim())?.[1] ?? [],
      );

  it('names each command once, to people and to admins, also where the guild has its own instead', async () => {
    await bench.start();
    const admin = createSlackAdmin(bench, bench.slack.addUser({ isAdmin: true }));
    const person = bench.slack.addUser();
    // its own one in the place of the one that comes with Easel, and one more
    const view = await admin.opens('template edit sketch');
    await admin.submits(view, { name: 'sketch', description: 'Our own sketches' });
    await bench.slack.until(() => view.visible.includes('Published:'));
    await admin.publishes('fox');

    for (const [who, rank] of [
      [person.id, 'person'],
      [admin.user.id, 'admin'],
    ] as const)
      for (const way of ways) {
        const { text } = await asked(way, who).waitFor((message) => message.text.includes('Commands:'));
        const named = commandsIn(text);
        const told = `${rank} by ${way}: ${text}`;
        expect(new Set(named).size, told).toBe(named.length);
        expect(text.match(/Our own sketches/g), told).toHaveLength(1);
        expect(
          named.filter((one) => /sketch/.test(one)),
          told,
        ).toHaveLength(1);
        expect(
          named.filter((one) => /fox/.test(one)),
          told,
        ).toHaveLength(1);
        expect(
          named.some((one) => /settings/.test(one)),
          told,
        ).toBe(rank === 'admin');
      }
  });
});
