/** What a container and a service are told, and that nothing in it contradicts the rest. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { Environment, readConfig } from '../../src/config.ts';
import { temporaryFolder } from './temporary.ts';

const root = join(import.meta.dirname, '../..');
const read = (file: string) => readFile(join(root, file), 'utf8');
const NAMES = new Set([...Object.keys(Environment.shape), 'EASEL_IN', 'NODE_ENV']);

/** Of a Dockerfile: `ENV NAME=value NAME=value`. */
async function imageEnvironment(): Promise<Record<string, string>> {
  const [, line = ''] = /^ENV (.+)$/m.exec(await read('Dockerfile')) ?? [];
  return Object.fromEntries(line.split(' ').map((pair) => pair.split('=') as [string, string]));
}

describe('.env.example', () => {
  it('sets nothing by itself, since --env-file would put it before what the image says', async () => {
    const lines = (await read('.env.example')).split('\n').filter((line) => /^[A-Z_]+=/.test(line));
    expect(lines.length).toBeGreaterThan(8);
    expect(lines.filter((line) => !line.endsWith('='))).toEqual([]);
  });

  it('shows the defaults that hold', async () => {
    const text = await read('.env.example');
    const shown = [...text.matchAll(/^# ([A-Z_]+)=(.+)$/gm)].map(([, name = '', value = '']) => [
      name,
      value,
    ]);
    const defaults = Object.entries(readConfig({}));
    const told = shown.filter(([name]) => defaults.some(([own]) => own === name));
    expect(told.length).toBeGreaterThan(8);
    expect(told).toEqual(told.map(([name]) => [name, String(new Map<string, unknown>(defaults).get(name!))]));
  });
});

/** As far as compose's own schema is used here (compose-spec, `compose-spec.json`): whatever else stands there is a slip. */
const Compose = z.strictObject({
  services: z.strictObject({
    easel: z.strictObject({
      build: z.string(),
      image: z.string(),
      restart: z.enum(['no', 'always', 'on-failure', 'unless-stopped']),
      stop_grace_period: z.string().regex(/^\d+s$/),
      init: z.boolean(),
      read_only: z.boolean(),
      tmpfs: z.array(z.string()),
      cap_drop: z.array(z.string()),
      security_opt: z.array(z.string()),
      env_file: z.array(z.strictObject({ path: z.string(), required: z.boolean() })),
      environment: z.record(z.string(), z.string()),
      ports: z.array(z.string()),
      extra_hosts: z.array(z.string()),
      volumes: z.array(z.string()),
    }),
  }),
  volumes: z.record(z.string(), z.null()),
});

describe('compose.yaml', () => {
  it('runs the image as docs/operating.md says, and comes back after a restart of the machine', async () => {
    const { services, volumes } = Compose.parse(parse(await read('compose.yaml')));
    const { easel } = services;
    expect(easel).toMatchObject({ restart: 'unless-stopped', read_only: true, cap_drop: ['ALL'] });
    expect(easel.security_opt).toEqual(['no-new-privileges:true']);
    expect(easel.env_file).toEqual([{ path: '.env', required: false }]);
    expect(easel.extra_hosts).toEqual(['host.docker.internal:host-gateway']);
    // 8 s for replies, and some to close
    expect(Number.parseInt(easel.stop_grace_period, 10)).toBeGreaterThan(10);
    // no longer than this machine reaches, as there is no https
    expect(easel.ports).toEqual(['127.0.0.1:3000:3000']);
    expect(easel.volumes).toEqual([`${Object.keys(volumes)[0]}:/data`]);
  });

  it('keeps what the image says of itself, whatever .env is for a start without a container', async () => {
    const { services } = Compose.parse(parse(await read('compose.yaml')));
    const { NODE_ENV, ...image } = await imageEnvironment();
    expect(NODE_ENV).toBe('production');
    expect(services.easel.environment).toEqual(image);
    expect(image['EASEL_IN']).toBe('container');
    for (const name of Object.keys(image)) expect(NAMES).toContain(name);
  });

  it('has a font for what the pen of the demo painter cannot write', async () => {
    const [, ...stages] = (await read('Dockerfile')).split(/^FROM /m);
    expect(stages.at(-1)).toMatch(
      /^RUN apt-get update && apt-get install -y --no-install-recommends fonts-\S+ && rm -rf \S+$/m,
    );
  });
});

describe('deploy/easel.service', () => {
  const unit = () => read('deploy/easel.service');

  it('starts Easel as the image does, without rights', async () => {
    const text = await unit();
    const value = (name: string) => new RegExp(`^${name}=(.*)$`, 'm').exec(text)?.[1];
    const [, command = ''] = /^CMD (.+)$/m.exec(await read('Dockerfile')) ?? [];
    const [, ...words] = z.array(z.string()).parse(JSON.parse(command));
    expect(value('ExecStart')).toBe(`/usr/bin/node ${words.join(' ')}`);
    expect(value('Environment')).toContain('EASEL_IN=service');
    for (const pair of value('Environment')?.split(' ') ?? []) expect(NAMES).toContain(pair.split('=')[0]);
    expect(value('NoNewPrivileges')).toBe('yes');
    expect(value('ProtectSystem')).toBe('strict');
    expect(value('CapabilityBoundingSet')).toBe('');
    // the data folder is all that it may write
    expect(value('Environment')).toContain(`DATA_DIR=/var/lib/${value('StateDirectory')}`);
    expect(Number(value('TimeoutStopSec'))).toBeGreaterThan(10);
  });

  it.skipIf(!existsSync('/usr/bin/systemd-analyze'))('is one that systemd understands', async () => {
    const copy = join(await temporaryFolder(), 'easel.service');
    // wherever Node is on this machine
    await writeFile(copy, (await unit()).replace('/usr/bin/node', process.execPath));
    const { status, stdout, stderr } = spawnSync('systemd-analyze', ['verify', copy], { encoding: 'utf8' });
    expect([status, stdout, stderr]).toEqual([0, '', '']);
  });
});
