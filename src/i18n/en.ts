/** Every word that a person reads, in English. The other languages have exactly this shape. */
import type { Problem } from '../core/errors.ts';
import type { WaitReason } from '../core/standing.ts';
import { clip as cut, oneLine } from '../core/text.ts';

type Sentences = { [Code in Problem['code']]: (problem: Extract<Problem, { code: Code }>) => string };

export interface HelpEntry {
  usage: string;
  description: string;
}

const problems: Sentences = {
  'unknown-template': ({ name, known }) =>
    `There is no /${name} here. There is ${list(known.map((k) => `/${k}`))}.`,
  'bad-command': ({ detail }) => `I could not read that: ${detail}`,
  'unknown-slot': ({ slot, known, typed }) =>
    `There is no "${slot}" here. You can set ${list(known)}.${typed ? ' Words that are meant as text go in quotes.' : ''}`,
  'missing-value': ({ slot }) => `"${slot}" is needed. Please give it a value.`,
  'not-a-number': ({ slot, value, integer }) =>
    `"${slot}" must be a ${integer ? 'whole ' : ''}number; "${clip(value)}" is not.`,
  'out-of-bounds': ({ slot, value, min, max }) =>
    `"${slot}" must be ${range(min, max)}; you gave ${clip(value)}.`,
  'too-long': ({ slot, length, maxLength }) =>
    `"${slot}" can have ${maxLength} characters at most; yours has ${length}.`,
  'not-a-choice': ({ slot, value, choices }) =>
    `"${slot}" can't be "${clip(value)}". Choose ${list(choices, 'or')}.`,
  'not-a-boolean': ({ slot, value }) => `"${slot}" is a switch: say yes or no, not "${clip(value)}".`,
  'not-text': ({ slot }) => `"${slot}" takes text, not a file.`,
  'not-an-image': ({ slot, name }) =>
    `"${slot}" needs a picture (PNG, JPEG, WebP or GIF); "${clip(name)}" is not one that I can read.`,
  'image-too-large': ({ slot, size, maxSize }) =>
    `The picture for "${slot}" is ${bytes(size)}; ${bytes(maxSize)} is the most I can take. Please make it smaller.`,
  'image-too-many-pixels': ({ slot, width, height, maxPixels }) =>
    `The picture for "${slot}" is ${width}×${height}; ${Math.round(maxPixels / 1e6)} megapixels is the most I can take.`,
  'image-unreachable': ({ slot, name }) =>
    `I could not get the picture "${clip(name)}" for "${slot}". Please attach it again.`,

  'template-broken': ({ file, path, detail }) => `${file}${path ? ` at ${path}` : ''}: ${detail}`,
  'ui-format-workflow': ({ file }) =>
    `${file} is a workflow as ComfyUI's editor saves it. Easel needs the API format: in ComfyUI choose Workflow → Export (API).`,

  'user-waiting-cap': ({ cap }) =>
    `You already have ${count(cap, 'job')} waiting. Please wait for one to finish, or cancel one.`,
  'guild-waiting-cap': ({ cap }) =>
    `The line here is full: ${count(cap, 'job')} waiting. Please try again when some have finished.`,
  'shutting-down': () => 'Easel is restarting. Please try again in a minute.',

  'discord-token': () => 'Discord refused DISCORD_TOKEN. Copy it anew from the Developer Portal, page "Bot".',
  'discord-unreachable': () => 'Discord could not be reached. Check the network; the log has the details.',

  'slack-token': () =>
    'Slack refused the tokens. Set SLACK_BOT_TOKEN (xoxb-…) and either SLACK_APP_TOKEN (xapp-…) or SLACK_SIGNING_SECRET, copied anew from the app’s pages.',
  'slack-scope': ({ scope }) =>
    `Slack does not let me do that: the app lacks the scope "${scope}". An admin needs to update it from its manifest and install it again.`,
  'form-expired': () => 'Slack waited too long for the form. Please try again.',
  'slack-unreachable': () => 'Slack could not be reached. Check the network; the log has the details.',

  'no-such-job': () => 'I know no such job (any more).',
  'not-your-job': () => 'That job belongs to somebody else; only they or an admin can cancel it.',
  'already-ended': () => 'Too late to cancel: that one has already ended.',
  'which-job': ({ titles }) =>
    `You have several: ${list(titles.map((title) => `"${clip(title, 40)}"`))}. Say more of the one you mean.`,
  'nothing-to-cancel': () => 'You have nothing running or waiting here.',
  'store-failed': () =>
    'I could not write that down, so I did not start it. Please tell the person who runs me.',
  'delivery-failed': () => 'The result could not be sent.',

  'backend-unreachable': ({ backend }) => `${backend} can't be reached right now. Please try again later.`,
  'backend-timeout': ({ backend }) => `${backend} did not answer in time. Please try again later.`,
  'backend-broken': ({ backend, status }) =>
    `${backend} gave an answer that I can't use${status ? ` (HTTP ${status})` : ''}. Please try again later, or tell an admin.`,
  'wrong-api-key': ({ backend }) => `${backend} refused the API key. An admin needs to check COMFY_API_KEY.`,
  'no-credits': ({ backend }) =>
    `The account at ${backend} has no credits left. An admin needs to top it up.`,
  'subscription-inactive': ({ backend }) =>
    `The subscription at ${backend} is not active. An admin needs to renew it.`,
  'backend-busy': ({ backend }) => `${backend} is too busy to take this. Please try again in a few minutes.`,
  'too-large-for-backend': ({ backend }) => `That is too large for ${backend}. Please use a smaller picture.`,
  'missing-node': ({ node }) =>
    `The backend doesn't have the node "${clip(node)}" that this template needs. An admin needs to install it.`,
  'model-missing': ({ input, value }) =>
    `The backend doesn't have "${clip(value)}" for "${input}". Choose another one, or ask an admin to install it.`,
  'workflow-refused': ({ detail }) => `The backend refused the workflow: ${clip(detail, 300)}`,
  'run-failed': ({ node, detail }) => `It failed at "${clip(node)}": ${clip(detail, 300)}`,
  'out-of-memory': ({ node }) =>
    `The backend ran out of memory at "${clip(node)}". Try a smaller size or fewer pictures at once.`,
  'model-download-failed': ({ detail }) => `The backend could not download a model: ${clip(detail, 300)}`,
  'image-download-failed': ({ detail }) =>
    `The backend could not read an input picture: ${clip(detail, 300)}`,
  interrupted: () => 'It was stopped at the backend before it was done. Please start it again.',
  'run-lost': ({ backend }) =>
    `${backend} keeps losing this job, probably because it restarts. Please try again later.`,
  'run-too-long': ({ minutes }) => `It was not done after ${count(minutes, 'minute')}, so I stopped it.`,
  'no-outputs': () => 'It ran, but produced nothing to show. An admin should look at the template.',
  'output-gone': ({ name }) =>
    `The backend no longer has "${clip(name)}". Please run it again; another seed makes sure that it is drawn anew.`,
  'output-too-large': ({ name, maxSize }) =>
    `"${clip(name)}" is larger than the ${bytes(maxSize)} that I can fetch.`,
  internal: ({ ref }) => `Something went wrong on my side. Please tell the person who runs me: ${ref}`,
};

export const en = {
  problems,

  status: {
    accepted: () => 'Got it…',
    waiting: (position: number, reason: WaitReason, platform: string) =>
      `${ordinal(position)} in line: ${waitReason(reason, platform)}`,
    submitting: () => 'Starting…',
    retrying: () => 'The backend did not answer; trying again…',
    running: (percent: number, node: string | undefined, step: { value: number; max: number } | undefined) =>
      [`${percent} %`, node, step && `${step.value}/${step.max}`]
        .filter((part) => part !== undefined)
        .join(' · '),
    cancelling: () => 'Cancelling…',
    unstoppable: () => 'Cancelled. The backend is already at it and will finish it out of sight.',
    delivering: () => 'Done; fetching the result…',
    succeeded: (ms: number) => `Done in ${duration(ms)}`,
    cancelled: () => 'Cancelled.',
  },
  files: {
    tooLarge: (name: string, size: number) =>
      `"${name}" (${bytes(size)}) is too large to attach here; the backend keeps it under that name.`,
    shrunk: (name: string, size: number) => `"${name}" was ${bytes(size)}; it is attached at a smaller size.`,
    saved: (path: string, size: number, pixels?: { width: number; height: number }) =>
      [path, pixels && `${pixels.width}×${pixels.height}`, bytes(size)].filter(Boolean).join('  '),
  },
  buttons: { cancel: () => 'Cancel' },
  cancel: {
    done: (title: string) => `Cancelling "${clip(title)}".`,
  },
  queue: {
    empty: () => 'Nothing runs or waits here.',
    elsewhere: () => '(in another channel)',
    heading: (running: number, waiting: number) => `${running} running, ${waiting} waiting`,
    line: (title: string, who: string, where: string) => `${clip(title, 80)} — ${who} — ${where}`,
  },
  commands: {
    queue: () => 'Show what runs and waits here',
    cancel: () => 'Stop one of your own jobs',
    cancelJob: () => 'Which one; without it, the newest',
    help: () => 'What I can do',
    slot: (name: string) => name,
    seed: () => 'The same seed and values make the same picture again',
  },
  form: { submit: () => 'Run', close: () => 'Close', next: () => 'Next' },
  slack: {
    about: () => 'Pictures from ComfyUI workflows',
    easel: () => 'Run any template, or queue, cancel, help',
    easelHint: () => '[template] [what to make]',
    useImage: () => 'Use this image…',
    useImageHint: () => 'Run a template on it',
    template: () => 'What to do with it',
    noImage: () =>
      'There is no picture in that message. Use the shortcut on a message with a PNG, JPEG, WebP or GIF.',
    noImageTemplates: () => 'No template takes a picture here.',
    direct: () => 'I am not in that channel, so the result comes here. Invite me there to get it in place.',
    notUploaded: (name: string, reason: string) =>
      `Slack did not take "${clip(name)}" (${clip(reason)}); the backend keeps it under that name.`,
    threadFiles: (count_: number) => `${count(count_, 'file')} in the thread.`,
  },
  help: {
    heading: () => 'Commands:',
    line: ({ usage, description }: HelpEntry) => `${usage} — ${description}`,
    usage: (name: string, slots: string[]) => `/${name} ${slots.join(' ')}`.trim(),
  },
  terminal: {
    welcome: (backend: string, templates: string[]) =>
      `Easel is ready. Pictures come from ${backend}. Try /${templates[0] ?? 'help'}, or /help.`,
    sandboxName: () => 'the sandbox',
    sandbox: () => 'No COMFY_URL is set, so pictures are drawn by the built-in sandbox, not by a model.',
    logs: (path: string) => `Logs go to ${path}.`,
    notACommand: () =>
      'Commands begin with a slash, like /imagine prompt:a red fox. Type /help to see them all.',
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
    dataUnusable: (directory: string) =>
      `the data folder ${directory} cannot be used. Check that it can be written.`,
    noTemplates: (directory: string, broken: string[]) =>
      [`no template could be loaded from ${directory}.`, ...broken.map((line) => `  ${line}`)].join('\n'),
    cannotListen: (host: string, port: number, code: string) =>
      `it cannot listen on ${host}, port ${port} (${code}). Check HOST and PORT.`,
    dotEnv: () => 'the file .env cannot be read.',
    templatesUnreadable: (directory: string) =>
      `the templates folder ${directory} cannot be read. Check TEMPLATES_DIR.`,
  },
};

export type Catalogue = typeof en;

/** What people of a platform call the place that shares limits. */
const HERE: Record<string, string> = { slack: 'this workspace' };

function waitReason(reason: WaitReason, platform: string): string {
  switch (reason.kind) {
    case 'guild-limit':
      return `${HERE[platform] ?? 'this server'} is using ${reason.used} of its ${count(reason.limit, 'slot')}`;
    case 'user-limit':
      return `you are using ${reason.used} of your ${count(reason.limit, 'slot')}`;
    case 'backend-busy':
      if (reason.used < reason.limit) return 'starting any moment';
      return reason.limit === 1
        ? 'the backend is busy with another job'
        : `all ${reason.limit} places on the backend are taken`;
  }
}

function ordinal(n: number): string {
  const suffix: Record<string, string> = { one: 'st', two: 'nd', few: 'rd', other: 'th' };
  return `${n}${suffix[new Intl.PluralRules('en', { type: 'ordinal' }).select(n)] ?? 'th'}`;
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}

function bytes(size: number): string {
  if (size < 1024) return count(size, 'byte');
  if (size < 1024 * 1024) return `${Math.round(size / 1024)} KB`;
  return `${(size / 1024 / 1024).toFixed(1)} MB`;
}

function duration(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  return `${minutes} min ${Math.round(seconds - minutes * 60)} s`;
}

function range(min?: string, max?: string): string {
  if (min !== undefined && max !== undefined) return `between ${min} and ${max}`;
  return min === undefined ? `at most ${max}` : `at least ${min}`;
}

const MAX_LISTED = 12;

function list(items: string[], last: 'and' | 'or' = 'and'): string {
  const shown = items.slice(0, MAX_LISTED);
  if (items.length > MAX_LISTED) shown.push(`${items.length - MAX_LISTED} more`);
  if (shown.length === 0) return 'nothing';
  return new Intl.ListFormat('en', { type: last === 'and' ? 'conjunction' : 'disjunction' }).format(shown);
}

function clip(text: string, max = 100): string {
  return cut(oneLine(text).trim(), max);
}
