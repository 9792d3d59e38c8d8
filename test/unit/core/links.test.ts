import { describe, expect, it } from 'vitest';
import { withOffer } from '../../../src/core/links.ts';
import { dayMark, momentMark } from '../../../src/core/moment.ts';
import type { View } from '../../../src/core/view.ts';
import { catalogue } from '../../../src/i18n/index.ts';
import { renderMessage as onDiscord } from '../../../src/platforms/discord/replies/render.ts';
import { renderMessage as onSlack } from '../../../src/platforms/slack/replies/render.ts';
import { renderLines } from '../../../src/platforms/terminal/render.ts';
import { renderReply } from '../../../src/platforms/web/render.ts';

const until = Date.UTC(2030, 11, 4, 14, 2);
const url =
  'https://easel.example/files/0123456789abcdef0123456789abcdef.t5zabc.abcdefghijklmnopqrstuv/clip.mp4';
const evil = 'https://evil.example/login';
const offer = { kind: 'link', url, until } as const;
const { files } = catalogue('en');

const empty: View = { tone: 'done', title: '', status: 'Done', facts: [], notes: [], buttons: [] };
const offered = (view: Partial<View> = {}) =>
  withOffer({ ...empty, ...view }, files.tooLarge('clip.mp4', 64_172_000, offer), offer);

const discord = (view: View) => onDiscord(view).content;
/** In rich text nothing is read as a mark; a link there is an element of its own, and we make none. */
const slack = (view: View) => {
  const { blocks } = onSlack(view);
  const exact = JSON.stringify(blocks.filter(({ type }) => type === 'rich_text'));
  expect(exact).not.toMatch(/"type":"(?!rich_text|text")/);
  return JSON.stringify(blocks.filter(({ type }) => type !== 'rich_text'));
};
const terminal = (view: View) => renderLines(view).join('\n');
interface Pages {
  partsOf: (note: string, links?: readonly string[]) => { text: string; href?: string }[];
}
const page = async (view: View) => {
  const module = new URL('../../../src/platforms/web/page/shared/links.js', import.meta.url).href;
  const { partsOf } = (await import(module)) as Pages;
  const { notes, links } = renderReply(view, []);
  return notes.flatMap((note) => partsOf(note, links));
};

describe('a note with a link', () => {
  it('can be followed in every chat, shows no card, and tells the day', async () => {
    expect(discord(offered())).toContain(
      `"clip.mp4" (61.2 MB) is too large for this chat: <${url}> until <t:${until / 1000}:f>`,
    );
    expect(slack(offered())).toContain(
      `is too large for this chat: <${url}> until <!date^${until / 1000}^{date_short_pretty} {time}|2030-12-04T14:02:00.000Z>`,
    );
    expect(terminal(offered())).toMatch(/for this chat: https:\S+clip\.mp4 until 2030-12-0\d \d\d:02$/);
    expect(await page(offered())).toEqual([
      { text: '"clip.mp4" (61.2 MB) is too large for this chat: ' },
      { text: url, href: url },
      { text: ` until ${dayMark(until)}` },
    ]);
  });

  it.each(['en', 'ja', 'ko', 'zh', 'zh-TW'])('holds the whole address and the day in %s', (locale) => {
    const words = catalogue(locale).files;
    for (const note of [words.tooLarge('a.mp4', 9e7, offer), words.fetch('a.mp4', 9e7, offer)]) {
      const shown = discord(withOffer(empty, note, offer));
      expect(shown).toContain(` <${url}> `);
      expect(shown).toContain(`<t:${until / 1000}:f>`);
    }
  });

  it('is not lost where texts fill the message, and not cut', () => {
    const notes = ['x'.repeat(1500), 'y'.repeat(1500)];
    const facts = Array.from({ length: 25 }, (_, n) => ({ name: `slot${n}`, value: 'z'.repeat(90) }));
    expect(discord(offered({ notes, facts }))).toContain(`<${url}>`);
    const long = { ...offer, url: `${url}${'%E7%8B%90'.repeat(50)}` };
    const view = withOffer({ ...empty, notes }, files.tooLarge('a', 1, long), long);
    expect(slack(view)).toContain(`<${long.url}>`);
  });
});

describe('what somebody wrote', () => {
  const typed = [
    evil,
    `<${evil}>`,
    `[${url}](${evil})`,
    `<${evil}|${url}>`,
    `${momentMark(5)}${dayMark(5)}\ufdd2${evil}\ufdd3`,
    url.slice(0, -1),
    `\\<${evil}>`,
    `https://evil.example/${url}`,
  ];

  it.each(typed)('becomes no link to elsewhere: %j', async (text) => {
    for (const view of [
      offered({ notes: [text], title: text, status: text, facts: [{ name: text, value: text }] }),
      withOffer(empty, files.tooLarge(text, 5, offer), offer),
      withOffer(empty, files.shrunk(text, 5), offer),
    ]) {
      const followed = (shown: string) =>
        [...shown.matchAll(/(?<!\\)<(https?:[^>|]*)/g)].map(([, link]) => link);
      expect(followed(discord(view)).filter((link) => link !== url)).toEqual([]);
      expect(followed(slack(view)).filter((link) => link !== url)).toEqual([]);
      // neither finds an address by itself
      const bare = (shown: string) =>
        shown.replaceAll(`<${url}>`, '').replaceAll(/\\+:\/\/|:\u2060\/\//g, '');
      expect(bare(discord(view))).not.toMatch(/:\/\//);
      expect(bare(slack(view))).not.toMatch(/:\/\//);
      const hrefs = (await page(view)).flatMap(({ href }) => href ?? []);
      expect(hrefs.filter((href) => href !== url)).toEqual([]);
    }
  });

  it('in the name of a file cannot stand for a moment', () => {
    expect(files.tooLarge(`a${dayMark(5)}.mp4`, 5, offer)).toContain('"a5d.mp4"');
    expect(files.shrunk(`a${momentMark(5)}.png`, 5)).toContain('"a5.png"');
  });

  it('is no script on the page, whatever the list of links says', async () => {
    const script = 'javascript:alert(1)';
    expect(await page({ ...empty, notes: [script], links: [script] })).toEqual([{ text: script }]);
  });
});

describe('a file that cannot be offered', () => {
  it.each(['en', 'ja', 'ko', 'zh', 'zh-TW'])('is told in %s, with what can be done', (locale) => {
    const words = catalogue(locale).files;
    expect(words.tooLarge('a.mp4', 9e7)).toContain('PUBLIC_URL');
    expect(words.tooLarge('a.mp4', 9e7, { kind: 'off' })).toBe(words.tooLarge('a.mp4', 9e7));
    expect(words.tooLarge('a.mp4', 9e7, { kind: 'unkept' })).not.toContain('PUBLIC_URL');
    const view = withOffer(empty, 'words', { kind: 'off' });
    expect(view.links).toBeUndefined();
    expect(view.notes).toEqual(['words']);
  });
});
