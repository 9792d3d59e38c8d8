/** Every word that a person reads, in English. The other languages have exactly this shape. */
import type { Offer } from '../core/links.ts';
import { dayMark, momentMark } from '../core/moment.ts';
import type { Hold, WaitReason } from '../core/standing.ts';
import type { Surroundings } from '../core/surroundings.ts';
import { detected } from './en/detected.ts';
import { editor } from './en/editor.ts';
import { bytes, count, duration, ordinal, list as listed } from './en/phrases.ts';
import { door } from './en/web/door.ts';
import { frame } from './en/web/frame.ts';
import { chat } from './en/web/chat.ts';
import { studio } from './en/web/studio.ts';
import { connect as connectPage } from './en/web/connect.ts';
import { operator } from './en/web/operator.ts';
import type { PageWords } from './page-words.ts';
import { clip, gigabytes, platformName } from './phrases.ts';

export interface HelpEntry {
  usage: string;
  description: string;
}
/** As any other language has them: the types of `en` are not of its very texts. */
const page: PageWords = { frame, chat, studio, operator, connect: connectPage };

export const en = {
  detected,
  editor,
  web: { page, door },

  status: {
    accepted: () => 'Got it…',
    /** `own`: read by who waits. */
    waiting: (position: number, reason: WaitReason, platform: string, own: boolean) =>
      `${ordinal(position)} in line: ${waitReason(reason, platform, own)}`,
    submitting: () => 'Starting…',
    retrying: () => 'The backend did not answer; trying again…',
    running: (percent: number, node: string | undefined, step: { value: number; max: number } | undefined) =>
      [`${percent} %`, node, step && `${step.value}/${step.max}`]
        .filter((part) => part !== undefined)
        .join(' · '),
    held: (hold: Hold) => `${capital(holdReason(hold))}. I keep trying.`,
    linedUp: (ahead: number) => `${ordinal(ahead + 1)} in the backend's own line`,
    cancelling: () => 'Cancelling…',
    unstoppable: () => 'Cancelled. The backend is already at it and will finish it out of sight.',
    delivering: () => 'Done; fetching the result…',
    late: (since: number) =>
      `Done; the result has been waiting to be handed over since ${momentMark(since)}. I keep trying.`,
    succeeded: (ms: number) => `Done in ${duration(ms)}`,
    cancelled: () => 'Cancelled.',
    cancelledAway: () =>
      'Cancelled. The backend is away; if it has begun, it is stopped there once it is back.',
    /** Under every reply while no ComfyUI is connected; people in a chat cannot connect one. */
    demo: (platform: string) =>
      [DEMO, REAL_PICTURES[platform] ?? REAL_PICTURES['chat']].filter(Boolean).join(' '),
  },
  files: {
    tooLarge: (name: string, size: number, offer?: Offer) => {
      const sentence = `"${clip(name)}" (${bytes(size)}) is too large for this chat`;
      switch (offer?.kind) {
        case 'link':
          return `${sentence}: ${offer.url} until ${dayMark(offer.until)}`;
        case 'off':
        case undefined:
          return `${sentence}. Whoever runs this Easel can set PUBLIC_URL: then such files come as a link.`;
        case 'unkept':
          return `${sentence}, and it could not be kept for you to fetch.`;
      }
    },
    /** What is there as a link, for another reason than its size. */
    fetch: (name: string, size: number, { url, until }: Extract<Offer, { kind: 'link' }>) =>
      `"${clip(name)}" (${bytes(size)}): ${url} until ${dayMark(until)}`,
    /** What somebody reads who follows a link that leads nowhere, or whose file too many fetch. */
    linkGone: () => 'There is no file here: the link is not whole, or its time is over.',
    linkBusy: () => 'Too many people are fetching files just now. Try again in a minute.',
    shrunk: (name: string, size: number) =>
      `"${clip(name)}" was ${bytes(size)}; it is attached at a smaller size.`,
    shrunkOf: (name: string, size: number, { url, until }: Extract<Offer, { kind: 'link' }>) =>
      `"${clip(name)}" was ${bytes(size)}; it is attached at a smaller size. As it was made: ${url} until ${dayMark(until)}`,
    crowd: (shown: number, of: number) =>
      `Here are the first ${shown} of ${of} files. The contact sheet shows the pictures by number, the archive has everything; "All" posts each of them here.`,
    /** `list`: the name of the file that says it. */
    listed: (files: number, list: string) =>
      `${files} files are not attached as they were made: ${list} says where they are.`,
    /** Read aloud instead of a picture; `title`: what was asked for, empty where that may not be said. */
    alt: {
      picture: (title: string, index: number, of: number) =>
        [of > 1 ? `Picture ${index} of ${of}` : 'Picture', title].filter(Boolean).join(': '),
      video: (title: string) => ['Video', title].filter(Boolean).join(': '),
      preview: (title: string) => ['Preview', title].filter(Boolean).join(': '),
      sheet: (title: string) =>
        ['Contact sheet of all pictures, by number', title].filter(Boolean).join(': '),
    },
    saved: (path: string, size: number, pixels?: { width: number; height: number }) =>
      [path, pixels && `${pixels.width}×${pixels.height}`, bytes(size)].filter(Boolean).join('  '),
  },
  buttons: { cancel: () => 'Cancel', again: () => 'Again', all: () => 'All', tryAgain: () => 'Try again' },
  cancel: {
    done: (title: string) => `Cancelling "${clip(title)}".`,
  },
  queue: {
    empty: () => 'Nothing runs or waits here.',
    elsewhere: () => '(in another channel)',
    heading: (running: number, waiting: number) => `${running} running, ${waiting} waiting`,
  },
  commands: {
    queue: () => 'Show what runs and waits here',
    cancel: () => 'Stop one of your own jobs',
    cancelJob: () => 'Which one; without it, the newest',
    again: () => 'Make your last one once more, with another seed',
    act: () => 'Do something in what was shown last; alone it is shown again',
    help: () => 'What I can do',
    template: () => 'Add templates from ComfyUI, and look after them',
    settings: () => 'Limits, who may use me and where, blocked words',
    usualModels: () => 'The model that a template takes where nobody names one',
    usualModelsWhat: () => 'Like: imagine:flux1-dev',
    easel: () => 'Run a template from one line, or just say what you want',
    easelWhat: () => 'Like: imagine a red fox --steps 30',
    slot: (name: string) => name,
    seed: () => 'The same seed and values make the same picture again',
  },
  ask: {
    meant: (probably: string[]) => `Did you mean ${listed(probably.map((one) => clip(one, 80)))}?`,
    isPrompt: (written: string[]) =>
      `Is ${listed(written.map((one) => `“${clip(one, 80)}”`))} part of the prompt?`,
    yes: () => 'Yes',
    no: () => 'No, it’s part of the prompt',
    yesPrompt: () => 'Yes, it’s part of the prompt',
  },
  form: {
    submit: () => 'Run',
    close: () => 'Close',
    next: () => 'Next',
    /** Of a file that came with a form before; 100 characters at most. */
    keptFile: (name: string) => `“${clip(name, 60)}” is kept; choose another file to take that instead`,
  },
  /** What is to be chosen before a command can be run. */
  question: {
    title: (slot: string) => `Which “${clip(slot, 40)}”?`,
    choose: () => 'Choose…',
    chosen: (label: string) => `You chose “${label}”.`,
    keep: () => 'An admin can choose a usual one for everybody here in /settings.',
  },
  help: {
    heading: () => 'Commands:',
    line: ({ usage, description }: HelpEntry) => `${usage} — ${description}`,
    /** `all`: how the list of all is typed. */
    more: (hidden: number, all: string) =>
      hidden === 1
        ? `… and one more: ${all} lists them all.`
        : `… and ${hidden} more: ${all} lists them all.`,
  },
  alerts: {
    /** `sentence`: what is wrong; `words`: what the backend says of it. */
    held: (sentence: string, since: number, words: string | undefined) =>
      [
        `${sentence} Since ${momentMark(since)} no job is begun; all wait, and go on by themselves.`,
        words && `It says: ${clip(words, 300)}`,
      ].filter((line) => line !== undefined),
    heldOver: (backend: string) => [`${clip(backend)} takes jobs again; what waited goes on.`],
    token: (sentence: string) => [sentence],
    tokenOver: (platform: string) => [`${platformName(platform)} takes the token again.`],
    disk: (sentence: string) => [sentence],
    diskBudget: (fixed: number, budget: number, full: boolean) => [
      `The data folder is ${full ? '' : 'nearly '}full: ${gigabytes(fixed)} of its ${gigabytes(budget)} are taken by what may not be removed.`,
      full
        ? 'No new jobs are begun; those that wait go on by themselves. A larger DATA_BUDGET_GB makes room.'
        : 'When it is full, new jobs are refused. A larger DATA_BUDGET_GB makes room.',
    ],
    diskOver: () => ['There is room again in the data folder.'],
    diskUnset: (total: number, standard: number) => [
      `The data folder holds ${gigabytes(total)}, more than the usual budget of ${gigabytes(standard)}. Nothing is removed until you have set DATA_BUDGET_GB.`,
    ],
    diskUnsetOver: () => ['The data folder has a budget now.'],
  },
  drift: {
    heading: (name: string) => `Your template /${clip(name)} no longer fits the backend:`,
    advice: (name: string) =>
      `Change it with /template edit ${clip(name)}, or have the missing part installed. Until then people are told that it does not work.`,
  },
  terminal: {
    welcome: (backend: string, templates: string[]) =>
      `Easel is ready. Pictures come from ${backend}. Try /${templates[0] ?? 'help'}, or /help.`,
    sandboxName: () => 'the sandbox',
    sandbox: () =>
      'Pictures are drawn by a demo painter, not by an AI model. To get real pictures, set COMFY_URL to your ComfyUI or to Comfy Cloud.',
    logs: (path: string) => `Logs go to ${path}.`,
    notACommand: () => 'Nothing here draws from words alone. Type /help to see what there is.',
    noFile: (path: string) => `I can't read the file ${path}.`,
    bye: () => 'Bye.',
  },
  startup: {
    failed: (detail: string) => `Easel could not start: ${detail}`,
    config: (lines: string[]) =>
      ['Some settings are not right:', ...lines.map((line) => `  ${line}`)].join('\n'),
    portTaken: (host: string, port: number) =>
      `port ${port} on ${host} is taken. Set PORT to another one, or to 0 for any free one.`,
    dataTaken: (directory: string) =>
      `another Easel is using the data folder ${directory}. Stop it, or set DATA_DIR to another folder.`,
    logUnwritable: (path: string, code: string) =>
      `The log ${path} cannot be written (${code}). Easel goes on without it until it can.`,
    dataUnusable: (directory: string, at: Surroundings) =>
      at === 'container'
        ? `the data folder ${directory} cannot be written. Give it a volume (-v easel-data:${directory}), or let user 1000 own the folder that you mount there (sudo chown 1000 FOLDER).`
        : `the data folder ${directory} cannot be used. Check that it can be written.`,
    noTemplates: (directory: string, broken: string[]) =>
      [`no template could be loaded from ${directory}.`, ...broken.map((line) => `  ${line}`)].join('\n'),
    cannotListen: (host: string, port: number, code: string) =>
      `it cannot listen on ${host}, port ${port} (${code}). Check HOST and PORT.`,
    dotEnv: () => 'the file .env cannot be read.',
    templatesUnreadable: (directory: string) =>
      `the templates folder ${directory} cannot be read. Check TEMPLATES_DIR.`,
    tokenNeeded: (host: string, at: Surroundings) =>
      at === 'container'
        ? `on HOST=${host} others could open its page. Give it ADMIN_TOKEN (-e ADMIN_TOKEN=…), a secret of at least 16 characters that the page will ask for; or give it a chat.`
        : `on HOST=${host} others could open its page. Set ADMIN_TOKEN to a secret of at least 16 characters that the page will ask for, or HOST to 127.0.0.1.`,
    pageOff: () =>
      'There is no page here: others can reach this address and ADMIN_TOKEN is not set. Set it and start Easel again.',
    open: (address: string) => `Easel is ready. Open ${address} in a browser.`,
    signIn: () => 'It asks for ADMIN_TOKEN.',
    anyPort: () => 'PORT is 0, so the port in this link is not known: the log says it at “started”.',
    connect: () => 'Connect Discord, Slack or a ComfyUI of your own on its page “Operator”.',
    ends: () => 'Ctrl-C stops it.',
  },
};

/** What is not yet said by messages. */
export type Catalogue = typeof en;

/** What people of a platform call the place that shares limits. */
const HERE: Record<string, string> = { slack: 'this workspace', web: 'the playground' };

const DEMO = 'Demo painter, not an AI model.';
/** How that changes, by who reads it. The page has a link. */
const REAL_PICTURES: Record<string, string> = {
  chat: "To get real pictures, Easel's owner connects ComfyUI.",
  terminal:
    'To get real pictures, set COMFY_URL to your ComfyUI or to Comfy Cloud (README: “Get real pictures”).',
  web: '',
};

function waitReason(reason: WaitReason, platform: string, own: boolean): string {
  switch (reason.kind) {
    case 'backend-changing':
      return 'another backend is being put in place; this goes on by itself';
    case 'data-full':
      return "Easel's disk is full; this goes on by itself";
    case 'backend-held':
      return `${holdReason(reason.hold)}; this goes on by itself`;
    case 'guild-limit':
      return `${HERE[platform] ?? 'this server'} is using ${reason.used} of its ${count(reason.limit, 'slot')}`;
    case 'user-limit':
      if (!own) return `this person is using ${reason.used} of their ${count(reason.limit, 'slot')}`;
      return `you are using ${reason.used} of your ${count(reason.limit, 'slot')}`;
    case 'person-limit':
      if (!own)
        return `this person is using ${reason.used} of their ${count(reason.limit, 'slot')} in all places`;
      return `you are using ${reason.used} of your ${count(reason.limit, 'slot')} in all places together`;
    case 'backend-busy':
      if (reason.used < reason.limit) return 'starting any moment';
      return reason.limit === 1
        ? 'the backend is busy with another job'
        : `all ${reason.limit} places on the backend are taken`;
  }
}

/** Short, and for people: what the backend said itself is for who runs Easel. */
function holdReason({ since, kind }: Hold): string {
  const when = momentMark(since);
  switch (kind) {
    case 'account':
      return `the backend has refused its account since ${when}`;
    case 'busy':
      return `the backend has been taking no more since ${when}`;
    case 'away':
      return `the backend has not been answering since ${when}`;
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
