/** What admins read of settings. */
import { clip } from '../phrases.ts';
import type { Speaker } from '../speaker.ts';
import { audit } from './audit.ts';
import { settingName } from './names.ts';

/** Discord's for a field's hint. */
const MAX_HINT = 100;

export const settings = (speaker: Speaker) => {
  const { say, list } = speaker;
  return {
    save: () => say('settings.save'),
    noRoles: () => say('settings.noRoles'),
    auditMore: (hidden: number) => say('settings.auditMore', { hidden }),
    about: () => say('settings.about'),
    verbs: {
      show: () => say('settings.verbs.show'),
      models: () => say('settings.verbs.models'),
      audit: () => say('settings.verbs.audit'),
    },
    heading: () => say('settings.heading'),
    /** `set` here, and what holds; `limited`: who runs Easel allows no more than that. */
    inUse: ({ set, applied, limited }: { set?: number | undefined; applied: number; limited: boolean }) => {
      if (set === undefined) return say('settings.inUse.default', { applied });
      return limited ? say('settings.inUse.limited', { set, applied }) : String(set);
    },
    none: () => say('settings.none'),
    /** By the keys of `SettingsChange`. */
    name: (key: string) => settingName(speaker, key),
    admins: () => say('settings.admins'),
    pickRoles: () => say('settings.pickRoles'),
    pickChannels: () => say('settings.pickChannels'),
    pickBanned: () => say('settings.pickBanned'),
    limits: () => say('settings.limits'),
    words: () => say('settings.words'),
    speech: () => say('settings.speech'),
    wordsHint: () => say('settings.wordsHint'),
    numberHint: (standard: number, max: number) => say('settings.numberHint', { standard, max }),
    languageHint: (tags: string[]) => clip(say('settings.languageHint', { tags: list(tags) }), MAX_HINT),
    templateHint: (names: string[]) =>
      clip(say('settings.templateHint', { names: list(names, 'or') }), MAX_HINT),
    everybody: () => say('settings.everybody'),
    everywhere: () => say('settings.everywhere'),
    languageEach: () => say('settings.languageEach'),
    templateNone: () => say('settings.templateNone'),
    modelsHeading: () => say('settings.modelsHeading'),
    modelsHint: () => say('settings.modelsHint'),
    modelNone: () => say('settings.modelNone'),
    modelsEmpty: () => say('settings.modelsEmpty'),
    saved: () => say('settings.saved'),
    wordCount: (total: number) => say('settings.wordCount', { total }),
    auditHeading: () => say('settings.auditHeading'),
    auditEmpty: () => say('settings.auditEmpty'),
    /** `act` and the rest as in the audit log. */
    audit: (act: string, subject: string, detail = '') => clip(audit(speaker, act, subject, detail), 300),
  };
};
