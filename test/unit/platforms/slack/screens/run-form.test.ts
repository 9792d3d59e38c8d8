/** The form of a template, on Slack: from its slots to a modal that Slack takes, and back to raw values. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PreparedRun } from '../../../../../src/commands/verbs/run.ts';
import { runScreens } from '../../../../../src/commands/screens/run.ts';
import type { Slot, Template } from '../../../../../src/core/template.ts';
import { SeenView } from '../../../../../src/platforms/slack/events/payload.ts';
import {
  enteredIn,
  hasMarks,
  shownIn,
  withoutMarks,
} from '../../../../../src/platforms/slack/screens/read-screen.ts';
import { renderScreen, type ScreenMemory } from '../../../../../src/platforms/slack/screens/render-screen.ts';
import { loadTemplates } from '../../../../../src/templates/library/load.ts';
import type { RawValues } from '../../../../../src/templates/values.ts';
import { startFakeSlack, type FakeSlack } from '../../../../fakes/slack/index.ts';
import { startBolt, webClient, type RealBolt } from '../../../../fakes/slack/real-bolt.ts';
import { sampleCaller } from '../../../jobs/sample.ts';

type FakeView = Parameters<FakeSlack['submitView']>[0]['view'];
type Filled = NonNullable<Parameters<FakeSlack['submitView']>[0]['values']>;

const { templates } = await loadTemplates('templates');
const into = [['1', 'x'] as [string, string]];
const MEMORY: Omit<ScreenMemory, 'at'> = { channel: 'C0123456789', under: [] };
const caller = sampleCaller();

let slack: FakeSlack;
/** Acknowledges; that is all that a person's client waits for. */
let bolt: RealBolt;
beforeEach(async () => {
  slack = await startFakeSlack();
  bolt = await startBolt(slack, 'http', (app) => {
    app.command(/.*/, ({ ack }) => ack());
    app.view(/.*/, ({ ack }) => ack());
  });
});
afterEach(async () => {
  if (slack.violations.length > 0) throw new Error(slack.violations.join('\n'));
  await bolt.stop();
  await slack.stop();
});

const template = (slots: Record<string, Slot>): Template => ({
  name: 'test',
  description: 'A test',
  version: '1',
  slots,
  workflow: {},
  documents: { template: '', workflow: '' },
});

/** The screen of one template; what it is to run with comes to `taken`. */
function screensOf(of: Template) {
  const taken: RawValues = {};
  const { run } = runScreens({
    template: async () => of,
    welcome: async () => undefined,
    prepare: async (_caller, _name, raw) => {
      Object.assign(taken, raw);
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- nobody looks at it
      return {} as PreparedRun;
    },
  });
  return { run, taken };
}

async function opened(
  of: Template,
  typed: Record<string, string> = {},
  memory: Omit<ScreenMemory, 'at'> = MEMORY,
): Promise<FakeView> {
  const act = slack.command({ command: '/test' });
  const screen = await screensOf(of).run.open(caller, [of.name], typed);
  const view = renderScreen(screen, memory, 'en');
  await webClient(slack).views.open({ trigger_id: act.triggerId ?? '', view });
  return act.waitForView();
}

/** What comes of a form that somebody fills in and submits. */
async function submitted(of: Template, view: FakeView, values: Filled = {}): Promise<RawValues> {
  const { payload } = slack.submitView({ view, values });
  return valuesIn(of, SeenView.parse(payload['view']));
}

async function valuesIn(of: Template, view: SeenView): Promise<RawValues> {
  const { run, taken } = screensOf(of);
  const read = enteredIn(view, (slot, { id }) => ({
    name: `${slot}/${id}`,
    load: async () => new Uint8Array(),
  }));
  const entered = hasMarks(read) ? withoutMarks(read, await run.open(caller, [of.name])) : read;
  const { signal } = new AbortController();
  await run.act({ caller, of: [of.name], action: 'run', entered, shown: shownIn(view), signal });
  return taken;
}

async function roundTrip(
  slots: Record<string, Slot>,
  typed: Record<string, string> = {},
): Promise<RawValues> {
  const of = template(slots);
  return submitted(of, await opened(of, typed));
}

const control = (view: FakeView, slot: string) => view.controls.find(({ blockId }) => blockId === slot);

const SLOTS: Record<string, Slot> = {
  prompt: { type: 'text', into, required: true, maxLength: 200, description: 'What to draw' },
  negative: { type: 'text', into, default: 'blurry' },
  steps: { type: 'integer', into, min: 1, max: 60, default: 20 },
  cfg: { type: 'number', into, min: 0.5, max: 20, default: 7.5 },
  hires: { type: 'boolean', into, default: false },
  size: { type: 'choice', into, choices: ['Square', 'wide'], default: 'Square' },
  seed: { type: 'seed', into },
  image: { type: 'image', into },
};

describe('the form of a template on Slack', () => {
  it('has a field of the right kind for every slot, with its bounds and its default', async () => {
    const view = await opened(template(SLOTS));
    expect(view.title).toBe('/test');
    expect(JSON.parse(view.privateMetadata)).toEqual({ ...MEMORY, at: 'run/test', submit: 'run' });
    const inputs = view.blocks.filter(({ type }) => type === 'input');
    expect(inputs.map(({ block_id: id }) => id)).toEqual(Object.keys(SLOTS));
    expect(control(view, 'prompt')).toMatchObject({
      type: 'plain_text_input',
      multiline: true,
      max_length: 200,
    });
    expect(control(view, 'negative')).toMatchObject({ initial_value: 'blurry', multiline: false });
    expect(control(view, 'steps')).toMatchObject({
      type: 'number_input',
      is_decimal_allowed: false,
      min_value: '1',
      max_value: '60',
      initial_value: '20',
    });
    expect(control(view, 'cfg')).toMatchObject({
      is_decimal_allowed: true,
      min_value: '0.5',
      initial_value: '7.5',
    });
    expect(control(view, 'hires')).toMatchObject({ type: 'checkboxes' });
    expect(control(view, 'size')).toMatchObject({
      type: 'static_select',
      initial_option: { text: { text: 'Square' } },
    });
    expect(control(view, 'seed')).toMatchObject({ type: 'plain_text_input', max_length: 20 });
    expect(control(view, 'image')).toMatchObject({ type: 'file_input', max_files: 1 });
    const optional = inputs.map((block) => block.type === 'input' && block.optional);
    expect(optional).toEqual([false, ...Array.from({ length: 7 }, () => true)]);
  });

  it.each(templates.map((one) => [one.name, one] as const))(
    'of /%s is one that Slack takes',
    async (_name, of) => {
      expect((await opened(of, {}, MEMORY)).controls.length).toBeGreaterThan(0);
      const image = Object.entries(of.slots).find(([, { type }]) => type === 'image')?.[0];
      if (image === undefined) return;
      const carried = await opened(of, {}, { ...MEMORY, file: { slot: image, id: 'F0123456789' } });
      expect(control(carried, image)).toBeUndefined();
    },
  );

  it('may have nothing to ask', async () => {
    const file = { slot: 'image', id: 'F0123456789' };
    const view = await opened(
      template({ image: { type: 'image', into, required: true } }),
      {},
      { ...MEMORY, file },
    );
    expect(view.controls).toEqual([]);
    expect(view.visible).toContain('A test');
  });

  it('keeps to the lengths that Slack sets, and cuts no character in half', async () => {
    const name = `${'n'.repeat(31)}o`;
    const of = {
      ...template({
        [name]: {
          type: 'choice',
          into,
          choices: [73, 74].map((n) => `${'x'.repeat(n)}🦊yy`),
          description: '🦊'.repeat(50),
        },
        text: { type: 'text', into, maxLength: 6000, default: 'd'.repeat(5000) },
      }),
      name,
    };
    const view = await opened(of, { text: '🦊'.repeat(2000) });
    expect(view.title).toHaveLength(24);
    expect(view.visible).toContain('🦊'.repeat(50));
    expect(view.visible.isWellFormed()).toBe(true);
    expect(control(view, 'text')).toMatchObject({ max_length: 3000 });
    expect(control(view, 'text')?.initial_value?.isWellFormed()).toBe(true);
  });

  it('asks what to show where there are more than a hundred choices', async () => {
    const many = (n: number): Record<string, Slot> => ({
      model: {
        type: 'choice',
        into,
        choices: Array.from({ length: n }, (_, i) => `model-${i}`),
        default: 'model-7',
      },
    });
    expect(control(await opened(template(many(100))), 'model')).toMatchObject({ type: 'static_select' });
    const of = template(many(101));
    const view = await opened(of);
    expect(control(view, 'model')).toMatchObject({
      type: 'external_select',
      min_query_length: 0,
      initial_option: { value: 'model-7' },
    });
    expect(await submitted(of, view)).toEqual({ model: 'model-7' });
  });

  it('takes any word where only the backend knows the choices', async () => {
    const of = template({ model: { type: 'choice', into } });
    const view = await opened(of, { model: 'mine.safetensors' });
    expect(control(view, 'model')).toMatchObject({ type: 'plain_text_input' });
    expect(await submitted(of, view)).toEqual({ model: 'mine.safetensors' });
  });

  it('writes very small and very large numbers as Slack reads them', async () => {
    const { tiny } = await roundTrip({ tiny: { type: 'number', into, default: 1e-7, min: 0, max: 1e21 } });
    expect(tiny).toBe('0.0000001');
  });

  it('lets somebody leave out a box that the template calls required', async () => {
    expect(await roundTrip({ hires: { type: 'boolean', into, required: true } })).toEqual({ hires: false });
  });
});

describe('a form that is submitted', () => {
  it('as it was opened has the defaults, and nothing for what was left empty', async () => {
    const of = template(SLOTS);
    expect(await submitted(of, await opened(of), { prompt: 'a fox' })).toEqual({
      prompt: 'a fox',
      negative: 'blurry',
      steps: '20',
      cfg: '7.5',
      hires: false,
      size: 'Square',
    });
  });

  it('has what was typed before it was opened', async () => {
    const typed = {
      prompt: 'a "red" fox\nat night',
      negative: 'text',
      steps: '30',
      cfg: '2.25',
      hires: 'true',
      size: 'wide',
      seed: '18446744073709551615',
    };
    expect(await roundTrip(SLOTS, typed)).toEqual({ ...typed, hires: true });
  });

  it.each(['yes', 'on', '1', 'TRUE'])('has a tick where %j was typed, as everywhere else', async (typed) => {
    expect(await roundTrip({ hires: SLOTS['hires']! }, { hires: typed })).toEqual({ hires: true });
  });

  it('has no tick where "no" was typed against the default', async () => {
    const hires: Slot = { type: 'boolean', into, default: true };
    expect(await roundTrip({ hires })).toEqual({ hires: true });
    expect(await roundTrip({ hires }, { hires: 'no' })).toEqual({ hires: false });
  });

  it('has a choice that was typed in another case', async () => {
    expect(await roundTrip({ size: SLOTS['size']! }, { size: 'WIDE' })).toEqual({ size: 'wide' });
  });

  it.each([
    ['steps', 'many', '20'],
    ['steps', '1e3', '20'],
    ['steps', '500', '20'],
    ['steps', '2.5', '20'],
    ['steps', '+30', '30'],
    ['cfg', '.75', '0.75'],
    ['size', 'huge', 'Square'],
    ['seed', 'random', undefined],
    ['seed', '9'.repeat(25), undefined],
  ])('opens all the same when %s is %j', async (slot, typed, then) => {
    expect(await roundTrip({ [slot]: SLOTS[slot]! }, { [slot]: typed })).toEqual(
      then === undefined ? {} : { [slot]: then },
    );
  });

  it('begins with as much of a text as fits when it is too long', async () => {
    const text: Slot = { type: 'text', into, maxLength: 10, required: true };
    expect(await roundTrip({ text }, { text: 'a long sentence' })).toEqual({ text: 'a long se…' });
  });

  it('has an empty text where somebody took the default away', async () => {
    const of = template({ negative: SLOTS['negative']!, other: { type: 'text', into } });
    expect(await submitted(of, await opened(of), { negative: '' })).toEqual({ negative: '' });
  });

  it('leaves alone a default that is too long to be shown', async () => {
    expect(await roundTrip({ text: { type: 'text', into, default: 'd'.repeat(4000) } })).toEqual({});
  });

  it('has the file that was put in, and none where there is none', async () => {
    const of = template({ image: SLOTS['image']! });
    expect(await submitted(of, await opened(of))).toEqual({});
    const file = slack.addFile({ name: 'fox.PNG', bytes: new Uint8Array(3) });
    expect(await submitted(of, await opened(of), { image: [file] })).toMatchObject({
      image: { name: `image/${file.id}` },
    });
  });
});

describe('a submission that no form of Easel made', () => {
  const input = { type: 'input', block_id: 'steps', element: { type: 'number_input', action_id: 'value' } };
  const sent = (blocks: unknown[], values: unknown) => {
    const head = { id: 'V1', hash: '1', callback_id: 'screen', private_metadata: '{}' };
    return SeenView.parse({ ...head, title: { text: 'x' }, blocks, state: { values } });
  };

  it.each([
    [[input], {}],
    [[input], { other: { value: { value: 'x' } } }],
    [[], { steps: { value: { value: '3' } } }],
    [[input, 7, null], { constructor: { value: { value: '3' } } }],
    [[{ ...input, block_id: 'constructor' }], {}],
  ])('has no values (%j, %j)', async (blocks, values) => {
    expect(await valuesIn(template(SLOTS), sent(blocks, values))).toEqual({});
  });

  it.each([undefined, 'text', { steps: { value: { value: 3 } } }])('is refused (%j)', async (values) => {
    await expect(valuesIn(template(SLOTS), sent([input], values))).rejects.toThrow('expected');
  });
});
