/** One's own models: the shipped templates on a backend that has none of those that they name, on every surface. */
import { PassThrough } from 'node:stream';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Message } from '../../src/platforms/web/api.ts';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.ts';
import { nodeTable } from '../../src/sandbox/nodes/index.ts';
import type { FakeMessage } from '../fakes/discord/index.ts';
import { until } from '../fakes/until.ts';
import { discordBench } from '../world/bench.ts';
import { adminOf } from '../world/discord-admin.ts';
import { startEasel, temporaryFolder } from '../world/easel.ts';
import { createSlackAdmin } from '../world/slack-admin.ts';
import { slackBench } from '../world/slack-bench.ts';
import { openWebPage } from '../world/web-page.ts';

/** What is drawn is no matter here, and a large picture takes a second. */
const QUICK_NODES = {
  VAEDecode: {
    ...nodeTable()['VAEDecode']!,
    run: async () => {
      const picture = { width: 8, height: 8, data: new Uint8Array(3 * 64) };
      return { values: [{ type: 'IMAGE' as const, pictures: [picture] }] };
    },
  },
};
const SANDBOX = { stepMs: 0, nodeMs: 0, extraNodes: QUICK_NODES };
const SHIPPED = { TEMPLATES_DIR: 'templates' };
/** Of no family that anybody could tell. */
const TWO = ['mine.safetensors', 'other/yours.safetensors'];
const MANY = Array.from({ length: 40 }, (_, index) => `mine-${String(index).padStart(2, '0')}.safetensors`);

/** These checkpoints, and nothing else that could draw. */
function has({ models }: Sandbox, checkpoints: string[]): void {
  models.set('checkpoints', checkpoints);
  models.set('diffusion_models', []);
}

/** What the newest run's loader got. */
function loaded(sandbox: Sandbox): unknown {
  return inputsOf(sandbox, '4')['ckpt_name'];
}

function inputsOf({ stats }: Sandbox, node: string): Record<string, unknown> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a graph that the sandbox has taken
  const graph = stats.bodies.at(-1)?.['prompt'] as Record<string, { inputs: Record<string, unknown> }>;
  return graph[node]?.inputs ?? {};
}

describe("one's own models on Discord", () => {
  const bench = discordBench(SANDBOX);
  const admin = adminOf(() => bench.discord);
  const done = ({ content }: FakeMessage) => content.includes('Done in');
  const imagine = (options: Record<string, string> = {}) =>
    bench.discord.slash({ name: 'imagine', options: { prompt: 'a red fox', ...options } });

  it('draws with the nearest that there is, and says which, and Again does the same', async () => {
    has(bench.sandbox, ['SD1.5\\dreamshaper_8.safetensors']);
    await bench.start(SHIPPED);
    const reply = await (await imagine()).waitFor(done);
    expect(loaded(bench.sandbox)).toBe('SD1.5\\dreamshaper_8.safetensors');
    expect(reply.content).toContain('dreamshaper');
    has(bench.sandbox, ['SD1.5\\dreamshaper_8.safetensors', 'sd_xl_base_1.0.safetensors']);
    await bench.easel.stop();
    await bench.start(SHIPPED);
    const again = await admin.press(reply, 'Again');
    await again.waitFor(done);
    expect(loaded(bench.sandbox)).toBe('SD1.5\\dreamshaper_8.safetensors');
    await (await imagine()).waitFor(done);
    expect(loaded(bench.sandbox)).toBe('sd_xl_base_1.0.safetensors');
  });

  it('asks with buttons, alone, and goes on with what is pressed', async () => {
    has(bench.sandbox, TWO);
    await bench.start(SHIPPED);
    const asked = await imagine({ size: 'wide' });
    const panel = await asked.waitFor(({ text }) => text.includes('Which “model”?'));
    expect(panel.ephemeral).toBe(true);
    expect(panel.buttons.map(({ label }) => label)).toEqual(TWO);
    expect(bench.sandbox.stats.submitted).toBe(0);
    const reply = await (await admin.press(panel, 'other/yours.safetensors')).waitFor(done);
    expect(reply.ephemeral).toBe(false);
    expect(reply.content).toContain('a red fox');
    expect(loaded(bench.sandbox)).toBe('other/yours.safetensors');
    expect(inputsOf(bench.sandbox, '5')).toMatchObject({ width: 1344, height: 768 });
    expect(panel.text).toContain('You chose “other/yours.safetensors”.');
    expect(panel.buttons).toEqual([]);
  });

  it('goes on once, whoever presses twice', async () => {
    has(bench.sandbox, TWO);
    await bench.start(SHIPPED);
    const panel = await (await imagine()).waitFor(({ text }) => text.includes('Which “model”?'));
    const [first, second] = panel.flatComponents.flatMap(({ custom_id: id }) => id ?? []);
    await Promise.all(
      [first, second].map((customId = '') => bench.discord.click({ message: panel, customId })),
    );
    await bench.discord.waitForMessage(done);
    expect(panel.text).toContain('You chose');
    expect(panel.buttons).toEqual([]);
    expect(bench.sandbox.stats.submitted).toBe(1);
  });

  it('asks with a list where there are many', async () => {
    has(bench.sandbox, MANY.slice(0, 20));
    await bench.start(SHIPPED);
    const panel = await (await imagine()).waitFor(({ text }) => text.includes('Which “model”?'));
    await (await admin.pick(panel, 'Choose…', 'mine-17.safetensors')).waitFor(done);
    expect(loaded(bench.sandbox)).toBe('mine-17.safetensors');
  });

  it('asks from a typed line, too, and what is named with the other slash is taken', async () => {
    has(bench.sandbox, TWO);
    await bench.start(SHIPPED);
    const typed = (what: string) => bench.discord.slash({ name: 'easel', options: { what } });
    const panel = await (
      await typed('imagine a red fox')
    ).waitFor(({ text }) => text.includes('Which “model”?'));
    expect(panel.ephemeral).toBe(true);
    await (await typed('imagine a red fox --model Other\\YOURS')).waitFor(done);
    expect(loaded(bench.sandbox)).toBe('other/yours.safetensors');
  });

  it('takes what an admin has chosen in the settings, as long as it is there', async () => {
    has(bench.sandbox, ['sd_xl_base_1.0.safetensors', ...TWO]);
    await bench.start(SHIPPED);
    const panel = await admin.ask('settings', 'show');
    await admin.press(panel, 'Default models…');
    expect(panel.text).toContain('/imagine');
    await admin.pick(panel, '/imagine', 'mine.safetensors');
    await (await imagine()).waitFor(done);
    expect(loaded(bench.sandbox)).toBe('mine.safetensors');
    has(bench.sandbox, ['sd_xl_base_1.0.safetensors']);
    await bench.easel.stop();
    await bench.start(SHIPPED);
    await (await imagine()).waitFor(done);
    expect(loaded(bench.sandbox)).toBe('sd_xl_base_1.0.safetensors');
  });

  it('says which took the place of a model that no slot names', async () => {
    const { models } = bench.sandbox;
    has(bench.sandbox, []);
    models.set('diffusion_models', ['flux1-dev.safetensors']);
    models.set('vae', ['FLUX1\\flux_vae.safetensors', 'sdxl_vae.safetensors']);
    models.set('text_encoders', ['sub/clip_l.safetensors', 't5xxl_fp8_e4m3fn.safetensors']);
    await bench.start(SHIPPED);
    const reply = await (await imagine()).waitFor(done);
    const said = reply.content.replaceAll('\\', '');
    expect(said).toContain('I used “FLUX1flux_vae.safetensors” instead of “ae.safetensors”');
    expect(said).toContain('I used “t5xxl_fp8_e4m3fn.safetensors” instead of “t5xxl_fp16.safetensors”');
    // it is the same file, in another folder
    expect(said).not.toContain('clip');
  });

  it('names the slot, and what there is, where the backend refuses a model', async () => {
    await bench.start(SHIPPED);
    await (await imagine()).waitFor(done);
    // gone between the look and the run
    has(bench.sandbox, ['mine.safetensors']);
    const reply = await (await imagine()).waitFor(({ content }) => content.includes('doesn’t have'));
    expect(reply.content).toContain('for "model"');
    expect(reply.content).not.toContain('ckpt');
    const asked = await admin.press(reply, 'Try again');
    const panel = await asked.waitFor(({ text }) => text.includes('Which “model”?'));
    await (await admin.press(panel, 'mine.safetensors')).waitFor(done);
  });
});

describe("one's own models on Slack", () => {
  const bench = slackBench('socket', SANDBOX);
  const done = (message: { visible: string }) => message.visible.includes('Done in');

  it('asks with buttons in a message, goes on in the channel with what is pressed, and does so once', async () => {
    has(bench.sandbox, TWO);
    await bench.start(SHIPPED);
    const { slack } = bench;
    const asked = slack.command({ command: '/easel', text: 'imagine a red fox' });
    const question = await asked.waitFor(({ buttons }) => buttons.length === 2);
    expect(question.ephemeral).toBe(true);
    expect(question.visible).toContain('sd_xl_base_1.0.safetensors');
    const pressed = ['answer:1', 'answer:0'].map((actionId) => slack.click({ message: question, actionId }));
    const reply = await slack.waitForMessage(done);
    expect(reply.ephemeral).toBe(false);
    expect(reply.visible).toContain('a red fox');
    expect(loaded(bench.sandbox)).toBe('other/yours.safetensors');
    await slack.until(() => pressed.every(({ responses }) => responses.length === 1));
    expect(question.visible).toContain('You chose “other/yours.safetensors”.');
    expect(question.buttons).toEqual([]);
    expect(bench.sandbox.stats.submitted).toBe(1);
  });

  it('asks with a list where there are many, and in words with a button where no form can open', async () => {
    has(bench.sandbox, MANY);
    await bench.start(SHIPPED);
    const { slack } = bench;
    const asked = slack.mention({ text: `<@${slack.botUserId}> imagine a red fox` });
    const told = await asked.waitFor(({ ephemeral, visible }) => ephemeral && visible.includes('Which'));
    const view = await slack.click({ message: told, actionId: 'open' }).waitForView();
    const reply = await slack
      .click({ view, actionId: 'menu:choose', value: 'mine-33.safetensors' })
      .waitFor(done);
    expect(loaded(bench.sandbox)).toBe('mine-33.safetensors');
    // where it was asked
    expect(reply.threadTs).toBe(told.threadTs);
  });

  it('has the usual model of each template in the settings', async () => {
    has(bench.sandbox, ['sd_xl_base_1.0.safetensors', ...TWO]);
    await bench.start(SHIPPED);
    const { slack } = bench;
    const root = createSlackAdmin(bench, slack.addUser({ name: 'root', isAdmin: true }));
    const view = await root.opens('settings');
    const models = await root.pushed(view, 'models');
    await root.submits(models, { imagine: 'mine.safetensors' });
    await slack.command({ command: '/easel', text: 'imagine a red fox' }).waitFor(done);
    expect(loaded(bench.sandbox)).toBe('mine.safetensors');
  });
});

async function world(): Promise<{ sandbox: Sandbox; environment: Record<string, string> }> {
  const [sandbox, folder] = await Promise.all([startSandbox(SANDBOX), temporaryFolder()]);
  onTestFinished(async () => {
    await sandbox.stop();
    await folder.remove();
  });
  has(sandbox, TWO);
  return { sandbox, environment: { ...SHIPPED, COMFY_URL: sandbox.url, DATA_DIR: folder.path } };
}

it('the page asks in the talk, and goes on with what is pressed', async () => {
  const { sandbox, environment } = await world();
  const easel = await startEasel(environment, { output: new PassThrough() });
  onTestFinished(() => easel.stop());
  const page = await openWebPage(easel.app.link);
  onTestFinished(() => page.close());
  for (const ask of [
    () => page.say('/imagine a red fox'),
    () => page.run('imagine', { prompt: 'a red fox' }),
  ]) {
    const id = await ask();
    const question = await page.until((all) => all.find((message) => message.id === id && message.screen));
    const at = String(question.screen);
    const deed = { at, action: '1', entered: {}, message: id };
    const { status, body } = await page.post('/api/screen', JSON.stringify(deed));
    expect(status).toBe(200);
    const isDone = ({ id: one, reply }: Message) => one === body['message'] && reply?.tone === 'done';
    await page.until((all) => all.find(isDone));
    expect(loaded(sandbox)).toBe('other/yours.safetensors');
  }
});

it('the terminal asks, and goes on with what is typed then', async () => {
  const { sandbox, environment } = await world();
  const [input, output] = [new PassThrough(), new PassThrough()];
  let said = '';
  output.on('data', (chunk: Buffer) => (said += String(chunk)));
  const easel = await startEasel(environment, { terminal: 'talk', input, output });
  onTestFinished(() => easel.stop());
  input.write('/imagine a red fox\n');
  await until(() => said.includes('Which “model”?') && said.includes('other/yours.safetensors'));
  input.write('/do other/yours.safetensors\n');
  await until(() => said.includes('Done in'));
  expect(loaded(sandbox)).toBe('other/yours.safetensors');
});

it('a single line in the terminal fails with what there is', async () => {
  const { environment } = await world();
  const output = new PassThrough();
  const line = '/imagine a red fox';
  const { app } = await startEasel(environment, { terminal: { line }, output });
  expect(await app.over).toBe(1);
  await app.stop();
  expect(String(output.read())).toContain('Available: mine.safetensors and other/yours.safetensors.');
});
