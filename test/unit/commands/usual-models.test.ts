/** The model that an admin has chosen for a template. */
import { expect, it } from 'vitest';
import { ada, ann, classes, commandStage, publish } from './stage.ts';
import { refused } from './stage.ts';

async function stage() {
  const made = await commandStage();
  made.backend.classes = classes();
  await publish(made.commands);
  const { commands } = made;
  const model = async (given: Record<string, string> = {}) =>
    (await commands.prepare(ann, 'castle', { prompt: 'x', ...given })).values['model'];
  return { ...made, model, usual: commands.usualModels };
}

it('is taken where nobody names one, and as long as it is there', async () => {
  const { usual, model, backend, commands } = await stage();
  expect(await model()).toBe('sd.safetensors');
  await usual.choose(ada, { castle: 'XL' });
  expect(await usual.list(ada)).toEqual([
    {
      template: 'castle',
      model: 'xl.safetensors',
      isGone: false,
      installed: ['sd.safetensors', 'xl.safetensors'],
    },
  ]);
  const { values, taken } = await commands.prepare(ann, 'castle', { prompt: 'x' });
  expect([values['model'], taken]).toEqual(['xl.safetensors', ['model']]);
  expect(await model({ model: 'sd' })).toBe('sd.safetensors');
  backend.classes = classes({ ckpt_name: ['sd.safetensors'] });
  expect(await model()).toBe('sd.safetensors');
  expect(await usual.list(ada)).toMatchObject([{ model: 'xl.safetensors', isGone: true }]);
  await usual.choose(ada, { castle: '' });
  expect(await usual.list(ada)).toMatchObject([{ model: '' }]);
});

it.each([
  'settings models castle:XL',
  '/settings models:castle:"xl.safetensors"',
  'settings defaultModel castle：xl',
  '/settings usualModels CASTLE:XL',
])('is typed: %s', async (line) => {
  const { usual, commands } = await stage();
  const signal = AbortSignal.timeout(5000);
  await commands.carryOut(ada, await commands.understand(ada, line), { signal });
  expect(await usual.list(ada)).toMatchObject([{ model: 'xl.safetensors' }]);
  await commands.carryOut(ada, await commands.understand(ada, '/settings models castle:'), { signal });
  expect(await usual.list(ada)).toMatchObject([{ model: '' }]);
});

it('is shown where nothing is said of it, and what is wrong is told', async () => {
  const { commands } = await stage();
  expect(await commands.understand(ada, '/settings models')).toEqual({ kind: 'open', at: 'models' });
  const lost = await commands.understand(ada, '/settings models castle:midjourney');
  const { failed } = await commands.carryOut(ada, lost, { signal: AbortSignal.timeout(5000) });
  expect(failed).toBe(true);
  expect(await refused(commands.understand(ada, '/settings models fort:x'))).toMatchObject({
    code: 'unknown-slot',
    known: ['castle'],
  });
  expect(await refused(commands.understand(ann, '/settings models castle:xl'))).toEqual({
    code: 'not-an-admin',
  });
  expect(await commands.help(ada)).toContainEqual(
    expect.stringContaining('/settings models [TEMPLATE:MODEL …]'),
  );
});

it('is an admin’s to choose, and is in the log', async () => {
  const { usual, commands } = await stage();
  expect(await refused(usual.choose(ann, { castle: 'xl.safetensors' }))).toEqual({ code: 'not-an-admin' });
  expect(await refused(usual.list(ann))).toEqual({ code: 'not-an-admin' });
  await usual.choose(ada, { castle: 'xl.safetensors' });
  const [{ act, subject, detail } = {}] = await commands.settings.audit(ada);
  expect([act, subject, detail]).toEqual(['settings.change', 'models', 'models=+/castle:xl.safetensors']);
});

it('is one that is there, of a template that is there', async () => {
  const { usual } = await stage();
  expect(await refused(usual.choose(ada, { castle: 'midjourney' }))).toMatchObject({
    code: 'setting-unknown',
    setting: 'castle',
    known: ['sd.safetensors', 'xl.safetensors'],
  });
  expect(await refused(usual.choose(ada, { imagine: 'xl.safetensors' }))).toMatchObject({
    code: 'no-such-template',
  });
});

it('is not undone by who has not seen it', async () => {
  const { usual } = await stage();
  await usual.choose(ada, { castle: 'xl.safetensors' }, { castle: '' });
  expect(await refused(usual.choose(ada, { castle: 'sd.safetensors' }, { castle: '' }))).toMatchObject({
    code: 'setting-changed',
    setting: 'castle',
  });
  await usual.choose(ada, { castle: '' }, { castle: '' });
  expect(await usual.list(ada)).toMatchObject([{ model: 'xl.safetensors' }]);
});
