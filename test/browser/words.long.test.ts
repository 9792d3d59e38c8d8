/** The first minute in the browser: an example that is pressed, plain words, and what is in doubt of them. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser } from './browser.ts';
import { setStage, type Stage } from './stage.ts';

describe.skipIf(!hasBrowser)('Plain words in a browser', () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await setStage({ sandbox: { stepMs: 0, nodeMs: 0 } });
  });
  afterEach(() => stage.browser.closePages());
  afterAll(() => stage.stop());

  it('draw, be they typed or an example, and are asked about where they look like a slot', async () => {
    const page = await stage.browser.open(`${stage.url}/`);
    await page.locator('[role=log][aria-busy=false]').waitFor();
    const shelf = page.getByRole('list', { name: 'Commands' }).getByRole('button');
    expect((await shelf.allInnerTexts()).map((text) => text.split(/\s/)[0])).toEqual([
      '/imagine',
      '/blank',
      '/remix',
      '/upscale',
    ]);
    // pressed twice it is drawn once
    const example = page.getByRole('group', { name: 'Examples' }).getByRole('button').first();
    const words = await example.innerText();
    await example.dblclick();
    const drawn = (title: string) => page.getByRole('button', { name: `${title}, picture 1 of 1` });
    await drawn(words).waitFor();
    expect(stage.sandbox.stats.submitted).toBe(1);

    const line = page.getByRole('combobox', { name: 'Message' });
    const say = async (text: string) => {
      await line.fill(text);
      await line.press('Enter');
    };
    // the arrow brings the example back, as what was typed
    await line.press('ArrowUp');
    expect(await line.inputValue()).toBe(words);
    await say('nier:automata 2B stepz:9');
    const question = page.getByRole('article', { name: 'nier:automata 2B stepz:9' });
    await question.getByText('Did you mean steps:9?').waitFor();
    expect(await question.getByRole('link').count()).toBe(0);
    await question.getByRole('button', { name: 'Yes', exact: true }).click();
    await drawn('nier:automata 2B').waitFor();
    // answered once
    await question.getByText('You chose “Yes”.').waitFor();
    expect(await question.getByRole('button', { name: 'No, it’s part of the prompt' }).count()).toBe(0);
    await say('re:zero stepz:9');
    const other = page.getByRole('article', { name: 're:zero stepz:9' });
    await other.getByRole('button', { name: 'No, it’s part of the prompt' }).click();
    await drawn('re:zero stepz:9').waitFor();
    await say('/imagin a fox');
    await page.getByRole('alert').getByText('Did you mean /imagine?').waitFor();
  });
});
