import { describe, expect, it } from 'vitest';
import { warningsOf } from '../../../../src/app/summary/warnings.ts';
import { readConfig } from '../../../../src/config.ts';
import type { Warning } from '../../../../src/core/summary.ts';
import type { Surroundings } from '../../../../src/core/surroundings.ts';

function warned(
  variables: Record<string, string>,
  { at = 'shell', file = [] }: { at?: Surroundings; file?: string[] } = {},
): Warning[] {
  return warningsOf(readConfig(variables), { variables, inFile: new Set(file), surroundings: at });
}

/** What a shell, npm, systemd, Docker, Kubernetes and CI put into every environment. */
const EVERYDAY = Object.fromEntries(
  [
    'PATH=/bin',
    'HOME=/root',
    'SHELL=/bin/sh',
    'LANG=C.UTF-8',
    'TERM=xterm',
    'PWD=/',
    'USER=me',
    'HOSTNAME=box',
    'HOSTTYPE=x86_64',
    'LOGNAME=me',
    'LOGLEVEL=info',
    'MAIL=/var/mail/me',
    'OLDPWD=/',
    'NODE_ENV=production',
    'NODE_VERSION=24.0.0',
    'YARN_VERSION=1',
    'npm_config_cache=/x',
    'INIT_CWD=/',
    'INVOCATION_ID=a',
    'JOURNAL_STREAM=8:1',
    'KUBERNETES_PORT=tcp://x',
    'GITHUB_TOKEN=x',
    'CI=true',
    'PUBLIC_KEY=x',
    'ACCESS_TOKEN=x',
    'PORTS=1',
    'DATA_HOME=/x',
    'HTTP_PROXY=http://p',
    'EASEL_IN=shell',
  ].map((pair) => pair.split('=') as [string, string]),
);

describe('the environment', () => {
  it.each<Record<string, string>>([
    {},
    EVERYDAY,
    { DISCORD_TOKEN: 'MTA.b.c', COMFY_URL: 'http://10.0.0.5:8188', COMFY_FILE_HOSTS: 'minio' },
    { COMFY_URL: 'https://cloud.comfy.org', COMFY_API_KEY: 'comfyui-0123' },
    { HOST: '0.0.0.0', ADMIN_TOKEN: '0123456789abcdef', OPERATORS: '' },
    { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' },
    { DISCORD_TOKN: '', COMFY_FOO: ' ' },
  ])('without a slip gives no warning: %j', (variables) => {
    expect(warned(variables)).toEqual([]);
  });

  it.each<[name: string, nearest: string | undefined]>([
    ['DISCORD_TOKN', 'DISCORD_TOKEN'],
    ['DISCORD_TOEKN', 'DISCORD_TOKEN'],
    ['DISCORD_BOT_TOKEN', 'DISCORD_TOKEN'],
    ['discord_token', 'DISCORD_TOKEN'],
    ['Discord_Token', 'DISCORD_TOKEN'],
    ['BOT_TOKEN', 'DISCORD_TOKEN'],
    ['DISCORD_CLIENT_ID', undefined],
    ['DISCORD_GUILD_ID', undefined],
    ['SLACK_TOKEN', 'SLACK_BOT_TOKEN'],
    ['SLACK_APP_TOKENS', 'SLACK_APP_TOKEN'],
    ['SLACK_SIGNING_SECERT', 'SLACK_SIGNING_SECRET'],
    ['SLACK_SECRET', 'SLACK_SIGNING_SECRET'],
    ['SLACK_CHANNEL', undefined],
    ['COMFYUI_URL', 'COMFY_URL'],
    ['COMFY_URI', 'COMFY_URL'],
    ['COMFY_HOST', 'COMFY_URL'],
    ['COMFYUI_SERVER', 'COMFY_URL'],
    ['COMFY_KEY', 'COMFY_API_KEY'],
    ['COMFY_API_TOKEN', 'COMFY_API_KEY'],
    ['COMFY_APIKEY', 'COMFY_API_KEY'],
    ['COMFY_CONCURENCY', 'COMFY_CONCURRENCY'],
    ['COMFY_FILES_HOST', 'COMFY_FILE_HOSTS'],
    ['EASEL_PORT', 'PORT'],
    ['EASEL_DATA_DIR', 'DATA_DIR'],
    ['EASEL_COLOUR', undefined],
    ['ADMIN_TOKN', 'ADMIN_TOKEN'],
    ['ADMINTOKEN', 'ADMIN_TOKEN'],
    ['GUILD_CONCURENCY_MAX', 'GUILD_CONCURRENCY_MAX'],
    ['TRUSTED_PROXYS', 'TRUSTED_PROXIES'],
    ['PUBLIC_ULR', 'PUBLIC_URL'],
    ['ALLOWED_GUILD', 'ALLOWED_GUILDS'],
    ['PLAYGROND', 'PLAYGROUND'],
    ['HOLD_HOUR', 'HOLD_HOURS'],
  ])('with %s means %s', (name, nearest) => {
    const found = warned({ [name]: 'x' });
    expect(found).toEqual([{ code: 'unknown-variable', name, ...(nearest && { nearest }) }]);
  });

  it('of nobody’s family is a slip only where it is near to a right one', () => {
    expect(warned({ TRUSTED_PROXY: '::1', BLOCKED_LIST: 'x', ADMIN_MAIL: 'x' })).toEqual([]);
  });

  it('in .env is all meant for Easel, but for what other programs read there', () => {
    const variables = {
      LOGLEVEL: 'debug',
      MY_NOTE: 'x',
      TRUSTED_PROXY: '::1',
      COMPOSE_PROJECT_NAME: 'e',
      TZ: 'UTC',
    };
    expect(warned(variables, { file: Object.keys(variables) })).toEqual([
      { code: 'unknown-variable', name: 'LOGLEVEL', nearest: 'LOG_LEVEL' },
      { code: 'unknown-variable', name: 'MY_NOTE' },
      { code: 'unknown-variable', name: 'TRUSTED_PROXY', nearest: 'TRUSTED_PROXIES' },
    ]);
    // what Node reads as it starts is there too late
    expect(warned({ NODE_EXTRA_CA_CERTS: '/ca.pem' }, { file: ['NODE_EXTRA_CA_CERTS'] })).toEqual([
      { code: 'too-late', name: 'NODE_EXTRA_CA_CERTS' },
    ]);
    expect(warned({ NODE_EXTRA_CA_CERTS: '/ca.pem' })).toEqual([]);
  });

  it.each<[Record<string, string>, Warning]>([
    // a backend and its key
    [
      { COMFY_API_KEY: 'k' },
      { code: 'key-without-url', name: 'COMFY_API_KEY', url: 'https://cloud.comfy.org' },
    ],
    [
      { COMFY_URL: 'https://cloud.comfy.org' },
      { code: 'cloud-without-key', name: 'COMFY_API_KEY', url: 'https://cloud.comfy.org' },
    ],
    [
      { COMFY_URL: 'http://cloud.comfy.org', COMFY_API_KEY: 'k' },
      { code: 'key-in-clear', name: 'COMFY_URL', host: 'cloud.comfy.org' },
    ],
    [
      { COMFY_URL: 'https://www.comfy.org/cloud', COMFY_API_KEY: 'k' },
      { code: 'not-the-cloud', name: 'COMFY_URL', host: 'www.comfy.org', right: 'https://cloud.comfy.org' },
    ],
    [
      { COMFY_URL: 'http://192.168.1.4:8188', COMFY_API_KEY: 'k' },
      { code: 'key-for-own-server', name: 'COMFY_API_KEY', host: '192.168.1.4:8188' },
    ],
    [
      { COMFY_URL: 'https://platform.comfy.org/profile/api-keys', COMFY_API_KEY: 'k' },
      {
        code: 'not-the-cloud',
        name: 'COMFY_URL',
        host: 'platform.comfy.org',
        right: 'https://cloud.comfy.org',
      },
    ],
    [
      { COMFY_URL: 'https://cloud.comfy.org', COMFY_API_KEY: 'sk-0123456789' },
      { code: 'wrong-token', name: 'COMFY_API_KEY' },
    ],
    [
      { COMFY_URL: 'https://cloud.comfy.org', COMFY_API_KEY: 'eyJhbGciOi.J9.x' },
      { code: 'wrong-token', name: 'COMFY_API_KEY' },
    ],
    [
      { COMFY_URL: 'https://cloud.comfy.org', COMFY_API_KEY: 'a key of two' },
      { code: 'odd-characters', name: 'COMFY_API_KEY' },
    ],
    [{ COMFY_URL: 'http://10.0.0.5:8188/#graph' }, { code: 'address-extras', name: 'COMFY_URL' }],
    [{ COMFY_URL: 'http://10.0.0.5:8188/?token=x' }, { code: 'address-extras', name: 'COMFY_URL' }],
    [{ COMFY_URL: 'http://0.0.0.0:8188' }, { code: 'no-destination', name: 'COMFY_URL', host: '0.0.0.0' }],
    [{ COMFY_URL: 'http://[::]:8188' }, { code: 'no-destination', name: 'COMFY_URL', host: '[::]' }],
    [{ COMFY_URL: 'http://10.0.0.5:8188/api/' }, { code: 'api-in-path', name: 'COMFY_URL' }],
    [{ COMFY_URL: 'http://localhost:3000' }, { code: 'own-address', name: 'COMFY_URL' }],
    [
      { COMFY_URL: 'http://10.0.0.9', HOST: '10.0.0.9', PORT: '80' },
      { code: 'own-address', name: 'COMFY_URL' },
    ],
    // what needs something beside it
    [
      { DISCORD_API_URL: 'http://x/api' },
      { code: 'unused-variable', name: 'DISCORD_API_URL', needs: 'DISCORD_TOKEN' },
    ],
    [
      { SLACK_API_URL: 'http://x/' },
      { code: 'unused-variable', name: 'SLACK_API_URL', needs: 'SLACK_BOT_TOKEN' },
    ],
    [
      { COMFY_FILE_HOSTS: 'minio' },
      { code: 'unused-variable', name: 'COMFY_FILE_HOSTS', needs: 'COMFY_URL' },
    ],
    [
      { OPERATORS: 'discord:123456789012345678' },
      { code: 'operator-elsewhere', name: 'OPERATORS', platform: 'discord' },
    ],
    // of two that do not go together
    [
      { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1', SLACK_SIGNING_SECRET: '0'.repeat(32) },
      { code: 'overruled', name: 'SLACK_SIGNING_SECRET', by: 'SLACK_APP_TOKEN' },
    ],
    [
      { GUILD_CONCURRENCY: '5', GUILD_CONCURRENCY_MAX: '3' },
      { code: 'overruled', name: 'GUILD_CONCURRENCY', by: 'GUILD_CONCURRENCY_MAX' },
    ],
    [
      { ALLOWED_GUILDS: '1,2', BLOCKED_GUILDS: '2' },
      { code: 'overruled', name: 'ALLOWED_GUILDS', by: 'BLOCKED_GUILDS' },
    ],
    // values
    [{ DISCORD_TOKEN: '"MTA.b.c"' }, { code: 'quoted-value', name: 'DISCORD_TOKEN' }],
    [{ TEMPLATES_DIR: "'templates'" }, { code: 'quoted-value', name: 'TEMPLATES_DIR' }],
    [{ DISCORD_TOKEN: 'your-token-here' }, { code: 'placeholder-value', name: 'DISCORD_TOKEN' }],
    [{ ADMIN_TOKEN: 'change-me-change-me' }, { code: 'placeholder-value', name: 'ADMIN_TOKEN' }],
    [{ ADMIN_TOKEN: 'aaaaaaaaaaaaaaaa' }, { code: 'guessable-value', name: 'ADMIN_TOKEN' }],
    [{ ADMIN_TOKEN: '1231231231231231' }, { code: 'guessable-value', name: 'ADMIN_TOKEN' }],
    // tokens in each other's places
    [
      { SLACK_BOT_TOKEN: 'xoxp-9', SLACK_APP_TOKEN: 'xapp-1' },
      { code: 'wrong-token', name: 'SLACK_BOT_TOKEN' },
    ],
    [
      { SLACK_BOT_TOKEN: 'xoxb-9', SLACK_APP_TOKEN: '0123456789abcdef0123456789abcdef' },
      { code: 'wrong-token', name: 'SLACK_APP_TOKEN', belongs: 'SLACK_SIGNING_SECRET' },
    ],
    [{ DISCORD_TOKEN: '123456789012345678' }, { code: 'wrong-token', name: 'DISCORD_TOKEN' }],
    [{ DISCORD_TOKEN: 'Bot MTA.b.c' }, { code: 'wrong-token', name: 'DISCORD_TOKEN' }],
    [{ DISCORD_TOKEN: 'f'.repeat(64) }, { code: 'wrong-token', name: 'DISCORD_TOKEN' }],
  ])('%j warns', (variables, warning) => {
    expect(warned(variables)).toEqual([warning]);
  });

  it('in a container is not that of the machine around it', () => {
    const ours = { COMFY_URL: 'http://127.0.0.1:8188', HOST: '0.0.0.0' };
    expect(warned(ours)).toEqual([]);
    expect(warned(ours, { at: 'container' })).toEqual([
      { code: 'loopback-in-container', name: 'COMFY_URL', host: '127.0.0.1:8188' },
    ]);
    expect(
      warned({ COMFY_URL: 'http://host.docker.internal:8188', HOST: '0.0.0.0' }, { at: 'container' }),
    ).toEqual([]);
    expect(warned({ HOST: '127.0.0.1' }, { at: 'container' })).toContainEqual({
      code: 'loopback-page-in-container',
      name: 'HOST',
    });
  });

  it('shows no value in a warning', () => {
    const secret = 'secret-0123456789';
    const found = warned({
      COMFY_KEY: secret,
      DISCORD_TOKEN: `"${secret}"`,
      ADMIN_TOKEN: `my-${secret}`,
      COMFY_URL: `http://user:${secret}@127.0.0.1:3000/api`,
      COMFY_API_KEY: secret,
    });
    expect(found.length).toBeGreaterThan(4);
    expect(JSON.stringify(found)).not.toContain(secret);
  });
});
