/** What is said where a template's words are written in other languages. */
import { clip } from '../phrases.ts';
import type { Speaker } from '../speaker.ts';
import { languageName } from './language-name.ts';

/** Characters of what stands there by default. */
const MAX_DEFAULT = 60;

/** Everywhere `language` is a tag. */
export const templateWords = (speaker: Speaker) => {
  const { say } = speaker;
  const called = (language: string) => languageName(speaker, language);
  return {
    language: called,
    title: () => say('templateWords.title'),
    about: () => say('templateWords.about'),
    none: () => say('templateWords.none'),
    standard: () => say('templateWords.standard'),
    heading: () => say('templateWords.heading'),
    add: () => say('templateWords.add'),
    edit: () => say('templateWords.edit'),
    remove: () => say('templateWords.remove'),
    save: () => say('templateWords.save'),
    tag: () => say('templateWords.tag'),
    tagHint: () => say('templateWords.tagHint'),
    choose: () => say('templateWords.choose'),
    chooseSlot: () => say('templateWords.chooseSlot'),
    /** Titles of forms are short, so it is the tag that they have. */
    in: (name: string, language: string) => say('templateWords.in', { name, language }),
    slotIn: (slot: string, language: string) => say('templateWords.slotIn', { slot, language }),
    name: (language: string) => say('templateWords.name', { language: called(language) }),
    description: (language: string) => say('templateWords.description', { language: called(language) }),
    choices: (language: string) => say('templateWords.choices', { language: called(language) }),
    choicesHint: () => say('templateWords.choicesHint'),
    asDefault: (text: string) => say('templateWords.asDefault', { text: clip(text, MAX_DEFAULT) }),
  };
};
