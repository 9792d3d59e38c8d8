import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import type { Sandbox } from '../../src/sandbox/index.ts';
import type { BackendAccount, Overview } from '../../src/platforms/web/overview-api.ts';
import { NodeFailure, type NodeClass } from '../../src/sandbox/nodes/node.ts';
import { hasBrowser, type PageOptions } from './browser.ts';
import { setStage, type Stage } from './stage.ts';

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true };
const REASON = 'Expected all tensors to be on the same device';

function sampling({ nodes }: Sandbox, run: NodeClass['run']): void {
  nodes.set('KSampler', { ...nodes.get('KSampler')!, run });
}

/** What runs goes on until it is cancelled. */
function endless(sandbox: Sandbox): void {
  sampling(sandbox, async (_inputs, run) => {
    for (;;) await run.pause(20);
  });
}

describe.skipIf(!hasBrowser)('The operator’s page', () => {
  let stage: Stage;
  let address: string;

  beforeAll(async () => {
    stage = await setStage();
    endless(stage.sandbox);
    address = `${stage.url}/operator`;
  });
  afterAll(() => stage.stop());
  afterEach(() => stage.browser.closePages());

  async function say(text: string): Promise<void> {
    const headers = { 'x-easel': '1', 'content-type': 'application/json', origin: stage.url };
    const body = JSON.stringify({ text });
    const answer = await stage.fetch('/api/say', { method: 'POST', headers, body });
    expect(await answer.json()).toEqual({ message: expect.any(String) });
  }

  const headers = { 'x-easel': '1', 'content-type': 'application/json' };

  async function set(change: Record<string, string>): Promise<void> {
    const answer = await stage.fetch('/api/operator/settings', {
      method: 'POST',
      headers: { ...headers, origin: stage.url },
      body: JSON.stringify(change),
    });
    expect(answer.status).toBe(200);
  }
  const setLimits = (userWaiting: string) => set({ userWaiting, guildWaiting: userWaiting });

  /** Whatever runs and waits. */
  async function cancelAll(): Promise<void> {
    for (;;) {
      const answer = await stage.fetch('/api/operator?guild=web', { headers });
      const { guilds } = (await answer.json()) as Overview;
      const jobs = guilds.flatMap((guild) => guild.jobs).filter(({ state }) => state !== 'cancelling');
      if (guilds.length === 0) return;
      // what waits first, so that nothing begins meanwhile
      for (const { id } of jobs.toReversed())
        await stage.fetch(`/api/operator/jobs/${id}/cancel`, {
          method: 'POST',
          headers: { ...headers, origin: stage.url },
        });
    }
  }

  /** A page whose time can be moved on. */
  async function openTimed(options: PageOptions = {}): Promise<Page> {
    const page = await stage.browser.open('about:blank', options);
    await page.clock.install();
    await page.goto(address);
    return page;
  }

  const rows = (page: Page) => page.getByRole('table', { name: 'Jobs of This page' }).locator('tbody tr');

  it('shows what runs and what waits with the reason, and cancels both', async () => {
    await say('/imagine a red fox');
    await say('/imagine a blue owl');
    const page = await stage.browser.open(address);
    await page.getByText('1 running, 1 waiting').waitFor();
    await page.getByText('jobs at once: 1 of 1').waitFor();
    const [running = '', waiting = ''] = await rows(page).allInnerTexts();
    expect(running).toMatch(/imagine.+you.+running.+ago|now/s);
    expect(waiting).toMatch(/waiting.+1st in line: this person already has one running/s);

    const cancel = page.getByRole('button', { name: 'Cancel /imagine of you' });
    await cancel.nth(1).click();
    await page.getByText('Cancelling /imagine of you.').waitFor();
    await page.getByText('1 running, 0 waiting').waitFor();
    await cancel.click();
    await page.getByText('Nothing is running or waiting.').waitFor();
    expect(await page.locator(':focus').innerText()).toBe('Now');
  });

  it('shows a failure with its cause, finds it by a word, and copies its prompt’s id', async () => {
    sampling(stage.sandbox, () => Promise.reject(new NodeFailure('RuntimeError', REASON)));
    await say('/imagine a red fox');
    const page = await stage.browser.open(address, { permissions: ['clipboard-read', 'clipboard-write'] });
    const failure = page.getByRole('row', { name: REASON });
    await failure.waitFor();
    endless(stage.sandbox);
    expect(await failure.innerText()).toMatch(/imagine.+It failed at "KSampler".+run-failed.+This page/s);

    await page.getByLabel('Filter').fill('tensors RUN-failed');
    await page.getByText('1 of 1 shown').waitFor();
    await failure.getByRole('button', { name: 'Copy the prompt id' }).click();
    await failure.getByText('Copied.').waitFor();
    const id = await failure.locator('code').last().innerText();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(id);
    await page.getByLabel('Filter').fill('owl');
    await page.getByText('No failure has all of these words.').waitFor();
  });

  it('changes a setting, says at its field what it refuses, and keeps who did it', async () => {
    const page = await stage.browser.open(address);
    const jobs = page.getByLabel('Jobs at once, in total');
    expect(await jobs.getAttribute('placeholder')).toBe('2');
    await jobs.fill('many');
    await page.getByLabel('Blocked words').fill('bad\nworse');
    await page.locator('#settings').getByRole('button', { name: 'Save' }).click();
    const refusal = page.locator('#setting-guildJobs-problem');
    await expect.poll(() => refusal.innerText()).toContain('a whole number from 1 to 100');
    expect(await jobs.getAttribute('aria-describedby')).toBe('setting-guildJobs-problem');
    expect(await page.locator(':focus').getAttribute('name')).toBe('guildJobs');

    await jobs.fill('4');
    await jobs.press('Enter');
    await page.getByText('Saved.').waitFor();
    const audit = page.getByRole('table', { name: 'Who changed what' });
    expect(await audit.innerText()).toMatch(
      /Blocked words: \+bad \+worse and Jobs at once, in total: 4\s+you\s/,
    );
    await page.reload();
    await expect.poll(() => jobs.inputValue()).toBe('4');
    expect(await page.getByLabel('Blocked words').inputValue()).toBe('bad\nworse');
  });

  it('undoes nothing that others have saved meanwhile, also once it has told of some of it', async () => {
    await set({ guildJobs: '4', blockedWords: 'bad' });
    const page = await stage.browser.open(address);
    const jobs = page.getByLabel('Jobs at once, in total');
    await expect.poll(() => jobs.inputValue()).toBe('4');
    await jobs.fill('5');
    await page.getByLabel('Blocked words').fill('bad\nmine');
    await set({ guildJobs: '6', blockedWords: 'bad\ntheirs' });
    const save = page.locator('#settings').getByRole('button', { name: 'Save' });
    await save.click();
    await page.locator('#setting-guildJobs-problem').waitFor();
    await save.click();
    await page.getByText('Saved.').waitFor();
    await expect.poll(() => page.getByLabel('Blocked words').inputValue()).toBe('bad\ntheirs\nmine');
    expect(await jobs.inputValue()).toBe('5');
  });

  it('goes on calmly while the server is away, and leaves the keyboard where it is', async () => {
    await say('/imagine a red fox');
    const page = await openTimed({ allow: /ERR_FAILED/ });
    const cancel = page.getByRole('button', { name: 'Cancel' });
    await cancel.focus();
    await page.evaluate("document.activeElement.id = 'the-same'");
    await page.route('**/api/operator', (route) => route.abort());
    const banner = page.getByText('Easel keeps trying.');
    // without being told it looks every half a minute
    await page.clock.runFor(31_000);
    await banner.waitFor();
    await page.unroute('**/api/operator');
    await page.clock.runFor(2500);
    await banner.waitFor({ state: 'detached' });
    expect(await page.locator(':focus').getAttribute('id')).toBe('the-same');
    await cancel.click();
    await page.getByText('Nothing is running or waiting.').waitFor();
  });

  it('is told of a change, and asks for nothing as long as there is none', async () => {
    const page = await openTimed();
    await page.getByText('Nothing is running or waiting.').waitFor();
    await page.locator('#settings form').waitFor();
    let asked = 0;
    page.on('request', (request) => void (asked += request.url().endsWith('/api/operator') ? 1 : 0));
    await page.clock.runFor(20_000);
    expect(asked).toBe(0);
    // the page's own time stands still
    await say('/imagine a red fox');
    await page.getByText('1 running, 0 waiting').waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('Nothing is running or waiting.').waitFor();
  });

  it('turns the pages of a long line, and finds one by its id', async () => {
    await setLimits('200');
    // one address has 64 connections, of which the page has some
    for (let n = 0; n < 65; n += 13)
      await Promise.all(Array.from({ length: 13 }, (_, more) => say(`/imagine fox ${n + more}`)));
    const page = await stage.browser.open(address);
    await page.getByText('1 running, 64 waiting').waitFor();
    expect(await rows(page).count()).toBe(20);
    await page.getByRole('button', { name: 'Show all 65 jobs of This page' }).click();
    await page.getByText('1–50 of 65').waitFor();
    expect(await rows(page).count()).toBe(50);
    const next = page.getByRole('button', { name: 'Next' });
    await next.focus();
    await page.keyboard.press('Enter');
    await page.getByText('51–65 of 65').waitFor();
    expect(await page.locator(':focus').innerText()).toBe('Next');
    expect(await next.getAttribute('aria-disabled')).toBe('true');
    await expect.poll(() => rows(page).count()).toBe(15);
    await expect.poll(() => rows(page).last().innerText()).toContain('64th in line');
    // those before it go, and the page with them
    const answer = await stage.fetch('/api/operator?guild=web&from=50', {
      headers: { 'x-easel': '1' },
    });
    const overview = (await answer.json()) as Overview;
    const last = overview.guilds[0]?.jobs.at(-1)?.id ?? '';
    await page.getByRole('button', { name: 'Previous' }).click();
    await page.getByText('1–50 of 65').waitFor();
    await page.getByRole('button', { name: 'All servers and workspaces' }).click();
    await page.getByLabel('Find').fill(last);
    await expect.poll(() => rows(page).count()).toBe(1);
    await page.getByLabel('Find').fill('nobody');
    await page.getByText('Nothing running or waiting has this name or id.').waitFor();
    await page.getByLabel('Find').fill('this');
    await expect.poll(() => rows(page).count()).toBe(20);
    await cancelAll();
    await page.getByText('Nothing running or waiting has this name or id.').waitFor();
    await page.getByLabel('Find').fill('');
    await page.getByText('Nothing is running or waiting.').waitFor();
  });

  it('says since when and why the backend is held, and what it says itself', async () => {
    const page = await stage.browser.open(address, {
      prepare: async (opened) =>
        void (await opened.route('**/api/operator', async (route) => {
          const response = await route.fetch();
          const overview = (await response.json()) as Overview;
          const held = { since: Date.now(), problem: 'The account has no credits left.', words: 'Top up' };
          const backends = overview.backends.map((one) => ({ ...one, held }));
          await route.fulfill({ response, json: { ...overview, backends, waiting: 1234 } });
        })),
    });
    await page.getByText(/^On hold since \d+:\d\d.*: The account has no credits left\. — Top up$/).waitFor();
    await page.getByText('1,234 jobs are waiting. They continue automatically.').waitFor();
    await page.getByText('on hold', { exact: true }).waitFor();
    await page.unrouteAll({ behavior: 'wait' });
  });

  it('says for whom the backend runs, in its own words where nobody knows them', async () => {
    let account: BackendAccount = { at: Date.now(), status: 'active', tier: 'PRO', credits: 7400, atOnce: 5 };
    const page = await stage.browser.open(address, {
      prepare: async (opened) =>
        void (await opened.route('**/api/operator', async (route) => {
          const response = await route.fetch();
          const overview = (await response.json()) as Overview;
          const backends = overview.backends.map((one) => ({ ...one, account }));
          await route.fulfill({ response, json: { ...overview, backends } });
        })),
    });
    const shown = page.locator('.cards .account');
    await shown.getByText('active', { exact: true }).waitFor();
    for (const fact of ['plan PRO', 'credits left: 7,400', 'runs 5 at once'])
      await shown.getByText(fact).waitFor();
    await shown.getByText(/^as of \d+:\d\d/).waitFor();
    account = { at: Date.now(), status: 'on-fire', advice: 'It runs nothing.' };
    await page.reload();
    await shown.getByText('on-fire').waitFor();
    await shown.getByText('It runs nothing.').waitFor();
    expect(await shown.getByText('plan').count()).toBe(0);
    await page.unrouteAll({ behavior: 'wait' });
  });

  it('asks nothing while it is hidden, and at once when it is seen again', async () => {
    const page = await openTimed();
    await page.getByText('healthy').waitFor();
    let asked = 0;
    page.on('request', (request) => void (asked += request.url().endsWith('/api/operator') ? 1 : 0));
    const turn = (hidden: boolean) =>
      page.evaluate(`Object.defineProperty(document, 'hidden', { value: ${hidden}, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'))`);
    await turn(true);
    await page.clock.runFor(20_000);
    expect(asked).toBe(0);
    const answer = page.waitForResponse('**/api/operator');
    await turn(false);
    await answer;
    expect(asked).toBe(1);
  });

  it('fits a phone', async () => {
    await say('/imagine a red fox');
    const page = await stage.browser.open(address, PHONE);
    await page.getByText('1 running').waitFor();
    await page.getByLabel('Blocked words').waitFor();
    for (const selector of ['html', '#main'])
      expect(await page.evaluate(`document.querySelector('${selector}').scrollWidth`)).toBe(390);
    expect(await page.evaluate("getComputedStyle(document.querySelector('tbody tr')).display")).toBe('block');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('Nothing is running or waiting.').waitFor();
  });
});
