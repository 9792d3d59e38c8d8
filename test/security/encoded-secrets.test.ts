/** Secrets are recognised in the forms that others print them in: in logs, and in what is shown. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blotter } from '../../src/core/secrets.ts';
import { readConfig, secretsOf } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import { withoutSecrets } from '../../src/platforms/web/operator/secrets.ts';

const MARK = '…';
const lower = (text: string) => text.replaceAll(/%[\dA-F]{2}/g, (hex) => hex.toLowerCase());
const base64 = (text: string) => Buffer.from(text).toString('base64');
const base64url = (text: string) => Buffer.from(text).toString('base64url');

const FORMS: [string, (secret: string) => string][] = [
  ['itself', (secret) => secret],
  ['encodeURIComponent', encodeURIComponent],
  ['encodeURIComponent in lower case', (secret) => lower(encodeURIComponent(secret))],
  ['encodeURI', encodeURI],
  ['a form', (secret) => String(new URLSearchParams({ x: secret })).slice(2)],
  ['JSON', (secret) => JSON.stringify(secret).slice(1, -1)],
  ['base64', base64],
  ['base64 without its end', (secret) => base64(secret).replaceAll('=', '')],
  ['base64url', base64url],
];

const secrets = fc
  .string({ minLength: 8, maxLength: 40, unit: 'grapheme' })
  .filter((text) => text.isWellFormed());

describe('A secret', () => {
  it.each(FORMS)('is blotted out as %s', (_name, form) => {
    fc.assert(
      fc.property(secrets, (secret) => {
        expect(blotter([secret], MARK)(`before ${form(secret)} after`)).toBe(`before ${MARK} after`);
      }),
    );
  });

  it.each([
    ['base64', base64],
    ['base64url', base64url],
  ])('is blotted out in the middle of %s, wherever it begins', (_name, form) => {
    const ascii = fc.string({ minLength: 9, maxLength: 40 }).filter((text) => /^[\x21-\x7e]+$/.test(text));
    fc.assert(
      fc.property(
        ascii,
        fc.string({ maxLength: 12 }),
        fc.string({ maxLength: 12 }),
        (secret, before, after) => {
          const text = blotter([secret], MARK)(form(before + secret + after));
          expect(text).toContain(MARK);
          // of what is left nobody gets more than its ends
          const left = text.split(MARK).map((part) => Buffer.from(part, 'base64').toString('latin1'));
          for (const part of left) expect(part).not.toContain(secret.slice(1, -1));
        },
      ),
    );
  });

  it('is left alone where it is not', () => {
    const text = 'c29tZSB0ZXh0 %2F a/b?c=d {"a":"b"} 0123456789';
    expect(blotter(['a-secret-of-some-length', undefined, ''], MARK)(text)).toBe(text);
  });

  it('leaves nothing of a longer one', () => {
    expect(blotter(['abcdefgh', 'abcdefgh-and-more'], MARK)('x abcdefgh-and-more y')).toBe(`x ${MARK} y`);
  });
});

describe('What is configured', () => {
  const values = {
    DISCORD_TOKEN: 'MTIz.abc/d+e.f~g=h',
    COMFY_API_KEY: 'comfy key/with+odd "signs"',
    ADMIN_TOKEN: 'an admin token & more',
    COMFY_URL: 'https://ann:p%40ss%2Fword!@comfy.example',
  };
  const given = secretsOf(readConfig(values));
  const plain = [
    values.DISCORD_TOKEN,
    values.COMFY_API_KEY,
    values.ADMIN_TOKEN,
    'p@ss/word!',
    'ann:p@ss/word!',
  ];

  it.each(FORMS)('is neither in a log nor on a page as %s', (_name, form) => {
    const lines: string[] = [];
    const log = createLog({
      level: 'info',
      secrets: given,
      destination: { write: (line: string) => void lines.push(line) },
    });
    for (const secret of plain) {
      log.warn({ url: `https://x/y/${form(secret)}`, err: new Error(form(secret)) }, form(secret));
      const shown = withoutSecrets(`it said ${form(secret)} there`, blotter(given, MARK));
      expect(shown).not.toContain(form(secret));
      expect(shown).toMatch(/^it said .*there$/);
    }
    for (const line of lines) expect(() => JSON.parse(line) as unknown).not.toThrow();
    const text = lines.map((line) => JSON.stringify(JSON.parse(line))).join('\n');
    for (const secret of plain)
      for (const part of [form(secret), JSON.stringify(form(secret)).slice(1, -1)])
        expect(text).not.toContain(part);
  });
});
