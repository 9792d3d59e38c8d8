/** The messages of the pages as a page is given them: read here, so that no browser needs a parser for them. */
import { isLiteralElement, parse } from '@formatjs/icu-messageformat-parser';
import { AS_IN_CHAT, PAGE_ROOMS, type PageName, type PageWord, type PageWords } from './page-messages.ts';
import type { Texts } from './languages.ts';

/** `texts`: of one language. */
export function pageWords(texts: Texts, page: PageName): PageWords {
  const rooms = PAGE_ROOMS[page].map((room) => [
    room,
    room === 'studio' ? { ...own(room, texts), ...asInChat(texts) } : own(room, texts),
  ]);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- its type is made of the same keys
  return Object.fromEntries(rooms) as PageWords;
}

function own(room: string, texts: Texts): Record<string, PageWord> {
  const start = `web.${room}.`;
  const keys = Object.keys(texts).filter((key) => key.startsWith(start));
  return Object.fromEntries(keys.map((key) => [key.slice(start.length), word(texts[key])]));
}

function asInChat(texts: Texts): Record<string, PageWord> {
  return Object.fromEntries(Object.entries(AS_IN_CHAT).map(([name, key]) => [name, word(texts[key] ?? key)]));
}

/** What cannot be read is shown as it stands: `npm run words` says what is wrong with it. */
function word(text = ''): PageWord {
  try {
    const elements = parse(text, { ignoreTag: true });
    return elements.every(isLiteralElement) ? elements.map(({ value }) => value).join('') : elements;
  } catch {
    return text;
  }
}
