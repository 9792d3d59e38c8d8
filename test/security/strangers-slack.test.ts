/** Every button, menu and form in Slack, used by somebody who may not: all listeners that there are. */
import type { App } from '@slack/bolt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../../src/core/caller.ts';
import { listen, type ListenOptions } from '../../src/platforms/slack/events/listeners.ts';
import { createRecordingLog } from '../fakes/recording-log.ts';
import { openApp } from '../fuzz/slack.ts';
import { openStage, type FuzzStage } from '../fuzz/stage.ts';

interface Listener {
  kind: 'action' | 'view';
  id: string;
  block?: string;
  /** Of the form that it stands in: a screen, or a callback of a version before those. */
  at?: string;
  callback?: string;
}

type ActionWords = string | RegExp | { block_id?: string; action_id: string };

/** What Easel listens to, as it tells Bolt; a pattern is what is pressed in screens. */
function listeners(): Listener[] {
  const found: Listener[] = [];
  const view = (id: string): void =>
    void found.push(...(id === 'screen' ? SUBMITTED : [{ kind: 'view' as const, id }]));
  const action = (what: ActionWords): void => {
    if (what instanceof RegExp) found.push(...PRESSED.filter(({ id }) => what.test(id)));
    else if (typeof what === 'string') found.push({ kind: 'action', id: what });
    else {
      const { block_id: block, action_id: id } = what;
      found.push({ kind: 'action', id, callback: 'editor', ...(block !== undefined && { block }) });
    }
  };
  const nothing = (): undefined => undefined;
  const others = { options: nothing, command: nothing, event: nothing, shortcut: nothing, error: nothing };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it is only told what is listened to
  const app = { action, view, ...others } as unknown as App;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- and asks for nothing
  listen(app, { commands: {} } as ListenOptions);
  return found;
}

/** What is pressed in each screen, and what is sent with its own button. */
const PRESSES: Record<
  string,
  { submit?: string; presses?: readonly (string | readonly [string, string])[] }
> = {
  settings: { submit: 'save', presses: ['act:models', 'act:audit', 'act:save'] },
  models: { submit: 'save', presses: ['act:back'] },
  audit: { presses: ['act:back'] },
  templates: { presses: ['act:add'] },
  'template/fox': {
    submit: 'rename',
    presses: ['edit', 'access', 'disable', 'history', 'export', 'remove'].map((key) => `act:${key}`),
  },
  'history/fox': { presses: [['item', 'item:1']] },
  'access/fox': { submit: 'save' },
  'remove/fox': { presses: ['act:remove'] },
  add: { submit: 'add' },
  'draft/DRAFT': {
    submit: 'publish',
    presses: [
      'act:keep',
      'act:test',
      'act:findings',
      'act:languages',
      'act:discard',
      'menu:add',
      ['item', 'item:prompt'],
    ],
  },
  'findings/DRAFT': { presses: [['item', 'item:0 prompt']] },
  'languages/DRAFT': { submit: 'open', presses: ['menu:add', ['item', 'item:ja']] },
  'words/DRAFT/ja': { submit: 'save', presses: [['item', 'item:prompt']] },
  'discard/DRAFT': { presses: ['act:discard'] },
  'slot/DRAFT/prompt': {
    submit: 'change',
    presses: ['act:up', 'act:down', 'act:drop', 'redraw'],
  },
  'run/fox': { submit: 'run' },
  // a question is a message, and its asker's alone
  'ask/none': {},
  // whose question it is nobody else finds: see `every screen`
  'which/none': { presses: ['act:0'] },
};
const SUBMITTED = Object.entries(PRESSES).flatMap(([at, { submit }]): Listener[] =>
  submit === undefined ? [] : [{ kind: 'view', id: submit, at }],
);
const PRESSED = Object.entries(PRESSES).flatMap(([at, { presses = [] }]) =>
  presses.map((press): Listener => {
    const [id, block] = typeof press === 'string' ? [press] : press;
    return { kind: 'action', id, at, ...(block !== undefined && { block }) };
  }),
);

const ALL = listeners();
/** Filled in and sent by everybody: a template's form, the choice of one for a picture, and of a model. */
const FOR_EVERYBODY = ['run', 'choose', 'act:0'];

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

/** Inputs, by the field that they are for. */
const INPUTS: Record<string, string> = {
  name: 'plain_text_input',
  to: 'plain_text_input',
  description: 'plain_text_input',
  prompt: 'plain_text_input',
  guildJobs: 'number_input',
  type: 'static_select',
  choose: 'static_select',
  channels: 'multi_conversations_select',
  allowedChannels: 'multi_conversations_select',
  bannedUsers: 'multi_users_select',
  adminUsers: 'multi_users_select',
  workflow: 'file_input',
};

/** What Slack would send of it; `value` is what the button, the menu or the form carries. */
function payload(
  { kind, id, block, at, callback = id }: Listener,
  { team, from = team, installed }: Whence,
  value: string,
): Record<string, unknown> {
  count += 1;
  const old = { draft: stage.draft, template: 'fox', slot: 'prompt', type: 'text', file: 'F1' };
  const place = { channel: 'C1' };
  const memory =
    at === undefined
      ? { ...place, ...old }
      : { ...place, at: at.replace('DRAFT', stage.draft), submit: id, under: [] };
  // the old form for a picture had its name, those of templates had its slot beside it
  const { file: _, ...without } = { file: undefined, ...memory };
  const option = { value, text: { type: 'plain_text', text: value } };
  const files = [{ id: 'F1', name: 'a.json' }];
  const answer = { value, selected_option: option, selected_conversations: ['C9'], selected_users: ['U9'] };
  const blocks = Object.entries(INPUTS).map(([name, type]) => {
    return { type: 'input', block_id: name, element: { type, action_id: 'value' } };
  });
  const values = blocks.map(({ block_id: name, element: { type } }) => {
    return [name, { value: type === 'file_input' ? { files } : answer }] as const;
  });
  const view = {
    id: `V${count}`,
    root_view_id: `V${count}`,
    hash: String(count),
    type: 'modal',
    title: { type: 'plain_text', text: 'Form' },
    callback_id: at === undefined ? callback : 'screen',
    private_metadata: JSON.stringify(id === 'choose' ? memory : without),
    blocks,
    ...(installed !== undefined && { app_installed_team_id: installed }),
    state: { values: Object.fromEntries(values) },
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
    block_id: block ?? 'prompt',
    value,
    selected_option: option,
  };
  // some buttons stand in messages, others in forms
  const message = { channel: { id: 'C1', name: 'x' }, container: { type: 'message', thread_ts: '1.1' } };
  return {
    type: 'block_actions',
    ...head,
    ...message,
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
  for (const value of [
    stage.draft,
    'fox',
    'drop',
    '1',
    'rollback',
    'look',
    'edit',
    'remove',
    'ja',
    'change',
    'settings',
    `draft/${stage.draft}`,
  ])
    await app.processEvent({
      body: payload(listener, whence, value),
      ack: async (answer: unknown) => void acks.push(answer),
    });
  const calls = asked.map(({ method, body }) => `${method} ${decodeURIComponent(body.replaceAll('+', ' '))}`);
  return `${JSON.stringify(acks)}\n${calls.join('\n')}`;
}

/** Words of the draft that only its admins may see. */
const SECRETS = ['KSampler', '/owl', 'a new template; nobody', 'fills '];

describe('a stranger in Slack', () => {
  it('has every listener to try that there is', () => {
    expect(ALL.length).toBeGreaterThan(40);
    const kinds = new Set(Object.keys(PRESSES).map((at) => at.split('/')[0] ?? at));
    expect([...kinds].toSorted()).toEqual(stage.commands.screens.kinds.toSorted());
    expect([...SUBMITTED, ...PRESSED].filter((one) => !ALL.includes(one))).toEqual([]);
    expect(FOR_EVERYBODY.filter((id) => !ALL.some((one) => one.id === id))).toEqual([]);
  });

  it.each(ALL)('gets nowhere with the $kind $id at $at', async (listener) => {
    const before = await everything();
    const seen = await use(apps.nobody, listener, { team: admin.guild });
    for (const secret of SECRETS) expect(seen).not.toContain(secret);
    expect(await everything()).toBe(before);
    const told = ['cancel', 'again', 'all'].includes(listener.id)
      ? 'I can’t find that job'
      : 'Only admins can do that here.';
    expect(FOR_EVERYBODY.includes(listener.id) || seen.includes(told)).toBe(true);
  });

  it.each(ALL)('who is an admin elsewhere gets nowhere with the $kind $id at $at', async (listener) => {
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
    'who is an admin here gets nowhere with a form of another workspace: $id at $at',
    async (listener) => {
      const before = await everything();
      const seen = await use(apps.admin, listener, { team: 'T1', installed: 'T2' });
      for (const secret of SECRETS) expect(seen).not.toContain(secret);
      expect(await everything()).toBe(before);
    },
  );

  it('is not whom Slack leaves without a team: an admin of this workspace', async () => {
    const before = await everything();
    const settings = ALL.find(({ at }) => at === 'settings');
    if (!settings) throw new Error('the settings have no form');
    await use(apps.admin, settings, { team: null, from: 'T1', installed: 'T1' });
    expect(await everything()).not.toBe(before);
  });
});
