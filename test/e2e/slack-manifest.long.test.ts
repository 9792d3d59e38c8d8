/** The manifest for Slack with more templates than it has room for: on the page, and from the command line. */
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { catalogue } from '../../src/i18n/index.ts';
import { PATIENCE_MS } from '../fakes/patience.ts';
import { temporaryFolder } from '../unit/temporary.ts';
import { spawnEasel, type EaselProcess } from '../world/process.ts';
import { openWebPage } from '../world/web-page.ts';

let easel: EaselProcess | undefined;
afterEach(async () => {
  easel?.signal('SIGKILL');
  await easel?.ended;
});

const namesIn = (text: string): string[] =>
  (JSON.parse(text) as { features: { slash_commands: { command: string }[] } }).features.slash_commands.map(
    ({ command }) => command,
  );

const aboutIn = (text: string): string =>
  (JSON.parse(text) as { display_information: { description: string } }).display_information.description;

it('has what a guild has chosen, wherever the manifest is taken from', async () => {
  const [templates, data] = await Promise.all([temporaryFolder(), temporaryFolder()]);
  for (let n = 0; n < 60; n += 1)
    await cp('test/fixtures/templates/sketch', join(templates, `t${10 + n}`), { recursive: true });
  const environment = { TEMPLATES_DIR: templates, DATA_DIR: data };
  easel = spawnEasel(environment);
  const page = await openWebPage(await easel.link());
  const shown = async () => {
    const { manifests } = Object(await (await page.get('/api/operator/connect')).json());
    return namesIn(manifests.socket);
  };
  expect(await shown()).toEqual(expect.arrayContaining(['/easel', '/t10', '/t58']));
  expect(await shown()).not.toContain('/t69');
  await page.say('/settings defaultTemplate:t69');
  await expect.poll(shown, { timeout: PATIENCE_MS }).toContain('/t69');
  const inJapanese = await page.get('/api/operator/connect', { 'accept-language': 'ja' });
  expect(aboutIn(Object(await inJapanese.json()).manifests.socket)).toBe(catalogue('ja').slack.about());
  await page.close();
  easel.signal('SIGTERM');
  await easel.ended;

  easel = spawnEasel(environment, ['--language', 'ja'], 'src/slack-manifest.ts');
  await easel.ended;
  const printed = easel.output();
  const manifest = printed.slice(printed.indexOf('{\n'), printed.lastIndexOf('\n}') + 2);
  expect(namesIn(manifest)).toContain('/t69');
  expect(aboutIn(manifest)).toBe(catalogue('ja').slack.about());
  // and who is left out is named
  expect(printed).toContain('/t68');
});

it('is not printed in a language that there is not, and says which there are', async () => {
  easel = spawnEasel({ DATA_DIR: await temporaryFolder() }, ['--language', 'xx'], 'src/slack-manifest.ts');
  await easel.ended;
  expect(easel.output()).toMatch(/"xx".*ja/);
  expect(easel.output()).not.toContain('{');
});
