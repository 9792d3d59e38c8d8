/** The operator's rules in a real browser: saved, stopped with a question, and what is worth a look. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser } from './browser.ts';
import { setStage, type Stage } from './stage.ts';

describe.skipIf(!hasBrowser)('The rules on the operator’s page', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await setStage();
  });
  afterAll(() => stage.stop());
  afterEach(() => stage.browser.closePages());

  it('are saved, and kept', async () => {
    const page = await stage.browser.open(`${stage.url}/operator`);
    const section = page.locator('#rules');
    await section.getByLabel('Blocked servers').fill('T1\nT2');
    await section.getByLabel('Direct messages').uncheck();
    await section.getByRole('button', { name: 'Apply' }).click();
    await section.getByText('Saved.').waitFor();
    await section
      .getByText(/changed .*Blocked servers: \+T1 \+T2/)
      .first()
      .waitFor();
    await page.reload();
    expect(await section.getByLabel('Blocked servers').inputValue()).toBe('T1\nT2');
    expect(await section.getByLabel('Direct messages').isChecked()).toBe(false);
  });

  it('stop taking jobs only when that is meant, and take them again', async () => {
    const page = await stage.browser.open(`${stage.url}/operator`);
    const stop = page.getByRole('button', { name: 'Stop taking jobs' });
    page.once('dialog', (dialog) => void dialog.dismiss());
    await stop.click();
    expect(await page.getByText('Easel takes no new jobs.').count()).toBe(0);
    page.once('dialog', (dialog) => void dialog.accept());
    await stop.click();
    await page.getByRole('button', { name: 'Take jobs again' }).waitFor();
    await page
      .screenshot({ path: process.env['SHOT'] ?? '/dev/null', fullPage: true })
      .catch(() => undefined);
    await page.getByRole('button', { name: 'Take jobs again' }).click();
    await stop.waitFor();
  });

  it('cancel everything of somebody after a question', async () => {
    const page = await stage.browser.open(`${stage.url}/operator`);
    await page.getByPlaceholder('Id', { exact: true }).fill('mallory');
    page.once('dialog', (dialog) => void dialog.accept());
    await page.getByRole('button', { name: 'End all of it' }).click();
    await page.getByText('Cancelling all jobs of mallory: 0 jobs.').waitFor();
  });
});
