/** What every kind of screen has: how it is made, and what is done with it. */
import type { Caller } from '../../core/caller.ts';
import type { Chat } from '../../core/chat.ts';
import { EaselError, type Problem } from '../../core/errors.ts';
import type { MediaFile } from '../../core/run.ts';
import type { FieldValue, Line, Screen } from '../../core/screen.ts';
import { readSwitch } from '../../core/switch.ts';
import type { Template } from '../../core/template.ts';
import { catalogue, type Catalogue } from '../../i18n/index.ts';
import type { Attachment, RawValue, RawValues } from '../../templates/values.ts';
import type { TemplateEditor } from '../verbs/editor.ts';
import { mergedList } from '../verbs/merge.ts';
import type { Preparations } from '../verbs/prepare.ts';
import type { PreparedRun } from '../verbs/run.ts';
import type { SettingsVerbs } from '../verbs/settings.ts';
import type { ShelfVerbs } from '../verbs/shelf.ts';
import type { UsualModels } from '../verbs/usual-models.ts';
import { readList } from './typed.ts';

/** By field; what a form did not have is absent, and stays as it is. */
export type Entered = Readonly<Record<string, FieldValue | Attachment>>;
/** What a form had when it was shown, by field. */
export type Shown = Readonly<Record<string, FieldValue>>;

export interface Outcome {
  /** Nothing was done: why stands at a field of `screen` or in its first line; without a screen, in `done`. */
  failed?: true;
  /** What was done; empty where the screen says it all. */
  done: readonly Line[];
  /** What is seen next; absent: that was all. */
  screen?: Screen;
  files?: readonly MediaFile[];
  /** A job to begin: its reply is the platform's to make. */
  prepared?: PreparedRun;
}

export interface Act {
  caller: Caller;
  /** What stands behind the kind in the screen's address. */
  of: readonly string[];
  action: string;
  entered: Entered;
  /** Absent where the platform does not know it. */
  shown: Shown | undefined;
  signal: AbortSignal;
}

/** Both reject with EaselError, and check who asks. */
export interface ScreenKind {
  /** `typed`: as `Screens.open`; only what is filled in to be run takes it. */
  open(caller: Caller, of: readonly string[], typed?: Typed): Promise<Screen>;
  act(act: Act): Promise<Outcome>;
  /** Which field a problem is about where its code alone does not tell. */
  fieldOf?(problem: Problem, act: Act): string | undefined;
}

/** Values by field, as they were typed. */
export type Typed = Readonly<Record<string, RawValue>>;

export interface ScreenDeps {
  editor: TemplateEditor;
  shelf: ShelfVerbs;
  settings: SettingsVerbs;
  usualModels: UsualModels;
  /** As `Commands`. */
  template: (caller: Caller, name: string) => Promise<Template | undefined>;
  prepare: (caller: Caller, name: string, raw: RawValues) => Promise<PreparedRun>;
  welcome: (caller: Caller, name: string) => Promise<void>;
  question: Preparations['question'];
  answer: Preparations['answer'];
  /** What the caller's platform knows of; every feature where there is none such. */
  chats: ReadonlyMap<string, Pick<Chat, 'features' | 'findings'>>;
}

/** Another screen is shown, and nothing else was done. */
export type GoTo = (caller: Caller, at: string) => Promise<Outcome>;

/** A screen that is shown as it is now, after something was done in it. */
export async function again(kind: ScreenKind, { caller, of }: Act, done: Line[] = []): Promise<Outcome> {
  return { done, screen: await kind.open(caller, of) };
}

export function wordsOf({ locale }: Caller): Catalogue {
  return catalogue(locale);
}

/** Throws EaselError `form-expired` for what no screen offers: its button is of another version, or made up. */
export function unknownAction(): never {
  throw new EaselError({ code: 'form-expired' });
}

/** A text that was entered; undefined where the form did not have the field. */
export function textOf(entered: Entered, key: string): string | undefined {
  const value = Object.hasOwn(entered, key) ? entered[key] : undefined;
  return typeof value === 'string' ? value : undefined;
}

/** A switch, typed ones too: none is off. Throws EaselError `not-a-boolean`. */
export function yesOf(entered: Entered, key: string): boolean | undefined {
  const value = Object.hasOwn(entered, key) ? entered[key] : undefined;
  if (typeof value === 'boolean' || value === undefined) return value;
  const typed = typeof value === 'string' ? value : '';
  const yes = typed.trim() === '' ? false : readSwitch(typed);
  if (yes === undefined) throw new EaselError({ code: 'not-a-boolean', slot: key, value: typed });
  return yes;
}

/** A list that was entered: a typed one has commas between. */
export function listOf(entered: Entered, key: string): string[] | undefined {
  const value = Object.hasOwn(entered, key) ? entered[key] : undefined;
  if (typeof value === 'string') return readList(value);
  return isList(value) ? [...value] : undefined;
}

/**
 * The list that a field holds once what was entered is taken; undefined where the form did not have it. What was not shown
 * (a menu has room for so many only, and somebody else may have added to it) stays. `current`: what is stored.
 */
export function listAfter(
  { entered, shown = {} }: Pick<Act, 'entered' | 'shown'>,
  key: string,
  current: readonly string[],
): string[] | undefined {
  const wanted = listOf(entered, key);
  return wanted && mergedList(wanted, listOf(shown, key), current);
}

export function fileOf(entered: Entered, key: string): Attachment | undefined {
  const value = Object.hasOwn(entered, key) ? entered[key] : undefined;
  return typeof value === 'object' && !isList(value) ? value : undefined;
}

/** What was entered as a template's values; no slot takes a list. `keeps`: whether a value counts as given. */
export function rawValuesOf(
  entered: Entered,
  keeps: (name: string, value: RawValue) => boolean = () => true,
): RawValues {
  // not by assignment: what is sent may be called `__proto__`
  return Object.fromEntries(
    Object.entries(entered).flatMap(([name, value]) =>
      !isList(value) && keeps(name, value) ? [[name, value] as const] : [],
    ),
  );
}

function isList(value: FieldValue | Attachment | undefined): value is readonly string[] {
  return Array.isArray(value);
}
