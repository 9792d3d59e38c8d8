/** The languages that there are: a file of messages each, in the folder `languages`, named by its BCP 47 tag. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** English is what the others are checked against, and the language of who has none of them. */
export const TAGS = [
  'en', // English
  'ja', // 日本語
  'ko', // 한국어
  'zh', // 简体中文
  'zh-TW', // 繁體中文（台灣）
] as const;

export type Tag = (typeof TAGS)[number];

/** Messages in ICU's MessageFormat, by their keys. A key with `@` before it tells translators about that message. */
export type Texts = Readonly<Record<string, string>>;

const Texts = z.record(z.string(), z.string());

export function readTexts(tag: Tag): Texts {
  return Texts.parse(JSON.parse(readFileSync(new URL(`languages/${tag}.json`, import.meta.url), 'utf8')));
}
