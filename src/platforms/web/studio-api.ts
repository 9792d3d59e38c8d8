/**
 * What the studio's page and the server say to each other, as api.ts. Every path has `?platform=&guild=` for the place, the
 * playground by default; one that Easel does not serve is a refusal with status 404.
 */
import type { Field } from './api.ts';

/** GET /api/studio/shelf */
export interface ShelfItem {
  name: string;
  description: string;
  own: boolean;
  off: boolean;
  version?: number;
  /** What the backend lacks, as sentences. */
  misfits: Said[];
  /** Who may use it, and where; absent: everybody, everywhere. */
  limits?: string[];
}

/**
 * POST /api/studio/drafts, multipart (`file`, `settings`?, `name`?) or JSON {edit: NAME}; GET /api/studio/drafts/:id;
 * POST /api/studio/drafts/:id/change {@link Change}. A refused change leaves the draft as it was.
 */
export interface Draft {
  id: string;
  name: string;
  description: string;
  inLanguages: DraftWords;
  slots: DraftSlot[];
  /** Those that belong to no slot; what blocks comes first. */
  findings: DraftFinding[];
  publishable: boolean;
  testable: boolean;
  /** Whether it can be published, and how well that is. */
  state: { sentence: string; tone: 'good' | 'warn' | 'problem' };
  nodes: GraphNode[];
  /** It replaces a template that is published. */
  replaces: boolean;
}

export interface DraftSlot extends Field {
  /** What its form holds, by the fields of {@link SlotChange}; its type has no others. */
  form: SlotForm;
  /** With `{value}`. */
  format?: string;
  into: { node: string; title: string; input: string }[];
  findings: DraftFinding[];
  /** Types that it can become. */
  types: { type: Field['type']; label: string }[];
  /** One line each: type, bounds, default. */
  facts: string[];
  inLanguages: {
    /** By language. */
    forms: Record<string, WordsForm>;
    /** Of a language that says nothing of it. */
    empty: WordsForm;
    hints: { name: string; description?: string; choices: string };
  };
}

/** What a draft says in other languages, with the words for showing it in its reader's. */
export interface DraftWords {
  /** Of the choice between languages. */
  label: string;
  /** What is said to everybody else. */
  standard: string;
  remove: string;
  hints: { name: string; description?: string };
  /** Those that it has, then others that can be added; by BCP 47 tag. */
  languages: DraftLanguage[];
}

export interface DraftLanguage {
  tag: string;
  name: string;
  there: boolean;
  labels: { name: string; description: string; choices: string };
  form: { name: string; description: string };
}

/** What a slot is called and says in a language; empty: as by default. */
export interface WordsForm {
  name: string;
  description: string;
  /** `NAME = WORDS`, one a line; absent where there is nothing to choose from. */
  choices?: string;
}

/** Everything is text, as people type it. */
export interface SlotForm {
  description: string;
  default?: string;
  min?: string;
  max?: string;
  maxLength?: string;
  format?: string;
  /** One a line. */
  choices?: string;
}

/** Absent: unchanged. An empty text takes the value away. */
export interface SlotChange extends Partial<SlotForm> {
  name?: string;
  type?: Field['type'];
  required?: boolean;
}

/** `all`: what a sentence names only some of. */
export interface Said {
  sentence: string;
  all?: string[];
}

export interface DraftFinding extends Said {
  blocking: boolean;
  /** Which field of the draft it is about, if it is about one. */
  at?: 'name' | 'description' | 'outputs';
}

export interface GraphNode {
  id: string;
  /** `class_type` */
  type: string;
  title: string;
  /** Its outputs can be posted, and whether they are. */
  output?: { posted: boolean };
  inputs: GraphInput[];
}

export interface GraphInput {
  name: string;
  /** What stands there, short; absent for a link. */
  value?: string;
  /** Id of the node that it comes from. */
  from?: string;
  /** The slot that fills it. */
  slot?: string;
  /** A new slot could fill it. */
  free: boolean;
}

/** As `Edit` in templates/draft.ts. */
export type Change =
  | { kind: 'about'; name: string; description: string }
  | { kind: 'slot'; slot: string; change: SlotChange }
  | { kind: 'drop'; slot: string }
  | { kind: 'move'; slot: string; by: -1 | 1 }
  | { kind: 'add'; node: string; input: string }
  | { kind: 'outputs'; nodes: string[] }
  | { kind: 'words'; language: string; slot?: string; change: Partial<WordsForm> }
  | { kind: 'drop-language'; language: string };

/**
 * POST /api/studio/drafts/:id/test → {@link Accepted}, and messages with `draft`; POST /api/studio/drafts/:id/discard.
 * GET /api/studio/drafts/:id/template.json and workflow.json: the two files, as downloads.
 */

/**
 * POST /api/studio/drafts/:id/publish; and what is done to a template that is published: POST
 * /api/studio/templates/:name/rename {to: NAME}, rollback {version: NUMBER}, switch {off: BOOLEAN}, remove.
 */
export interface Done {
  name: string;
  version?: number;
  /** It is done, but the chat did not take the commands. */
  problem?: string;
}

/**
 * GET /api/studio/templates/:name/history, newest first. GET /api/studio/templates/:name/template.json and workflow.json,
 * with `version=` or the newest: the two files, as downloads.
 */
export interface VersionItem {
  number: number;
  at: number;
  by: string;
  /** It brought this older one back. */
  from?: number;
}
