import { describe, expect, it } from 'vitest';
import {
  comfyHeaders,
  ConfigError,
  pageAccess,
  readConfig,
  secretsOf,
  terminalLocale,
} from '../../src/config.ts';

const DEFAULTS = {
  COMFY_CONCURRENCY: 1,
  GUILD_CONCURRENCY: 2,
  USER_CONCURRENCY: 1,
  TOTAL_WAITING: 100_000,
  TOTAL_INPUT_GB: 5,
  HOLD_HOURS: 12,
  RUN_LIMIT_MINUTES: 120,
  TEMPLATES_DIR: 'templates',
  DATA_DIR: 'data',
  HOST: '127.0.0.1',
  PORT: 3000,
  PLAYGROUND: 'on',
  LOG_LEVEL: 'info',
  DIRECT_MESSAGES: 'on',
  USER_INSTALLS: 'on',
  LINK_DAYS: 7,
};

function refusal(environment: Record<string, string>): ConfigError {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('it was accepted');
}

describe('the environment', () => {
  it('may be empty: then everything has its default', () => {
    expect(readConfig({})).toEqual(DEFAULTS);
  });

  it('takes an empty value for an absent one', () => {
    const names = ['DISCORD_TOKEN', 'COMFY_URL', 'STORE_URL', 'DISCORD_API_URL', ...Object.keys(DEFAULTS)];
    expect(readConfig(Object.fromEntries(names.map((name) => [name, ''])))).toEqual(DEFAULTS);
  });

  it('is read as it is meant', () => {
    const given = {
      COMFY_URL: 'https://cloud.comfy.org',
      PORT: '0',
      COMFY_CONCURRENCY: '5',
      LOG_LEVEL: 'debug',
      IGNORED: 'x',
    };
    expect(readConfig(given)).toEqual({
      ...DEFAULTS,
      ...given,
      PORT: 0,
      COMFY_CONCURRENCY: 5,
      IGNORED: undefined,
    });
  });

  it('takes what the backend is and what is in front of it, as they are written', () => {
    const given = {
      COMFY_URL: 'http://gpu:8188',
      COMFY_DIALECT: 'comfyui',
      COMFY_HEADERS: 'X-Gate: open-sesame',
    };
    const config = readConfig({ ...given, COMFY_PARTNER_KEY: 'pays-for-partners' });
    expect(config).toMatchObject(given);
    expect(comfyHeaders(config)).toEqual({ 'x-gate': 'open-sesame' });
    expect(secretsOf(config)).toEqual(expect.arrayContaining(['open-sesame', 'pays-for-partners']));
    expect(refusal({ COMFY_DIALECT: 'v2' }).message).toContain(
      'COMFY_DIALECT must be auto, comfyui or cloud',
    );
    expect(refusal({ COMFY_HEADERS: 'open-sesame' }).message).toMatch(/^COMFY_HEADERS must be lines/);
    expect(refusal({ COMFY_HEADERS: 'open-sesame' }).message).not.toContain('sesame');
  });

  it.each([
    { COMFY_URL: 'http://me:word@gpu:8188', COMFY_HEADERS: 'Authorization: Bearer open-sesame' },
    { COMFY_URL: 'http://gpu:8188', COMFY_API_KEY: 'one-key', COMFY_HEADERS: 'x-api-key: another-key' },
  ])('takes one password for one thing: %o', (environment) => {
    expect(refusal(environment).message).toContain('one of them is enough');
  });

  it("takes hosts of the backend's files, with a port or without, and nothing else", () => {
    const COMFY_FILE_HOSTS = 'minio.lan:9000, 10.0.0.6 [fd00::1]:80';
    expect(readConfig({ COMFY_FILE_HOSTS }).COMFY_FILE_HOSTS).toEqual([
      'minio.lan:9000',
      '10.0.0.6',
      '[fd00::1]:80',
    ]);
    for (const wrong of ['http://minio.lan', 'minio.lan/x', 'a@minio.lan', 'fd00::1', 'minio.lan:99999', '*'])
      expect(refusal({ COMFY_FILE_HOSTS: wrong }).lines).toEqual([
        'COMFY_FILE_HOSTS must be a list of HOST or HOST:PORT, with commas between',
      ]);
  });

  it('takes several operators, and no name that is none', () => {
    const OPERATORS = 'discord:123456789012345678, slack:T012AB/U34CD';
    expect(readConfig({ OPERATORS }).OPERATORS).toEqual(['discord:123456789012345678', 'slack:T012AB/U34CD']);
    for (const wrong of ['discord:me', 'slack:U34CD', '123456789012345678', 'web:1', 'discord:1,slack:T1/U1'])
      expect(refusal({ OPERATORS: wrong }).lines).toEqual([
        'OPERATORS must be a list of discord:ID and slack:TEAM/USER, with commas between',
      ]);
  });

  it('takes a budget of the data folder in decimals, and none below 1 GB', () => {
    expect(readConfig({}).DATA_BUDGET_GB).toBeUndefined();
    expect(readConfig({ DATA_BUDGET_GB: ' ' }).DATA_BUDGET_GB).toBeUndefined();
    expect(readConfig({ DATA_BUDGET_GB: '2.5' }).DATA_BUDGET_GB).toBe(2.5);
    for (const DATA_BUDGET_GB of ['0.5', '0', '-1', '10 GB', 'Infinity', '1e9'])
      expect(refusal({ DATA_BUDGET_GB }).lines).toEqual([
        'DATA_BUDGET_GB must be a number from 1 to 1000000',
      ]);
  });

  it('with bad values names every one of them at once, and shows none', () => {
    const bad = {
      PORT: '99999-secret',
      COMFY_CONCURRENCY: '0',
      GUILD_CONCURRENCY: '1.5',
      USER_CONCURRENCY: 'secret',
      COMFY_URL: 'secret',
      DISCORD_API_URL: 'ftp://secret',
      STORE_URL: 'postgres://user:secret@host/db',
      ADMIN_TOKEN: 'short-secret',
      PLAYGROUND: 'secret',
      LOG_LEVEL: 'secret',
    };
    const { lines, message } = refusal(bad);
    expect(new Set(lines.map((line) => line.split(' ')[0]))).toEqual(new Set(Object.keys(bad)));
    expect(message).not.toMatch(/secret|undefined|NaN/);
  });

  it.each([
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['COMFY_URL', 'http://'],
    ['COMFY_URL', 'http://:8188'],
    ['COMFY_URL', 'localhost:8188'],
    ['COMFY_URL', 'http://127.0.0.1:0'],
    ['COMFY_URL', 'http://127.0.0.1:81888'],
    ['COMFY_CONCURRENCY', '101'],
    ['COMFY_CONCURRENCY', 'Infinity'],
    ['GUILD_CONCURRENCY', '0'],
    ['LINK_DAYS', '0'],
    ['LINK_DAYS', '366'],
    ['LINK_DAYS', '1.5'],
    ['TRUSTED_PROXIES', 'localhost'],
    ['TRUSTED_PROXIES', '10.0.0.0/33'],
    ['TRUSTED_PROXIES', '10.0.0.1, ::1/129'],
    ['TRUSTED_PROXIES', '10.0.0.0/8/8'],
    ['TRUSTED_PROXIES', '10.0.0.0/'],
  ])('refuses %s=%s', (name, value) => {
    expect(refusal({ [name]: value }).lines[0]).toMatch(new RegExp(`^${name} `));
  });

  it.each([
    ['https://easel.example', 'https://easel.example'],
    ['https://easel.example/', 'https://easel.example'],
    ['HTTP://Easel.Example:8080/a/Bot_1/', 'http://easel.example:8080/a/Bot_1'],
    ['https://easel.example:443/bot', 'https://easel.example/bot'],
    ['https://[2001:db8::1]/a/../b', 'https://[2001:db8::1]/b'],
    ['https://bücher.example', 'https://xn--bcher-kva.example'],
  ])('takes the public address %s as %s', (PUBLIC_URL, read) => {
    expect(readConfig({ PUBLIC_URL }).PUBLIC_URL).toBe(read);
  });

  it.each([
    ['easel.example', 'must be a URL that begins with http:// or https://'],
    ['ftp://easel.example', 'must be a URL that begins with http:// or https://'],
    ['https://secret@easel.example', 'must hold no user and no password'],
    ['https://a:secret@easel.example/', 'must hold no user and no password'],
    ['https://easel.example/?secret', 'must end with its path: no ? and no #'],
    ['https://easel.example/#', 'must end with its path: no ? and no #'],
    ['https://easel.example/a//b', 'must have a path of letters, digits and - . _ ~ only'],
    ['https://easel.example/*', 'must have a path of letters, digits and - . _ ~ only'],
    ['https://easel.example/a%2fb', 'must have a path of letters, digits and - . _ ~ only'],
    ['https://easel.example/secret>|', 'must have a path of letters, digits and - . _ ~ only'],
  ])('refuses the public address %s, saying why', (PUBLIC_URL, why) => {
    expect(refusal({ PUBLIC_URL }).lines).toEqual([`PUBLIC_URL ${why}`]);
  });

  it('reads which proxies are trusted', () => {
    const { TRUSTED_PROXIES } = readConfig({ TRUSTED_PROXIES: ' 10.0.0.0/8,::1  192.0.2.1 ' });
    expect(TRUSTED_PROXIES).toEqual(['10.0.0.0/8', '::1', '192.0.2.1']);
  });

  it('knows which of its values are secret', () => {
    const config = readConfig({
      DISCORD_TOKEN: 'd',
      SLACK_BOT_TOKEN: 'b',
      SLACK_APP_TOKEN: 's',
      SLACK_SIGNING_SECRET: 'g',
      COMFY_API_KEY: 'k',
      COMFY_URL: 'http://user:pass%2Fword@x',
      ADMIN_TOKEN: 'a-token-of-24-characters',
    });
    const secrets = [
      'a-token-of-24-characters',
      'b',
      'd',
      'g',
      'k',
      'pass%2Fword',
      'pass/word',
      's',
      'user:pass/word',
    ];
    expect(secretsOf(config).toSorted()).toEqual(secrets);
    expect(secretsOf(readConfig({}))).toEqual([]);
    const onlyUser = secretsOf(readConfig({ COMFY_URL: 'http://key-0123@x' }));
    expect(new Set(onlyUser)).toEqual(new Set(['key-0123']));
  });
});

describe('the language of a terminal', () => {
  it.each([
    [{}, 'en'],
    [{ LANG: 'C.UTF-8' }, 'en'],
    [{ LANG: 'POSIX' }, 'en'],
    [{ LANG: '' }, 'en'],
    [{ LANG: 'ja_JP.UTF-8' }, 'ja-JP'],
    [{ LANG: 'de_DE@euro', LC_MESSAGES: 'ko_KR' }, 'ko-KR'],
    [{ LANG: 'en_US.UTF-8', LC_ALL: 'zh_CN.GB18030', LC_MESSAGES: 'ja' }, 'zh-CN'],
    [{ LANG: '../../x' }, 'en'],
  ])('with %j is %s', (variables, tag) => {
    expect(terminalLocale(variables)).toBe(tag);
  });
});

describe('the page in the browser', () => {
  const ADMIN_TOKEN = 'sixteen-of-these';
  const socket = { SLACK_BOT_TOKEN: 'b', SLACK_APP_TOKEN: 'a' };
  const http = { SLACK_BOT_TOKEN: 'b', SLACK_SIGNING_SECRET: 's' };

  it.each([
    [{}, 'local'],
    [{ HOST: 'localhost' }, 'local'],
    [{ HOST: '::1' }, 'local'],
    [{ HOST: '127.9.9.9' }, 'local'],
    [{ DISCORD_TOKEN: 'd', ...socket }, 'local'],
    [{ ...socket, ...http }, 'local'],
    [{ HOST: '0.0.0.0' }, 'closed'],
    [{ HOST: '::' }, 'closed'],
    [{ HOST: '127.example' }, 'closed'],
    [{ HOST: '192.168.1.2', DISCORD_TOKEN: 'd' }, 'closed'],
    [http, 'closed'],
    [{ ADMIN_TOKEN }, 'token'],
    [{ ADMIN_TOKEN, HOST: '0.0.0.0' }, 'token'],
    [{ ADMIN_TOKEN, ...http }, 'token'],
  ])('with %j is %s', (environment, access) => {
    expect(pageAccess(readConfig(environment))).toBe(access);
  });

  it('takes no token that could be guessed', () => {
    expect(refusal({ ADMIN_TOKEN: 'fifteen-of-them' }).lines).toEqual([
      'ADMIN_TOKEN must have at least 16 characters',
    ]);
  });
});
