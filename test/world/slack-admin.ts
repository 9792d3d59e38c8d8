/** What an admin does on Slack with templates, step by step, for tests. */
import { readFile } from 'node:fs/promises';
import type { FakeView, User } from '../fakes/slack/index.ts';
import type { SlackBench } from './slack-bench.ts';

export const SKETCH = 'test/fixtures/templates/sketch/workflow.json';

type Message = { ephemeral: boolean; text: string };

/** Word joiners, which take effects from marks, are nothing that people see. */
export function seen(text: string): string {
  return text.replaceAll('\u2060', '');
}

export function createSlackAdmin(bench: SlackBench, user: User) {
  const told = (words: string) => (message: Message) =>
    message.ephemeral && seen(message.text).includes(words);
  const admin = {
    user,
    /** `/easel TEXT`, told what only this person sees. */
    async says(text: string, words: string, who = user) {
      const asked = bench.slack.command({ command: '/easel', text, user: who.id });
      return seen((await asked.waitFor(told(words))).text);
    },
    /** `/easel TEXT`, which opens a form. */
    async opens(text: string) {
      return bench.slack.command({ command: '/easel', text, user: user.id }).waitForView();
    },
    file: (name: string, bytes: Uint8Array) => bench.slack.addFile({ name, bytes, user: user.id }),
    /** The editor of a new draft. */
    async adds(name: string, bytes?: Uint8Array, settings?: Uint8Array) {
      const view = await admin.opens('template add');
      const values = {
        workflow: [admin.file(name, bytes ?? (await readFile(SKETCH)))],
        ...(settings && { settings: [admin.file('template.json', settings)] }),
      };
      return { view, submitted: await admin.submits(view, values) };
    },
    async submits(view: FakeView, values: Parameters<typeof bench.slack.fillIn>[1] = {}) {
      const submitted = bench.slack.submitView({ view, values });
      await submitted.acknowledged;
      return submitted;
    },
    /** From a file to a command that everybody has. */
    async publishes(name: string, bytes?: Uint8Array, settings?: Uint8Array) {
      const { view } = await admin.adds(`${name}.json`, bytes, settings);
      await admin.submits(view);
      await bench.slack.until(() => view.visible.includes('Published:'));
    },
    /** One entry of a slot's menu. */
    menu: (view: FakeView, slot: string, value: string) =>
      bench.slack.click({ view, actionId: 'item', blockId: `item:${slot}`, value }),
    /** The form that lies on another one once a button of that was pressed. */
    pushed: (view: FakeView, action: string) =>
      bench.slack.click({ view, actionId: `act:${action}` }).waitForView(),
    /** What the form says that `/easel TEXT` opens. */
    async reads(text: string) {
      return seen((await admin.opens(text)).visible);
    },
    /** Until the form shows it. */
    shows: (view: FakeView, words: string) =>
      bench.slack.until(() => seen(view.visible).includes(words), 5000),
  };
  return admin;
}
