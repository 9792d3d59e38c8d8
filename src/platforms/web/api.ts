/**
 * What the page and the server say to each other, in JSON. The page's scripts are checked against these types too, so
 * this file imports nothing but types that need nothing of Node.
 *
 * A refusal is a `Refusal` with status 422 (a person can put it right), 401 (sign in), 403, 404 or 500.
 */
import type { FieldValue, Line, Screen } from '../../core/screen.ts';
import type { SlotType } from '../../core/template.ts';
import type { PageWords } from '../../i18n/page-messages.ts';

/** Every other answer that is not 2xx. */
export interface Refusal {
  /** A sentence for the person. */
  error: string;
  /** The slot or field that it is about. */
  field?: string;
}

/** GET /api/home?page= : what every page needs first; with the name of the page, what it says too. */
export interface Home {
  /** The chat is on; the studio and the operator's page are always there. */
  chat: boolean;
  /** For people: `ComfyUI at 127.0.0.1:8188`, `the sandbox`. */
  backend: string;
  sandbox: boolean;
  /** BCP 47, for the page's `lang`. */
  language: string;
  words?: PageWords;
}

/** What can be typed after `/`. */
export interface Command {
  name: string;
  /** As it is shown, where its reader's language calls it otherwise; either may be typed. */
  label?: string;
  description: string;
  /** A verb takes its words as they are typed; a template has fields. */
  kind: 'template' | 'verb';
  fields: Field[];
}

export interface Field {
  name: string;
  /** As `Command.label`. */
  label?: string;
  type: SlotType;
  /** What it is filled in with. */
  kind: 'text' | 'number' | 'yes-no' | 'one-of' | 'file';
  description: string;
  required: boolean;
  /** Words without a name go here. */
  main: boolean;
  /** Where nothing is given, one is drawn: a seed. */
  drawn?: boolean;
  /** Numbers as decimal text, since a seed reaches 2^64 − 1. */
  default?: string;
  min?: string;
  max?: string;
  maxLength?: number;
  /** It takes no fractions. */
  whole?: boolean;
  /** The files that it takes, by media type and by ending: `image/png`, `.png`. */
  accept?: string[];
  /** The first of them; `open`: there are more, ask /api/complete. */
  choices?: string[];
  /** What those are called that are called otherwise, by choice. */
  labels?: Record<string, string>;
  open?: boolean;
}

/** One entry of the chat: what was asked and the reply to it, or something that Easel says by itself. */
export interface Message {
  /** The job's id where there is a job. */
  id: string;
  /** Milliseconds since 1970. */
  at: number;
  /** What was asked, as one line. */
  asked?: string;
  template?: string;
  /** As text, for filling the form again; pictures are left out. */
  values?: Record<string, string>;
  /** What a verb answered. */
  lines?: string[];
  /** Where the screen is that it shows: of GET /api/screen. */
  screen?: string;
  reply?: Reply;
  /** It is a test run of this draft and belongs beside the editor. */
  draft?: string;
}

export interface Reply {
  tone: 'waiting' | 'working' | 'done' | 'failed' | 'cancelled';
  title: string;
  status: string;
  /** What the backend says it is doing, in one line; only on the way. */
  said?: string;
  /** 0 to 1; only while it runs. */
  fraction?: number;
  facts: { name: string; value: string }[];
  notes: string[];
  /** Addresses in `notes` that can be followed. */
  links?: string[];
  /** That a demo painter drew it: the page says beside it where that changes. */
  demo?: string;
  buttons: { action: 'cancel' | 'again' | 'all'; label: string }[];
  /** Of the preview picture; another one each time it changes. */
  preview?: string;
  files: MessageFile[];
  /** So many more were deleted by a person. */
  deleted?: number;
}

export interface MessageFile {
  url: string;
  name: string;
  /** A media type; what a browser could run is `application/octet-stream`. */
  type: string;
  bytes: number;
  width?: number;
  height?: number;
  /** It went to make room on the disk. */
  gone?: boolean;
  /** It is kept when others go. */
  starred?: boolean;
}

/**
 * GET /api/events, server-sent: `history` ({@link History}) first and after each reconnection, then `message`
 * ({@link Message}, new or changed) and `commands` ({@link Command}[], when they have changed).
 */
export interface History extends Earlier {
  commands: Command[];
}

/**
 * GET /api/messages?before=&only=&draft= : the newest ones, or those before what `earlier` of another answer names; `only`
 * those with pictures (or other files), or with a star.
 *
 * DELETE /api/messages/:id/files/:index deletes a file for good, POST …/star {@link Star} gives it a star or takes it away;
 * the answer is the {@link Message} as it is now, which every page is told besides.
 */
export interface Earlier {
  /** Oldest first. */
  messages: Message[];
  /** There are older ones. */
  earlier?: string;
}

export type Only = 'pictures' | 'starred';

export interface Star {
  starred: boolean;
}

/**
 * POST /api/run, multipart: `template`, a field `value.SLOT` for each value, a file `file.SLOT` for each that is attached.
 * POST /api/say {text}: a line as typed, `/queue`, `/imagine a red fox --steps 30` or plain words.
 * POST /api/jobs/:id/cancel, POST /api/jobs/:id/again, POST /api/jobs/:id/all.
 */
export interface Accepted {
  message: string;
}

/**
 * GET /api/screen?at= : a {@link Screen}. POST /api/screen {@link Deed}, answered with {@link Done}: as JSON, or where files
 * are among what was entered as multipart, with the rest as JSON in `deed` and a file `file.FIELD` each.
 */
export interface Deed {
  at: string;
  action: string;
  /** By field, as much as was entered; what was chosen of items or a menu is `chosen`. */
  entered: Record<string, FieldValue>;
  /** What the form had in the same fields. */
  shown?: Record<string, FieldValue>;
  /** The message that shows the screen: it shows the next one. */
  message?: string;
}

export interface Done {
  /** Nothing was done: why stands at a field of `screen`, or in its first line. */
  failed?: true;
  done: Line[];
  /** What is seen next; absent: the screen stays where files or a job came of it, else it is left. */
  screen?: Screen;
  /** What has come of it in the chat: files, or a job. */
  message?: string;
}

/** GET /api/complete?template=&slot=&typed= */
export interface Completion {
  choices: string[];
  /** As `Field.labels`. */
  labels?: Record<string, string>;
}

/** Where templates belong: the playground itself, or a server or workspace that this Easel serves. GET /api/places */
export interface NamedGuild {
  platform: string;
  guild: string;
  name: string;
}

// the studio: studio-api.ts; the operator's page: overview-api.ts, its rules, notices and connections: operator-api.ts
