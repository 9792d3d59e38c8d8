import { describe, expect, it } from 'vitest';
import type { Problem, ProblemCode } from '../../../src/core/errors.ts';
import type { Rank } from '../../../src/core/rank.ts';
import { catalogue, languages, sentence } from '../../../src/i18n/index.ts';

const backend = 'Comfy Cloud';
/** One of each; a new code does not compile without its example. */
const EXAMPLES: { [Code in ProblemCode]: Omit<Extract<Problem, { code: Code }>, 'code'> } = {
  'unknown-template': { name: 'imagin', known: ['imagine'] },
  'bad-command': { detail: 'fox' },
  'unknown-slot': { slot: 'stepz', known: ['steps'] },
  'missing-value': { slot: 'prompt' },
  'not-a-number': { slot: 'steps', value: 'x', integer: true },
  'out-of-bounds': { slot: 'steps', value: '99', min: '1', max: '60' },
  'too-long': { slot: 'prompt', length: 11, maxLength: 10 },
  'not-a-choice': { slot: 'size', value: 'round', choices: ['wide', 'tall'] },
  'choice-unclear': { slot: 'model', value: 'dream', choices: ['dream.ckpt', 'dreamer.ckpt'] },
  'model-unlike': {
    slot: 'model',
    value: 'sd3.5_large.safetensors',
    family: 'SD 3',
    families: ['SDXL', 'SD 1.5', 'Flux'],
  },
  'choice-missing': { slot: 'model', value: 'xl.safetensors', choices: ['mine.safetensors'] },
  'not-a-boolean': { slot: 'hires', value: 'maybe' },
  'not-text': { slot: 'prompt' },
  'not-an-image': { slot: 'image', name: 'a.txt' },
  'image-too-large': { slot: 'image', size: 30_000_000, maxSize: 26_214_400 },
  'image-too-many-pixels': { slot: 'image', width: 9, height: 9, maxPixels: 64_000_000 },
  'image-unreachable': { slot: 'image', name: 'a.png' },
  'not-such-a-file': { slot: 'clip', type: 'image', name: 'a.txt', formats: ['MP4', 'WebM'] },
  'attached-too-large': { slot: 'clip', type: 'image', size: 3e7, maxSize: 2.6e7 },
  'attached-unreachable': { slot: 'clip', type: 'image', name: 'a.mp4' },
  'template-broken': { file: 'a/template.json', path: 'slots.a', detail: 'no node 9' },
  'ui-format-workflow': { file: 'a/workflow.json' },
  'empty-file': { file: 'a.json' },
  'file-too-large': { file: 'a.json', maxSize: 4_194_304 },
  'not-a-workflow-file': { file: 'a.jpg', found: 'JPEG' },
  'not-a-template-file': { file: 'a.json' },
  'picture-without-workflow': { file: 'a.png' },
  'picture-damaged': { file: 'a.png' },
  'template-as-workflow': { file: 'template.json' },
  'not-a-workflow': { file: 'a.json', found: 'list' },
  'invalid-json': { file: 'a.json', line: 3, column: 7, cutOff: false },
  'json-too-complex': { file: 'a.json', limit: 'depth', max: 64 },
  'too-many-nodes': { file: 'a.json', count: 6000, max: 5000 },
  'workflow-circle': { file: 'a.json', nodes: ['KSampler (3)', 'VAEDecode (8)'] },
  'no-such-template': { name: 'fox' },
  'no-such-draft': {},
  'no-such-version': { name: 'fox', version: '9', known: [1, 2] },
  'bad-name': { name: 'Fox!' },
  'reserved-name': { name: 'settings' },
  'name-taken': { name: 'fox' },
  'overrides-builtin': { name: 'imagine' },
  'builtin-template': { name: 'imagine' },
  'bad-description': { length: 101, max: 100 },
  'bad-language': { language: 'klingon' },
  'too-many-languages': { max: 40 },
  'words-missing': { language: 'zh-TW', parts: ['/fox', 'steps'] },
  'words-cut': { language: 'ja', part: '/fox', length: 120, max: 100 },
  'name-taken-in-language': { language: 'ja', name: '画像' },
  'slot-exists': { slot: 'seed' },
  'slot-broken': { slot: 'steps', field: 'min', detail: 'write a number' },
  'not-an-input': { node: 'KSampler', input: 'model' },
  'too-many-slots': { count: 26, max: 25 },
  'too-many-templates': { max: 100 },
  'description-cut': { length: 150, max: 100 },
  'many-choices': { slot: 'model', count: 300, max: 25 },
  'slots-typed-only': { name: 'imagine', slots: ['steps', 'cfg'], max: 25 },
  'two-images': { slot: 'style', first: 'image' },
  'no-trial-file': { slot: 'clip', type: 'image' },
  'no-output-nodes': {},
  'outputs-unseen': { nodes: ['Save Checkpoint'], all: true },
  'trial-bare': {},
  'value-unavailable': { slot: 'model', node: 'Load Checkpoint', input: 'ckpt_name', value: 'a.safetensors' },
  'values-unavailable': {
    values: [
      { node: 'Load VAE', input: 'vae_name', value: 'a.pt' },
      { slot: 'lora', node: 'Load LoRA', input: 'lora_name', value: 'b.pt' },
    ],
  },
  'nothing-to-pick': { slot: 'model', input: 'ckpt_name' },
  'foreign-file': { slot: 'image', node: 'Load Image', value: 'image.png' },
  'backend-unasked': { backend },
  'not-publishable': { findings: [{ code: 'bad-description', length: 0, max: 100 }] },
  'template-unfit': { name: 'fox', findings: [{ code: 'missing-node', node: 'Foo' }] },
  'template-disabled': { name: 'fox' },
  'commands-refused': {},
  'not-in-menu': { platform: 'discord', names: ['fox', 'wolf'] },
  'options-left-out': { name: 'imagine', slots: ['steps', 'cfg'] },
  'not-an-admin': {},
  banned: {},
  outsider: {},
  'not-your-role': {},
  'not-this-channel': { channels: ['1'] },
  'not-for-you': { name: 'fox' },
  'not-here': { name: 'fox' },
  'age-restricted': { name: 'fox' },
  'blocked-word': { slot: 'prompt' },
  'not-served-here': {},
  'blocked-by-operator': {},
  'direct-messages-off': {},
  'user-installs-off': {},
  'not-taking-jobs': {},
  'partner-nodes': { nodes: ['Kling Video', 'Veo 3'], allowed: false },
  'settings-damaged': {},
  'setting-not-a-number': { setting: 'guildJobs', value: 'x', min: 1, max: 100 },
  'setting-too-long': { setting: 'blockedWords', max: 500 },
  'setting-changed': { setting: 'language', value: 'ja' },
  'setting-unknown': { setting: 'language', value: 'xx', known: ['en'] },
  'file-unreachable': { file: 'a.json' },
  'user-waiting-cap': { cap: 10 },
  'guild-waiting-cap': { cap: 1 },
  'person-waiting-cap': { cap: 20 },
  'everybody-waiting-cap': {},
  'setting-above-maximum': { setting: 'guildJobs', value: '50', max: 2 },
  'too-many-drafts': { max: 20 },
  'drafts-too-large': { maxSize: 32_000_000 },
  'shutting-down': {},
  'token-refused': { platform: 'discord' },
  'set-in-environment': { setting: 'DISCORD_TOKEN' },
  'connection-value': { setting: 'COMFY_URL' },
  'connection-needs': { setting: 'SLACK_APP_TOKEN' },
  'key-again': { setting: 'COMFY_API_KEY' },
  'admin-token-needed': {},
  'secrets-unreadable': {},
  'which-job': { titles: ['a red fox', 'a blue fox'] },
  'scope-missing': { platform: 'slack', scope: 'files:write' },
  'direct-messages-unheard': { platform: 'slack', scope: 'im:history' },
  'form-expired': {},
  'words-blocked': {},
  'bad-request': {},
  'request-too-large': { maxSize: 33554432 },
  'too-many-pages': { max: 50 },
  'file-gone': {},
  'stars-full': {},
  'no-such-job': {},
  'not-your-job': {},
  'already-ended': {},
  'nothing-to-cancel': {},
  'again-needs-picture': { slot: 'image' },
  'again-needs-file': { slot: 'clip', type: 'image' },
  'store-failed': {},
  'record-unreadable': {},
  'delivery-failed': {},
  'data-full': {},
  'too-heavy': { ref: '0b3a6c1e-1111-4222-8333-444455556666' },
  'backend-unreachable': { backend },
  'backend-timeout': { backend },
  'backend-broken': { backend, status: 502 },
  'wrong-api-key': { backend },
  'login-refused': { backend, fault: 'login-refused' },
  'no-credits': { backend },
  'subscription-inactive': { backend },
  'chat-unreachable': { platform: 'discord' },
  'chat-away': { platform: 'slack' },
  'chat-login-later': { platform: 'discord', until: 1_700_000_000_000, failed: 3 },
  'disk-nearly-full': { free: 400_000_000 },
  'backend-forbids': { backend },
  'held-too-long': { backend, hours: 12 },
  'backend-busy': { backend },
  'too-large-for-backend': { backend },
  'upload-misplaced': { slot: 'image', node: 'Load Image', name: 'image.png [output]' },
  'missing-node': { node: 'Foo' },
  'missing-nodes': { nodes: ['Foo', 'Bar'] },
  'model-missing': { input: 'ckpt_name', value: 'a.safetensors' },
  'workflow-refused': { detail: 'no' },
  'run-failed': { node: 'KSampler', detail: 'no' },
  'out-of-memory': { node: 'KSampler' },
  'model-download-failed': { detail: 'no' },
  'image-download-failed': { detail: 'no' },
  interrupted: {},
  'run-lost': { backend },
  'run-untold': { backend, word: 'dispatching' },
  'backend-crashed': { backend, words: 'PanicError' },
  'run-too-long': { minutes: 120 },
  'no-outputs': {},
  'pictures-missed': { node: 'To the app', got: 1, of: 2, why: 'lost' },
  'output-gone': { name: 'a.png' },
  'output-too-large': { name: 'a.png', maxSize: 1_000_000 },
  internal: { ref: 'abc' },
};
const examples = Object.entries(EXAMPLES).map(([code, facts]) => ({ code, ...facts }) as Problem);
const words = catalogue('en-US');

describe.each(languages())('in $name, the sentence for', ({ tag }) => {
  const said = (problem: Problem) => sentence(catalogue(tag), problem, 'person');

  it.each(examples)('$code is one that a person can read', (problem) => {
    expect(said(problem)).toMatch(tag === 'en' ? /^[\p{Lu}\d"/a].{10,}/u : /^.{5,}/u);
    expect(said(problem)).not.toMatch(/undefined|null|NaN|\[object|\$\{/);
  });

  it.each(examples.filter((problem) => 'slot' in problem))('$code names the slot', (problem) => {
    expect(said(problem)).toContain('slot' in problem ? problem.slot : '');
  });

  it('every problem stays short whatever somebody typed', () => {
    for (const problem of examples) {
      const kept = ['unknown-template', 'template-broken', 'bad-command'].includes(problem.code);
      const typed = kept ? ['value'] : ['value', 'detail', 'node', 'name'];
      const long = Object.fromEntries(
        Object.entries(problem).map(([key, value]) => [key, typed.includes(key) ? 'x '.repeat(5000) : value]),
      ) as Problem;
      expect(said(long).length, problem.code).toBeLessThan(600);
    }
  });
});

it('a fault of another version leaves the sentence of its problem', () => {
  const known = { code: 'backend-unreachable', backend } as const;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as it was stored by a version after this one
  const later = { ...known, fault: 'toString' } as unknown as Problem;
  for (const reader of ['person', 'admin', 'operator'] as const)
    expect(sentence(words, later, reader)).toBe(sentence(words, known, reader));
});

describe('languages', () => {
  const others = languages().filter(({ tag }) => tag !== 'en');

  /** Of languages that are not written in Latin letters. */
  const SCRIPTS: Record<string, RegExp> = {
    ja: /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u,
    ko: /\p{sc=Hangul}/u,
    zh: /\p{sc=Han}/u,
  };

  it.each(others)('$name has every sentence in its own words and script', ({ tag }) => {
    const foreign = examples.filter((problem) => {
      const said = sentence(catalogue(tag), problem, 'person');
      return said === sentence(words, problem, 'person') || SCRIPTS[tag]?.test(said) === false;
    });
    // it only says where, and what the file says
    expect(foreign.filter(({ code }) => code !== 'template-broken')).toEqual([]);
  });

  it.each([
    ['ja', 'ja'],
    ['zh-CN', 'zh'],
    ['zh-Hans-SG', 'zh'],
    ['zh-TW', 'en'],
    ['zh-HK', 'en'],
    ['ko', 'ko'],
    ['ja_JP', 'ja'],
    ['fr', 'en'],
    ['en-GB', 'en'],
    ['', 'en'],
    ['constructor', 'en'],
  ])('of the locale "%s" is %s', (locale, tag) => {
    expect(catalogue(locale)).toBe(catalogue(tag));
  });
});

describe('advice', () => {
  /** Somebody is told to turn to an admin, or to who runs Easel. */
  const ASKS: Record<string, RegExp> = {
    en: /(ask|tell) (an admin|them|the person who runs me)|An admin (needs|should)/,
    ja: /管理者(が|に(確認|依頼|知らせ))|運営者に/,
    ko: /관리자가|관리자에게 (문의|물어|알려|설치)|운영자에게/,
    zh: /需要管理员|(联系|请|问)管理员|请告知|告知这个|联系运营者/,
  };
  /** What no admin is told: they are never kept out so. */
  const NEVER: readonly ProblemCode[] = [
    'outsider',
    'not-your-role',
    'not-this-channel',
    'blocked-by-operator',
    'not-publishable',
    'template-unfit',
  ];

  describe.each(languages())('in $name', ({ tag }) => {
    const asking = (rank: Rank) =>
      examples
        .filter(({ code }) => !NEVER.includes(code))
        .filter((problem) => ASKS[tag]?.test(sentence(catalogue(tag), problem, rank)))
        .map(({ code }) => code);

    it('sends no admin to an admin, and who runs Easel to nobody', () => {
      expect(asking('admin')).toEqual([]);
      expect(asking('operator')).toEqual([]);
      expect(asking('person').length).toBeGreaterThan(10);
    });

    it('is given within what explains a problem, too', () => {
      const unfit: Problem = {
        code: 'template-unfit',
        name: 'fox',
        findings: [{ code: 'missing-node', node: 'A' }],
      };
      expect(sentence(catalogue(tag), unfit, 'admin')).not.toMatch(ASKS[tag] ?? '');
      expect(sentence(catalogue(tag), unfit, 'admin')).toContain('/template edit fox');
    });
  });
});

describe('the sentence for', () => {
  it('bounds says which there are', () => {
    const said = (bounds: { min?: string; max?: string }) =>
      sentence(words, { code: 'out-of-bounds', slot: 's', value: '5', ...bounds }, 'person');
    expect(said({ min: '1', max: '4' })).toContain('between 1 and 4');
    expect(said({ min: '6' })).toContain('at least 6');
    expect(said({ max: '4' })).toContain('at most 4');
  });

  it.each(languages())('a refused token names it where the platform has several: $name', ({ tag }) => {
    const said = (platform: string) =>
      sentence(catalogue(tag), { code: 'token-refused', platform }, 'person');
    expect(said('discord')).toContain('DISCORD_TOKEN');
    expect(said('slack')).toContain('SLACK_BOT_TOKEN');
    expect(said('another')).toContain('another');
  });

  it('a list shows some and counts the rest', () => {
    const choices = Array.from({ length: 40 }, (_none, n) => `c${n}`);
    const said = sentence(words, { code: 'not-a-choice', slot: 's', value: 'x', choices }, 'person');
    expect(said).toContain('c11');
    expect(said).not.toContain('c12');
    expect(said).toContain('28 more');
  });
});
