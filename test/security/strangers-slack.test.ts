/** Every button, menu and form in Slack, used by somebody who may not: all listeners that there are. */
import type { App } from '@slack/bolt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../../src/core/chat.ts';
import { listen, type ListenOptions } from '../../src/platforms/slack/events/listeners.ts';
import { createRecordingLog } from '../fakes/recording-log.ts';
import { openApp } from '../fuzz/slack.ts';
import { openStage, type FuzzStage } from '../fuzz/stage.ts';

interface Listener {
  kind: 'action' | 'view';
  id: string;
  block?: string;
}

/** What Easel listens to, as it tells Bolt. */
function listeners(): Listener[] {
  const found: Listener[] = [];
  const take =
    (kind: Listener['kind']) =>
    (what: string | { block_id: string; action_id: string }): void =>
      void found.push(
        typeof what === 'string' ? { kind, id: what } : { kind, id: what.action_id, block: what.block_id },
      );
  const nothing = (): undefined => undefined;
  const others = { options: nothing, command: nothing, event: nothing, shortcut: nothing, error: nothing };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it is only told what is listened to
  listen({ action: take('action'), view: take('view'), ...others } as unknown as App, {} as ListenOptions);
  return found;
}
const ALL = listeners();
/** Filled in and sent by everybody: a template's form, and the choice of one for a picture. */
const FOR_EVERYBODY = ['run', 'choose'];

const admin: Caller = { platform: 'slack', guild: 'T1', user: 'U1', locale: 'en', admin: true };
const log = createRecordingLog();
const asked: { method: string; body: string }[] = [];
let stage: FuzzStage;
let apps: Record<'nobody' | 'elsewhere' | 'admin', App>;

beforeAll(async () => {
  stage = await openStage(admin, log);
  const note = (method: string, body: string) => void asked.push({ method, body });
  apps = {
    nobody: await openApp(stage, log, { asked: note, admin: false }),
    elsewhere: await openApp(stage, log, { asked: note, admin: true, team: 'T2' }),
    admin: await openApp(stage, log, { asked: note, admin: true }),
  };
});
afterAll(() => stage.close());

/** What a payload says of where somebody is from, and of whose form it is. */
interface Whence {
  team: string | null;
  from?: string | null;
  installed?: string;
}

let count = 0;

/** What Slack would send of it; `value` is what the button, the menu or the form carries. */
function payload(
  { kind, id, block }: Listener,
  { team, from = team, installed }: Whence,
  value: string,
): Record<string, unknown> {
  count += 1;
  const memory = {
    draft: stage.draft,
    channel: 'C1',
    template: 'fox',
    slot: 'prompt',
    type: 'text',
    file: 'F1',
  };
  const option = { value, text: { type: 'plain_text', text: value } };
  const answer = { value, selected_option: option, selected_conversations: ['C9'], selected_users: ['U9'] };
  const file = { value: { files: [{ id: 'F1', name: 'a.json' }] } };
  const named = [
    'name',
    'description',
    'channels',
    'bannedUsers',
    'adminUsers',
    'guildJobs',
    'slot:prompt',
    'choose',
  ];
  const view = {
    id: `V${count}`,
    root_view_id: `V${count}`,
    hash: String(count),
    type: 'modal',
    callback_id: id,
    private_metadata: JSON.stringify(memory),
    blocks: [],
    ...(installed !== undefined && { app_installed_team_id: installed }),
    state: { values: { ...Object.fromEntries(named.map((name) => [name, { value: answer }])), file } },
  };
  const head = {
    user: { id: 'U66', team_id: from },
    team: team && { id: team, domain: 'x' },
    trigger_id: `t${count}`,
    token: 'x',
    enterprise: null,
    is_enterprise_install: false,
  };
  if (kind === 'view') return { type: 'view_submission', ...head, view };
  const action = {
    type: 'button',
    action_id: id,
    block_id: block ?? 'slot:prompt',
    value,
    selected_option: option,
  };
  // some buttons stand in messages, others in forms
  const place = { channel: { id: 'C1', name: 'x' }, container: { type: 'message', thread_ts: '1.1' } };
  return {
    type: 'block_actions',
    ...head,
    ...place,
    view,
    actions: [action],
    response_url: 'http://127.0.0.1:1/',
  };
}

/** All that could be changed, as its admin sees it. */
async function everything(): Promise<string> {
  const { editor, shelf, settings } = stage.commands;
  const seen = [await editor.open(admin, stage.draft), await shelf.list(admin), await settings.show(admin)];
  return JSON.stringify(seen);
}

/** What the stranger was shown, in every answer and every call. */
async function use(app: App, listener: Listener, whence: Whence): Promise<string> {
  asked.length = 0;
  const acks: unknown[] = [];
  for (const value of [stage.draft, 'fox', 'drop', '1'])
    await app.processEvent({
      body: payload(listener, whence, value),
      ack: async (answer: unknown) => void acks.push(answer),
    });
  const calls = asked.map(({ method, body }) => `${method} ${decodeURIComponent(body.replaceAll('+', ' '))}`);
  return `${JSON.stringify(acks)}\n${calls.join('\n')}`;
}

/** Words of the draft that only its admins may see. */
const SECRETS = ['KSampler', '/easel owl', 'a new template; nobody', 'fills '];

describe('a stranger in Slack', () => {
  it('has every listener to try that there is', () => {
    expect(ALL.length).toBeGreaterThan(12);
    expect(FOR_EVERYBODY.filter((id) => !ALL.some((one) => one.id === id))).toEqual([]);
  });

  it.each(ALL)('gets nowhere with the $kind $id', async (listener) => {
    const before = await everything();
    const seen = await use(apps.nobody, listener, { team: admin.guild });
    for (const secret of SECRETS) expect(seen).not.toContain(secret);
    expect(await everything()).toBe(before);
    const told = ['cancel', 'again', 'all'].includes(listener.id)
      ? 'I know no such job'
      : 'Only admins can do that here.';
    expect(FOR_EVERYBODY.includes(listener.id) || seen.includes(told)).toBe(true);
  });

  it.each(ALL)('who is an admin elsewhere gets nowhere with the $kind $id', async (listener) => {
    const before = await everything();
    for (const whence of [
      { team: 'T2', installed: 'T1' },
      { team: 'T2' },
      // what is said of them elsewhere is believed more
      { team: 'T1' },
      { team: null, from: 'T2' },
      { team: null, from: null, installed: 'T1' },
    ]) {
      const seen = await use(apps.elsewhere, listener, whence);
      for (const secret of SECRETS) expect(seen).not.toContain(secret);
      expect(await everything()).toBe(before);
    }
  });

  it.each(ALL.filter(({ kind }) => kind === 'view'))(
    'who is an admin here gets nowhere with a form of another workspace: $id',
    async (listener) => {
      const before = await everything();
      const seen = await use(apps.admin, listener, { team: 'T1', installed: 'T2' });
      for (const secret of SECRETS) expect(seen).not.toContain(secret);
      expect(await everything()).toBe(before);
    },
  );

  it('is not whom Slack leaves without a team: an admin of this workspace', async () => {
    const before = await everything();
    const settings = ALL.find(({ id }) => id === 'settings');
    if (!settings) throw new Error('the settings have no form');
    await use(apps.admin, settings, { team: null, from: 'T1', installed: 'T1' });
    expect(await everything()).not.toBe(before);
  });
});
