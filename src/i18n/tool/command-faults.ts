/** What is wrong with what a language calls Easel's commands: Discord would refuse it, or nobody could tell which is meant. */
import { folded } from '../../core/text.ts';
import { LEVELS, nameIn, type Level } from '../command-names.ts';
import type { Texts } from '../languages.ts';
import { isMessage } from './faults.ts';

/**
 * https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-naming;
 * the apostrophe that stands there is refused all the same (discord-api-docs #7371).
 */
const NAME = /^[-_\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
const MAX_DESCRIPTION = 100;
/** What stands beside a command or an option in Discord's menu. */
const DESCRIPTIONS =
  /^(?:commands\.[a-z]+|shelf\.(?:about|(?:verbs|options)\..+)|settings\.(?:about|verbs\..+))$/i;

/** `all`: every language by its tag. @returns sentences for whoever translates, each with its key */
export function commandFaults(tag: string, all: Readonly<Record<string, Texts>>): string[] {
  const texts = all[tag] ?? {};
  return [
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- of an object with exactly these keys
    ...(Object.keys(LEVELS) as Level[]).flatMap((level) => nameFaults(tag, level, all)),
    ...Object.entries(texts)
      .filter(([key, { length }]) => DESCRIPTIONS.test(key) && length > MAX_DESCRIPTION)
      .map(([key, { length }]) => `${key}: has ${length} characters, and Discord takes ${MAX_DESCRIPTION}`),
    ...(tag === 'en' ? [] : Object.entries(texts).flatMap((entry) => mentionFaults(entry, texts))),
  ];
}

function nameFaults(tag: string, level: Level, all: Readonly<Record<string, Texts>>): string[] {
  const names = Object.entries(all).flatMap(([of, texts]) =>
    Object.entries(texts).flatMap(([key, text]) => {
      const name = nameIn(key, level);
      return name === undefined ? [] : [{ of, key, text, name }];
    }),
  );
  const others = (text: string, name: string) =>
    names.filter((one) => one.name !== name && folded(one.text) === folded(text));
  return names
    .filter(({ of }) => of === tag)
    .flatMap(({ key, text, name }) => [
      ...(NAME.test(text) ? [] : [`${key}: "${text}" is no name: 1–32 letters, digits, "-" or "_"`]),
      ...(folded(text) === text ? [] : [`${key}: "${text}" has to be "${folded(text)}"`]),
      ...(tag === 'en' && text !== name ? [`${key}: has to be "${name}": it is what all else goes by`] : []),
      ...others(text, name).map((other) => `${key}: "${text}" is ${other.key} in ${other.of}.json already`),
    ]);
}

/** Who reads `/settings`, or `/easel settings audit`, looks for it in a menu that calls it otherwise. */
function mentionFaults([key, text]: [string, string], texts: Texts): string[] {
  if (!isMessage(key)) return [];
  const otherwise = (level: Level) =>
    Object.entries(texts).flatMap(([one, called]) => {
      const name = nameIn(one, level);
      return name === undefined || name === called ? [] : [[name, called] as const];
    });
  const commands = otherwise('command');
  const first = commands.filter(([name]) => mentions(text, name));
  const second = (['template', 'settings', 'operator'] as const).flatMap((level) => {
    const above = [level, ...commands.filter(([name]) => name === level).map(([, called]) => called)];
    return otherwise(level).filter(([name]) => above.some((one) => mentions(text, `${one} ${name}`)));
  });
  return [...first, ...second].map(
    ([name, called]) => `${key}: says "${name}", which is called "${called}" in this language`,
  );
}

/** A syllable of another script may follow at once: `/settings에서`. */
function mentions(text: string, command: string): boolean {
  return new RegExp(`(?<![\\w/}])/(?:easel )?${RegExp.escape(command)}(?![\\w-])`).test(text);
}
