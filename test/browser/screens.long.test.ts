/** The screens of `commands/` in the chat page: every one of them, and what an admin does in them. */
import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser } from './browser.ts';
import { setStage, type Stage, type StageRequest } from './stage.ts';

const CASTLE = 'test/fixtures/templates/sketch/workflow.json';

describe.skipIf(!hasBrowser)('Screens in a browser', () => {
  let stage: Stage;
  let workflow: { name: string; mimeType: string; buffer: Buffer };

  beforeAll(async () => {
    stage = await setStage({ environment: { TEMPLATES_DIR: 'test/fixtures/templates' } });
    workflow = { name: 'castle.json', mimeType: 'application/json', buffer: await readFile(CASTLE) };
  });
  afterEach(() => stage.browser.closePages());
  afterAll(() => stage.stop());

  const open: Stage['browser']['open'] = async (path, options) => {
    const page = await stage.browser.open(`${stage.url}${path}`, options);
    await page.locator('[role=log][aria-busy=false]').waitFor();
    return page;
  };
  /** As somebody else would. */
  function sent(body: object): StageRequest {
    const headers = { 'content-type': 'application/json', 'x-easel': '1', origin: stage.url };
    return { method: 'POST', headers, body: JSON.stringify(body) };
  }
  /** A draft that is open in the last message. */
  async function draft(page: Page, name: string): Promise<Locator> {
    const screen = await show(page, `/template add ${name}`);
    await screen.getByLabel('Workflow file').setInputFiles(workflow);
    await screen.getByRole('button', { name: 'Continue' }).click();
    await screen.getByRole('button', { name: 'Publish' }).waitFor();
    return screen;
  }
  async function published(page: Page, name: string): Promise<void> {
    const screen = await draft(page, name);
    await screen.getByRole('button', { name: 'Publish' }).click();
    await page.getByText(`/${name} is there now, version 1`).waitFor();
  }

  it('lead the keyboard to what was asked for, save it, and show it to another tab and after a reload', async () => {
    const page = await open('/');
    const screen = await show(page, '/settings');
    await isFocused(screen.getByRole('heading', { name: 'Settings' }));
    await screen.getByLabel('Jobs at once, in total').fill('3');
    await screen.getByLabel('Language', { exact: true }).selectOption('English');
    await screen.getByLabel('Banned people').fill('U1\nU2');
    // Enter in a field saves
    await screen.getByLabel('Jobs at once, in total').press('Enter');
    await screen.getByRole('status').getByText('Saved.').waitFor();
    await screen.getByRole('button', { name: 'Who changed what' }).click();
    await isFocused(screen.getByRole('heading', { name: 'The latest changes:' }));
    await screen.getByText(/bannedUsers|Banned people/).waitFor();

    await page.reload();
    await screen.getByRole('heading', { name: 'The latest changes:' }).waitFor();
    const other = await open('/');
    await other.locator('.screen').getByRole('button', { name: 'Back' }).click();
    const again = screen.getByLabel('Jobs at once, in total');
    await again.waitFor();
    expect(await again.inputValue()).toBe('3');
    expect(await screen.getByLabel('Banned people').inputValue()).toBe('U1\nU2');
    await page.getByRole('link', { name: 'Open it on the operator’s page' }).last().click();
    await page.getByRole('heading', { name: 'Settings' }).first().waitFor();
    await stage.fetch('/api/say', sent({ text: '/settings language:' }));
  });

  it('keep what was typed when it is refused, when the line is down, and when somebody else was faster', async () => {
    await stage.fetch('/api/say', sent({ text: '/settings bannedUsers:U1,U2 userWaiting:' }));
    const page = await open('/', { allow: /ERR_FAILED/ });
    await page.route('**/api/screen?**', (route) => route.abort());
    const screen = await show(page, '/settings');
    await screen.getByRole('alert').getByText('Easel isn’t answering').waitFor();
    await page.unroute('**/api/screen?**');
    await press(screen, 'Try again');
    await isFocused(screen.getByRole('heading', { name: 'Settings' }));
    const waiting = screen.getByLabel('Waiting jobs, per person');
    const banned = screen.getByLabel('Banned people');
    const save = screen.getByRole('button', { name: 'Save' });
    await waiting.fill('many');
    await banned.fill('U1\nU2\nU9');
    await save.click();
    await isFocused(waiting.and(page.locator('[aria-invalid=true]')));
    const named = screen.getByRole('textbox', {
      name: 'Waiting jobs, per person',
      description: /"many" is not/,
    });
    await named.waitFor();
    await waiting.fill('4');
    await expect.poll(() => waiting.getAttribute('aria-invalid')).toBe(null);

    await page.route('**/api/screen', (route) => route.abort());
    await save.click();
    await screen.getByRole('alert').getByText('Easel isn’t answering').waitFor();
    expect([await waiting.inputValue(), await banned.inputValue()]).toEqual(['4', 'U1\nU2\nU9']);
    await page.unroute('**/api/screen');

    const entered = { userWaiting: '7', bannedUsers: ['U1', 'U5'] };
    await stage.fetch('/api/screen', sent({ at: 'settings', action: 'save', entered }));
    await save.click();
    await isFocused(waiting.and(page.locator('[aria-invalid=true]')));
    expect(await waiting.inputValue()).toBe('4');
    await save.click();
    await screen.getByRole('status').getByText('Saved.').waitFor();
    expect(await waiting.inputValue()).toBe('4');
    // theirs and ours
    await expect.poll(() => banned.inputValue()).toBe('U1\nU5\nU9');
  });

  it('bring a template from its file to a picture, by keyboard alone', async () => {
    const page = await open('/');
    const screen = await show(page, '/template');
    await isFocused(screen.getByRole('heading', { name: /templates here/ }));
    await press(screen, 'Add a template…');
    await isFocused(screen.getByRole('heading', { name: 'New template' }));
    await press(screen, 'Continue');
    await screen.getByText('is empty').waitFor();
    await screen.getByLabel('Workflow file').setInputFiles(workflow);
    await screen.getByLabel('Name', { exact: true }).fill('keep');
    await press(screen, 'Continue');
    await isFocused(screen.getByRole('heading', { name: /^\/keep — / }));

    // its slots: moved, dropped, added, changed
    const slots = screen.getByRole('list', { name: 'Slots' }).getByRole('listitem');
    const names = () => slots.locator('strong').allInnerTexts();
    const before = await names();
    await press(screen, `Move down: ${before[0]}`);
    await expect.poll(names).toEqual([before[1], before[0], ...before.slice(2)]);
    await isFocused(screen.getByRole('button', { name: `Move down: ${before[0]}`, exact: true }));
    await press(screen, 'Remove it: cfg');
    await expect.poll(names).not.toContain('cfg');
    await isFocused(screen.getByRole('heading', { name: /^\/keep — / }));
    await screen.getByRole('combobox', { name: 'Add a slot' }).selectOption({ label: 'KSampler · cfg — 7' });
    await press(screen, 'Add a slot');
    await isFocused(screen.getByRole('heading', { name: '/keep — cfg' }));
    await screen.getByLabel('Description').fill('How strict');
    await screen.getByLabel('Type').focus();
    await screen.getByLabel('Type').selectOption('text');
    await screen.getByLabel('Maximum length, in characters').waitFor();
    await isFocused(screen.getByLabel('Type'));
    expect(await screen.getByLabel('Description').inputValue()).toBe('How strict');
    await screen.getByLabel('Type').selectOption('number');
    await screen.getByLabel('Maximum').fill('nine');
    await press(screen, 'Done');
    await isFocused(screen.getByLabel('Maximum'));
    await screen.getByLabel('Maximum').fill('9');
    await screen.getByRole('switch', { name: 'required' }).press('Space');
    await press(screen, 'Done');
    await isFocused(screen.getByRole('heading', { name: /^\/keep — / }));
    await screen.getByText(/number · required .*0 to 9/).waitFor();

    await screen.getByLabel('The command’s name').fill('settings');
    await press(screen, 'Publish');
    await isFocused(screen.getByLabel('The command’s name'));
    await screen.getByLabel('The command’s name').fill('keep');
    await press(screen, 'Test run');
    await page
      .getByRole('article')
      .last()
      .getByRole('button', { name: /picture 1 of 1/ })
      .waitFor();
    await press(screen, 'Publish');
    await isFocused(page.locator('.lines-card', { hasText: '/keep is there now, version 1' }));

    await say(page, '/keep');
    await page.getByLabel('prompt').fill('a keep');
    await page.getByLabel('cfg').fill('2');
    await page.getByRole('button', { name: 'Run' }).click();
    await page.getByRole('button', { name: 'a keep, picture 1 of 1' }).waitFor();
  });

  it('rename, limit, look back, give away and remove a template', async () => {
    const page = await open('/');
    await published(page, 'hut');
    await press(await show(page, '/template edit hut'), 'Publish');
    await page.getByText('/hut is there now, version 2').waitFor();
    const screen = await show(page, '/template show hut');
    await screen.getByLabel('The new name').fill('cabin');
    await press(screen, 'Save');
    await screen.getByRole('status').getByText('/hut is now /cabin').waitFor();
    await isFocused(screen.getByRole('heading', { name: '/cabin' }));

    await press(screen, 'Who and where…');
    await screen.getByRole('heading', { name: 'Who may use /cabin' }).waitFor();
    await press(screen, 'Save');
    await screen.getByRole('status').getByText('Saved.').waitFor();
    await press(screen, 'Back');
    await press(screen, 'Switch off');
    await screen.getByText('/cabin is switched off here.').waitFor();
    await press(screen, 'Switch on');
    await screen.getByText('/cabin is back.').waitFor();

    await press(screen, 'Versions');
    await isFocused(screen.getByRole('heading', { name: 'Versions of /cabin:' }));
    await press(screen, 'Restore: version 1');
    await screen.getByText('that is version 3 now').waitFor();
    await press(screen, 'Back');

    await press(screen, 'Export');
    const link = page.getByRole('link', { name: /workflow\.json/ });
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
    expect(download.suggestedFilename()).toBe('workflow.json');
    await isFocused(page.locator(':focus'));

    await press(screen, 'Remove it');
    await screen.getByText('That cannot be undone').waitFor();
    await press(screen, 'Remove it');
    await page.getByText('/cabin is removed.').waitFor();
    await page.reload();
    await page.getByText('/cabin is removed.').waitFor();
  });

  it('are all shown, and fit a phone', async () => {
    const phone = { viewport: { width: 360, height: 700 }, hasTouch: true, isMobile: true };
    const page = await open('/', { ...phone, colorScheme: 'dark' });
    await published(page, 'all');
    await (await show(page, '/template edit all')).getByRole('button', { name: 'Publish' }).waitFor();
    const { messages } = await history(stage);
    const id = messages.at(-1)?.screen?.split('/')[1] ?? '';
    const slots = ['prompt', 'model', 'size', 'steps', 'cfg', 'seed'].map((slot) => `slot/${id}/${slot}`);
    const kinds = ['template', 'history', 'access', 'remove', 'run'].map((kind) => `${kind}/all`);
    const drafts = ['draft', 'findings', 'discard'].map((kind) => `${kind}/${id}`);
    const every = ['settings', 'audit', 'templates', 'template/paint', 'history/paint', 'add', 'run/photo'];
    for (const at of [...every, ...kinds, ...drafts, ...slots]) {
      await page.route('**/api/screen?at=templates', async (route) => {
        await route.continue({ url: `${stage.url}/api/screen?at=${encodeURIComponent(at)}` });
      });
      const screen = await show(page, '/template');
      await isFocused(screen.getByRole('heading').first());
      const { title, fields, actions } = await shown(stage, at);
      await screen.and(page.getByRole('region', { name: title })).waitFor();
      const labels = [...(await screen.locator('label, legend').allInnerTexts())].map((text) => text.trim());
      for (const { label } of fields)
        expect(
          labels.some((text) => text.startsWith(label)),
          `${at}: ${label}`,
        ).toBe(true);
      for (const { label } of actions)
        expect(await screen.getByRole('button', { name: label, exact: true }).count(), at).toBe(1);
      expect([at, await page.evaluate<number>('document.documentElement.scrollWidth')]).toEqual([at, 360]);
      await page.unroute('**/api/screen?at=templates');
    }
  });

  it('say everything in the language of the page', async () => {
    const page = await open('/', { locale: 'ja' });
    await page.getByRole('combobox').first().fill('/template add');
    await page.keyboard.press('Enter');
    const screen = page.locator('.screen').last();
    await screen.getByRole('heading', { name: '新しいテンプレート' }).waitFor();
    await screen.getByText('ファイルを選択').first().waitFor();
    await page.reload();
    const other = await open('/', { locale: 'ja' });
    await other.getByRole('button', { name: 'もう一度開く' }).first().click();
    await other.getByRole('region').first().waitFor();
  });
});

interface Shown {
  title: string;
  fields: { label: string }[];
  actions: { label: string }[];
}

async function shown(stage: Stage, at: string): Promise<Shown> {
  const answer = await stage.fetch(`/api/screen?at=${encodeURIComponent(at)}`, {
    headers: { 'accept-language': 'en' },
  });
  return (await answer.json()) as Shown;
}

async function history(stage: Stage): Promise<{ messages: { screen?: string }[] }> {
  const { body } = await stage.fetch('/api/events');
  const decoder = new TextDecoder();
  let text = '';
  // leaving the loop ends the stream
  for await (const chunk of body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    const data = /^data: (.*)\n/m.exec(text)?.[1];
    if (data !== undefined) return JSON.parse(data) as { messages: { screen?: string }[] };
  }
  throw new Error('no history came');
}

/** What is shown for a line, once that was taken. */
async function show(page: Page, text: string): Promise<Locator> {
  const asked = page.getByRole('article', { name: text, exact: true });
  const before = await asked.count();
  await say(page, text);
  await expect.poll(() => page.getByRole('combobox', { name: 'Message' }).inputValue()).toBe('');
  return asked.nth(before).locator('.screen');
}

async function press(screen: Locator, name: string): Promise<void> {
  await screen.getByRole('button', { name, exact: true }).press('Enter');
}

async function say(page: Page, text: string): Promise<void> {
  const line = page.getByRole('combobox', { name: 'Message' });
  await line.fill(text);
  await line.press('Enter');
}

async function isFocused(locator: Locator): Promise<void> {
  await locator.and(locator.page().locator(':focus')).waitFor();
}
