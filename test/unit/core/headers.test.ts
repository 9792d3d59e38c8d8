import { describe, expect, it } from 'vitest';
import { readHeaders, secretsInHeaders } from '../../../src/core/headers.ts';

describe('headers as an operator writes them', () => {
  it.each([
    ['Authorization: Bearer abc', { authorization: 'Bearer abc' }],
    ['  X-Gate :  a:b  ', { 'x-gate': 'a:b' }],
    ['A: 1\r\n\nB: 2\n', { a: '1', b: '2' }],
    ['{"CF-Access-Client-Id": "x.access", "B": " 2 "}', { 'cf-access-client-id': 'x.access', b: '2' }],
    ['Cookie: a=b; c=d', { cookie: 'a=b; c=d' }],
  ])('%j', (text, headers) => {
    expect(readHeaders(text)).toEqual(headers);
  });

  it.each([
    '',
    '{}',
    '{"a"',
    '{"a": 1}',
    '{"a": null}',
    '[["a","b"]]',
    'no colon',
    ': no name',
    'A:',
    'A: \u0007bell',
    'A: ünïcode \u{1f98a}',
    'a b: c',
    'A: 1\na: 2',
    'Host: elsewhere',
    'Content-Length: 0',
    'Transfer-Encoding: chunked',
    'Sec-WebSocket-Key: x',
    'Accept-Encoding: gzip',
    `A: ${'x'.repeat(8001)}`,
    Array.from({ length: 21 }, (_none, at) => `A${at}: x`).join('\n'),
  ])('%j is none', (text) => {
    expect(readHeaders(text)).toBeUndefined();
  });

  it('are secrets whole and in parts, but for what could be any word', () => {
    const basic = Buffer.from('me:open-sesame').toString('base64');
    const found = secretsInHeaders({
      authorization: `Basic ${basic}`,
      cookie: 'tenant=x; session=0123456789abcdef',
      'x-tenant': 'studio',
    });
    expect(found).toEqual(
      expect.arrayContaining([`Basic ${basic}`, basic, 'me:open-sesame', 'open-sesame', '0123456789abcdef']),
    );
    expect(found).not.toContain('studio');
    expect(found).not.toContain('x');
  });
});
