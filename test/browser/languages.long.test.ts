/** Every page in every language, on a phone: nothing is cut, and nothing is wider than the screen. */
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { languages } from '../../src/i18n/index.ts';
import { hasBrowser } from './browser.ts';
import { setStage, type Stage } from './stage.ts';

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true };

/** What says less than it has to, and what is too wide. Names and prompts may be cut: they are not ours. */
const FAULTS = `(() => {
  const cut = [...document.querySelectorAll('button, label, h1, h2, h3, summary, legend, th, dt, nav a, [role=status], .hint, .about')]
    .filter((element) => element.checkVisibility({ visibilityProperty: true }) && element.clientWidth > 1)
    .filter((element) => {
      const { overflowX } = getComputedStyle(element);
      return overflowX !== 'visible' && element.scrollWidth > element.clientWidth + 1;
    })
    .map((element) => element.textContent.trim().slice(0, 60));
  const wide = document.documentElement.scrollWidth > innerWidth ? ['the page: ' + document.documentElement.scrollWidth] : [];
  return [...wide, ...cut];
})()`;

describe.skipIf(!hasBrowser)('On a phone', () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await setStage({ sandbox: { stepMs: 0, nodeMs: 0 } });
  });
  afterEach(() => stage.browser.closePages());
  afterAll(() => stage.stop());

  it('what is written from right to left stays so', async () => {
    const page = await stage.browser.open(stage.url, { locale: 'en', ...PHONE });
    await page.locator('[role=log][aria-busy=false]').waitFor();
    const line = page.locator('textarea[role=combobox]');
    await line.fill('/imagine שועל אדום בשלג!');
    await line.press('Enter');
    const asked = page.locator('.asked p', { hasText: 'שועל' }).last();
    await asked.waitFor();
    // the exclamation mark ends it, so it is left of the first letter
    const [first = 0, last = 0] = await page.evaluate<number[]>(`(() => {
      const text = [...document.querySelectorAll('.asked bdi')].at(-1).firstChild;
      return [0, text.length - 1].map((at) => {
        const range = document.createRange();
        range.setStart(text, at);
        range.setEnd(text, at + 1);
        return range.getBoundingClientRect().left;
      });
    })()`);
    expect(last).toBeLessThan(first);
  });

  describe.each(languages())('in $name', ({ tag }) => {
    const open = (path: string, more = {}) =>
      stage.browser.open(`${stage.url}${path}`, { locale: tag, ...PHONE, ...more });
    const whole = async (page: Page, state: string) =>
      expect(await page.evaluate<string[]>(FAULTS), state).toEqual([]);

    it('signing in is whole', async () => {
      const page = await open('/sign-in', { storageState: { cookies: [], origins: [] }, allow: /401/ });
      await page.getByRole('textbox').waitFor();
      expect(await page.evaluate<string>('document.documentElement.lang')).toBe(tag);
      await whole(page, 'asked');
    });

    it('the chat is whole', async () => {
      const page = await open('/');
      await page.locator('[role=log][aria-busy=false]').waitFor();
      expect(await page.evaluate<string>('document.documentElement.lang')).toBe(tag);
      await whole(page, 'begun');
      const line = page.locator('textarea[role=combobox]');
      await line.fill('/');
      await page.getByRole('listbox').waitFor();
      await whole(page, 'with a list');
      for (const text of ['/imagine a red fox', '/help', '/settings']) {
        await line.fill(text);
        await line.press('Enter');
        await page
          .getByRole('article', { name: text.replace('/imagine ', '') })
          .last()
          .waitFor();
      }
      await page.getByRole('article', { name: '/settings' }).getByRole('heading').first().waitFor();
      await page.locator('article img').first().waitFor();
      await whole(page, 'with screens');
      await page.goto(`${stage.url}/?template=imagine`);
      await page.getByRole('form').waitFor();
      await whole(page, 'with a form');
    });

    it('the studio is whole', async () => {
      const page = await open('/studio');
      const buffer = await readFile('templates/imagine/workflow.json');
      await page.locator('input[type=file]').first().waitFor({ state: 'attached' });
      await whole(page, 'its shelf');
      await page
        .locator('input[type=file]')
        .first()
        .setInputFiles({ name: 'fox.json', mimeType: 'application/json', buffer });
      await page.locator('.slot').first().waitFor();
      await page.locator('.slot button').first().click();
      await whole(page, 'with a draft');
    });

    it('the operator’s page is whole', async () => {
      const page = await open('/operator');
      await page.getByRole('heading').nth(1).waitFor();
      for (const summary of await page.locator('main details:not([open]) > summary').all())
        await summary.click();
      await whole(page, 'with all of it open');
    });
  });
});
