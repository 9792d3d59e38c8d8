import { describe, expect, it } from 'vitest';
import { answerTo, attachment } from '../../../src/core/served-file.ts';
import { NASTY } from '../../security/nasty-names.ts';

const etag = '"abc-10"';
const get = (
  headers: { range?: string; ifRange?: string; ifNoneMatch?: string },
  size = 10,
  method = 'GET',
) => answerTo({ method, ...headers }, size, etag);

describe('a file over HTTP', () => {
  it('is whole without a range, and has its version', () => {
    expect(get({})).toEqual({
      status: 200,
      part: { start: 0, end: 9 },
      headers: { 'accept-ranges': 'bytes', 'content-length': '10', etag },
    });
  });

  it('goes on where it was broken off only as the same version', () => {
    expect(get({ range: 'bytes=4-', ifRange: etag })).toMatchObject({
      status: 206,
      part: { start: 4, end: 9 },
    });
    for (const ifRange of ['"other"', `W/${etag}`, 'Fri, 27 Nov 2026 18:00:00 GMT', ''])
      expect(get({ range: 'bytes=4-', ifRange })).toMatchObject({ status: 200, part: { start: 0, end: 9 } });
    // without a version of ours nobody can mean the same
    const unversioned = answerTo({ method: 'GET', range: 'bytes=4-', ifRange: etag }, 10);
    expect(unversioned).toMatchObject({ status: 200, headers: {} });
    expect(unversioned.headers).not.toHaveProperty('etag');
  });

  it('is not sent to who has it', () => {
    for (const ifNoneMatch of [etag, `W/${etag}`, `"x", ${etag}`])
      expect(get({ ifNoneMatch })).toMatchObject({ status: 304, part: undefined });
    expect(get({ ifNoneMatch: '"x"' }).status).toBe(200);
  });

  it('is told of without bytes, ranges or not', () => {
    for (const range of [undefined, 'bytes=0-3', 'bytes=99-'])
      expect(get(range === undefined ? {} : { range }, 10, 'HEAD')).toMatchObject({
        status: 200,
        part: undefined,
        headers: { 'content-length': '10' },
      });
  });

  it.each([
    `bytes=${'0-0,'.repeat(1000)}0-0`,
    'bytes=0-0,5-6',
    'bytes=--1',
    'bytes=-',
    'bytes=1e3-',
    'bytes=0x1-',
    'bytes= 0-1',
    `bytes=${'9'.repeat(16)}-`,
    'octets=0-1',
  ])('is whole for a range that is none: %.30s', (range) => {
    expect(get({ range })).toMatchObject({ status: 200, part: { start: 0, end: 9 } });
  });

  it('without bytes has none to give', () => {
    expect(get({}, 0)).toMatchObject({ status: 200, part: undefined, headers: { 'content-length': '0' } });
    for (const range of ['bytes=0-', 'bytes=-5', 'bytes=0-0'])
      expect(get({ range }, 0)).toMatchObject({
        status: 416,
        part: undefined,
        headers: { 'content-range': 'bytes */0' },
      });
  });
});

describe('the name in a header', () => {
  it.each([
    ['fox.mp4', 'fox.mp4'],
    ['狐 [1].png', '狐 [1].png'],
    ['../../etc/passwd', '_.._etc_passwd'],
    [String.raw`C:\x\a.exe`, 'C__x_a.exe'],
    ['.htaccess', 'htaccess'],
    ['a\r\nset-cookie: x=1', 'a set-cookie_ x=1'],
    ['invoice\u202Efdp.exe', 'invoicefdp.exe'],
    ["a'b(c)*!.mp4", "a'b(c)_!.mp4"],
    ['', 'file'],
    ['...', 'file'],
    ['\ud800', '\ufffd'],
  ])('%j is %j', (name, shown) => {
    const header = attachment(name);
    expect(header).toMatch(/^attachment; filename\*=UTF-8''[\w.~%-]+$/);
    expect(decodeURIComponent(header.split("''")[1] ?? '')).toBe(shown);
  });

  it('stays short and keeps its extension', () => {
    const header = attachment(`${'狐'.repeat(5000)}.mp4`);
    expect(header.length).toBeLessThan(1500);
    expect(header).toMatch(/\.mp4$/);
  });

  it('is one token, whatever it was', () => {
    for (const name of NASTY) expect(attachment(name)).toMatch(/^attachment; filename\*=UTF-8''[\w.~%-]+$/);
  });
});
