import { PassThrough } from 'node:stream';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Message } from '../../src/platforms/web/api.ts';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.ts';
import { startEasel, temporaryFolder, type TestEasel } from '../world/easel.ts';
import { openWebPage, type WebPage } from '../world/web-page.ts';

const isDone = ({ reply }: Message) => reply?.tone === 'done';

describe('Easel in a browser, as its server sees it', () => {
  let sandbox: Sandbox;
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let easel: TestEasel;
  const pages: WebPage[] = [];
  const open = async () => {
    const page = await openWebPage(easel.app.link);
    pages.push(page);
    return page;
  };
  const found = (page: WebPage, id: string, look: (message: Message) => boolean = isDone) =>
    page.until((all) => all.find((message) => message.id === id && look(message)));

  beforeEach(async () => {
    [sandbox, folder] = await Promise.all([startSandbox({ stepMs: 10, nodeMs: 1 }), temporaryFolder()]);
    const environment = { COMFY_URL: sandbox.url, DATA_DIR: folder.path };
    easel = await startEasel(environment, { output: new PassThrough() });
  });
  afterEach(async () => {
    await Promise.all(pages.splice(0).map((page) => page.close()));
    await easel.stop();
    await sandbox.stop();
    await folder.remove();
  });

  it('shows the same in two tabs and after a reload', async () => {
    const [one, other] = [await open(), await open()];
    const drawn = await one.run('sketch', { prompt: 'a red fox', steps: '8' });
    const queue = await other.say('/queue');
    const messages = await Promise.all([one, other].map((page) => found(page, drawn)));
    await found(one, queue, ({ lines }) => lines !== undefined);
    expect(messages[0]).toEqual(messages[1]);
    const reloaded = await open();
    expect([...reloaded.states.keys()]).toEqual([drawn, queue]);
    expect(reloaded.states.get(drawn)).toEqual([messages[0]]);
  });

  it('shows previews while it draws, then a picture that harms nobody', async () => {
    const page = await open();
    const id = await page.run('sketch', { prompt: 'a red fox', steps: '60', seed: '7' });
    const { reply: live } = await found(page, id, ({ reply }) => reply?.preview !== undefined);
    expect(live?.buttons).toEqual([{ action: 'cancel', label: 'Cancel' }]);
    const preview = await page.get(String(live?.preview));
    expect(preview.headers.get('content-type')).toBe('image/jpeg');

    const { reply } = await found(page, id);
    const [file] = reply?.files ?? [];
    expect(file).toMatchObject({ type: 'image/png', width: 64, height: 64 });
    const answer = await page.get(String(file?.url));
    // the page's own policy does not replace it
    expect(answer.headers.get('content-security-policy')).toBe("sandbox; default-src 'none'");
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('cache-control')).toContain('immutable');
    const bytes = await answer.bytes();
    expect(bytes.length).toBe(file?.bytes);
    expect(await sharp(bytes).metadata()).toMatchObject({ format: 'png' });

    const part = await page.get(String(file?.url), { range: 'bytes=8-15' });
    expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 8-15/${bytes.length}`]);
    expect(await part.bytes()).toEqual(bytes.slice(8, 16));
    expect((await page.get(String(live?.preview))).status).toBe(404);
  });

  it('makes the last one once more when told so', async () => {
    const page = await open();
    const nothing = await page.post('/api/say', JSON.stringify({ text: '/again' }));
    expect(nothing.status).toBe(404);
    await found(page, await page.run('sketch', { prompt: 'a red fox', steps: '2', seed: '7' }));
    const { template, reply } = await found(page, await page.say('/again'));
    expect([template, reply?.title]).toEqual(['sketch', 'a red fox']);
    expect(reply?.facts).toContainEqual({ name: 'steps', value: '2' });
    expect(reply?.facts).not.toContainEqual({ name: 'seed', value: '7' });
  });

  it('takes a picture, and gives many back', async () => {
    const page = await open();
    const red = sharp({ create: { width: 96, height: 64, channels: 3, background: 'red' } });
    const image = new File([new Uint8Array(await red.png().toBuffer())], 'red.png');
    const made = await found(page, await page.run('photo', {}, { image }));
    expect(made).toMatchObject({ asked: '/photo image:red.png', reply: { buttons: [] } });
    expect(made.values).toEqual({});
    const many = await found(page, await page.say('/batch count:12'));
    expect(new Set(many.reply?.files.map(({ url }) => url)).size).toBe(12);
    expect(many.reply?.buttons).toEqual([{ action: 'again', label: 'Again' }]);
  });

  it('tells what can be typed as Discord has it, and completes the rest', async () => {
    const page = await open();
    const fields = (name: string) => page.commands().find((command) => command.name === name)?.fields;
    expect(fields('sketch')?.[0]).toMatchObject({ name: 'prompt', type: 'text', required: true, main: true });
    expect(fields('batch')).toEqual([
      expect.objectContaining({ type: 'integer', default: '2', min: '1', max: '30', main: false }),
    ]);
    const [color] = fields('paint') ?? [];
    expect(color).toMatchObject({ type: 'choice', open: true });
    expect(color?.choices).toHaveLength(25);
    const answer = await page.get('/api/complete?template=paint&slot=color&typed=shade%203');
    expect(await answer.json()).toEqual({
      choices: ['shade 3', ...Array.from({ length: 10 }, (_, n) => `shade ${30 + n}`)],
    });
  });

  it('says what is wrong, and draws nothing', async () => {
    const page = await open();
    await expect(page.run('sketch', { prompt: 'x', steps: '2000' })).rejects.toThrow('between 1 and 1000');
    await expect(page.run('photo', {})).rejects.toThrow('"image" is required');
    await expect(page.say('/nonsense')).rejects.toThrow('There is no /nonsense here.');
    const failed = await found(page, await page.say('/absent x'), ({ reply }) => reply?.tone === 'failed');
    expect(failed.reply?.status).toContain('not-installed.safetensors');
    expect(easel.logs.join()).toContain('request refused');
  });
});
