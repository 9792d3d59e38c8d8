/** A template: a workflow plus the named, typed slots that people may fill. It becomes a command. */
import type { InputPath, NodeId, Workflow } from './workflow.ts';

interface SlotBase {
  description?: string | undefined;
  required?: boolean | undefined;
}

/** What a choice writes when picked: node inputs and their values. */
export type Assignment = readonly [InputPath, string | number | boolean];

export interface TextSlot extends SlotBase {
  type: 'text';
  into: InputPath[];
  default?: string | undefined;
  /** In UTF-16 units, as JavaScript counts. */
  maxLength?: number | undefined;
  /** What reaches the graph; `{value}` stands for what was typed. */
  format?: string | undefined;
}
export interface NumberSlot extends SlotBase {
  type: 'integer' | 'number';
  into: InputPath[];
  default?: number | undefined;
  min?: number | undefined;
  max?: number | undefined;
}
export interface BooleanSlot extends SlotBase {
  type: 'boolean';
  into: InputPath[];
  default?: boolean | undefined;
}
export interface ChoiceSlot extends SlotBase {
  type: 'choice';
  /**
   * A list writes the picked value into `into`; a record writes the picked name's assignments. Absent: whatever the
   * backend offers for the first input in `into`, such as the checkpoints that it has (`templates/choices.ts`).
   */
  choices?: string[] | Record<string, Assignment[]> | undefined;
  into?: InputPath[] | undefined;
  default?: string | undefined;
}
/** 0 to 2^64−1; drawn by Easel when nobody gives one. */
export interface SeedSlot extends SlotBase {
  type: 'seed';
  into: InputPath[];
}
/** A file that people attach. */
export interface FileSlot<T extends string = string> extends SlotBase {
  type: T;
  into: InputPath[];
}

/** What each type of slot looks like; all else about a type is its file in `templates/slots/`. */
export interface SlotTypes {
  text: TextSlot;
  integer: NumberSlot;
  number: NumberSlot;
  boolean: BooleanSlot;
  choice: ChoiceSlot;
  seed: SeedSlot;
  image: FileSlot<'image'>;
  video: FileSlot<'video'>;
  audio: FileSlot<'audio'>;
}
export type SlotType = keyof SlotTypes;
export type Slot = SlotTypes[SlotType];

/** What a slot is called and says in another language; absent: as in the template itself. */
export interface SlotWords {
  /** As it is shown and may be typed; the slot's own name holds too. */
  name?: string | undefined;
  description?: string | undefined;
  /** What choices are called, by their names. */
  choices?: Record<string, string> | undefined;
}

/** What a template says in another language. */
export interface TemplateWords {
  name?: string | undefined;
  description?: string | undefined;
  /** By the slot's own name. */
  slots?: Record<string, SlotWords> | undefined;
}

/** By BCP 47 tag: `ja`, `zh-TW`. */
export type Languages = Record<string, TemplateWords>;

/** One of the workflows that a command may run: a file beside its template, `workflow.NAME.json`. */
export interface Variant {
  name: string;
  /** Those of the command that it has, with its own inputs. */
  slots: Record<string, Slot>;
  workflow: Workflow;
  outputs?: NodeId[] | undefined;
}

export interface Template {
  /** The command's name: lowercase, 1–32 characters. */
  name: string;
  description: string;
  /** Changes whenever the template does. */
  version: string;
  slots: Record<string, Slot>;
  /** What it says in other languages; who reads none of these reads what stands above. */
  languages?: Languages | undefined;
  workflow: Workflow;
  /** Several workflows, in the order in which they are tried; `workflow` is the one that is called so. Absent: that alone. */
  variants?: readonly Variant[] | undefined;
  /** Which of them this is, where it has been decided. */
  variant?: string | undefined;
  /** Only these nodes' outputs are posted; all when absent. */
  outputs?: NodeId[] | undefined;
  /** How long a run may take, where that is not what holds for all. */
  runLimitMinutes?: number | undefined;
  /**
   * The texts of its files, as they were read; `variants`: by name, besides `workflow.json`; `suggested`: which of its words in
   * other languages nobody wrote.
   */
  documents: {
    template: string;
    workflow: string;
    variants?: Readonly<Record<string, string>> | undefined;
    suggested?: Languages | undefined;
  };
}

/** A checked value. Integers past 2^53 are bigint; of a file, the name of the attached one. */
export type SlotValue = string | number | bigint | boolean;
export type SlotValues = Record<string, SlotValue>;

/** Of a run: a week. */
export const MAX_RUN_LIMIT_MINUTES = 7 * 24 * 60;
