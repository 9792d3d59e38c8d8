import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openConnectionsStore } from '../../src/guilds/connections.ts';
import type { Service, ServiceValues } from '../../src/guilds/services.ts';
import { slackManifest } from '../../src/platforms/slack/manifest.ts';
import { startSandbox } from '../../src/sandbox/index.ts';
import { openSecret } from '../../src/store/secret.ts';
import { startFakeDiscord } from '../fakes/discord/index.ts';
import { startFakeSlack } from '../fakes/slack/index.ts';
import { createRecordingLog } from '../fakes/recording-log.ts';
import { spawnEasel, type EaselProcess, type ProcessLimits } from '../world/process.ts';
import { temporaryFolder } from '../world/easel.ts';
import { onSlack } from '../world/environment.ts';

/** Nobody listens there, for now. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  return typeof address === 'object' && address ? address.port : 0;
}

async function contents(directory: string): Promise<Map<string, string>> {
  const files = await readdir(directory);
  return new Map(
    await Promise.all(
      files.map(async (file) => [file, await readFile(join(directory, file), 'base64')] as const),
    ),
  );
}

describe('What a start says', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let running: EaselProcess[] = [];
  const data = () => join(folder.path, 'data');

  function run(environment: Record<string, string>, entry = 'src/main.ts', limits: ProcessLimits = {}) {
    const easel = spawnEasel({ DATA_DIR: data(), ...environment }, [], entry, limits);
    running.push(easel);
    return easel;
  }
  const start = async (environment: Record<string, string>) => {
    const easel = run(environment);
    await easel.says(/Ctrl-C stops it\.\n/);
    return easel;
  };
  const doctor = async (environment: Record<string, string>) => {
    const easel = run(environment, 'src/doctor.ts');
    return { code: await easel.ended, said: easel.output() };
  };

  /** As somebody has done on the page. */
  async function set(service: Service, values: ServiceValues): Promise<void> {
    await mkdir(data(), { recursive: true });
    const secret = await openSecret(join(data(), 'secret'));
    const uri = `sqlite://${join(data(), 'easel.sqlite')}`;
    const store = await openConnectionsStore(uri, secret, createRecordingLog());
    await store.set(service, values, { at: 1, by: 'operator' });
    await store.close();
  }

  beforeEach(async () => {
    folder = await temporaryFolder();
    running = [];
  });
  afterEach(async () => {
    for (const easel of running) easel.signal('SIGKILL');
    await Promise.all(running.map(({ ended }) => ended));
    await folder.remove();
  });

  it('with nothing listening at COMFY_URL is that, until something does', async () => {
    const port = await freePort();
    const easel = await start({ COMFY_URL: `http://127.0.0.1:${port}` });
    const said = easel.output();
    expect(said).toMatch(/^Easel \d+\.\d+\.\d+\nEasel runs, but it cannot make pictures for anybody yet\./);
    expect(said).toMatch(
      new RegExp(
        `✗ Backend +ComfyUI at 127\\.0\\.0\\.1:${port} does not answer: nothing listens there\\. Start ComfyUI, .* COMFY_URL\\.\n`,
      ),
    );
    expect(said).not.toContain('Easel is ready');
    const { origin } = new URL(await easel.link());
    const ready = await fetch(`${origin}/readyz`);
    expect([ready.status, await ready.json()]).toEqual([200, { ok: true, platforms: {}, backend: false }]);

    const sandbox = await startSandbox({ port });
    try {
      await easel.says(/ \(version \S+\) answers now\.\nEasel is ready\.\n/);
    } finally {
      await sandbox.stop();
    }
  });

  it('with Cloud and no key says which key', async () => {
    // whatever the name is elsewhere
    const home = `import dns from 'node:dns'; const { lookup } = dns; dns.lookup = (name, ...rest) => lookup('127.0.0.1', ...rest);`;
    const preload = `--import=data:text/javascript,${encodeURIComponent(home)}`;
    const environment = { COMFY_URL: 'https://cloud.comfy.org', NODE_OPTIONS: preload };
    const easel = await start(environment);
    expect(easel.output()).not.toContain('Easel is ready');
    expect(easel.output()).toMatch(/✗ Backend +Comfy Cloud does not answer/);
    expect(easel.output()).toMatch(
      /! Settings +Comfy Cloud lets nobody in without a key\. Set COMFY_API_KEY\./,
    );
  });

  it('with a key that is refused says so', async () => {
    const sandbox = await startSandbox({ dialect: 'cloud', apiKey: 'the-right-key' });
    try {
      const easel = await start({ COMFY_URL: sandbox.url, COMFY_API_KEY: 'another-key-0123' });
      expect(easel.output()).not.toContain('Easel is ready');
      expect(easel.output()).toMatch(/✗ Backend +Comfy Cloud at \S+ refused the API key\./);
      expect(easel.output()).not.toContain('another-key-0123');
    } finally {
      await sandbox.stop();
    }
  });

  it('with misspelt variables names the right ones, those in .env too', async () => {
    await writeFile(join(folder.path, '.env'), 'ADMIN_TOKNE=a-secret-of-24-characters\nLOGLEVEL=debug\n');
    const root = resolve(import.meta.dirname, '../..');
    const environment = {
      DISCORD_TOKN: 'x',
      COMFYUI_URL: 'http://x',
      TEMPLATES_DIR: join(root, 'templates'),
    };
    const easel = run(environment, join(root, 'src/main.ts'), { cwd: folder.path });
    await easel.says(/Ctrl-C stops it\.\n/);
    const said = easel.output();
    expect(said).toMatch(/^Easel \d+\.\d+\.\d+\nEasel works, but 4 things below need your attention\.\n/);
    for (const right of ['DISCORD_TOKEN', 'COMFY_URL', 'ADMIN_TOKEN', 'LOG_LEVEL'])
      expect(said).toContain(`Did you mean ${right}?`);
    expect(said).not.toContain('a-secret-of');
  });

  it('with broken templates names each, with file and place', async () => {
    const templates = join(folder.path, 'templates');
    await cp('test/fixtures/templates', templates, { recursive: true });
    await mkdir(join(templates, 'half'));
    await writeFile(join(templates, 'half/template.json'), '{"description": 7}');
    await writeFile(join(templates, 'half/workflow.json'), '{');
    await mkdir(join(templates, 'empty'));
    const easel = await start({ TEMPLATES_DIR: templates });
    expect(easel.output()).not.toContain('Easel is ready');
    expect(easel.output()).toMatch(
      /! Templates +\d+ from \S+\n +2 cannot be used:\n +empty\/template\.json: the file is not there\n +"half\/workflow\.json" ends too early, in line 1/,
    );
    const looked = await doctor({ TEMPLATES_DIR: templates });
    expect(looked.code).toBe(1);
    expect(looked.said).toMatch(/2 cannot be used:\n +empty\//);
  });

  it('tells of a chat that connects later, once it does', async () => {
    const discord = await startFakeDiscord();
    try {
      await set('discord', { DISCORD_TOKEN: discord.token });
      const over = discord.faults.outage({ answer: 502 });
      const easel = run({ DISCORD_API_URL: discord.apiUrl });
      await easel.says(/✗ Discord +Discord does not answer\n/);
      over();
      await easel.says(/\nDiscord is connected now: \S+ · in 1 server\.\nEasel is ready\.\n/);
    } finally {
      await discord.stop();
    }
  });

  it("is in the terminal's language", async () => {
    const easel = run({ LANG: 'ja_JP.UTF-8' });
    await easel.says(/Ctrl-Cで終了します。\n/);
    expect(easel.output()).toMatch(/^Easel \d+\.\d+\.\d+\nEaselの準備ができました。/);
    expect(easel.output()).toMatch(/✓ テンプレート/);
  });

  it('is one line of JSON for who keeps the log, without the key of the page', async () => {
    const discord = await startFakeDiscord();
    try {
      const easel = run({ DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl });
      await easel.says(/"msg":"started"\}\n/);
      const lines = easel.output().trim().split('\n');
      const logged = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
      const [started, ...more] = logged.filter(({ msg }) => msg === 'started');
      expect(more).toEqual([]);
      expect(started).toMatchObject({
        level: 30,
        ready: true,
        marks: 0,
        port: expect.any(Number),
        chats: [
          { platform: 'discord', connected: true, guilds: 1, invite: expect.stringContaining('client_id=') },
        ],
        backend: { sandbox: true, answers: true },
        page: { opens: 'npm run link prints its link' },
      });
      expect(easel.output()).not.toContain('/enter?key=');
    } finally {
      await discord.stop();
    }
  });

  it.skipIf(spawnSync('script', ['--version']).status !== 0)(
    'on a terminal is for a person, and so is the log, and nothing is told twice',
    async () => {
      const discord = await startFakeDiscord();
      try {
        const environment = { DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl, NO_COLOR: '1' };
        const easel = run(environment, 'src/main.ts', { terminal: true });
        await easel.says(/✓ Data .+\r\n/);
        expect(easel.output()).toMatch(/^Easel \d+\.\d+\.\d+\r\nEasel is ready\./m);
        expect(easel.output()).toMatch(/Easel is ready\. Open http:\S+\/enter\?key=\S+ in a browser\./);
        expect(easel.output()).toMatch(/✓ Discord +\S+.* · in 1 server\r\n/);
        expect(easel.output()).toMatch(/^\[\d\d:\d\d:\d\d\] INFO: .+/m);
        await easel.says(/INFO: started \{"port":\d+\}\r\n/);
        expect(easel.output()).not.toMatch(/"level":|"templates":/);
      } finally {
        await discord.stop();
      }
    },
  );

  it('in a container goes where the container keeps its log, with advice that fits', async () => {
    const environment = { EASEL_IN: 'container', HOST: '0.0.0.0' };
    const without = run(environment);
    expect(await without.ended).toBe(1);
    expect(without.output()).toMatch(/-e ADMIN_TOKEN=…/);
    expect(without.output()).not.toContain('HOST to 127.0.0.1');

    const more = {
      ADMIN_TOKEN: 'a-token-of-24-characters',
      COMFY_URL: `http://127.0.0.1:${await freePort()}`,
    };
    const easel = run({ ...environment, ...more });
    await easel.says(/"msg":"started"\}\n/);
    expect(easel.output()).toContain('host.docker.internal');
    expect(easel.output()).not.toContain('Check that it is running');
    expect(await readdir(data())).not.toContain('easel.log');
  });

  it('has its cause in the log when it fails', async () => {
    const discord = await startFakeDiscord();
    try {
      const easel = run({ DISCORD_TOKEN: 'nobody-0123', DISCORD_API_URL: discord.apiUrl });
      expect(await easel.ended).toBe(1);
      expect(easel.output()).toContain('Discord refused DISCORD_TOKEN.');
      const failed = easel
        .output()
        .split('\n')
        .find((line) => line.includes('"msg":"the start failed"'));
      expect(JSON.parse(failed ?? '')).toMatchObject({
        level: 50,
        err: { type: 'EaselError', code: 'token-refused', cause: { message: expect.any(String) } },
      });
      expect(easel.output()).not.toContain('nobody-0123');
    } finally {
      await discord.stop();
    }
  });

  describe('and the doctor, without one', () => {
    it('finds nothing wrong with nothing configured, and makes nothing', async () => {
      const { code, said } = await doctor({});
      expect(said).toMatch(/^Easel \d+\.\d+\.\d+\nAll is well: Easel can be started\.\n/);
      expect(code).toBe(0);
      expect(await readdir(folder.path)).toEqual([]);
    });

    it('looks beside an Easel that runs on the same folder, and changes nothing there', async () => {
      const port = String(await freePort());
      const easel = await start({ PORT: port });
      const before = await readdir(data(), { recursive: true });
      const { code, said } = await doctor({ PORT: port });
      expect(code).toBe(0);
      expect(said).toContain(await easel.link());
      expect(said).toContain('An Easel is running there.');
      expect((await readdir(data(), { recursive: true })).toSorted()).toEqual(before.toSorted());
    });

    it('takes what was set on the page, where the environment says nothing of it, and says which is which', async () => {
      const [discord, sandbox] = await Promise.all([startFakeDiscord(), startSandbox()]);
      const elsewhere = `http://127.0.0.1:${await freePort()}`;
      try {
        await set('discord', { DISCORD_TOKEN: discord.token });
        await set('comfy', { COMFY_URL: elsewhere });
        const before = await contents(data());
        const PORT = String(await freePort());
        const environment = { DISCORD_API_URL: discord.apiUrl, COMFY_URL: sandbox.url, PORT };
        const { code, said } = await doctor(environment);
        expect(said).toMatch(
          /✓ Discord +\S+.* · in 1 server\n +Add it to a server: .+\n +Set on its page, under “Connect”\.\n/,
        );
        expect(said).toMatch(
          /✓ Backend +ComfyUI at .+\n +Set in the environment, which wins over what its page has\.\n/,
        );
        expect(said).not.toContain('DISCORD_API_URL');
        expect(code).toBe(0);
        expect(await contents(data())).toEqual(before);

        // and beside an Easel that has it open, which says the same
        const easel = run({ ...environment, EASEL_IN: 'service' });
        await easel.says(/"msg":"started"\}\n/);
        expect(easel.output()).toContain('"origins":[{"service":"discord","from":"page","overrules":false},');
        expect(easel.output()).not.toContain('unused-variable');
        const beside = await doctor(environment);
        expect(beside.said).toMatch(/✓ Discord[^✓]+Set on its page/);
        expect(beside.code).toBe(0);
        expect(discord.gateway.connected).toBe(1);
        for (const output of [easel.output(), beside.said, said]) expect(output).not.toContain(discord.token);
      } finally {
        await Promise.all([discord.stop(), sandbox.stop()]);
      }
    });

    it('says what of the page cannot be read, and looks at the rest', async () => {
      await set('slack', { SLACK_BOT_TOKEN: 'xoxb-0123456789', SLACK_APP_TOKEN: 'xapp-0123456789' });
      await set('comfy', { COMFY_URL: 'http://127.0.0.1:1' });
      await writeFile(join(data(), 'secret'), randomBytes(32));
      const other = await doctor({});
      expect(other.said).toMatch(/✗ Slack +What was set on Easel’s page cannot be read: the file “secret”/);
      expect(other.said).toMatch(
        /✗ Backend +the sandbox.*\n(?: +.+\n)* +What was set on Easel’s page cannot be read/,
      );
      expect(other.code).toBe(1);
      const easel = await start({});
      expect(easel.output()).toMatch(/✗ Slack +What was set on Easel’s page cannot be read/);
      easel.signal('SIGKILL');
      await easel.ended;

      for (const end of ['-wal', '-shm']) await rm(join(data(), `easel.sqlite${end}`), { force: true });
      await writeFile(join(data(), 'easel.sqlite'), 'no database at all'.repeat(1000));
      const damaged = await doctor({});
      expect(damaged.said).toMatch(/✗ Data +Easel could not start: .*damaged/);
      expect(damaged.said).toMatch(/✓ Templates/);
      expect(damaged.code).toBe(1);
    });

    it('checks the tokens of both chats and the backend, and connects to none', async () => {
      const [discord, slack, sandbox] = await Promise.all([
        startFakeDiscord(),
        startFakeSlack(),
        startSandbox(),
      ]);
      slack.setManifest(slackManifest([]));
      const environment = {
        DISCORD_TOKEN: discord.token,
        DISCORD_API_URL: discord.apiUrl,
        COMFY_URL: sandbox.url,
        ...onSlack(slack),
      };
      try {
        const well = await doctor(environment);
        expect(well.said).toMatch(/✓ Discord +\S+.* · in 1 server\n +Add it to a server: https:/);
        expect(well.said).toMatch(/✓ Slack +\S+ · in Fake\n/);
        expect(well.said).toMatch(
          /✓ Backend +ComfyUI at \S+ · version \S+ · \d+ node classes · \d+ checkpoint/,
        );
        expect(well.code).toBe(0);
        expect([discord.violations, slack.violations]).toEqual([[], []]);
        const wrong = await doctor({
          ...environment,
          DISCORD_TOKEN: 'nobody',
          SLACK_APP_TOKEN: 'xapp-nobody',
        });
        expect(wrong.code).toBe(1);
        expect(wrong.said).toMatch(/✗ Discord +Discord refused DISCORD_TOKEN\. Copy it again/);
        expect(wrong.said).toMatch(/✗ Slack +Slack refused the tokens\. Set SLACK_BOT_TOKEN/);
        expect(wrong.said).not.toMatch(/nobody/);
      } finally {
        await Promise.all([discord.stop(), slack.stop(), sandbox.stop()]);
      }
    });

    it('names settings that are not right, and a port that another program has', async () => {
      const refused = await doctor({ PORT: 'high' });
      expect([refused.code, refused.said]).toEqual([
        1,
        expect.stringContaining('PORT must be a whole number'),
      ]);
      const other = createServer((socket) => socket.resume().end('220 mail\r\n')).listen(0, '127.0.0.1');
      await new Promise((done) => other.once('listening', done));
      const address = other.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      try {
        const { code, said } = await doctor({ PORT: String(port) });
        expect([code, said]).toEqual([
          1,
          expect.stringContaining(`✗ Page       port ${port} on 127.0.0.1 is taken`),
        ]);
      } finally {
        await new Promise((done) => other.close(done));
      }
    });
  });
});
