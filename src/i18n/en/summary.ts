/** What whoever starts Easel reads first, and what `npm run doctor` says, in English. */
import { account } from './account.ts';
import type { BackendSummary, Origin, Warning } from '../../core/summary.ts';
import type { Surroundings } from '../../core/surroundings.ts';
import { clip, gigabytes, platformName } from '../phrases.ts';
import { count } from './phrases.ts';

/** A sentence for every warning. */
export type Warnings = { [Code in Warning['code']]: (warning: Extract<Warning, { code: Code }>) => string };

const warnings: Warnings = {
  'unknown-variable': ({ name, nearest }) =>
    nearest === undefined
      ? `${clip(name)} is no setting of Easel's, so it does nothing. Take it away.`
      : `${clip(name)} is no setting of Easel's, so it does nothing. Did you mean ${nearest}?`,
  'unused-variable': ({ name, needs }) => `${name} does nothing without ${needs}.`,
  overruled: ({ name, by }) => `${by} wins over ${name}, which does not count where they differ.`,
  'quoted-value': ({ name }) =>
    `The value of ${name} has quotation marks around it, which --env-file and systemd may keep. Take them away.`,
  'odd-characters': ({ name }) => `${name} holds spaces or other characters that no token has. Copy it anew.`,
  'placeholder-value': ({ name }) => `${name} holds a placeholder. Put the real value there.`,
  'guessable-value': ({ name }) =>
    `${name} is easy to guess. Take a long random one, such as openssl rand -hex 24 makes.`,
  'wrong-token': ({ name, belongs }) =>
    belongs === undefined
      ? `What is in ${name} is another kind of token or id. Copy the right one.`
      : `What is in ${name} belongs into ${belongs}.`,
  'key-without-url': ({ name, url }) =>
    `${name} is set and COMFY_URL is not, so the sandbox draws. For Comfy Cloud set COMFY_URL=${url}.`,
  'cloud-without-key': ({ name }) => `Comfy Cloud takes nobody without a key. Set ${name}.`,
  'key-for-own-server': ({ name, host }) =>
    `${name} is sent to ${clip(host)} with every request. Your own ComfyUI wants no key: if it is for partner nodes, call it COMFY_PARTNER_KEY. If something in front of it wants one, COMFY_DIALECT=comfyui or cloud says that it is meant.`,
  'key-in-clear': ({ name, host }) =>
    `The key goes to ${clip(host)} unencrypted. Begin ${name} with https://.`,
  'not-the-cloud': ({ name, host, right }) => `${clip(host)} takes no jobs. Set ${name}=${right}.`,
  'own-address': ({ name }) => `${name} is Easel's own address. ComfyUI usually listens on port 8188.`,
  'no-destination': ({ name, host }) =>
    `${clip(host)} is where a server listens, and no address to go to. Put 127.0.0.1 or its machine's own address into ${name}.`,
  'address-extras': ({ name }) => `What follows ? or # in ${name} does not count. Take it away.`,
  'api-in-path': ({ name }) => `Leave /api at the end of ${name} away: Easel adds it itself.`,
  'loopback-in-container': ({ name, host }) =>
    `${clip(host)} in ${name} is this container itself. For a ComfyUI on the machine around it take host.docker.internal (on Linux with --add-host=host.docker.internal:host-gateway).`,
  'loopback-page-in-container': ({ name }) =>
    `With ${name} on 127.0.0.1 nobody outside this container reaches the page. Set ${name}=0.0.0.0 and ADMIN_TOKEN.`,
  'too-late': ({ name }) =>
    `${name} in .env comes too late: Node reads it as it starts. Set it in the environment.`,
  'operator-elsewhere': ({ name, platform }) =>
    `${name} names somebody on ${platformName(platform)}, which is not set up: they are told nothing.`,
  'concurrency-above-plan': ({ name, given, atOnce }) =>
    `${name} is ${given}, and the account runs ${atOnce} at once; the rest only waits there. Set it to ${atOnce}.`,
};

const settingsFrom: Record<Surroundings, string> = {
  shell: 'Settings are in .env or in the environment; start Easel again after a change.',
  container: 'Settings come with -e, --env-file or compose.yaml; make the container anew after a change.',
  service:
    'Settings are in the file that the unit names (EnvironmentFile); restart the service after a change.',
};

export const summary = {
  warnings,
  account,
  settingsFrom,

  ready: () => 'Easel is ready.',
  partly: (marks: number) =>
    `Easel works, but ${count(marks, 'thing')} below ${marks === 1 ? 'wants' : 'want'} your attention.`,
  notReady: () => 'Easel runs, but it cannot make pictures for anybody yet. What is missing is marked below.',
  wellChecked: () => 'All is well: Easel can be started.',
  checked: (marks: number) =>
    `${count(marks, 'thing')} below ${marks === 1 ? 'wants' : 'want'} your attention.`,

  backend: 'Backend',
  templates: 'Templates',
  page: 'Page',
  data: 'Data',
  log: 'Log',
  settings: 'Settings',
  version: (version: string) => `Easel ${version}`,

  as: (name: string) => clip(name),
  home: (name: string) => `in ${clip(name)}`,
  guilds: (guilds: number) => `in ${count(guilds, 'server')}`,
  invite: (link: string) => `Add it to a server: ${link}`,
  notConnected: () => 'not connected yet; it is tried again',
  origin: ({ from, overrules }: Origin): string => {
    if (from === 'page') return 'Set on its page, under “Connect”.';
    return overrules
      ? 'Set in the environment, which wins over what its page has.'
      : 'Set in the environment.';
  },

  backendVersion: (version: string) => `version ${version}`,
  classes: (classes: number) => `${classes} node classes`,
  classesLater: () => 'its node classes are still being read',
  checkpoints: (checkpoints: number) => count(checkpoints, 'checkpoint'),
  diffusionModels: (models: number) => count(models, 'diffusion model'),
  /** Without an end: a reason may follow. */
  silent: (name: string) => `${clip(name)} does not answer`,
  why: {
    refused: 'nothing listens there',
    unknownName: 'nobody knows that name',
    noRoute: 'no way leads there',
    certificate: 'its certificate is not trusted; NODE_EXTRA_CA_CERTS names another authority',
    other: (code: string) => code,
  },
  /** Later, in a line of its own. */
  answers: ({ name, version }: BackendSummary) =>
    `${clip(name)}${version === undefined ? '' : ` (version ${version})`} answers now.`,
  /** Later, in a line of its own; `who` may be empty. */
  chatConnected: (name: string, who: string) =>
    who === '' ? `${name} is connected now.` : `${name} is connected now: ${who}.`,

  fromFolder: (templates: number, folder: string) => `${templates} from ${clip(folder)}`,
  broken: (templates: number) => `${templates} cannot be used:`,
  pageOff: (host: string) => `off: others could open it on HOST=${clip(host)}, and ADMIN_TOKEN is not set`,
  asksToken: () => 'it asks for ADMIN_TOKEN',
  runs: () => 'An Easel is running there.',
  lostLink: () => 'npm run link prints its link',
  used: (total: number, budget: number | undefined) =>
    budget === undefined ? `${gigabytes(total)} used` : `${gigabytes(total)} of ${gigabytes(budget)} used`,
  free: (free: number) => `${gigabytes(free)} free on the disk`,
};
