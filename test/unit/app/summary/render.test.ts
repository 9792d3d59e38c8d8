import { describe, expect, it } from 'vitest';
import { summaryFacts } from '../../../../src/app/summary/facts.ts';
import { summaryLines } from '../../../../src/app/summary/render.ts';
import { isReady, isWhole, type Origin, type Summary } from '../../../../src/core/summary.ts';
import { catalogue, languages } from '../../../../src/i18n/index.ts';
import { warnings as EACH } from '../../i18n/examples.ts';

const WELL: Summary = {
  version: '1.2.3',
  surroundings: 'shell',
  chats: [
    {
      platform: 'discord',
      connected: true,
      as: 'Easel#0042',
      guilds: 12,
      invite: 'https://discord.com/oauth2/authorize?client_id=1',
      notes: [],
    },
    { platform: 'slack', connected: true, as: 'easel', home: 'Acme', notes: [] },
  ],
  backend: {
    name: 'ComfyUI at 127.0.0.1:8188',
    sandbox: false,
    answers: true,
    version: '0.33.0',
    classes: 812,
    checkpoints: 1,
    diffusionModels: 3,
  },
  concurrency: 1,
  templates: { folder: 'templates', count: 4, broken: [] },
  page: { link: 'http://127.0.0.1:3000/enter?key=the-key', asksToken: false, host: '127.0.0.1' },
  data: { folder: 'data', total: 1.2e9, budget: 10e9, free: 80e9 },
  origins: [],
  warnings: [],
};
const broken = {
  code: 'template-broken',
  file: 'a/workflow.json',
  path: 'nodes.3',
  reason: { code: 'missing' },
} as const;
const unreachable = { code: 'backend-unreachable', backend: 'ComfyUI' } as const;

const lines = (summary: Summary, locale = 'en') =>
  summaryLines(summary, { words: catalogue(locale), heading: 'start' });

describe('the summary on a terminal', () => {
  it('says of each part who it is and how much it has', () => {
    expect(lines(WELL)).toEqual([
      'Easel 1.2.3',
      'Easel is ready. Open http://127.0.0.1:3000/enter?key=the-key in a browser.',
      '',
      '  ✓ Discord    Easel#0042 · in 12 servers',
      '               Add it to a server: https://discord.com/oauth2/authorize?client_id=1',
      '  ✓ Slack      easel · in Acme',
      '  ✓ Backend    ComfyUI at 127.0.0.1:8188 · version 0.33.0 · 812 node classes · 1 checkpoint · 3 diffusion models',
      '  ✓ Templates  4 from templates',
      '  ✓ Page       http://127.0.0.1:3000/enter?key=the-key',
      '  ✓ Data       data · 1.2 GB of 10 GB used · 80 GB free on the disk',
    ]);
  });

  it('says kindly what its account could do besides, which is no fault', () => {
    const account = { status: 'active', tier: 'CREATOR', credits: 7400, atOnce: 3 };
    const summary = { ...WELL, backend: { ...WELL.backend, account } };
    expect(isWhole(summary)).toBe(true);
    expect(lines(summary).join('\n')).toMatch(
      /✓ Backend .* · plan CREATOR · 7,400 credits\n +The account could run 3 at once; COMFY_CONCURRENCY is 1\. Raise it/,
    );
    expect(lines({ ...summary, concurrency: 3 }).join('\n')).not.toContain('at once');
  });

  it.each<[string, Partial<Summary>, ready: boolean, says: RegExp]>([
    [
      'nothing listens',
      { backend: { ...WELL.backend, answers: false, problem: unreachable, reason: 'ECONNREFUSED' } },
      false,
      /✗ Backend +ComfyUI at 127\.0\.0\.1:8188 does not answer \(nothing listens there\)\n +Check that it is running/,
    ],
    [
      'it has another certificate',
      {
        backend: {
          ...WELL.backend,
          answers: false,
          problem: unreachable,
          reason: 'SELF_SIGNED_CERT_IN_CHAIN',
        },
      },
      false,
      /certificate is not trusted; NODE_EXTRA_CA_CERTS/,
    ],
    [
      'the key is refused',
      {
        backend: {
          ...WELL.backend,
          answers: false,
          problem: { code: 'wrong-api-key', backend: 'Comfy Cloud' },
        },
      },
      false,
      /✗ Backend +ComfyUI at \S+ refused the API key.*\n +Put a valid key where COMFY_API_KEY is set/,
    ],
    [
      'its classes take long',
      { backend: { ...WELL.backend, classes: undefined, checkpoints: undefined } },
      true,
      /version 0\.33\.0 · its node classes are still being read/,
    ],
    [
      'a template is broken',
      { templates: { folder: 'templates', count: 3, broken: [broken] } },
      true,
      /! Templates +3 from templates\n +1 cannot be used:\n +a\/workflow\.json at nodes\.3: is missing/,
    ],
    ['there is none', { templates: { folder: 't', count: 0, broken: [] } }, false, /✗ Templates +0 from t/],
    [
      'a chat lacks a right',
      {
        chats: [
          {
            platform: 'slack',
            connected: true,
            notes: [{ code: 'scope-missing', platform: 'slack', scope: 'im:history' }],
          },
        ],
      },
      true,
      /! Slack +…\n +Slack doesn’t let me do that: the app lacks the scope "im:history"/,
    ],
    [
      'a chat is away',
      { chats: [{ platform: 'discord', connected: false, notes: [] }] },
      true,
      /✗ Discord +not connected yet/,
    ],
    [
      'its token is refused',
      {
        chats: [
          {
            platform: 'discord',
            connected: false,
            problem: { code: 'token-refused', platform: 'discord' },
            notes: [],
          },
        ],
        page: { asksToken: false, host: '0.0.0.0' },
      },
      false,
      /✗ Discord +Discord refused DISCORD_TOKEN/,
    ],
    [
      'the disk is full',
      { data: { folder: 'data', full: 'disk', free: 1e6 } },
      false,
      /✗ Data +data · 1 MB free on the disk\n/,
    ],
    [
      'the budget is nearly full',
      { data: { folder: 'data', nearly: 'budget', fixed: 9.5e9, budget: 10e9, total: 9.6e9 } },
      true,
      /! Data .*\n +The data folder is nearly full: 9\.5 GB of its 10 GB/,
    ],
    [
      'a name is misspelt',
      { warnings: [{ code: 'unknown-variable', name: 'DISCORD_TOKN', nearest: 'DISCORD_TOKEN' }] },
      true,
      /! Settings +DISCORD_TOKN isn’t one of.*Did you mean DISCORD_TOKEN\?\n +Settings are in \.env/,
    ],
    [
      'its account waits',
      { backend: { ...WELL.backend, account: { status: 'waitlisted' } } },
      true,
      /! Backend .*\n +The account is on the waiting list/,
    ],
    [
      'its account has no credits',
      { backend: { ...WELL.backend, account: { status: 'active', tier: 'PRO', credits: 0, atOnce: 5 } } },
      true,
      /! Backend .* · plan PRO · 0 credits\n +The account has no credits left/,
    ],
    [
      'more is given to its account at once than that runs',
      {
        concurrency: 5,
        backend: { ...WELL.backend, account: { tier: 'CREATOR', atOnce: 3 } },
        warnings: [{ code: 'concurrency-above-plan', name: 'COMFY_CONCURRENCY', given: 5, atOnce: 3 }],
      },
      true,
      /✓ Backend .* · plan CREATOR\n[^]*! Settings +COMFY_CONCURRENCY is 5, and the account runs 3 at once; the rest only waits there\. Set it to 3\./,
    ],
    [
      'its port is taken',
      { page: { ...WELL.page!, taken: 3000 } },
      false,
      /✗ Page +port 3000 on 127\.0\.0\.1 is taken/,
    ],
  ])('never says that it is ready when %s', (_what, part, ready, says) => {
    const summary = { ...WELL, ...part };
    const text = lines(summary).join('\n');
    expect(isReady(summary)).toBe(ready);
    expect(text).toMatch(says);
    expect(text.includes('Easel is ready')).toBe(isWhole(summary));
    expect(text).toMatch(
      ready ? /^Easel 1\.2\.3\nEasel (?:works, but|is ready)/ : /^Easel 1\.2\.3\nEasel runs, but it cannot/,
    );
    expect(summaryFacts(summary)).toMatchObject({ ready });
  });

  it('says that a page is off beside a chat, and minds it only where it is all that there is', () => {
    const page = { asksToken: false, host: '0.0.0.0' };
    expect(lines({ ...WELL, page }).join('\n')).toMatch(
      /^Easel 1\.2\.3\nEasel is ready\.\n[^]*\n {4}Page +off: others could open it/,
    );
    expect(lines({ ...WELL, page, chats: [] }).join('\n')).toMatch(/✗ Page +off/);
  });

  it.each(languages().map(({ tag }) => tag))('has all of it in %s, in columns', (tag) => {
    const all = lines(
      { ...WELL, warnings: EACH, templates: { folder: 't', count: 1, broken: [broken] } },
      tag,
    );
    expect(all.join('\n')).not.toMatch(/undefined|\[object|NaN/);
    const said = all.filter((line) => line.startsWith('  !'));
    // each of its own
    expect(new Set(said).size).toBe(EACH.length + 1);
    for (const { name } of EACH) expect(all.join('\n')).toContain(name);
    expect(all[1]).toBe(catalogue(tag).summary.partly(EACH.length + 1));
  });

  it('gives the advice once where the settings say the same', () => {
    const warning = { code: 'loopback-in-container', name: 'COMFY_URL', host: '127.0.0.1:8188' } as const;
    const backend = { ...WELL.backend, answers: false, problem: unreachable };
    const text = lines({ ...WELL, surroundings: 'container', backend, warnings: [warning] }).join('\n');
    expect(text.match(/host\.docker\.internal \(/g)).toHaveLength(1);
    expect(text).not.toContain('Check that it is running');
    expect(text).toContain('--env-file');
  });

  it('says where something was set, a doctor of all of it', () => {
    const origins: Origin[] = [
      { service: 'discord', from: 'page', overrules: false },
      { service: 'slack', from: 'environment', overrules: false },
      { service: 'comfy', from: 'environment', overrules: true },
    ];
    const start = lines({ ...WELL, origins }).join('\n');
    expect(start).toMatch(/✓ Discord[^✓]+\n +Set on its page, under “Connect”\.\n/);
    expect(start).toMatch(
      /✓ Slack +easel · in Acme\n {2}✓ Backend[^✓]+\n +Set in the environment, which wins/,
    );
    const doctor = summaryLines({ ...WELL, origins }, { words: catalogue('en'), heading: 'doctor' });
    expect(doctor.join('\n')).toMatch(/✓ Slack[^✓]+\n +Set in the environment\.\n/);
    // what cannot be used is no chat, and has a line all the same
    const problem = { code: 'secrets-unreadable' } as const;
    const unused: Summary = {
      ...WELL,
      chats: [],
      origins: [
        { service: 'discord', from: 'page', overrules: false, problem },
        { service: 'comfy', from: 'page', overrules: false, problem },
      ],
    };
    expect(lines(unused).join('\n')).toMatch(
      /✗ Discord +What was set on[^✓]+✗ Backend[^✓]+\n +What was set on/,
    );
    expect(isWhole(unused)).toBe(false);
  });

  it('paints marks, and nothing else', () => {
    const paint = (mark: string, sign: string) => `<${mark}>${sign}`;
    const painted = summaryLines(WELL, { words: catalogue('en'), heading: 'start', paint });
    expect(painted[3]).toBe('  <well>✓ Discord    Easel#0042 · in 12 servers');
  });
});

describe('the summary in the log', () => {
  it('is one line of JSON, with what each warning says, and without the key of the page', () => {
    const facts = summaryFacts({
      ...WELL,
      warnings: EACH,
      templates: { folder: 't', count: 1, broken: [broken] },
    });
    const text = JSON.stringify(facts);
    expect(text).not.toContain('the-key');
    expect(facts).toMatchObject({
      ready: true,
      marks: EACH.length + 1,
      version: '1.2.3',
      page: { address: 'http://127.0.0.1:3000', opens: 'npm run link prints its link' },
      chats: [
        { platform: 'discord', guilds: 12 },
        { platform: 'slack', home: 'Acme' },
      ],
      backend: { version: '0.33.0', classes: 812, checkpoints: 1 },
      templates: { broken: [{ file: 'a/workflow.json', path: 'nodes.3', says: expect.any(String) }] },
    });
    expect(facts['warnings']).toContainEqual({
      code: 'unknown-variable',
      name: 'DISCORD_TOKN',
      nearest: 'DISCORD_TOKEN',
      says: expect.stringContaining('Did you mean DISCORD_TOKEN?'),
    });
  });
});
