import { describe, expect, it } from 'vitest';
import { dayMark, momentMark, plainMoment, withMoments } from '../../../src/core/moment.ts';
import { oneLine } from '../../../src/core/text.ts';
import { escapeStatus as discordStatus } from '../../../src/platforms/discord/replies/render.ts';
import { escapeStatus as slackStatus } from '../../../src/platforms/slack/replies/render.ts';
import { plain } from '../../../src/platforms/terminal/render.ts';

const at = Date.UTC(2026, 10, 27, 14, 2, 30);
const said = `since ${momentMark(at)}, *really*`;

describe('a moment inside a sentence', () => {
  it('is what the platform shows to each reader in their own zone', () => {
    expect(discordStatus(said)).toBe(String.raw`since <t:${at / 1000}:t>, \*really\*`);
    expect(slackStatus('since '.concat(momentMark(at)))).toBe(`since <!date^${at / 1000}^{time}|14:02 UTC>`);
  });

  it("is this machine's time where the platform knows none", () => {
    expect(plain(said)).toMatch(/^since (\d{4}-\d\d-\d\d )?\d\d:\d\d, \*really\*$/);
    expect(plainMoment(at, at, 'UTC')).toBe('14:02');
    expect(plainMoment(at, at + 24 * 3600_000, 'UTC')).toBe('2026-11-27 14:02');
  });

  it('leaves what stands around it to who escapes', () => {
    expect(
      withMoments(
        `a${momentMark(1)}b${momentMark(2)}`,
        (ms) => `[${ms}]`,
        (part) => part.toUpperCase(),
      ),
    ).toBe('A[1]B[2]');
    expect(withMoments('nothing', () => '!')).toBe('nothing');
  });

  it('cannot be typed by anybody', () => {
    expect(oneLine(`a ${momentMark(at)} b`)).toBe(`a ${at} b`);
  });
});

describe('the page', () => {
  it('shows it in the language of the browser, in every text of an answer', async () => {
    const module = new URL('../../../src/platforms/web/page/shared/moments.js', import.meta.url).href;
    const { readable } = (await import(module)) as { readable: <T>(value: T) => T };
    Object.assign(globalThis, { document: { documentElement: { lang: 'en-GB' } } });
    const { lines, count } = readable({ lines: [said, 'plain'], count: 3 });
    const { day } = readable({ day: `until ${dayMark(Date.now())}` });
    Reflect.deleteProperty(globalThis, 'document');
    expect(day).toMatch(/^until \d\d\/\d\d\/\d{4}, \d\d:\d\d$/);
    expect(lines[0]).toMatch(/^since .*\d\d:\d\d, \*really\*$/);
    expect(lines[0]).not.toContain('\ufdd0');
    expect([lines[1], count]).toEqual(['plain', 3]);
  });
});
