import { readFile } from 'node:fs/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { createSlackAdmin, seen, SKETCH } from '../world/slack-admin.ts';
import { slackBench } from '../world/slack-bench.ts';

describe('Published templates on Slack', () => {
  const bench = slackBench('socket');
  const done = (message: { visible: string }) => message.visible.includes('Done in');
  const TEMPLATE = 'test/fixtures/templates/sketch/template.json';
  let admin: ReturnType<typeof createSlackAdmin>;
  beforeEach(async () => {
    await bench.start();
    admin = createSlackAdmin(bench, bench.slack.addUser({ name: 'root', isAdmin: true }));
  });
  const mention = (text: string, files: ReturnType<typeof admin.file>[] = [], user = admin.user) =>
    bench.slack.mention({ text: `<@${bench.slack.botUserId}> ${text}`, user: user.id, files });

  it('are edited into a new version, which can be taken back', async () => {
    await admin.publishes('fox');
    const view = await admin.opens('template edit /fox');
    expect(view.visible).toContain('people use the current one');
    const form = await admin.menu(view, 'steps', 'change').waitForView();
    await admin.submits(form, { max: '7' });
    await admin.shows(view, '1 to 7');
    // nobody has it yet
    expect(await admin.reads('template show fox')).toMatch(/version 1[^]*1 to 60/);
    await admin.submits(view);
    await admin.shows(view, 'version 2');
    expect(await admin.reads('template show fox')).toContain('1 to 7');
    const history = await admin.opens('template history fox');
    expect(seen(history.visible)).toMatch(/\*version 2\* — <!date\^\d+\^.*> — <@U\w+>\n[^]*\*version 1\* — /);
    bench.slack.click({ view: history, actionId: 'item', blockId: 'item:1' });
    await admin.shows(history, '✅ /fox is as it was in version 1; that is version 3 now.');
    expect(await admin.reads('template show fox')).toContain('1 to 60');
    expect(await admin.reads('template history fox')).toMatch(/version 3[^]*version 1 again/);
    await admin.says('template rollback fox 2', 'that is version 4 now');
    await admin.says('template rollback fox 9', 'no version 9');
  });

  it('are exported directly, byte for byte, and taken in again', async () => {
    const [workflow, template] = await Promise.all([readFile(SKETCH), readFile(TEMPLATE)]);
    await admin.publishes('fox', workflow, template);
    await admin.says('template export fox', 'in your direct messages');
    const message = await bench.slack.until(() =>
      bench.slack.directMessages(admin.user.id).find(({ files }) => files.length === 2),
    );
    await admin.says('template export fox 9', 'no version 9');
    const files = Object.fromEntries(message.files.map(({ name, bytes }) => [name, bytes]));
    expect(files['workflow.json']?.equals(workflow)).toBe(true);
    const { view } = await admin.adds('copy.json', files['workflow.json'], files['template.json']);
    expect(view.visible).toContain('at most 1,500 characters');
    await admin.submits(view, { name: 'copy' });
    await bench.slack.command({ command: '/easel', text: 'copy a fox' }).waitFor(done);
  });

  it('are switched off and on, renamed and removed', async () => {
    await admin.publishes('fox');
    await admin.says('template disable fox', 'switched off');
    await admin.says('fox a red one', '/fox is switched off here');
    await admin.says('template enable fox', 'is back');
    await admin.says('template rename fox wolf', '/fox is now /wolf');
    await admin.says('template rename wolf cancel', 'my own commands');
    const question = await admin.opens('template remove wolf');
    expect(question.visible).toContain('with all its versions');
    expect(question.visible).toContain('/easel template export');
    bench.slack.click({ view: question, actionId: 'act:remove' });
    await admin.shows(question, '/wolf is removed');
    expect(await admin.reads('template list')).not.toContain('wolf');
    await admin.says('template remove sketch', 'built in');
    await admin.says('template disable sketch', 'switched off');
    await bench.slack
      .command({ command: '/sketch', text: 'a fox' })
      .waitFor(({ text }) => text.includes('switched off here'));
  });

  it('are limited to channels', async () => {
    await admin.publishes('fox');
    const allowed = bench.slack.addChannel();
    const view = await admin.opens('template limit fox');
    await admin.submits(view, { channels: [allowed.id] });
    await bench.slack.waitForMessage(({ text }) => text.includes('Saved.'));
    await bench.slack
      .command({ command: '/easel', text: 'fox a red one' })
      .waitFor(({ text }) => text.includes('only for some channels'));
    await bench.slack
      .command({ command: '/easel', text: 'fox a red one', channel: allowed.id })
      .waitFor(done);
    expect(await admin.reads('template list')).toContain('only in 1 channel');
    const again = await admin.opens('template limit fox');
    await admin.submits(again, { channels: [] });
    expect(await admin.reads('template show fox')).not.toContain('only in');
  });

  it('are added in a thread, with the files in the message, or chosen in a form', async () => {
    const files = [
      admin.file('template.json', await readFile(TEMPLATE)),
      admin.file('Fox.json', await readFile(SKETCH)),
    ];
    const asked = mention('template add', files);
    const offer = await asked.waitFor(({ text }) => seen(text).includes('/fox — '));
    expect(offer.ephemeral).toBe(true);
    const view = await bench.slack.click({ message: offer, actionId: 'open' }).waitForView();
    expect(view.visible).toContain('at most 1,500 characters');
    await admin.submits(view);
    await admin.shows(view, 'version 1');

    const bare = await mention('template add').waitFor(({ text }) => text.includes('New template'));
    expect((await bench.slack.click({ message: bare, actionId: 'open' }).waitForView()).title).toBe(
      'New template',
    );
    const limit = await mention('template limit fox').waitFor(({ text }) =>
      text.includes('Who may use /fox'),
    );
    await bench.slack.click({ message: limit, actionId: 'open' }).waitForView();
    await mention('template list', [], bench.slack.person).waitFor(({ text }) =>
      seen(text).includes('• */fox* — '),
    );
    await mention('template').waitFor(({ text }) => text.includes('/easel template rollback NAME VERSION'));
  });

  it('belong to admins, whatever else somebody tries', async () => {
    const { person } = bench.slack;
    const no = 'Only admins can do that here';
    for (const text of [
      'add',
      'edit sketch',
      'disable sketch',
      'remove sketch',
      'export sketch',
      'limit sketch',
    ])
      await admin.says(`template ${text}`, no, person);
    await admin.says('settings', no, person);
    await admin.says('settings audit', no, person);
    expect(await admin.says('template list', '/sketch', person)).toContain('built in');

    await admin.publishes('fox');
    const { view } = await admin.adds('other.json');
    const press = bench.slack.click({ view, actionId: 'act:discard', user: person.id, forged: true });
    await press.waitFor(({ text }) => text.includes(no));
    const submitted = bench.slack.submitView({ view, user: person.id, forged: true });
    await submitted.acknowledged;
    await submitted.waitFor(({ text }) => text.includes(no));
    expect(await admin.reads('template list')).not.toContain('/other');
  });
});

describe('Published templates on Slack over HTTP', () => {
  const bench = slackBench('http');

  it('are made in the same editor', async () => {
    await bench.start();
    const admin = createSlackAdmin(bench, bench.slack.addUser({ name: 'root', isAdmin: true }));
    const { view } = await admin.adds('fox.json');
    const menu = view.controls.find((control) => control.action_id === 'menu:add');
    const value = menu?.options?.find(({ text }) => text.text.includes('denoise'))?.value ?? '';
    const form = await bench.slack.click({ view, actionId: 'menu:add', value }).waitForView();
    await admin.shows(view, '*denoise*');
    await admin.submits(form);
    await bench.slack.until(() => form.closed);
    await admin.submits(view);
    await admin.shows(view, 'version 1');
  });
});
