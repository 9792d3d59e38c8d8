/** What is said at the start, also where there is none, and in the terminal. */
import type { Surroundings } from '../../core/surroundings.ts';
import type { Speaker } from '../speaker.ts';

export const startup = ({ say }: Speaker) => ({
  failed: (detail: string) => say('startup.failed', { detail }),
  config: (lines: string[]) => withLines(say('startup.config'), lines),
  portTaken: (host: string, port: number) => say('startup.portTaken', { host, port }),
  dataTaken: (directory: string) => say('startup.dataTaken', { directory }),
  logUnwritable: (path: string, code: string) => say('startup.logUnwritable', { path, code }),
  dataUnusable: (directory: string, at: Surroundings) =>
    say(at === 'container' ? 'startup.dataUnusable.container' : 'startup.dataUnusable', { directory }),
  noTemplates: (directory: string, broken: string[]) =>
    withLines(say('startup.noTemplates', { directory }), broken),
  cannotListen: (host: string, port: number, code: string) =>
    say('startup.cannotListen', { host, port, code }),
  dotEnv: () => say('startup.dotEnv'),
  templatesUnreadable: (directory: string) => say('startup.templatesUnreadable', { directory }),
  tokenNeeded: (host: string, at: Surroundings) =>
    say(at === 'container' ? 'startup.tokenNeeded.container' : 'startup.tokenNeeded', { host }),
  pageOff: () => say('startup.pageOff'),
  open: (address: string) => say('startup.open', { address }),
  signIn: () => say('startup.signIn'),
  anyPort: () => say('startup.anyPort'),
  connect: () => say('startup.connect'),
  ends: () => say('startup.ends'),
});

const withLines = (heading: string, lines: string[]) =>
  [heading, ...lines.map((line) => `  ${line}`)].join('\n');

export const terminal = ({ say }: Speaker) => ({
  welcome: (backend: string, templates: string[]) =>
    say('terminal.welcome', { backend, template: templates[0] ?? 'help' }),
  sandboxName: () => say('terminal.sandboxName'),
  sandbox: () => say('terminal.sandbox'),
  logs: (path: string) => say('terminal.logs', { path }),
  notACommand: () => say('terminal.notACommand'),
  noFile: (path: string) => say('terminal.noFile', { path }),
  bye: () => say('terminal.bye'),
});
