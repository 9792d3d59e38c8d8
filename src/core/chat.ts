/** The port that every chat platform implements. */
import type { ChannelFacts } from './caller.ts';
import type { Problem } from './errors.ts';
import type { Command, Finding } from './finding.ts';
import type { StoredFile } from './files.ts';
import type { Job } from './job.ts';
import type { Json } from './json.ts';
import type { Template } from './template.ts';
import type { View } from './view.ts';

/** What a platform has that some settings are about: roles; channels and people to pick; people of other guilds
 * who may come in; channels that are marked as for adults. */
export type Feature = 'roles' | 'channels' | 'people' | 'outsiders' | 'age-restricted';

/** Who it is there, for whoever runs Easel; what the platform has not said is not there. */
export interface ChatAbout {
  /** Its own name there. */
  as?: string | undefined;
  /** How many guilds it is in. */
  guilds?: number | undefined;
  /** What its one guild is called, where it has but one. */
  home?: string | undefined;
  /** A link by which it is added to a guild. */
  invite?: string | undefined;
}

/** A template without an entry of its own in the platform's menu: it is run by a typed line. */
export interface Unlisted {
  name: string;
  /** Why the platform took all but this one, in its own words; absent: there was no room. */
  refused?: string | undefined;
}

export interface Chat {
  readonly platform: string;
  readonly features: ReadonlySet<Feature>;
  /** Many files crowd nobody out here. */
  readonly takesAll?: boolean;
  /** Connects and begins to take commands. Throws EaselError or the platform's error when it cannot. */
  start(): Promise<void>;
  /** Stops taking commands; replies can still be made. Idempotent. */
  pause(): void;
  /** Disconnects. Idempotent. */
  stop(): Promise<void>;
  ready(): boolean;
  /** The cheapest question that tells whether the platform answers; rejects when it does not. */
  check(signal: AbortSignal): Promise<void>;
  /** The guilds that it serves, as far as it knows them now; `name` is for people. */
  guilds?(): { guild: string; name: string }[];
  /** For learning which guilds have removed Easel; not there where a platform has none. */
  readonly census?: {
    /** Every guild: all of them, or it rejects. */
    list(signal: AbortSignal): Promise<ReadonlySet<string>>;
    /** Whether an id is one of this platform's guilds; a direct message is none. */
    names(guild: string): boolean;
  };
  /** Latest wins; `render` is called only when an edit is really sent. Never throws. */
  show(job: Job, render: () => View): void;
  /**
   * Makes the final reply: the first message is the reply itself, more follow when the files need them. Skips the
   * `job.delivered` messages that were sent before a restart. Throws `Refused` (core/errors.ts) for what trying again
   * cannot help; anything else is tried again, for hours.
   */
  deliver(
    job: Job,
    view: View,
    files: readonly StoredFile[],
    sent: (count: number) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void>;
  /** Whether an address of a reply, as it was stored, says where that is. */
  reaches(reply: Json): boolean;
  /** Only who asked reads what is said there; not there: others do, too. */
  isPrivate?(reply: Json): boolean;
  /** As `Audience.claim`; not there where a job is never written down before its reply is known. */
  claim?(job: Job, signal: AbortSignal): Promise<Json | undefined>;
  /** What it would not take of a template, or shows in another way than people may think. */
  findings(command: Command): Finding[];
  /**
   * Makes the guild's own templates known to the platform, replacing what it knew, where it has commands for each guild. Where
   * nothing needs to be done, nothing is. `templates`: what matters most first; resolves to those that were left out. Throws
   * EaselError when the platform refuses them all.
   */
  offer(guild: string, templates: readonly Template[]): Promise<readonly Unlisted[] | undefined>;
  /** Whether an answer of so many lines is told whole; not there: it always is. */
  tells?(lines: readonly string[]): boolean;
  /** Puts what everybody has there in its present order, where that differs; what fails is logged. Not there where it has none. */
  renewMenu?(): Promise<void>;
  /** Of the templates that come with Easel. */
  unlisted?(): readonly Unlisted[];
  /** The platform refuses our token: nothing can be said there until that is put right. */
  refused?(): boolean;
  /** What its admin has to let the app do before replies are whole again. */
  lacks?(): Problem | undefined;
  /** At once, as it was learnt while connecting. */
  about?(): ChatAbout;
  /**
   * What whoever runs Easel should know although it goes on: a right that is missing, commands that found no room. Told at the
   * start and by `npm run doctor`, in the sentences of the problems, which say what to do. Empty: all is well. Never throws.
   */
  notes?(): readonly Problem[];
  /** What it says of a channel now, not as it was remembered; not there where channels have no marks. Rejects when it cannot be told, or not in time. */
  lookAtChannel?(channel: string): Promise<ChannelFacts>;
  /** Who runs Easel, as far as the platform says. Rejects when it cannot be asked. */
  owners?(signal: AbortSignal): Promise<string[]>;
  /** Whose guild it is, where the platform says so; undefined: not known, or not there. Rejects when it cannot be asked. */
  ownerOf?(guild: string, signal: AbortSignal): Promise<string | undefined>;
  /** Tells a person something in private, outside of any job. Throws when no way was left. */
  tell(user: string, lines: string[], signal: AbortSignal): Promise<void>;
}
