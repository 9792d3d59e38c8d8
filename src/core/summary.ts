/**
 * What is true at the start, as data: what a terminal shows, what is one line of the log elsewhere, and what `npm run doctor`
 * finds. Nothing here is a secret but the page's link, which only a terminal is shown.
 */
import { isAtRest, type Account } from './account.ts';
import type { ChatAbout } from './chat.ts';
import type { DiskState } from './disk.ts';
import type { Problem } from './errors.ts';
import type { Surroundings } from './surroundings.ts';

/** Something about the environment that is hardly meant so. */
export type Warning =
  /** No variable of Easel's, though it looks like one. */
  | { code: 'unknown-variable'; name: string; nearest?: string }
  /** It is of no use without another one. */
  | { code: 'unused-variable'; name: string; needs: string }
  /** Another one wins. */
  | { code: 'overruled'; name: string; by: string }
  | { code: 'quoted-value'; name: string }
  | { code: 'placeholder-value'; name: string }
  | { code: 'guessable-value'; name: string }
  /** Spaces, or letters that no token has. */
  | { code: 'odd-characters'; name: string }
  /** A token of one kind where another one belongs; `belongs`: the variable for it. */
  | { code: 'wrong-token'; name: string; belongs?: string }
  | { code: 'key-without-url'; name: string; url: string }
  | { code: 'cloud-without-key'; name: string; url: string }
  /** A key that goes to a server of one's own makes Easel speak to it as to Comfy Cloud. */
  | { code: 'key-for-own-server'; name: string; host: string }
  | { code: 'key-in-clear'; name: string; host: string }
  | { code: 'not-the-cloud'; name: string; host: string; right: string }
  | { code: 'own-address'; name: string }
  /** Where a server listens, and nobody can be reached. */
  | { code: 'no-destination'; name: string; host: string }
  /** What follows ? or # in it. */
  | { code: 'address-extras'; name: string }
  | { code: 'api-in-path'; name: string }
  | { code: 'loopback-in-container'; name: string; host: string }
  | { code: 'loopback-page-in-container'; name: string }
  /** Node reads it before any file is read. */
  | { code: 'too-late'; name: string }
  | { code: 'operator-elsewhere'; name: string; platform: string }
  /** The account of the backend runs fewer jobs at once than it is given. */
  | { code: 'concurrency-above-plan'; name: string; given: number; atOnce: number };

/** Where Easel has the tokens or the address of a service from. */
export interface Origin {
  service: string;
  from: 'environment' | 'page';
  /** The page has some, too: they are not used, since the environment wins. */
  overrules: boolean;
  /** Why what the page has is not used; the environment has nothing of it. */
  problem?: Problem | undefined;
}

export interface ChatSummary extends ChatAbout {
  platform: string;
  connected: boolean;
  /** Why it is not connected, where that is known. */
  problem?: Problem | undefined;
  /** What the network said of it. */
  reason?: string | undefined;
  notes: readonly Problem[];
}

export interface BackendSummary {
  /** With its address. */
  name: string;
  sandbox: boolean;
  /** It has answered, and takes us. */
  answers: boolean;
  /** Its own number. */
  version?: string | undefined;
  /** How many node classes; undefined: they were not read in time. */
  classes?: number | undefined;
  checkpoints?: number | undefined;
  /** Models that are loaded without a checkpoint, as Flux is. */
  diffusionModels?: number | undefined;
  /** Why it is of no use now. */
  problem?: Problem | undefined;
  /** What the network said of it: `ECONNREFUSED`. */
  reason?: string | undefined;
  /** Of one that answers: what does not work with it. */
  notes?: readonly Problem[];
  /** For whom it runs jobs, where it has accounts and has said so in time. */
  account?: Account | undefined;
}

export interface PageSummary {
  /** Undefined: it is off. */
  link?: string | undefined;
  host: string;
  /** Another program has this port of its. */
  taken?: number | undefined;
  /** An Easel is there already. */
  runs?: boolean;
  /** It asks for ADMIN_TOKEN. */
  asksToken: boolean;
}

/** What is not known (yet) is not there. Sizes in bytes. */
export interface DataSummary extends Partial<
  Pick<DiskState, 'total' | 'fixed' | 'budget' | 'free' | 'full' | 'nearly'>
> {
  folder: string;
  /** Where the records are, when that is elsewhere. */
  store?: string | undefined;
  /** It cannot be written. */
  unusable?: boolean;
  /** Why a start would end at it, in the words in which that would say so. */
  unreadable?: string;
}

export interface Summary {
  version: string;
  surroundings: Surroundings;
  chats: ChatSummary[];
  backend: BackendSummary;
  /** Jobs at once on the backend, as is set. */
  concurrency: number;
  templates: { folder: string; count: number; broken: readonly Problem[]; unreadable?: boolean };
  /** Undefined at the terminal, which is there instead. */
  page?: PageSummary | undefined;
  data: DataSummary;
  /** Of what is connected by somebody: by the environment or on the page. */
  origins: readonly Origin[];
  /** Where the log is, where it is a file. */
  log?: string | undefined;
  warnings: Warning[];
}

/** Somebody can ask, something can be asked for, and somebody makes it. */
export function isReady({ chats, page, backend, templates, data }: Summary): boolean {
  if (page?.taken !== undefined) return false;
  const isOpen = page?.link !== undefined || chats.some(({ connected }) => connected);
  const hasRoom = data.full === undefined && data.unusable !== true && data.unreadable === undefined;
  return isOpen && hasRoom && backend.answers && templates.count > 0;
}

/** How many things in it ask for attention. */
export function marksOf({ chats, page, backend, templates, data, origins, warnings }: Summary): number {
  const isOpen = page?.link !== undefined || chats.length > 0;
  const wrong = [
    !isOpen || page?.taken !== undefined,
    !backend.answers,
    backend.account !== undefined && isAtRest(backend.account),
    templates.count === 0,
    data.unusable === true || data.unreadable !== undefined || (data.full ?? data.nearly) !== undefined,
    ...chats.map(({ connected }) => !connected),
    ...origins.map(({ problem }) => problem !== undefined),
  ].filter(Boolean).length;
  const notes = [...chats, backend].reduce((sum, { notes: some = [] }) => sum + some.length, 0);
  return wrong + notes + templates.broken.length + warnings.length;
}

/** And nothing in it asks for attention. */
export function isWhole(summary: Summary): boolean {
  return isReady(summary) && marksOf(summary) === 0;
}
