/** What is connected on the operator's page: its secrets stay where they are kept, and go to nobody else. */
import { createServer } from 'node:http';
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createConnect, type ConnectDeps } from '../../src/commands/operator/connect/connect.ts';
import { kept } from '../../src/commands/operator/connect/values.ts';
import { createSetup } from '../../src/app/setup.ts';
import { readConfig } from '../../src/config.ts';
import { createSecretBook } from '../../src/core/secrets.ts';
import { openConnectionsStore } from '../../src/guilds/connections.ts';
import { createSeal } from '../../src/store/sealed.ts';
import { openSecret } from '../../src/store/secret.ts';
import { createRecordingLog } from '../fakes/recording-log.ts';
import { listen } from '../fakes/http/listen.ts';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.ts';
import { temporaryFolder } from '../unit/temporary.ts';
import { webHouse } from './web-house.ts';

const TOKEN = 'MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcdE.aVerySecretTokenThatNobodyMaySee-0123456';
const PATH = '/api/operator/connect';

describe('a token that was set on the page', () => {
  const house = webHouse({ DISCORD_API_URL: 'http://127.0.0.1:9/api' });

  it('is in no answer, no log, and in no file of the data folder as it is', async () => {
    const values = { DISCORD_TOKEN: TOKEN };
    const answers = [
      await house.post(`${PATH}/discord/test`, { values }),
      await house.post(`${PATH}/discord`, { values }),
      await house.post(`${PATH}/discord`, { values: { DISCORD_TOKEN: `${TOKEN}\n-` } }),
      await house.ask(PATH),
      await house.ask('/api/operator/rules'),
      await house.ask('/api/home'),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 422, 200, 200, 200]);
    expect(answers[4]?.text).toContain('connected Discord: DISCORD_TOKEN');
    const seen = [...answers.map(({ text }) => text), ...house.easel.logs];
    for (const name of await readdir(house.folder)) {
      const path = join(house.folder, name);
      if ((await stat(path)).isFile()) seen.push((await readFile(path)).toString('latin1'));
    }
    for (const form of [TOKEN, Buffer.from(TOKEN).toString('base64').slice(4, -4)])
      expect(seen.filter((text) => text.includes(form))).toEqual([]);
    expect(answers[3]?.text).toContain(`"tail":"${TOKEN.slice(-4)}"`);
    const { mode } = await stat(join(house.folder, 'secret'));
    expect(mode & 0o777).toBe(0o600);
  });

  it('is set, tested and removed by nobody but who has the page, and by no other website', async () => {
    const body = { values: { DISCORD_TOKEN: `${TOKEN}-other` } };
    const paths = [`${PATH}/discord`, `${PATH}/discord/test`, `${PATH}/discord/remove`, `${PATH}/comfy/now`];
    const before = (await house.ask(PATH)).text;
    for (const path of paths) {
      const headers = { cookie: '', origin: `http://${house.host}`, 'x-easel': '1' };
      const asked = { method: 'POST', headers, body: JSON.stringify(body) };
      expect((await house.ask(path, asked)).status).toBe(401);
      expect((await house.post(path, body, { 'x-easel': '' })).status).toBe(403);
      expect((await house.post(path, body, { origin: 'https://evil.example' })).status).toBe(403);
      expect((await house.post(path, body, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
      expect((await house.ask(path)).status).toBe(404);
    }
    expect((await house.ask(PATH, { headers: { cookie: '' } })).status).toBe(401);
    expect((await house.ask(PATH, { headers: { 'sec-fetch-site': 'cross-site' } })).status).toBe(403);
    const tails = /"tail":"[^"]*"/g;
    expect((await house.ask(PATH)).text.match(tails)).toEqual(before.match(tails));
  });

  it.each([
    ['a setting of another service', 'discord', { values: { COMFY_URL: 'http://x' } }],
    ['what is no setting', 'comfy', { values: { ADMIN_TOKEN: TOKEN } }],
    ['what is no text', 'comfy', { values: { COMFY_URL: 7 } }],
    ['an address that leads to a file', 'comfy', { values: { COMFY_URL: 'file:///etc/passwd' } }],
    ['a token with a line of its own', 'discord', { values: { DISCORD_TOKEN: 'a\r\nX-Evil: 1' } }],
    ['nothing at all', 'slack', {}],
  ])('%s is refused', async (_what, service, body) => {
    expect((await house.post(`${PATH}/${service}`, body)).status).toBe(422);
    expect((await house.post(`${PATH}/${service}/test`, body)).status).toBe(422);
  });
});

describe('what is sealed', () => {
  const seal = createSeal(Buffer.alloc(32, 1));

  it('opens for what it is of and nothing else, with that secret and no other, and only as it was', () => {
    const sealed = seal.close(TOKEN, 'discord');
    expect(seal.open(sealed, 'discord')).toBe(TOKEN);
    expect(seal.open(sealed, 'slack')).toBeUndefined();
    expect(createSeal(Buffer.alloc(32, 2)).open(sealed, 'discord')).toBeUndefined();
    for (const part of ['iv', 'tag', 'data'] as const) {
      const bytes = Buffer.from(sealed[part], 'base64');
      bytes[0] = (bytes[0] ?? 0) ^ 1;
      expect(seal.open({ ...sealed, [part]: bytes.toString('base64') }, 'discord'), part).toBeUndefined();
    }
    expect(seal.open({ ...sealed, tag: sealed.tag.slice(0, 8) }, 'discord')).toBeUndefined();
    expect(seal.close(TOKEN, 'discord').data).not.toBe(sealed.data);
  });

  it('is told and kept when the secret of the folder is another one, and can be set anew', async () => {
    const folder = await temporaryFolder();
    const uri = `sqlite://${join(folder, 'a.sqlite')}`;
    const log = createRecordingLog();
    const open = async () => openConnectionsStore(uri, await openSecret(join(folder, 'secret')), log);
    const first = await open();
    await first.set('discord', { DISCORD_TOKEN: TOKEN }, { at: 1, by: 'operator' });
    await first.close();
    await rm(join(folder, 'secret'));
    const second = await open();
    expect(second.get('discord')).toEqual({
      at: 1,
      by: 'operator',
      names: ['DISCORD_TOKEN'],
      values: undefined,
    });
    expect(log.lines.map(({ message }) => message).join()).toContain('cannot be read');
    expect(createSetup(readConfig({}), second).config().DISCORD_TOKEN).toBeUndefined();
    await second.set('discord', { DISCORD_TOKEN: `${TOKEN}2` }, { at: 2, by: 'operator' });
    await second.close();
    const third = await open();
    expect(third.get('discord')?.values).toEqual({ DISCORD_TOKEN: `${TOKEN}2` });
    await third.close();
    await writeFile(join(folder, 'secret'), 'half');
    const fourth = await open();
    expect(fourth.get('discord')?.values).toBeUndefined();
    await fourth.close();
  });
});

describe('a key that is kept', () => {
  const before = { COMFY_URL: 'https://user:word@gpu.example:8443/a', COMFY_API_KEY: 'comfy-key-0123456789' };

  it('goes to no other server than the one that it was given for', () => {
    const again = expect.objectContaining({ problem: { code: 'key-again', setting: 'COMFY_API_KEY' } });
    for (const COMFY_URL of ['https://evil.example', 'http://gpu.example:8443/a', 'https://gpu.example/a'])
      expect(() => kept('comfy', { COMFY_URL, COMFY_API_KEY: '' }, before)).toThrow(again);
    // shown without its user and password, and left so
    expect(kept('comfy', { COMFY_URL: 'https://gpu.example:8443/a' }, before)).toEqual(before);
    expect(kept('comfy', { COMFY_URL: 'https://evil.example', COMFY_API_KEY: null }, before)).toEqual({
      COMFY_URL: 'https://evil.example',
    });
  });

  it('of the environment goes to no address of the page, nor the other way round', () => {
    const stored = { values: { COMFY_URL: 'https://evil.example' }, at: 1, by: 'x', names: [] };
    const store = { get: () => stored };
    const setup = createSetup(readConfig({ COMFY_API_KEY: before.COMFY_API_KEY }), store);
    expect(setup.fixed('comfy')).toEqual(['COMFY_API_KEY']);
    expect(setup.config().COMFY_URL).toBeUndefined();
    const { COMFY_API_KEY } = createSetup(readConfig({ COMFY_URL: 'http://own.example' }), {
      get: () => ({ ...stored, values: before }),
    }).config();
    expect(COMFY_API_KEY).toBeUndefined();
  });
});

describe('what is kept for a backend', () => {
  const before = {
    COMFY_URL: 'https://gpu.example/a',
    COMFY_API_KEY: 'gate-key-0123456789',
    COMFY_PARTNER_KEY: 'pays-0123456789',
    COMFY_HEADERS: 'Authorization: Bearer open-sesame',
    COMFY_DIALECT: 'comfyui',
  };

  it.each(['COMFY_API_KEY', 'COMFY_PARTNER_KEY', 'COMFY_HEADERS'] as const)(
    '%s goes to no other',
    (setting) => {
      const { COMFY_URL: url, [setting]: secret } = before;
      const one = { COMFY_URL: url, [setting]: secret };
      expect(() => kept('comfy', { COMFY_URL: 'https://evil.example' }, one)).toThrow(
        expect.objectContaining({ problem: { code: 'key-again', setting } }),
      );
      const anew = { COMFY_URL: 'https://new.example', [setting]: 'X:new-value-typed' };
      expect(kept('comfy', anew, one)).toEqual(anew);
    },
  );

  it('stays where the address does, and what it is with it', () => {
    expect(kept('comfy', { COMFY_URL: 'https://gpu.example/b' }, before)).toEqual({
      ...before,
      COMFY_URL: 'https://gpu.example/b',
    });
    expect(kept('comfy', { COMFY_HEADERS: null, COMFY_DIALECT: null }, before)).toEqual({
      COMFY_URL: before.COMFY_URL,
      COMFY_API_KEY: before.COMFY_API_KEY,
      COMFY_PARTNER_KEY: before.COMFY_PARTNER_KEY,
    });
  });
});

describe('a test of an address', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  afterAll(() => sandbox.stop());
  const house = webHouse();

  it('tells nothing of what another kind of server says, and is led nowhere by it', async () => {
    const asked: string[] = [];
    const inner = await listen(
      createServer((request, response) => {
        asked.push(request.url ?? '');
        response.setHeader('content-type', 'application/json').end('{"inner":"secret of the house"}');
      }),
    );
    const leading = await listen(
      createServer((_request, response) => response.writeHead(302, { location: inner.url }).end()),
    );
    for (const url of [inner.url, leading.url]) {
      const { text } = await house.post(`${PATH}/comfy/test`, { values: { COMFY_URL: url } });
      expect(text).toContain('"tone":"bad"');
      expect(text).not.toContain('secret of the house');
    }
    const before = asked.length;
    await house.post(`${PATH}/comfy/test`, { values: { COMFY_URL: leading.url } });
    expect(asked.length).toBe(before);
    await Promise.all([inner.close(), leading.close()]);
  });

  it('shows no user and password of it', async () => {
    const url = sandbox.url.replace('http://', 'http://someone:a-pass-word@');
    const tested = await house.post(`${PATH}/comfy/test`, { values: { COMFY_URL: url } });
    expect(tested.text).toContain('"tone":"good"');
    const saved = await house.post(`${PATH}/comfy`, { values: { COMFY_URL: url } });
    expect(saved.text).toContain(sandbox.url);
    expect([tested.text, saved.text, ...house.easel.logs].join('\n')).not.toContain('a-pass-word');
  });
});

it('secrets that are typed are taken out of the log from then on, and forgotten after a test', async () => {
  const secrets = createSecretBook(['of-the-environment']);
  const blot = secrets.blotter('…');
  const seen: string[] = [];
  const deps = {
    store: { get: () => undefined },
    fixed: () => [],
    check: () => undefined,
    async probe() {
      seen.push(blot(`asked with ${TOKEN}`));
      return [];
    },
    secrets,
    clock: { now: () => 1 },
  } satisfies Partial<Record<keyof ConnectDeps, unknown>> as unknown as ConnectDeps;
  await createConnect(deps).test('discord', { DISCORD_TOKEN: TOKEN }, new AbortController().signal);
  expect(seen).toEqual(['asked with …']);
  expect(blot(`${TOKEN} of-the-environment`)).toBe(`${TOKEN} …`);
});
