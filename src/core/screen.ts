/**
 * What somebody sees and can do, as data. `commands/screens/` makes it and carries out what is done with it; a platform
 * shows it and reads what was entered, and decides nothing. Every string is plain text in its reader's language: a
 * platform escapes them all, adds its own formatting, and keeps its own limits (pages, fields in a form, lengths).
 */

/** People, roles and channels by their id on the platform; `at`: milliseconds since 1970. */
export type Part =
  | string
  | { kind: 'strong' | 'code'; text: string }
  | { kind: 'person' | 'role' | 'channel'; id: string }
  | { kind: 'date'; at: number }
  /** A file that the reader can look at, by the name of a file in `Outcome.files`. */
  | { kind: 'picture'; file: string };

export interface Line {
  parts: readonly Part[];
  /** How the line stands out: that it went well, is worth a look, is in the way, or is said in passing. */
  tone?: 'ok' | 'warning' | 'blocked' | 'minor' | 'heading' | undefined;
}

export interface Option {
  value: string;
  label: string;
  description?: string | undefined;
}

/** What a field holds, and within which bounds. Values are as people type them: numbers are decimal text. */
export type FieldShape =
  /** `max`: UTF-16 units. */
  | { kind: 'text' | 'long-text'; value: string; max?: number | undefined }
  /** May be beyond 2^53. */
  | { kind: 'number'; value: string; whole: boolean; min?: string | undefined; max?: string | undefined }
  | { kind: 'yes-no'; value: boolean }
  /**
   * `value`: one of the options', or empty for none; `none`: what that is called, where it is a choice of its own.
   * `open`: what is not on the list may be typed all the same.
   */
  | {
      kind: 'one-of';
      value: string;
      options: readonly Option[];
      none?: string | undefined;
      open?: boolean | undefined;
    }
  | { kind: 'some-of'; value: readonly string[]; options: readonly Option[] }
  /** By id. */
  | { kind: 'people' | 'roles' | 'channels'; value: readonly string[] }
  /** `types`: media types that are taken, `image/png`; empty: all. `maxBytes`: of a file. */
  | { kind: 'file'; types: readonly string[]; endings: readonly string[]; maxBytes: number };

/** What a field is called and says, besides what it holds. */
export interface FieldLabel {
  /** As it is typed: `guildJobs:3`. */
  key: string;
  label: string;
  hint?: string | undefined;
  /** Without it, what is shown together with it makes no sense. */
  required?: boolean | undefined;
  /** Fields of one group belong together: where not all fit, a form has those of one group. One of `Screen.groups`. */
  group: string;
  /** What is shown besides depends on it: whoever shows a form draws it anew when it is changed. */
  redraws?: boolean | undefined;
  /** What is wrong with what was entered. */
  problem?: string | undefined;
  /** What is said of it where it is only looked at, instead of its value: "everybody", "12 words"; empty: nothing. */
  applies?: string | undefined;
  /** Worth saying beside it wherever it is shown: that less holds than it has. */
  note?: string | undefined;
}

export type Field = FieldLabel & FieldShape;

/** A value of a field as `Entered` has it, without files. */
export type FieldValue = string | boolean | readonly string[];

export interface Action {
  key: string;
  label: string;
  /** `primary`: what most come for; it takes what was entered, too. */
  style?: 'primary' | 'danger' | undefined;
  disabled?: boolean | undefined;
}

/** One of several things that a screen is about: a slot of a draft, a template, a version. */
export interface Item {
  key: string;
  /** The name alone, for lists. */
  label: string;
  description?: string | undefined;
  lines: readonly Line[];
}

/** Something to choose at once; it acts with what was chosen. */
export interface Menu {
  action: string;
  label: string;
  options: readonly Option[];
}

export interface Screen {
  /** Where it is opened again: `settings`, `slot/DRAFT/NAME`. At most 80 characters, without a colon. */
  at: string;
  title: string;
  lines: readonly Line[];
  items?: readonly Item[] | undefined;
  /** What they are, together. */
  itemsTitle?: string | undefined;
  /** What can be done with an item, the first mostly; `choose`: what a list of them is called. */
  itemActions?: { choose: string; actions: readonly Action[] } | undefined;
  menus?: readonly Menu[] | undefined;
  fields: readonly Field[];
  /** What the groups are called, by key, in their order. */
  groups?: Readonly<Record<string, string>>;
  /** What was entered is kept nowhere until all of it is there: no form has a part of the fields alone. */
  atOnce?: boolean | undefined;
  /** The action that only takes what was entered. Where a form is sent as a whole, another one takes that too. */
  save?: string | undefined;
  actions: readonly Action[];
  /** It lies on this one: where one is left, that is shown. */
  parent?: string | undefined;
}

/** The action that leads to a screen's parent. */
export const BACK = 'back';

/** The name under which the key of an item, or what was chosen in a menu, is entered. */
export const CHOSEN = 'chosen';

/** Those whose words hold every word that was typed. */
export function holdingWords<T>(all: readonly T[], typed: string, wordsOf: (one: T) => string): T[] {
  const sought = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return all.filter((one) => {
    const text = wordsOf(one).toLowerCase();
    return sought.every((word) => text.includes(word));
  });
}

/** A line of plain words. */
export function words(text: string, tone?: Line['tone']): Line {
  return { parts: [text], ...(tone && { tone }) };
}

/** The value of a field as a form would send it back; a file is never shown. */
export function shownValue(field: FieldShape): FieldValue | undefined {
  return field.kind === 'file' ? undefined : field.value;
}
