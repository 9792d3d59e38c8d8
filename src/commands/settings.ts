/** A guild's settings: shown, changed, and who changed what. Admins only. */
import type { Caller } from '../core/chat.ts';
import { EaselError } from '../core/errors.ts';
import { clip, oneLine } from '../core/text.ts';
import type { Clock } from '../core/time.ts';
import { createTurns } from '../core/turns.ts';
import { requireAdmin } from '../guilds/policy.ts';
import {
  BOUNDS,
  MAX_ID,
  MAX_NAMED,
  MAX_WORDS,
  type AuditEntry,
  type GuildSettings,
} from '../guilds/schema.ts';
import type { GuildStore } from '../guilds/store.ts';
import { languages } from '../i18n/index.ts';
import type { JobManager } from '../jobs/manager.ts';
import type { Library } from '../templates/library.ts';

export type { AuditEntry, GuildSettings } from '../guilds/schema.ts';

export interface SettingsView {
  settings: GuildSettings;
  /** The operator's, which hold where a guild has set nothing. */
  defaults: { guildJobs: number; userJobs: number; guildWaiting: number; userWaiting: number };
  /** Names for `defaultTemplate`. */
  templates: string[];
  /** Tags for `language`, with what they are called in it. */
  languages: { tag: string; name: string }[];
}

/** Absent: unchanged. Numbers and texts as people type them; an empty text takes the value away. */
export interface SettingsChange {
  guildJobs?: string;
  userJobs?: string;
  guildWaiting?: string;
  userWaiting?: string;
  defaultTemplate?: string;
  language?: string;
  adminRoles?: string[];
  adminUsers?: string[];
  allowedRoles?: string[];
  allowedChannels?: string[];
  bannedUsers?: string[];
  /** One a line, or with commas between. */
  blockedWords?: string;
  /** `yes` or `no`; empty: no. */
  outsiders?: string;
}

export interface SettingsVerbs {
  show(caller: Caller): Promise<SettingsView>;
  /** Throws EaselError `setting-not-a-number`, `setting-too-long`, `setting-unknown` with the key of `SettingsChange`. */
  change(caller: Caller, change: SettingsChange): Promise<SettingsView>;
  /** The newest first. */
  audit(caller: Caller): Promise<AuditEntry[]>;
}

export interface SettingsOptions {
  guilds: GuildStore;
  library: Library;
  jobs: JobManager;
  clock: Clock;
  defaults: SettingsView['defaults'];
}

type Numbers = keyof typeof BOUNDS;
type People = 'adminRoles' | 'adminUsers' | 'allowedRoles' | 'allowedChannels' | 'bannedUsers';

const NUMBERS: readonly Numbers[] = ['guildJobs', 'userJobs', 'guildWaiting', 'userWaiting'];
const PEOPLE: readonly People[] = [
  'adminRoles',
  'adminUsers',
  'allowedRoles',
  'allowedChannels',
  'bannedUsers',
];
const MAX_WORD = 100;
/** Of an audit entry. */
const MAX_DETAIL = 300;

export function createSettings({ guilds, library, jobs, clock, defaults }: SettingsOptions): SettingsVerbs {
  /** Changes of one guild's settings, one after another. */
  const inTurn = createTurns();

  async function view({ guild }: Caller): Promise<SettingsView> {
    const templates = (await library.usable(guild)).map(({ name }) => name);
    return { settings: guilds.settings(guild), defaults, templates, languages: languages() };
  }

  async function changed(caller: Caller, change: SettingsChange): Promise<GuildSettings> {
    const next: GuildSettings = { ...guilds.settings(caller.guild) };
    for (const key of NUMBERS) {
      const typed = change[key];
      if (typed !== undefined) next[key] = wholeNumber(key, typed);
    }
    for (const key of PEOPLE) {
      if (change[key] !== undefined) next[key] = ids(key, change[key]);
    }
    if (change.blockedWords !== undefined) next.blockedWords = words(change.blockedWords);
    if (change.outsiders !== undefined)
      next.outsiders = oneOf('outsiders', change.outsiders, ['yes', 'no']) === 'yes';
    if (change.defaultTemplate !== undefined) {
      const known = (await library.usable(caller.guild)).map(({ name }) => name);
      next.defaultTemplate = oneOf('defaultTemplate', change.defaultTemplate.replace(/^\//, ''), known);
    }
    if (change.language !== undefined) {
      const known = languages().map(({ tag }) => tag);
      next.language = oneOf('language', change.language, known);
    }
    return next;
  }

  return {
    async show(caller) {
      requireAdmin(caller);
      return view(caller);
    },
    async change(caller, change) {
      requireAdmin(caller);
      const { guild, user: by } = caller;
      return inTurn(guild, async () => {
        const before = guilds.settings(guild);
        const after = await changed(caller, change);
        const keys = differing(before, after);
        if (keys.length === 0) return view(caller);
        const entry = { at: clock.now(), by, act: 'settings.change', subject: keys.join(' ') };
        await guilds.change(guild, after, { ...entry, detail: summary(keys, before, after) });
        jobs.limitsChanged(guild);
        return view(caller);
      });
    },
    async audit(caller) {
      requireAdmin(caller);
      return guilds.audit(caller.guild);
    },
  };
}

function differing(before: Record<string, unknown>, after: Record<string, unknown>): string[] {
  const keys = Object.keys({ ...before, ...after });
  return keys.filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
}

function wholeNumber(key: Numbers, typed: string): number | undefined {
  const value = typed.trim();
  if (value === '') return undefined;
  const { min, max } = BOUNDS[key];
  const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
  if (!(number >= min && number <= max))
    throw new EaselError({ code: 'setting-not-a-number', setting: key, value, min, max });
  return number;
}

/** What the record could not hold would make it unreadable at the next start. */
function ids(key: People, given: string[]): string[] {
  const all = [...new Set(given.map((id) => id.trim()).filter(Boolean))];
  if (all.length > MAX_NAMED || all.some(({ length }) => length > MAX_ID))
    throw new EaselError({ code: 'setting-too-long', setting: key, max: MAX_NAMED });
  return all;
}

function words(typed: string): string[] {
  const all = typed
    .split(/[\n,，、]/)
    .map((word) => oneLine(word).trim())
    .filter(Boolean);
  if (all.length > MAX_WORDS || all.some(({ length }) => length > MAX_WORD))
    throw new EaselError({ code: 'setting-too-long', setting: 'blockedWords', max: MAX_WORDS });
  return [...new Set(all)];
}

function oneOf(setting: string, typed: string, known: string[]): string | undefined {
  const value = typed.trim();
  if (value === '') return undefined;
  const found = known.find((one) => one.toLowerCase() === value.toLowerCase());
  if (found === undefined) throw new EaselError({ code: 'setting-unknown', setting, value, known });
  return found;
}

/** For the audit log: `guildJobs=3 bannedUsers=+U1 -U2`. */
function summary(keys: string[], before: Record<string, unknown>, after: Record<string, unknown>): string {
  const parts = keys.map((key) => {
    const [old, now] = [before[key], after[key]];
    if (!Array.isArray(now)) return `${key}=${JSON.stringify(now) ?? 'default'}`;
    const was: unknown[] = Array.isArray(old) ? old : [];
    const added = now.filter((one) => !was.includes(one)).map((one) => `+${one}`);
    const gone = was.filter((one) => !now.includes(one)).map((one) => `-${String(one)}`);
    return `${key}=${[...added, ...gone].join(' ')}`;
  });
  return clip(parts.join(' '), MAX_DETAIL);
}
