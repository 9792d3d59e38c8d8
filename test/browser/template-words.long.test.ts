/** What a template says in other languages: written in the studio, read in the chat. */
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser } from './browser.ts';
import { setStage, type Stage } from './stage.ts';

describe.skipIf(!hasBrowser)('A template in other languages', () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await setStage({ sandbox: { stepMs: 0, nodeMs: 0 } });
  });
  afterEach(() => stage.browser.closePages());
  afterAll(() => stage.stop());

  it('asks in its reader’s words, and takes them', async () => {
    const page = await stage.browser.open(stage.url, { locale: 'ja' });
    await page.getByRole('listitem').getByText('画像を拡大します').waitFor();
    await shot(page, 'welcome');
    await page.getByRole('button', { name: '/画像 プロンプトから' }).click();
    const form = page.locator('form.command');
    await form.getByLabel('プロンプト').fill('城');
    await form.getByRole('button', { name: '+ サイズ' }).click();
    await form.getByLabel('サイズ', { exact: true }).selectOption({ label: '横長' });
    await shot(page, 'form');
    await form.getByRole('button', { name: '+ ステップ' }).waitFor();
  });

  it('is written in the studio, and looked at there', async () => {
    const page = await stage.browser.open(`${stage.url}/studio`);
    await page.getByRole('heading', { name: 'Templates' }).waitFor();
    await page.setInputFiles('input[type=file]', {
      name: 'fox.json',
      mimeType: 'application/json',
      buffer: await readFile('templates/imagine/workflow.json'),
    });
    await page.getByRole('heading', { name: '/fox' }).waitFor();
    const languages = page.getByLabel('Language', { exact: true });
    await languages.selectOption({ label: 'Japanese ✓' });
    const description = page.getByLabel('Description in Japanese').first();
    expect(await description.inputValue()).toBe('プロンプトから画像を作ります');
    await description.fill('狐を描きます');
    await page.getByLabel('Name in Japanese').first().fill('きつね');
    await page.keyboard.press('Tab');
    await page.locator('.discord-command').getByText('狐を描きます').waitFor();
    await page.locator('.discord-command').getByText('きつね').waitFor();
    await page.locator('.discord-option').getByText('プロンプト').first().waitFor();

    await page.locator('.slot-name').getByText('steps').click();
    const form = page.locator('.slot.open');
    await form.getByLabel('Name in Japanese').fill('シード');
    await page.keyboard.press('Tab');
    await form.getByText('There is a slot "シード" already.').waitFor();
    await form.getByLabel('Name in Japanese').fill('歩数');
    await page.keyboard.press('Tab');
    await page.locator('.discord-option').getByText('歩数').waitFor();

    await shot(page, 'studio-ja');
    await languages.selectOption({ label: 'Arabic' });
    await page.getByLabel('Description in Arabic').first().fill('ارسم ثعلبًا');
    await page.keyboard.press('Tab');
    await page.getByText('Arabic: no description for').waitFor();
    await shot(page, 'studio-ar');
    expect(await page.getByLabel('Description in Arabic').first().getAttribute('dir')).toBe('auto');
    await page.getByRole('button', { name: 'Remove' }).first().click();
    await page.getByLabel('The command’s name').waitFor();
    expect(await languages.locator('option').allInnerTexts()).toContain('Arabic');
    await shot(page, 'studio');
    await page.getByRole('button', { name: 'Publish' }).click();
    await page.getByText('Published: /fox').waitFor();

    const reader = await stage.browser.open(stage.url, { locale: 'ja' });
    const line = reader.locator('textarea[role=combobox]');
    await line.fill('/き');
    const offered = reader.getByRole('option').filter({ hasText: '狐を描きます' });
    await offered.waitFor();
    await shot(reader, 'list');
    await line.fill('/きつね 城 --歩数 3');
    await line.press('Enter');
    await reader.locator('article img').first().waitFor();
  });
});

async function shot(page: Page, name: string): Promise<void> {
  if (process.env['SHOTS'])
    await page.screenshot({ path: `${process.env['SHOTS']}/${name}.png`, fullPage: true });
}
