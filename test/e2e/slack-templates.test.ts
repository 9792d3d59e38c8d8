import { readFile } from 'node:fs/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { createSlackAdmin, seen, SKETCH } from '../world/slack-admin.ts';
import { QUICK } from '../world/easel.ts';
import { generous, WORDS } from '../world/generous.ts';
import { slackBench } from '../world/slack-bench.ts';

describe('Templates from Slack', () => {
  const bench = slackBench('socket');
  const done = (message: { visible: string }) => message.visible.includes('Done in');
  let admin: ReturnType<typeof createSlackAdmin>;
  beforeEach(async () => {
    await bench.start();
    admin = createSlackAdmin(bench, bench.slack.addUser({ name: 'root', isAdmin: true }));
  });
  const slots = (view: { controls: readonly { blockId: string; type: string }[] }) =>
    view.controls.filter(({ type }) => type === 'overflow').map(({ blockId }) => blockId);

  it('makes a command of a workflow, which everybody can run at once', async () => {
    const { view, submitted } = await admin.adds('Fox Painter.json');
    expect(submitted.responseAction).toBe('update');
    expect(view.title).toBe('Template');
    expect(seen(view.visible)).toContain('/fox-painter — ');
    expect(seen(view.visible)).toContain('✅ Ready to publish.');
    expect(view.visible).toContain('fills KSampler · steps');
    expect(JSON.parse(view.privateMetadata)).toMatchObject({ channel: bench.slack.channel.id });

    const published = await admin.submits(view, { name: 'fox', description: 'Draws foxes' });
    expect(published.responseAction).toBe('update');
    expect(seen(view.visible)).toContain('✅ Published: /fox is there now, version 1.');

    const asked = bench.slack.command({ command: '/easel', text: 'fox a red one --seed 7' });
    expect((await asked.waitFor(done)).images).toHaveLength(1);
    expect(bench.sandbox.stats.bodies.at(-1)).toMatchObject({
      prompt: { 6: { inputs: { text: 'a red one' } } },
    });
    expect(await admin.says('help', 'Commands:')).toContain('/easel fox prompt:…');
  });

  it('takes what only Discord would not: 31 slots, a long description, thousands of words', async () => {
    const { workflow, settings } = await generous();
    const { view } = await admin.adds('wide.json', workflow, settings);
    expect(seen(view.visible)).toContain('✅ Ready to publish.');
    expect(slots(view)).toHaveLength(31);
    await admin.submits(view);
    await admin.shows(view, 'version 1');
    const asked = bench.slack.command({ command: '/easel', text: `wide a fox word_29:"${WORDS[12]}"` });
    expect((await asked.waitFor(done)).images).toHaveLength(1);
    expect(bench.sandbox.stats.bodies.at(-1)).toMatchObject({
      prompt: { t29: { inputs: { text: WORDS[12] } } },
    });
    const form = await bench.slack.command({ command: '/easel', text: 'wide' }).waitForView();
    expect(form.controls).toHaveLength(31);
    expect(bench.slack.violations).toEqual([]);
  });

  it('reads the workflow out of a picture that ComfyUI saved', async () => {
    const asked = bench.slack.command({ command: '/sketch', text: 'a fox' });
    const [picture] = (await asked.waitFor(done)).images;
    const { view, submitted } = await admin.adds('again.png', picture?.bytes ?? Buffer.alloc(0));
    expect(submitted.errors).toEqual({});
    expect(slots(view)).toContain('item:prompt');
  });

  it('says at the field what is wrong with a file, and keeps the form', async () => {
    const ui = Buffer.from(JSON.stringify({ nodes: [{ id: 1, type: 'KSampler' }], links: [], version: 0.4 }));
    const { view, submitted } = await admin.adds('wrong.json', ui);
    expect(submitted.errors['workflow']).toContain('Export (API)');
    const values = { workflow: [admin.file('right.json', await readFile(SKETCH))] };
    const settings = [admin.file('template.json', Buffer.from('{"slots": {"A": {}}}'))];
    const broken = await admin.submits(view, { ...values, settings });
    expect(broken.errors['settings']).toContain('template.json');
    expect((await admin.submits(view, { settings: [] })).responseAction).toBe('update');
  });

  it('says "one moment" while a file takes long, and then shows the editor', async () => {
    await bench.easel.stop();
    await bench.start({}, { timing: { ...QUICK, slack: { ...QUICK?.slack, patienceMs: 50 } } });
    const release = bench.slack.faults.hold({ method: 'files.info' });
    const { view, submitted } = await admin.adds('fox.json');
    expect(submitted.responseAction).toBe('update');
    expect(view.visible).toContain('One moment…');
    release();
    await admin.shows(view, 'Ready to publish');
  });

  it('changes a slot in a form of its own, checked at its fields, and loses nothing that was typed', async () => {
    const { view } = await admin.adds('fox.json');
    bench.slack.fillIn(view, { description: 'Only typed so far' });
    const form = await admin.menu(view, 'steps', 'change').waitForView();
    expect(form.title).toBe('Slot steps');
    const wrong = await admin.submits(form, { min: 'few' });
    expect(wrong.errors).toEqual({ min: '"steps" — Minimum: write a whole number.' });
    expect((await admin.submits(form, { min: '5', name: 'prompt' })).errors['name']).toContain('already');
    expect((await admin.submits(form, { default: '99', max: '60', name: 'steps' })).errors).toHaveProperty(
      'default',
    );
    await admin.submits(form, { default: '30', name: 'effort', required: ['yes'] });
    await admin.shows(view, '*effort*');
    expect(form.closed).toBe(true);
    expect(view.visible).toContain('whole number · required · default 30 · 5 to 60');
    expect(view.visible).toContain('Only typed so far');

    await admin.submits(view);
    const asked = bench.slack.command({ command: '/easel', text: 'fox a fox effort:4' });
    await asked.waitFor(({ ephemeral, text }) => ephemeral && text.includes('between 5 and 60'));
    expect(await admin.reads('template list')).toContain('Only typed so far');
  });

  it('shows the fields of another type at once', async () => {
    const { view } = await admin.adds('fox.json');
    const form = await admin.menu(view, 'cfg', 'change').waitForView();
    bench.slack.click({ view: form, actionId: 'redraw', blockId: 'type', value: 'text' });
    await admin.shows(form, 'What is put into the workflow');
    await admin.submits(form, { format: 'no place for the value' });
    expect(form.errors).toHaveProperty('format');
    bench.slack.click({ view: form, actionId: 'redraw', blockId: 'type', value: 'seed' });
    await bench.slack.until(() => !form.visible.includes('Default'));
    await admin.submits(form);
    await admin.shows(view, 'seed · optional · fills KSampler · cfg');
  });

  it('moves and drops slots, and finds inputs for new ones', async () => {
    const { view } = await admin.adds('fox.json');
    const [first, second] = slots(view);
    admin.menu(view, first?.slice(5) ?? '', 'down');
    await bench.slack.until(() => slots(view)[0] === second);
    admin.menu(view, 'cfg', 'drop');
    await bench.slack.until(() => !slots(view).includes('item:cfg'));
    const menu = () => view.controls.find((control) => control.action_id === 'menu:add');
    expect(menu()?.options?.map(({ text }) => text.text)).toContain('Save Image · filename_prefix');
    const value = menu()?.options?.find(({ text }) => text.text === 'KSampler · cfg')?.value ?? '';
    // a new slot is looked at, and stands in the form beneath
    const form = await bench.slack.click({ view, actionId: 'menu:add', value }).waitForView();
    expect(form.title).toBe('Slot cfg');
    expect(form.body).toMatchObject({ close: { text: 'Back' } });
    await bench.slack.until(() => slots(view).at(-1) === 'item:cfg');
    // what was picked does not stay in the menu
    expect(Object.keys(view.entered).filter((block) => block.startsWith('menu:'))).toEqual([]);
    bench.slack.click({ view: form, actionId: 'act:up' });
    await bench.slack.until(() => slots(view).at(-2) === 'item:cfg');
    bench.slack.click({ view: form, actionId: 'act:drop' });
    await admin.shows(form, 'Close this form to continue');
    await bench.slack.until(() => !slots(view).includes('item:cfg'));
  });

  it('posts only what was chosen', async () => {
    const workflow: unknown = JSON.parse(await readFile(SKETCH, 'utf8'));
    const save = { class_type: 'SaveImage', inputs: { images: ['8', 0], filename_prefix: 'second' } };
    const { view } = await admin.adds(
      'fox.json',
      Buffer.from(JSON.stringify({ ...Object(workflow), 10: save })),
    );
    await admin.submits(view, { outputs: ['10'] });
    const asked = bench.slack.command({ command: '/easel', text: 'fox a fox' });
    expect((await asked.waitFor(done)).images.map(({ name }) => name)).toEqual(['second_00001_.png']);
    const again = await admin.opens('template edit fox');
    expect(again.controls.find(({ blockId }) => blockId === 'outputs')?.initial_options).toHaveLength(1);
    await admin.submits(again, { outputs: ['9', '10'] });
    await admin.shows(again, 'version 2');
    const both = bench.slack.command({ command: '/easel', text: 'fox a wolf' });
    expect((await both.waitFor(done)).images).toHaveLength(2);
  });

  it('refuses a name at its field, and what stands in its way elsewhere', async () => {
    await admin.publishes('fox');
    const { view } = await admin.adds('other.json');
    expect((await admin.submits(view, { name: 'fox' })).errors['name']).toContain('already');
    expect((await admin.submits(view, { name: 'Föx!' })).errors['name']).toContain('can’t be a name');
    expect((await admin.submits(view, { name: 'settings' })).errors['name']).toContain('my own commands');
    expect((await admin.submits(view, { name: 'x', description: ' ' })).errors).toHaveProperty('description');
    // what it would replace is said, and is no obstacle
    await admin.submits(view, { name: 'sketch', description: 'Better sketches' });
    expect(seen(view.visible)).toContain('Published: /sketch');
    expect(await admin.reads('template show sketch')).toMatch(/Better[^]*version 1/);
  });

  it('tries a draft where only its admin sees it', async () => {
    const { view } = await admin.adds('fox.json');
    bench.slack.fillIn(view, { name: 'settings' });
    bench.slack.click({ view, actionId: 'act:test' });
    await admin.shows(view, '1 thing to fix');
    expect(bench.slack.directMessages(admin.user.id)).toEqual([]);
    bench.slack.fillIn(view, { name: 'fox' });
    bench.slack.click({ view, actionId: 'act:test' });
    await admin.shows(view, 'only you see it');
    const reply = await bench.slack.until(() => bench.slack.directMessages(admin.user.id).find(done));
    expect(reply.images).toHaveLength(1);
    expect(bench.slack.messagesIn(bench.slack.channel.id)).toEqual([]);
  });

  it('goes on after a restart, and discards', async () => {
    const { view } = await admin.adds('fox.json');
    await bench.easel.stop();
    await bench.start();
    const form = await admin.menu(view, 'steps', 'change').waitForView();
    await admin.submits(form, { max: '7' });
    await admin.shows(view, '1 to 7');
    const question = await admin.pushed(view, 'discard');
    expect(question.visible).toContain('Discard this draft?');
    bench.slack.click({ view: question, actionId: 'act:discard' });
    await admin.shows(question, 'Discarded.');
    await admin.shows(view, 'Discarded.');
    expect(view.controls).toEqual([]);
  });

  it('publishes once, however often Slack delivers', async () => {
    const { view } = await admin.adds('fox.json');
    const submitted = await admin.submits(view);
    await bench.slack.redeliver(submitted);
    await admin.shows(view, 'version 1');
    expect(await admin.reads('template history fox')).not.toContain('version 2');
  });
});
