import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { MAX_FORM_BYTES } from '../../../../src/platforms/web/multipart.ts';
import { MAX_FILE_BYTES } from '../../../../src/templates/slots/file.ts';
import { until } from '../../../fakes/until.ts';
import { messagesOf, webStage, type WebStage } from './stage.ts';

type Answer = Record<string, unknown> & { status: number };

function driver({ routes }: WebStage) {
  const post = async (
    path: string,
    body: string | FormData,
    headers: Record<string, string> = {},
  ): Promise<Answer> => {
    const answer = await routes.request(path, { method: 'POST', body, headers });
    return { status: answer.status, ...Object(await answer.json()) };
  };
  return {
    post,
    say: (text: string, language = 'en') =>
      post('/api/say', JSON.stringify({ text }), { 'accept-language': language }),
    run: (fields: Record<string, string | File>) => {
      const form = new FormData();
      for (const [name, value] of Object.entries(fields)) form.append(name, value);
      return post('/api/run', form);
    },
    get: async (path: string) => (await routes.request(path)).json(),
  };
}

const picture = async () =>
  sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } })
    .png()
    .toBuffer();

describe('The routes of the chat', () => {
  it('run a form, and keep what was asked as it would be typed', async () => {
    const stage = await webStage();
    const image = new File([new Uint8Array(await picture())], '../c\u202eat.png');
    const fields = { 'value.prompt': 'a red fox', 'value.steps': '', 'value.seed': '7', 'file.image': image };
    const { status, message } = await driver(stage).run({ template: 'imagine', ...fields });
    expect(status).toBe(200);
    const job = await stage.manager.find(String(message));
    expect(job).toMatchObject({
      platform: 'web',
      guild: 'web',
      user: 'you',
      values: { prompt: 'a red fox', seed: 7, image: '../cat.png' },
      reply: { asked: '/imagine a red fox seed:7 image:../cat.png' },
    });
  });

  it.each([
    [{ 'value.prompt': 'x', 'value.steps': '99' }, 'steps', '"steps" must be at most 60; you gave 99.'],
    [{ 'value.prompt': 'x', 'value.stepz': '9' }, 'stepz', 'There is no "stepz" here.'],
    [{ 'value.prompt': 'x', 'value.__proto__': '9' }, '__proto__', 'There is no "__proto__" here.'],
    [{ 'value.prompt': '' }, 'prompt', '"prompt" is required.'],
    [{ 'value.prompt': 'x', 'value.image': 'cat.png' }, 'image', 'needs a picture'],
    [{ 'value.prompt': 'x', 'file.image': new File(['no'], 'a.png') }, 'image', 'needs a picture'],
    [{ 'file.prompt': new File(['no'], 'a.png') }, 'prompt', '"prompt"'],
    [
      { 'value.prompt': 'x', 'file.image': new File([new Uint8Array(MAX_FILE_BYTES + 1)], 'a.png') },
      'image',
      'MB',
    ],
  ])('name the field that is wrong in %o', async (fields, field, sentence) => {
    const stage = await webStage();
    const answer = await driver(stage).run({ template: 'imagine', ...fields });
    expect(answer).toMatchObject({ status: 422, field });
    expect(answer['error']).toContain(sentence);
    expect(await stage.manager.list('web')).toEqual([]);
  });

  it.each([
    ['no multipart', 'template=imagine', 'application/x-www-form-urlencoded'],
    ['no boundary', 'x', 'multipart/form-data'],
    [
      'cut off',
      '--b\r\ncontent-disposition: form-data; name="template"\r\n\r\nima',
      'multipart/form-data; boundary=b',
    ],
    ['nothing', '', 'multipart/form-data; boundary=b'],
    [
      'a stranger',
      part('template', 'imagine') + part('user', 'root') + END,
      'multipart/form-data; boundary=b',
    ],
    [
      'a value of no slot',
      part('template', 'imagine') + part('value.', 'x') + END,
      'multipart/form-data; boundary=b',
    ],
    [
      'a field twice',
      part('template', 'imagine') + part('template', 'upscale') + END,
      'multipart/form-data; boundary=b',
    ],
  ])('refuse a form with %s', async (_what, body, type) => {
    const stage = await webStage();
    const answer = await driver(stage).post('/api/run', body, { 'content-type': type });
    expect(answer).toEqual({
      status: 422,
      error: expect.stringContaining('couldn’t read what the page sent'),
    });
  });

  it('refuse more than they take, before they read it', async () => {
    const { post } = driver(await webStage());
    const length = {
      'content-length': String(MAX_FORM_BYTES + 1),
      'content-type': 'multipart/form-data; boundary=b',
    };
    expect(await post('/api/run', 'x', length)).toMatchObject({
      status: 422,
      error: expect.stringContaining('32.0 MB'),
    });
    expect(await post('/api/say', JSON.stringify({ text: 'x'.repeat(70_000) }))).toMatchObject({
      status: 422,
      error: expect.stringContaining('That is more than the 64'),
    });
  });

  it('say what was typed to a template, or to the default one', async () => {
    const stage = await webStage();
    const { say } = driver(stage);
    const { message } = await say('/imagine a red fox --seed 5');
    expect(await stage.manager.find(String(message))).toMatchObject({
      values: { prompt: 'a red fox', seed: 5 },
      reply: { asked: '/imagine a red fox --seed 5' },
    });
    const words = await say('nier:automata 2B');
    expect(await stage.manager.find(String(words['message']))).toMatchObject({
      template: { name: 'imagine' },
      values: { prompt: 'nier:automata 2B' },
      reply: { asked: 'nier:automata 2B' },
    });
    const admin = { platform: 'web', guild: 'web', user: 'you', locale: 'en', admin: true };
    await stage.commands.settings.change(admin, { defaultTemplate: 'upscale' });
    const plain = await say('a red fox');
    expect(await stage.manager.find(String(plain['message']))).toMatchObject({
      template: { name: 'upscale' },
    });
  });

  it.each([
    ['/nonsense', 'There is no /nonsense here.'],
    ['/imagin x', 'Did you mean /imagine?'],
    ['/cancel', 'nothing'],
    ['/cancel no such words', 'I can’t find that job'],
  ])('answer %s with a sentence and queue nothing', async (line, sentence) => {
    const stage = await webStage();
    const answer = await driver(stage).say(line);
    expect(answer.status).toBeGreaterThanOrEqual(404);
    expect(answer['error']).toContain(sentence);
    expect(await messagesOf(stage.replies)).toEqual([]);
  });

  const oddLength = { length: { toString: 1, valueOf: 1 } };
  it.each([{}, { text: 5 }, { text: '  ' }, { text: 'x'.repeat(10_001) }, { text: oddLength }, 'no JSON'])(
    'refuse %o as a line',
    async (body) => {
      const { post } = driver(await webStage());
      expect(await post('/api/say', typeof body === 'string' ? body : JSON.stringify(body))).toMatchObject({
        status: 422,
      });
    },
  );

  it('have verbs, whose answers stay', async () => {
    const stage = await webStage({}, { limits: () => ({ guild: 0, user: 0 }) });
    const { say } = driver(stage);
    const { message } = await say('/imagine a red fox');
    const lines: Record<string, string[] | undefined> = {};
    for (const verb of ['/help', '/queue', '/cancel red']) {
      const { message: id } = await say(verb);
      const found = (await messagesOf(stage.replies)).find((one) => one.id === id);
      expect(found).toMatchObject({ id, asked: verb });
      lines[verb] = found?.lines;
    }
    expect(lines['/help']?.join()).toContain('/imagine prompt:…');
    expect(lines['/queue']).toEqual(['0 running, 1 waiting', expect.stringContaining('a red fox — you — ')]);
    expect(lines['/cancel red']).toEqual(['Cancelling "a red fox".']);
    await stage.ended(String(message));
  });

  it('cancel by a button, and run again with another seed', async () => {
    const stage = await webStage({}, { limits: () => ({ guild: 0, user: 0 }) });
    const { say, post } = driver(stage);
    const { message } = await say('/imagine a red fox --steps 3');
    expect(await post(`/api/jobs/${String(message)}/again`, '')).toMatchObject({ status: 404 });
    expect(await post(`/api/jobs/${String(message)}/cancel`, '')).toEqual({ status: 200, message });
    await stage.ended(String(message));
    expect(await post(`/api/jobs/${String(message)}/cancel`, '')).toMatchObject({ status: 422 });
    expect(await post('/api/jobs/nonsense/cancel', '')).toMatchObject({ status: 404 });

    const again = await post(`/api/jobs/${String(message)}/again`, '');
    expect(again).toMatchObject({ status: 200 });
    const [before, after] = await Promise.all(
      [message, again['message']].map((id) => stage.manager.find(String(id))),
    );
    expect(after?.values).toMatchObject({ prompt: 'a red fox', steps: 3 });
    expect(after?.values['seed']).not.toBe(before?.values['seed']);
  });

  it('complete a choice while it is typed', async () => {
    const { get } = driver(await webStage());
    expect(await get('/api/complete?template=imagine&slot=steps&typed=1')).toEqual({ choices: [] });
    expect(await get('/api/complete?template=nonsense&slot=x')).toEqual({ choices: [] });
    expect(await get('/api/complete')).toEqual({ choices: [] });
  });

  it('take nothing new while Easel stops', async () => {
    const stage = await webStage({ paused: () => true });
    const { say, run } = driver(stage);
    for (const answer of [await say('/imagine x'), await run({ template: 'imagine', 'value.prompt': 'x' })])
      expect(answer).toMatchObject({ status: 503, error: expect.stringContaining('restarting') });
  });

  it('log what they did not expect, and tell its reference only', async () => {
    const stage = await webStage();
    stage.commands.template = async () => Promise.reject(new Error('disk on fire'));
    const answer = await driver(stage).run({ template: 'imagine', 'value.prompt': 'x' });
    expect(answer.status).toBe(500);
    expect(JSON.stringify(answer)).not.toContain('fire');
    const line = await until(() => stage.log.lines.find(({ message }) => message === 'request refused'));
    expect(answer['error']).toContain(line.facts['ref']);
  });

  it('answer in the language of the page', async () => {
    const { say } = driver(await webStage());
    expect((await say('/imagine', 'ja'))['error']).toBe('「prompt」は必須です。値を指定してください。');
  });
});

function part(name: string, value: string): string {
  return `--b\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
}
const END = '--b--\r\n';
