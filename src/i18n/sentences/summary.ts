/** What whoever starts Easel reads first, and what `npm run doctor` says. */
import type { BackendSummary, Origin } from '../../core/summary.ts';
import type { Surroundings } from '../../core/surroundings.ts';
import { clip } from '../phrases.ts';
import type { Speaker } from '../speaker.ts';
import { account } from './account.ts';
import { warnings } from './warnings.ts';

export const summary = (speaker: Speaker) => {
  const { say, gigabytes } = speaker;
  return {
    warnings: warnings(speaker),
    account: account(speaker),
    settingsFrom: (at: Surroundings) => say(`summary.settingsFrom.${at}`),

    ready: () => say('summary.ready'),
    partly: (marks: number) => say('summary.partly', { marks }),
    notReady: () => say('summary.notReady'),
    wellChecked: () => say('summary.wellChecked'),
    checked: (marks: number) => say('summary.checked', { marks }),

    // what rows are called
    backend: () => say('summary.backend'),
    templates: () => say('summary.templates'),
    page: () => say('summary.page'),
    data: () => say('summary.data'),
    log: () => say('summary.log'),
    settings: () => say('summary.settings'),
    version: (version: string) => say('summary.version', { version }),

    as: (name: string) => clip(name),
    home: (name: string) => say('summary.home', { name: clip(name) }),
    guilds: (guilds: number) => say('summary.guilds', { guilds }),
    invite: (link: string) => say('summary.invite', { link }),
    notConnected: () => say('summary.notConnected'),
    origin: ({ from, overrules }: Origin) =>
      say(`summary.origin.${from === 'environment' && overrules ? 'overrules' : from}`),

    backendVersion: (version: string) => say('summary.backendVersion', { version }),
    classes: (classes: number) => say('summary.classes', { classes }),
    classesLater: () => say('summary.classesLater'),
    checkpoints: (checkpoints: number) => say('summary.checkpoints', { checkpoints }),
    diffusionModels: (models: number) => say('summary.diffusionModels', { models }),
    silent: (name: string) => say('summary.silent', { name: clip(name) }),
    silentBecause: (name: string, why: 'refused' | 'unknownName' | 'noRoute' | 'certificate') =>
      say(`summary.silent.${why}`, { name: clip(name) }),
    /** `code`: the system's, such as ECONNRESET. */
    silentCode: (name: string, code: string) => say('summary.silent.code', { name: clip(name), code }),
    /** Later, in a line of its own. */
    answers: ({ name, version }: BackendSummary) =>
      version === undefined
        ? say('summary.answers', { name: clip(name) })
        : say('summary.answers.version', { name: clip(name), version }),
    /** Later, in a line of its own; `who` may be empty. */
    chatConnected: (name: string, who: string) =>
      who === '' ? say('summary.chatConnected', { name }) : say('summary.chatConnected.as', { name, who }),

    fromFolder: (templates: number, folder: string) =>
      say('summary.fromFolder', { templates, folder: clip(folder) }),
    broken: (templates: number) => say('summary.broken', { templates }),
    pageOff: (host: string) => say('summary.pageOff', { host: clip(host) }),
    asksToken: () => say('summary.asksToken'),
    runs: () => say('summary.runs'),
    lostLink: () => say('summary.lostLink'),
    /** In bytes; `budget`: how many it may be. */
    used: (total: number, budget: number | undefined) =>
      budget === undefined
        ? say('summary.used', { total: gigabytes(total) })
        : say('summary.used.budget', { total: gigabytes(total), budget: gigabytes(budget) }),
    /** In bytes. */
    free: (free: number) => say('summary.free', { free: gigabytes(free) }),
  };
};
