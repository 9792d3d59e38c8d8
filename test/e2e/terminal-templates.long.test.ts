import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startEasel, temporaryFolder, type TestEasel } from '../world/easel.ts';

const SKETCH = 'test/fixtures/templates/sketch';

describe('Templates and settings at the terminal', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let easel: TestEasel;
  let input: PassThrough;
  let printed = '';

  beforeEach(async () => {
    folder = await temporaryFolder();
    await start();
  });
  afterEach(async () => {
    await easel.stop();
    await folder.remove();
  });

  async function start(): Promise<void> {
    printed = '';
    input = new PassThrough();
    const output = new PassThrough();
    output.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    easel = await startEasel({ DATA_DIR: folder.path }, { terminal: 'talk', input, output });
  }

  /** Types a line; resolves to what is printed from then on, once it matches. */
  async function type(line: string, answer: RegExp): Promise<string> {
    const before = printed.length;
    input.write(`${line}\n`);
    await expect.poll(() => printed.slice(before), { interval: 10 }).toMatch(answer);
    return printed.slice(before);
  }

  it('makes a command of a file, tries it, publishes it and keeps its versions', async () => {
    await type('/template nonsense', /\/template add PATH/);
    await type('/template add', /workflow: — .*Workflow file/);
    await type('/template add nowhere.json', /nowhere\.json/);
    const added = await type(`/template add ${SKETCH}/workflow.json --name "Red Fox"`, /\/do discard/);
    expect(added).toContain('/red-fox — ');
    expect(added).toMatch(
      / {2}steps — .*\n {4}whole number · optional · default 5 · 1 to 60 · fills KSampler · steps/,
    );
    await type('/do change steps', /min: 1 /);
    await type('/do change min:"a few"', /⛔ .*"steps"/);
    await type('/do change min:2 required:はい', /min: 2 /);
    await type('/do required:nein', /⛔ .*say yes or no/);
    await type('/do back', /required · .* · 2 to 60/);
    await type('/do fly', /"\/do" can’t be "fly"\. Choose publish, /);
    await type('/do drop nothing', /"drop" can’t be "nothing"\. Choose /);
    await type('/template test', /✔ .*\n.*Done in/);
    await type('/template publish', /Published: \/red-fox is there now, version 1/);
    await type('/template publish', /no longer being edited/);
    await type('/do publish', /There is no \/do here/);
    await type('/red-fox a fox at dawn --steps 2', /✔ a fox at dawn\n/);
    await type('/template history red-fox', /version 1 — \d{4}-/);
    await type('/template rename red-fox fox', /\/red-fox is now \/fox/);
    await type('/template disable fox', /switched off/);
    await type('/fox a fox', /\/fox is switched off here/);
    expect(await type('/template list', /\/do add/)).toMatch(/\/fox — .*\n {4}version 1 · switched off/);
    await type('/do show fox', /\/do enable — Switch on/);
    await type('/template enable fox', /is back/);
    await type('/template rollback fox 1', /version 2 now/);
    await type('/template remove fox', /Remove \/fox with all its versions\?/);
    await type('/do keep', /\/fox stays/);
    await type('/template remove fox', /\/do remove/);
    await type('/do remove', /is removed/);
    await type('/fox a fox', /There is no \/fox here/);
  });

  it('exports both files, and takes them in again', async () => {
    const settings = `${SKETCH}/template.json`;
    await type(`/template add ${SKETCH}/workflow.json --name fox --settings ${settings}`, /\/do discard/);
    await type('/template publish', /version 1/);
    const exported = await type('/template export fox', /workflow\.json/);
    const path = join(folder.path, 'outputs', 'fox', 'workflow.json');
    expect(exported).toContain(path);
    expect(await readFile(path, 'utf8')).toBe(await readFile(`${SKETCH}/workflow.json`, 'utf8'));
    const again = await type(
      `/template add ${path} --settings ${join(path, '../template.json')}`,
      /\/do discard/,
    );
    expect(again).toContain('at most 1,500 characters');
    const ui = join(folder.path, 'ui.json');
    await writeFile(ui, JSON.stringify({ nodes: [], links: [], version: 0.4 }));
    await type(`/template add ${ui}`, /Export \(API\)/);
  });

  it('shows and changes settings, and who changed them', async () => {
    expect(await type('/settings', /bannedUsers/)).toMatch(/guildJobs: 2 \(default\)/);
    await type('/settings guildJobs:4 "blockedWords:gore, dark blood"', /Saved\./);
    await type('/settings', /guildJobs: 4 {2}/);
    await type('/do outsiders:yes', /There is no "outsiders" here|"\/do" can’t be/);
    await type('/do guildJobs:5', /Saved\./);
    await type('/do', /guildJobs: 5 {2}/);
    await type('/do guildJobs:4', /Saved\./);
    await type('/sketch some Gore', /a word that is not allowed/);
    await type('/settings guildJobs:none', /must be a whole number from 1/);
    await type('/settings color:red', /There is no "color" here/);
    await type('/settings defaultTemplate:sketch', /Saved\./);
    await type('a fox at dusk', /✔ a fox at dusk\n/);
    await type('/settings audit', /— you — changed .*4/);
    await easel.stop();
    await start();
    await type('/settings', /guildJobs: 4/);
  });

  it('asks for what a command needs, and says how', async () => {
    expect(await type('/help', /\/do/)).toMatch(/\/do ACTION \[ITEM\] \[KEY:VALUE …\] — /);
    await type('/sketch', /prompt: — .*required[^]*\/do run KEY:VALUE … — Run/);
    await type('/do run', /⛔ "prompt" is required/);
    await type('/do run prompt:"a fox at dusk" steps:2', /✔ a fox at dusk\n.*\n.*steps 2/);
  });
});
