/** The small platform of `test/platforms/wire`: every screen over a real WebSocket, and how little it takes. */
import { readdir, readFile } from 'node:fs/promises';
import { PassThrough } from 'node:stream';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectWire, type Answer, type WireClient } from '../fakes/wire/client.ts';
import { createWire, type Wire } from '../platforms/wire/index.ts';
import { startEasel, temporaryFolder, type TestEasel } from '../world/easel.ts';

const WIRE = 'test/platforms/wire';
const SKETCH = 'test/fixtures/templates/sketch';

describe('a platform of a few lines', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let easel: TestEasel;
  let wire: Wire;
  let boss: WireClient;

  beforeEach(async () => {
    folder = await temporaryFolder();
    const environment = { DATA_DIR: folder.path };
    easel = await startEasel(environment, {
      output: new PassThrough(),
      moreChats: (parts) => [(wire = createWire(parts))],
    });
    boss = await connectWire(wire.url, { user: 'boss', admin: 'yes' });
  });
  afterEach(async () => {
    await boss.close();
    await easel.stop();
    await folder.remove();
  });

  const say = (line: string) => boss.ask({ say: line });
  /** Acts in the screen that an answer shows. */
  const act = (
    { card }: Answer,
    action: string,
    entered: Record<string, string> = {},
    files: Record<string, { name: string; bytes: Uint8Array }> = {},
  ) => boss.ask({ at: card?.at ?? 'nowhere', action, entered, files });
  const workflow = async (name = 'sketch') => ({
    name: `${name}.json`,
    bytes: await readFile(`test/fixtures/templates/${name}/workflow.json`),
  });
  const ends = (id = '') =>
    boss.until(() => boss.messages.get(id)?.findLast(({ tone }) => tone === 'done' || tone === 'failed'));
  const keys = ({ card }: Answer) => card?.boxes.map(({ key }) => key);
  const acts = ({ card }: Answer) => card?.acts.map(({ key }) => key);
  const problem = ({ card }: Answer, key: string) => card?.boxes.find((box) => box.key === key)?.problem;

  it('has at most 400 lines of its own', async () => {
    const files = (await readdir(WIRE)).filter((file) => file.endsWith('.ts'));
    const texts = await Promise.all(files.map((file) => readFile(`${WIRE}/${file}`, 'utf8')));
    const lines = texts.reduce((sum, text) => sum + text.split('\n').length - 1, 0);
    expect(files.length).toBeGreaterThan(4);
    expect(lines).toBeLessThanOrEqual(400);
  });

  it('shows and changes settings, and who changed them', async () => {
    const settings = await say('settings');
    expect(keys(settings)).toEqual(
      expect.arrayContaining(['guildJobs', 'language', 'adminRoles', 'allowedChannels', 'outsiders']),
    );
    const entered = { guildJobs: '1', outsiders: 'はい', bannedUsers: 'u8, u9', blockedWords: 'gore\nblood' };
    expect((await act(settings, 'save', entered)).lines).toEqual(['✅ Saved.']);
    const wrong = await act(settings, 'save', { guildJobs: 'lots' });
    expect(wrong).toMatchObject({ failed: true, lines: [] });
    expect(problem(wrong, 'guildJobs')).toMatch(/whole number from 1/);
    const shown = JSON.stringify((await say('settings')).card?.boxes);
    for (const text of ['guildJobs: 1', 'outsiders: yes', 'bannedUsers: u8, u9'])
      expect(shown).toContain(text);
    const audit = await act(settings, 'audit');
    expect(audit.card?.lines.join('\n')).toMatch(/\d{4}-\d\d-\d\d \d\d:\d\d — boss — changed /);
    expect((await act(audit, 'back')).card?.at).toBe('settings');
  });

  it('makes a template of a file, with every screen on the way', async () => {
    const list = await say('template list');
    expect(list.card?.lines.join('\n')).toContain('/sketch — ');
    const adding = await act(list, 'add');
    expect(adding.card?.boxes.map(({ takes }) => takes)).toEqual(['file', 'file', 'text']);
    const nothing = await act(adding, 'add', { name: 'fox' });
    expect(nothing.failed).toBe(true);
    let draft = await act(adding, 'add', { name: 'Red Fox' }, { workflow: await workflow() });
    expect(draft.card).toMatchObject({ at: expect.stringMatching(/^draft\//), save: 'keep' });

    const slot = await act(draft, 'change', { chosen: 'steps' });
    expect(keys(slot)).toEqual(['type', 'name', 'description', 'default', 'min', 'max', 'required']);
    expect(keys(await act(slot, 'redraw', { type: 'choice' }))).toContain('choices');
    expect(problem(await act(slot, 'change', { type: 'colour' }), 'type')).toMatch(/colour/);
    expect(problem(await act(slot, 'change', { min: 'few' }), 'min')).toMatch(/number/);
    const changed = await act(slot, 'change', { min: '2', required: 'yes', name: 'rounds' });
    expect(changed.card?.at).toMatch(/\/rounds$/);
    await act(changed, 'up');
    draft = await act(changed, 'back');
    expect(draft.card?.lines.join('\n')).toMatch(/rounds[^]*required · .*2 to 60/);
    draft = await act(draft, 'drop', { chosen: 'cfg' });
    const added = await act(draft, 'add', { chosen: '3.cfg' });
    expect(added.card?.at).toMatch(/^slot\/.*cfg$/);
    const wrong = await act(draft, 'keep', { name: 'help' });
    expect(problem(wrong, 'name')).toMatch(/one of my own commands/);
    const refused = await act(wrong, 'publish');
    expect(refused.failed).toBe(true);
    const findings = await act(wrong, 'findings');
    expect(findings.card?.lines.join('\n')).toMatch(/⛔/);
    draft = await act(findings, 'back');
    draft = await act(draft, 'keep', { name: 'fox', description: 'A fox' });
    const trial = await act(draft, 'test');
    expect((await ends(trial.begun)).tone).toBe('done');
    expect((await act(draft, 'publish')).lines[0]).toMatch(/Published: \/fox/);
    await boss.until(() => boss.commands.includes('fox'));

    const doomed = await act(adding, 'add', {}, { workflow: await workflow() });
    const asked = await act(doomed, 'discard');
    expect(acts(asked)).toEqual(['discard', 'back']);
    expect((await act(asked, 'discard')).lines).toEqual(['Discarded.']);
    expect((await act(doomed, 'publish')).lines[0]).toMatch(/no longer being edited/);
  });

  it('looks after what is published', async () => {
    const settings = { name: 'template.json', bytes: await readFile(`${SKETCH}/template.json`) };
    const files = { workflow: await workflow(), settings };
    const draft = await boss.ask({ at: 'add/fox', action: 'add', files });
    await act(draft, 'publish');
    const list = await say('/template');
    expect(list.lines.join('\n')).toContain('/template rename NAME TO');
    let fox = await say('/template show Fox');
    expect(acts(fox)).toContain('disable');
    fox = await act(fox, 'disable');
    expect(acts(fox)).toContain('enable');
    fox = await act(fox, 'enable');
    fox = await act(fox, 'rename', { to: 'Wolf' });
    expect(fox).toMatchObject({ lines: ['✅ /fox is now /wolf.'], card: { at: 'template/wolf' } });
    expect(problem(await act(fox, 'rename', { to: 'help' }), 'to')).toMatch(/one of my own commands/);
    const access = await act(fox, 'access');
    expect(keys(access)).toEqual(['roles', 'channels', 'ageRestricted']);
    expect((await act(access, 'save', { roles: 'r1', ageRestricted: 'no' })).lines[0]).toBe('✅ Saved.');
    expect(problem(await act(access, 'save', { ageRestricted: 'perhaps' }), 'ageRestricted')).toMatch(
      /yes or no/,
    );
    const history = await act(fox, 'history');
    expect(history.card?.lines.at(-1)).toMatch(/version 1 — \d{4}-.* — boss/);
    expect((await act(history, 'rollback', { chosen: '1' })).lines[0]).toMatch(/version 2 now/);
    expect((await act(history, 'rollback', { chosen: '7' })).failed).toBe(true);
    const exported = await act(fox, 'export');
    expect(String(exported.files.get('workflow.json'))).toBe(
      await readFile(`${SKETCH}/workflow.json`, 'utf8'),
    );
    const asked = await act(fox, 'remove');
    expect((await act(asked, 'keep')).lines).toEqual(['/wolf stays.']);
    expect((await act(asked, 'remove')).lines).toEqual(['✅ /wolf is removed.']);
    expect((await say('/template show wolf')).lines[0]).toMatch(/no template/i);
  });

  it('asks for values in a form, takes pictures, and brings files whole', async () => {
    const form = await say('/sketch');
    expect(form.card).toMatchObject({ at: 'run/sketch', save: 'run' });
    const refused = await act(form, 'run', { prompt: ' ', steps: '2' });
    expect(problem(refused, 'prompt')).toMatch(/is required/);
    const { begun = '' } = await act(form, 'run', { prompt: 'a red fox', steps: '2' });
    const done = await ends(begun);
    expect(done).toMatchObject({ title: 'a red fox', files: [{ type: 'image/png' }] });
    const [file] = done.files;
    const bytes = boss.files(begun).get(file?.name ?? '');
    expect(bytes?.length).toBe(file?.size);
    expect(await sharp(bytes).metadata()).toMatchObject({ format: 'png' });

    const red = sharp({ create: { width: 64, height: 64, channels: 3, background: 'red' } });
    const image = { name: 'red.png', bytes: await red.png().toBuffer() };
    const photo = await say('/photo');
    expect(photo.card?.boxes.find(({ key }) => key === 'image')?.takes).toBe('file');
    const ran = await boss.ask({ say: '/photo', files: { image } });
    expect((await ends(ran.begun)).tone).toBe('done');
    const text = { name: 'a.png', bytes: Buffer.from('no picture') };
    expect((await act(photo, 'run', {}, { image: text })).lines.join()).toMatch(/needs a picture/);
  });

  it('tells who may not, and what it cannot read', async () => {
    const ann = await connectWire(wire.url, { user: 'ann', locale: 'ja' });
    for (const at of [
      'settings',
      'audit',
      'add',
      'access/sketch',
      'history/sketch',
      'remove/sketch',
      'draft/1',
    ]) {
      const { lines, card } = await ann.ask({ at, action: 'save' });
      expect([at, card, lines.length]).toEqual([at, undefined, 1]);
    }
    const { lines } = await boss.ask({ at: 'cellar/key', action: 'open' });
    expect(lines[0]).toMatch(/try again/);
    ann.send('{"nonsense"');
    ann.send(JSON.stringify({ id: 'x', at: 'x'.repeat(200), action: 'y' }));
    await ann.until(() => ann.lines.length === 2);
    const gone = ann.until(() => false);
    for (let times = 0; times < 30; times += 1) ann.send(JSON.stringify({ id: `${times}`, say: 'help' }));
    await expect(gone).rejects.toThrow(/stopped/);
    await ann.close();
    expect((await say('queue')).lines).toEqual(['Nothing is running or waiting here.']);
  });

  it('brings a reply to who was away for a while', async () => {
    const { begun = '' } = await say('/sketch prompt:slow --steps 30');
    const seen = new Map(boss.messages);
    await boss.close();
    boss = await connectWire(
      wire.url,
      { user: 'boss', admin: 'yes' },
      new Map([...seen].map(([id, all]) => [id, [...all]])),
    );
    expect((await ends(begun)).files).toHaveLength(1);
  });
});
