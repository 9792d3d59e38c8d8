/** What a type of slot is made of. Everything that Easel knows of a type stands in its one file beside this one. */
import type { z } from 'zod';
import type { Json } from '../../core/json.ts';
import type { Problem } from '../../core/errors.ts';
import type { InputInfo, NodeClasses } from '../../core/nodes.ts';
import type { Reason } from '../../core/reason.ts';
import type { FieldShape } from '../../core/screen.ts';
import type { Slot, SlotType, SlotValue } from '../../core/template.ts';
import type { InputPath, Workflow } from '../../core/workflow.ts';

/** A file that a person attached and that is not downloaded yet. */
export interface Attachment {
  name: string;
  /** Bytes, as the platform states it; undefined when it does not say. */
  size?: number | undefined;
  /** Rejects beyond the size limit, on timeout and when aborted. */
  load(signal: AbortSignal): Promise<Uint8Array>;
}

/** Values as they come from chat: already typed, or as text. */
export type RawValue = string | number | bigint | boolean | Attachment;
export type RawValues = Record<string, RawValue>;

/** How a slot is asked for: nothing of a chat's own, such as people or channels, fits into a workflow. */
export type SlotShape = Extract<
  FieldShape,
  { kind: 'text' | 'long-text' | 'number' | 'yes-no' | 'one-of' | 'file' }
>;

/** A field of the form in which an admin edits a slot, by its key. A type that lacks a field leaves it out. */
export type EditKey = 'description' | 'default' | 'min' | 'max' | 'maxLength' | 'format' | 'choices';
/** All values are texts, as people type them; empty: none. */
export type EditField = { key: EditKey } & Extract<
  FieldShape,
  { kind: 'text' | 'long-text' | 'number' | 'one-of' }
>;

/** What was entered in such a form. Each reads a field; what stands there unchanged is taken as it is. */
export interface Edited {
  text(field: EditKey): string | undefined;
  number(field: EditKey, whole: boolean): number | undefined;
  /** `from` gets what was typed where that is not what the form showed. */
  read<T>(field: EditKey, from: (typed: string) => T | undefined): T | undefined;
  /** Throws EaselError `slot-broken`. */
  fail: (field: EditKey, reason: Reason) => never;
}

/** What is worth knowing of a slot besides its type, for editors and lists. */
export type SlotFact =
  | { kind: 'default'; value: string | boolean }
  | { kind: 'max-length'; max: number }
  | { kind: 'format'; format: string }
  /** At least one of them. */
  | { kind: 'bounds'; min: number | undefined; max: number | undefined }
  | { kind: 'choices'; names: string[] }
  | { kind: 'backend-choices' };

/** A node input that a slot is made for. */
export interface NodeInput {
  path: InputPath;
  /** As people call it: `model` for `ckpt_name`. */
  name: string;
  /** What stands there. */
  own: Json | undefined;
  /** What the backend says of it. */
  info: InputInfo | undefined;
}

/** Of a type whose values are files that people attach. */
export interface FileRule {
  /** Bytes of one file. */
  maxBytes: number;
  formats: readonly FileFormat[];
  /** It is a picture: a decoder judges it, and what is not the picture is taken out. */
  picture?: true;
  /** What is said of one that is refused. `slot`: the slot's name, `name`: the file's. */
  problems: {
    /** `found`: what it is instead, where that has a name. */
    unlike: (slot: string, name: string, found?: string) => Problem;
    /** `size` in bytes. */
    tooLarge: (slot: string, size: number) => Problem;
    unreachable: (slot: string, name: string) => Problem;
    /** The same job once more: its files are not kept. */
    notKept: (slot: string) => Problem;
  };
}

export interface FileFormat {
  /** As people call it: `PNG`. */
  name: string;
  /** Of its files, without the dot, the usual one first. */
  endings: readonly [string, ...string[]];
  type: string;
  /** Whether a file is one, by how it begins. */
  is: (head: Uint8Array) => boolean;
  /** No backend reads it: it goes up as a PNG or a JPEG. */
  converted?: true;
}

export interface SlotTypeDefinition<S = Slot> {
  /** Of one in `template.json`. */
  schema: z.ZodType<S> & z.core.$ZodTypeDiscriminable;

  // what people give
  /** How it is asked for; `value`: what is filled in already, else its default is. */
  field(slot: S, value?: SlotValue): SlotShape;
  /** Checks what was given for the slot called `name`. Throws EaselError. */
  read(name: string, slot: S, raw: RawValue): SlotValue;
  /** What holds when nothing was given. */
  absent?(slot: S, drawSeed: () => bigint): SlotValue | undefined;
  /** A new value is drawn for each run. */
  drawn?: true;
  /** Free words belong to the first of them; typed, it takes all words up to the next slot's name. */
  words?: true;
  /** Typed, its bare name is enough to switch it on. */
  flag?: true;
  /** It is a file that people attach. */
  file?: FileRule;
  /** What may be picked; undefined where nothing is picked or nobody knows. */
  choices?(slot: S): string[] | undefined;
  /** With the choices that the backend decides, as far as they are known. */
  withChoices?(slot: S, workflow: Workflow, nodes: NodeClasses | undefined): S;
  /** For a test run, when it must be given: `own` is what stands in the workflow. Of a file: nothing. */
  trial(slot: S, own: SlotValue | undefined): SlotValue | undefined;

  // what reaches the graph
  /** What a value writes. Of a file: the name that the backend gave it. */
  write(slot: S, value: SlotValue): [InputPath, Json][];
  /** Inputs that only some of its values write, besides `into`. */
  alsoWrites?(slot: S): InputPath[];
  /** It may hold words that nobody wrote into the template. */
  isOpen?(slot: S): boolean;
  /** Its words are people's, so blocked ones are looked for in what it writes. */
  hasWords?: true;
  /**
   * What may land in one of its inputs without anybody having picked it from the backend's list. `unasked`: what stands
   * there, where it may stay.
   */
  lands(slot: S, path: InputPath, own: string[], unasked: string[]): string[];

  // what admins see and edit
  /** How it is suggested for an input; undefined where what stands there does not suit. */
  suggest(input: NodeInput): S | undefined;
  /** What a workflow with one is made from, as a suggested description says it. */
  source?: true;
  facts(slot: S): SlotFact[];
  /** Besides name, type, description and whether it is required; of a new one without `slot`. */
  editFields(slot: S | undefined): EditField[];
  /** What was entered, unchecked; `before`: of the same type. */
  edited(form: Edited, before: S | undefined): object;
  /** Their fields hold for this type too. */
  inherits?: readonly SlotType[];
  /** Whether it must be given is nothing to decide. */
  neverRequired?: true;
}
