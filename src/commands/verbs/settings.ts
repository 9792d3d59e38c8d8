/** A guild's settings: shown, changed, and who changed what. Admins only. */
import type { Caller } from '../../core/caller.ts';
import { EaselError } from '../../core/errors.ts';
import { readSwitch } from '../../core/switch.ts';
import { clip, oneLine } from '../../core/text.ts';
import type { Clock } from '../../core/time.ts';
import { createTurns } from '../../core/turns.ts';
import { LIMITS, type GuildLimits, type LimitName } from '../../guilds/limits.ts';
import { requireAdmin } from '../../guilds/policy.ts';
import {
  BOUNDS,
  MAX_ID,
  MAX_NAMED,
  MAX_WORDS,
  type AuditEntry,
  type GuildSettings,
} from '../../guilds/schema.ts';
import { LIST_KINDS, settingsOf, type ListKey, type SettingKey } from '../../guilds/setting-kinds.ts';
import type { GuildStore } from '../../guilds/store.ts';
import { languages } from '../../i18n/index.ts';
import type { JobManager } from '../../jobs/manager.ts';
import { defaultFirst, takesWords } from '../../templates/default-first.ts';
import type { Library } from '../../templates/library/index.ts';
import type { Maxima } from '../operator/maxima.ts';
import type { Offers } from '../offers.ts';
import { mergedList, mergedOne } from './merge.ts';

export type { AuditEntry, GuildSettings } from '../../guilds/schema.ts';
export { LIST_KINDS, SETTING_KEYS, SETTING_NEEDS, settingsOf } from '../../guilds/setting-kinds.ts';

export interface SettingsView {
  settings: GuildSettings;
  /** What holds of those numbers: the operator's default where nothing is set, and never more than their maximum. */
  limits: GuildLimits;
  /** Names for `defaultTemplate`: of those that take words, the one first that holds where none is chosen. */
  templates: string[];
  /** Tags for `language`, with what they are called in it. */
  languages: { tag: string; name: string }[];
}

/**
 * Absent: unchanged. Numbers and texts as people type them; an empty text takes the value away. Blocked words stand one
 * a line, or with commas between; `yes` or `no`, and empty is no.
 */
export type SettingsChange = { [Key in Exclude<SettingKey, ListKey | 'models'>]?: string } & {
  [Key in ListKey]?: string[];
};

export interface SettingsVerbs {
  show(caller: Caller): Promise<SettingsView>;
  /**
   * `shown`: what the form had in these fields when it was opened; what somebody else has changed since then is kept, or
   * refused as `setting-changed`. Without it, what is given holds. Throws EaselError `setting-not-a-number`,
   * `setting-above-maximum`, `setting-too-long`, `setting-unknown` with the key of `SettingsChange`. A value that was set
   * before there was a maximum may stay.
   */
  change(caller: Caller, change: SettingsChange, shown?: SettingsChange): Promise<SettingsView>;
  /** The newest first. */
  audit(caller: Caller): Promise<AuditEntry[]>;
}

export interface SettingsOptions {
  guilds: GuildStore;
  library: Library;
  jobs: JobManager;
  /** Told of another choice. */
  offers?: Pick<Offers, 'chosen'> | undefined;
  clock: Clock;
  limits: (guild: string) => GuildLimits;
  /** Lets the operator set more than the maximum: it is raised for that guild. */
  maxima?: Pick<Maxima, 'allow'> | undefined;
}

/** A change that somebody has asked for. */
interface Asked {
  change: SettingsChange;
  shown: SettingsChange | undefined;
  /** That there are now. */
  templates: string[];
}

const MAX_WORD = 100;
/** Of an audit entry. */
const MAX_DETAIL = 300;

export function createSettings({
  guilds,
  library,
  jobs,
  offers,
  clock,
  limits,
  maxima,
}: SettingsOptions): SettingsVerbs {
  /** Changes of one guild's settings, one after another. */
  const inTurn = createTurns();

  async function takingWords(guild: string): Promise<string[]> {
    const able = (await library.usable(guild)).flatMap(({ template }) =>
      template && takesWords(template) ? [template] : [],
    );
    return defaultFirst(able).map(({ name }) => name);
  }

  async function view({ guild }: Caller): Promise<SettingsView> {
    const templates = await takingWords(guild);
    return { settings: guilds.settings(guild), limits: limits(guild), templates, languages: languages() };
  }

  /** What a change makes of `before`. */
  function changed(
    caller: Caller,
    { change, shown = {}, templates }: Asked,
    before: GuildSettings,
  ): GuildSettings {
    const next: GuildSettings = { ...before };
    const one = <T extends string | number | boolean | undefined>(
      key: keyof SettingsChange,
      typed: string,
      now: T,
      meant: (typed: string) => T,
      meantThen = meant,
    ): T => {
      const { [key]: was } = shown;
      const then = typeof was === 'string' ? { value: meantThen(was) } : undefined;
      return mergedOne(key, meant(typed), then, now);
    };
    for (const key of settingsOf('limit')) {
      const typed = change[key];
      if (typed === undefined) continue;
      const value = one(key, typed, before[key], (text) => wholeNumber(key, text));
      const { max } = limits(caller.guild)[key];
      if (value !== undefined && value > max && value !== before[key] && !(caller.operator && maxima))
        throw new EaselError({ code: 'setting-above-maximum', setting: key, value: String(value), max });
      next[key] = value;
    }
    for (const key of settingsOf(...LIST_KINDS))
      if (change[key] !== undefined) next[key] = ids(key, mergedList(change[key], shown[key], before[key]));
    if (change.blockedWords !== undefined) {
      const was = shown.blockedWords === undefined ? undefined : wordsIn(shown.blockedWords);
      next.blockedWords = words(mergedList(wordsIn(change.blockedWords), was, before.blockedWords));
    }
    for (const key of settingsOf('yes-no')) {
      const typed = change[key];
      if (typed !== undefined) next[key] = one(key, typed, before[key], (text) => isYes(key, text));
    }
    if (change.defaultTemplate !== undefined) {
      const meant = (typed: string) => oneOf('defaultTemplate', typed.replace(/^\//, ''), templates);
      // a template that is not there now counts as none, and stays for when it is
      const there = (name = '') => (templates.includes(name) ? name : undefined);
      const current = there(before.defaultTemplate);
      const chosen = one('defaultTemplate', change.defaultTemplate, current, meant, there);
      if (shown.defaultTemplate === undefined || chosen !== current) next.defaultTemplate = chosen;
    }
    if (change.language !== undefined) {
      const known = languages().map(({ tag }) => tag);
      const meant = (typed: string) => oneOf('language', typed, known);
      next.language = one('language', change.language, before.language, meant);
    }
    return next;
  }

  return {
    async show(caller) {
      requireAdmin(caller);
      return view(caller);
    },
    async change(caller, change, shown) {
      requireAdmin(caller);
      const { guild, user: by } = caller;
      const templates = await takingWords(guild);
      const asked = { change, shown, templates };
      return inTurn(guild, async () => {
        const before = guilds.settings(guild);
        const after = changed(caller, asked, before);
        const keys = differing(before, after);
        if (keys.length === 0) return view(caller);
        for (const key of LIMITS) {
          const value = after[key];
          if (
            caller.operator &&
            value !== undefined &&
            value !== before[key] &&
            value > limits(guild)[key].max
          )
            await maxima?.allow(guild, key, value, by);
        }
        const entry = { at: clock.now(), by, act: 'settings.change' };
        await guilds.change(guild, (now) => {
          const settings = changed(caller, asked, now);
          const subject = differing(now, settings);
          const detail = summary(subject, now, settings);
          return { settings, entry: { ...entry, subject: subject.join(' '), detail } };
        });
        jobs.limitsChanged(guild);
        if (keys.includes('defaultTemplate')) await offers?.chosen(guild, caller.platform);
        return view(caller);
      });
    },
    async audit(caller) {
      requireAdmin(caller);
      return guilds.audit(caller.guild);
    },
  };
}

export function differing(before: Record<string, unknown>, after: Record<string, unknown>): string[] {
  const keys = Object.keys({ ...before, ...after });
  return keys.filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
}

function wholeNumber(key: LimitName, typed: string): number | undefined {
  const value = typed.trim();
  if (value === '') return undefined;
  const { min, max } = BOUNDS[key];
  const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
  if (!(number >= min && number <= max))
    throw new EaselError({ code: 'setting-not-a-number', setting: key, value, min, max });
  return number;
}

/** What the record could not hold would make it unreadable at the next start. */
function ids(key: ListKey, entries: string[]): string[] {
  const all = [...new Set(entries.map((id) => id.trim()).filter(Boolean))];
  if (all.length > MAX_NAMED || all.some(({ length }) => length > MAX_ID))
    throw new EaselError({ code: 'setting-too-long', setting: key, max: MAX_NAMED });
  return all;
}

function wordsIn(typed: string): string[] {
  const all = typed.split(/[\n,，、]/).map((word) => oneLine(word).trim());
  return [...new Set(all.filter(Boolean))];
}

function words(all: string[]): string[] {
  if (all.length > MAX_WORDS || all.some(({ length }) => length > MAX_WORD))
    throw new EaselError({ code: 'setting-too-long', setting: 'blockedWords', max: MAX_WORDS });
  return all;
}

/** In the words that any switch takes; empty: no. */
const isYes = (key: SettingKey, typed: string): boolean =>
  readSwitch(typed) ?? oneOf(key, typed, ['yes', 'no']) !== undefined;

function oneOf(setting: string, typed: string, known: string[]): string | undefined {
  const value = typed.trim();
  if (value === '') return undefined;
  const found = known.find((one) => one.toLowerCase() === value.toLowerCase());
  if (found === undefined) throw new EaselError({ code: 'setting-unknown', setting, value, known });
  return found;
}

/** For the audit log: `guildJobs=3 bannedUsers=+U1 -U2`. */
export function summary(
  keys: string[],
  before: Record<string, unknown>,
  after: Record<string, unknown>,
): string {
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
