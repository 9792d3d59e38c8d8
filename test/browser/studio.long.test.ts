import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { NodeClass } from '../../src/sandbox/nodes/node.ts';
import { hasBrowser } from './browser.ts';
import { setStage, type Stage } from './stage.ts';

const WORKFLOW = 'templates/imagine/workflow.json';
/** Small, and slow enough to be looked at. */
const sketch = async () => {
  const text = await readFile('test/fixtures/templates/sketch/workflow.json', 'utf8');
  return Buffer.from(text.replace('"steps": 5', '"steps": 40'));
};

/** An output node that leaves nothing. */
const silent: NodeClass = {
  title: 'Silent',
  category: 'test',
  required: { images: ['IMAGE'] },
  outputs: [],
  isOutput: true,
  run: async () => ({}),
};
const sending = (type: string) => ({
  '1': { class_type: 'EmptyImage', inputs: { width: 64, height: 48, batch_size: 2, color: 65_280 } },
  '2': { class_type: type, inputs: { images: ['1', 0] } },
});

describe.skipIf(!hasBrowser)('The studio in a browser', () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await setStage({ sandbox: { extraNodes: { Silent: silent } } });
  });
  afterEach(() => stage.browser.closePages());
  afterAll(() => stage.stop());

  const open: Stage['browser']['open'] = async (path, options) => {
    const page = await stage.browser.open(`${stage.url}${path}`, options);
    await page.getByRole('heading', { name: 'Templates' }).waitFor();
    return page;
  };

  it('takes a workflow that is dropped, and marks what its slots fill', async () => {
    const page = await open('/studio');
    await drop(page, 'fox.json', await readFile(WORKFLOW));
    await page.getByRole('heading', { name: '/fox' }).waitFor();
    const sampler = nodeOf(page, 'KSampler');
    expect(await sampler.locator('.slotted .input-name').allInnerTexts()).toEqual(
      expect.arrayContaining(['seed', 'steps', 'cfg']),
    );
    expect(await sampler.locator('.input-from').first().innerText()).toBe('from Load Checkpoint');
    expect(await boxesOverlap(page)).toBe(false);
    expect(await page.getByText('Ready to publish.').isVisible()).toBe(true);

    await sampler.getByRole('button', { name: 'Slot steps: change it' }).click();
    const name = formOf(page, 'steps').getByLabel('Name');
    await isFocused(name);
    await name.fill('rounds');
    // what follows at once is about the slot by its new name, in the same form
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Shift+Tab');
    await page.getByLabel('Maximum').fill('40');
    await name.focus();
    await sampler.getByRole('button', { name: 'Slot rounds: change it' }).waitFor();
    await page.locator('.slot.open').getByText('1 to 40').waitFor();
    await isFocused(name);
    expect((await page.locator('.slot.open .problem').allInnerTexts()).join('')).toBe('');
    await page.getByLabel('The command’s name').fill('FOX');
    await page.keyboard.press('Tab');
    await eventually(() => page.getByLabel('The command’s name').inputValue()).toBe('fox');
    await page.reload();
    await nodeOf(page, 'KSampler').getByRole('button', { name: 'Slot rounds: change it' }).waitFor();
  });

  it('shows a change that is refused at its field, keeps what was typed, and goes no further', async () => {
    const page = await open('/studio');
    const used: string[] = [];
    page.on('request', (request) => {
      if (/\/(publish|test)\?/.test(request.url())) used.push(request.url());
    });
    await drop(page, 'fox.json', await readFile(WORKFLOW));
    await page.getByRole('button', { name: 'Slot steps: change it' }).click();
    const form = formOf(page, 'steps');
    await form.getByLabel('Minimum').fill('900');
    await form.getByLabel('Maximum').focus();
    const refused = form.getByRole('textbox', {
      name: 'Minimum',
      description: /the minimum is larger than the maximum/,
    });
    await refused.waitFor();
    expect(await refused.inputValue()).toBe('900');
    await form.getByLabel('Minimum').fill('2');
    await form.getByLabel('Maximum').focus();
    await form.getByText(/2 to/).waitFor();
    await eventually(() => form.locator('[aria-invalid]').count()).toBe(0);

    for (const act of ['Publish', 'Test run']) {
      const largest = form.getByLabel('Maximum');
      await largest.fill('abc');
      await page.getByRole('button', { name: act }).click();
      await isFocused(largest.and(page.locator('[aria-invalid=true]')));
      expect(await largest.inputValue()).toBe('abc');
    }
    expect(used).toEqual([]);
    await form.getByLabel('Maximum').fill('50');

    await page.getByLabel('The command’s name').fill('settings');
    await page.getByLabel('The command’s name').press('Tab');
    await page.getByText('1 thing to fix before it can be published').waitFor();
    expect(await page.getByRole('button', { name: 'Publish' }).isDisabled()).toBe(true);
  });

  it('makes a slot of a free input, tries the draft, publishes it, and the chat has the command', async () => {
    const page = await open('/studio');
    await drop(page, 'heron.json', await sketch());
    await page.getByRole('button', { name: 'Make a slot of batch_size in Empty Latent Image' }).click();
    await isFocused(formOf(page, 'count').getByLabel('Name'));
    expect(await page.getByRole('button', { name: 'Slot count: change it' }).count()).toBe(1);

    const trial = page.getByRole('region', { name: 'Test run' });
    await trial.getByRole('button', { name: 'Test run' }).click();
    await trial.getByRole('progressbar').waitFor();
    await trial.getByRole('button', { name: 'picture 1 of 1' }).waitFor();
    await page.reload();
    await trial.getByRole('button', { name: 'picture 1 of 1' }).waitFor();

    await page.getByRole('button', { name: 'Publish' }).click();
    await page.getByText('Published: /heron is there now, version 1.').waitFor();
    await page.getByRole('heading', { name: '/heron' }).waitFor();
    await page.getByRole('link', { name: 'Try it in the chat' }).click();
    await page
      .getByRole('form', { name: 'Values of /heron' })
      .getByLabel('count')
      .or(page.getByText('+ count'))
      .waitFor();
  });

  it('shows what a node sends over the socket, and says at once when a test run has left nothing', async () => {
    const page = await open('/studio');
    const trial = page.getByRole('region', { name: 'Test run' });
    const test = trial.getByRole('button', { name: /Test run|Run it again/ });
    await drop(page, 'app.json', Buffer.from(JSON.stringify(sending('SaveImageWebsocket'))));
    await test.click();
    await trial.getByRole('button', { name: 'picture 2 of 2' }).waitFor();
    await page.getByText('Ready to publish.').waitFor();

    await page.getByRole('button', { name: 'All templates' }).click();
    await drop(page, 'odd.json', Buffer.from(JSON.stringify(sending('Silent'))));
    await page.getByText('Ready to publish.').waitFor();
    await test.click();
    await page.getByText('The test run went well and left nothing to post.').waitFor();
    expect(await page.getByRole('button', { name: 'Publish' }).isDisabled()).toBe(true);
    expect(await test.isEnabled()).toBe(true);
  });

  it('reads a picture that ComfyUI saved, and a text that is pasted', async () => {
    const page = await open('/studio');
    await drop(page, 'saved.png', await readFile('test/fixtures/saved-by-comfyui.png'));
    await page.getByRole('heading', { name: '/saved' }).waitFor();
    await page.getByRole('button', { name: 'Discard' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Discard' }).click();
    await page.getByText('Discarded.').waitFor();

    await drop(page, 'words.json', Buffer.from('{"a": 1}'));
    await page.getByRole('alert').getByText('Export (API)').waitFor();
    await paste(page, await readFile(WORKFLOW, 'utf8'));
    await page.getByRole('heading', { name: '/pasted' }).waitFor();
  });

  it('is used with the keyboard alone', async () => {
    const page = await open('/studio');
    await page.getByRole('button', { name: 'Edit /blank' }).focus();
    await page.keyboard.press('Enter');
    await isFocused(page.getByRole('heading', { name: '/blank' }));
    await page.keyboard.press('Tab'); // to Export
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    const file = page.waitForEvent('download');
    await page.keyboard.press('Enter');
    expect((await file).suggestedFilename()).toBe('template.json');
    await isFocused(page.getByLabel('Export', { exact: true }));
    await page.keyboard.press('Tab'); // to Discard
    await page.keyboard.press('Tab');
    await isFocused(page.getByRole('button', { name: 'Publish' }));
    await page.keyboard.press('Enter');
    await page.getByText('Published: /blank').waitFor();

    const more = page.getByLabel('More for /blank');
    await more.press('Enter');
    await page.getByRole('button', { name: 'Rename' }).press('Enter');
    const rename = page.getByRole('dialog', { name: 'Rename /blank' });
    await rename.getByRole('textbox').fill('settings');
    await page.keyboard.press('Enter');
    await rename.getByRole('alert').getByText('settings').waitFor();
    await page.keyboard.press('Escape');
    await isFocused(more);
    await more.press('Enter');
    await page.getByRole('button', { name: 'Remove', exact: true }).press('Enter');
    await page
      .getByRole('dialog', { name: 'Remove /blank' })
      .getByRole('button', { name: 'Remove it' })
      .press('Enter');
    await page.getByText('/blank is removed.').waitFor();
    await isFocused(more); // of the built-in one, which is back
  });

  it('orders slots without losing the focus, and drops them', async () => {
    const page = await open('/studio');
    await drop(page, 'fox.json', await readFile(WORKFLOW));
    const names = () => page.locator('.slot .chip').allInnerTexts();
    await eventually(async () => (await names()).slice(0, 2)).toEqual(['prompt', 'negative']);
    await page.getByRole('button', { name: 'Move up: model' }).click();
    await eventually(async () => (await names()).slice(0, 3)).toEqual(['prompt', 'model', 'negative']);
    await isFocused(page.getByRole('button', { name: 'Move up: model' }));
    await page.keyboard.press('Enter');
    await eventually(async () => (await names())[0]).toBe('model');
    await page.getByRole('button', { name: 'Remove it: model' }).click();
    await eventually(async () => (await names())[0]).toBe('prompt');
    await isFocused(page.getByRole('heading', { name: 'Slots' }));
    await page.getByRole('button', { name: 'Make a slot of ckpt_name in Load Checkpoint' }).waitFor();
  });

  it('fits a phone: nothing is wider than the page', async () => {
    const page = await open('/studio', { viewport: { width: 390, height: 844 } });
    const widths = () =>
      page.evaluate(`[document.documentElement.scrollWidth, document.querySelector('main').scrollWidth]`);
    expect(await widths()).toEqual([390, 390]);
    await drop(page, 'many.json', await readFile('test/fixtures/workflows/sdxl-base-refiner.json'));
    await page.getByRole('heading', { name: '/many' }).waitFor();
    await page.getByRole('button', { name: 'Slot steps: change it' }).first().click();
    await isFocused(formOf(page, 'steps').getByLabel('Name'));
    expect(await widths()).toEqual([390, 390]);
  });
});

function nodeOf(page: Page, title: string) {
  return page
    .getByRole('list', { name: 'Nodes' })
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name: title }) });
}

/** The open form of a slot; it stays the same one when the slot gets another name. */
function formOf(page: Page, _slot: string) {
  return page.locator('.slot.open');
}

/** A file as the browser hands it over, onto the middle of the page. */
async function drop(page: Page, name: string, content: Uint8Array): Promise<void> {
  const base64 = Buffer.from(content).toString('base64');
  const transfer = await page.evaluateHandle(
    `(() => {
      const bytes = Uint8Array.from(atob(${JSON.stringify(base64)}), (letter) => letter.charCodeAt(0));
      const transfer = new DataTransfer();
      transfer.items.add(new File([bytes], ${JSON.stringify(name)}));
      return transfer;
    })()`,
  );
  for (const event of ['dragover', 'drop'])
    await page.locator('main').dispatchEvent(event, { dataTransfer: transfer });
}

async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate(`(() => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', ${JSON.stringify(text)});
    document.querySelector('main').dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
  })()`);
}

async function boxesOverlap(page: Page): Promise<unknown> {
  return page.evaluate(`(() => {
    const boxes = [...document.querySelectorAll('.node')].map((node) => node.getBoundingClientRect());
    return boxes.some((a, i) => boxes.some((b, j) =>
      i !== j && a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom));
  })()`);
}

function eventually<T>(look: () => T): ReturnType<typeof expect.poll<T>> {
  return expect.poll(look);
}

async function isFocused(locator: Locator): Promise<void> {
  await locator.and(locator.page().locator(':focus')).waitFor();
}
