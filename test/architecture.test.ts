import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';

/** What each room may import, besides itself. Imports point one way: main → app → platforms → … → core. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  main: ['app', 'config', 'startup'],
  'template-schema': ['templates'],
  'slack-manifest': [
    'app',
    'config',
    'startup',
    'platforms',
    'commands',
    'guilds',
    'templates',
    'store',
    'i18n',
    'core',
  ],
  link: ['config', 'i18n', 'local-token', 'startup', 'surroundings', 'welcome'],
  'local-token': [],
  backup: ['backups', 'config', 'core', 'i18n', 'startup', 'app'],
  restore: ['backups', 'config', 'i18n', 'app', 'startup', 'surroundings'],
  doctor: ['app', 'config', 'core', 'i18n', 'startup'],
  surroundings: ['core'],
  backups: ['startup', 'store', 'i18n', 'core'],
  // composition: it alone names concrete parts of every room
  app: [
    'backups',
    'config',
    'local-token',
    'log',
    'log-file',
    'http',
    'startup',
    'surroundings',
    'welcome',
    'store',
    'files',
    'pictures',
    'links',
    'sandbox',
    'comfy',
    'platforms',
    'commands',
    'jobs',
    'guilds',
    'templates',
    'i18n',
    'core',
  ],
  startup: ['config', 'i18n', 'store', 'core'],
  config: ['core'],
  log: ['core'],
  'log-file': [],
  http: ['connections', 'core'],
  connections: ['core'],
  'media-types': [],
  welcome: ['config', 'i18n'],
  platforms: ['media-types', 'commands', 'jobs', 'templates', 'store', 'i18n', 'core'],
  commands: ['jobs', 'guilds', 'templates', 'i18n', 'core'],
  jobs: ['templates', 'store', 'core'],
  guilds: ['store', 'core'],
  templates: ['store', 'core'],
  store: ['core'],
  links: ['i18n', 'core'],
  files: ['core'],
  i18n: ['core'],
  comfy: ['media-types', 'core'],
  sandbox: ['media-types', 'core'],
  pictures: ['core'],
  core: [],
};

/**
 * What each part of the backend's client may import of it, besides itself: the wire decides nothing, runs know no kind of
 * server, and whoever is outside sees the whole client only.
 */
const COMFY_MAY_IMPORT: Record<string, RegExp> = {
  'comfy/wire': /^comfy\/timing\.ts$/,
  'comfy/runs': /^comfy\/(wire\/|timing\.ts$)/,
  'comfy/dialects': /^comfy\/(wire|runs)\//,
  'comfy/timing.ts': /^never/,
  'comfy/diagnose.ts': /^comfy\/(wire|runs)\//,
  'comfy/options.ts': /^comfy\//,
  'comfy/probe.ts': /^comfy\//,
  'comfy/index.ts': /^comfy\//,
};

/** Which kind of server it is, asked by its name. */
const ASKS_KIND =
  /\bdialect(\.name|Name)?\s*[!=]==?|[!=]==?\s*'(comfyui|cloud|Comfy Cloud|ComfyUI)'|case '(comfyui|cloud)'/;

/** Where a package may be imported; the rest of Easel reaches it through a port. */
const FENCES: Record<string, RegExp> = {
  'discord.js': /^platforms\/discord\//,
  '@slack/bolt': /^platforms\/slack\//,
  '@slack/types': /^never/,
  '@slack/web-api': /^never/,
  ws: /^(comfy\/wire|sandbox)\//,
  undici: /^((comfy\/wire|sandbox)\/|platforms\/kit\/send-form\.ts$)/,
  keyv: /^store\//,
  pino: /^log\.ts$/,
  'pino-pretty': /^log\.ts$/,
  // what strangers made is decoded in a process of its own; the sandbox draws
  sharp: /^(?:pictures|sandbox)\//,
  'libheif-js/wasm-bundle.js': /^pictures\//,
  'intl-messageformat': /^i18n\/speaker\.ts$/,
  '@formatjs/icu-messageformat-parser': /^i18n\/(?:tool\/|page-(?:messages|words)\.ts$)/,
  yazl: /^pictures\//,
  mime: /^media-types\.ts$/,
  'mime/types/other.js': /^media-types\.ts$/,
  'mime/types/standard.js': /^media-types\.ts$/,
};

/**
 * Who may ask what time it is, and what for. What paces, times out or expires inside the process asks
 * `clock.monotonic()`: a wall clock is set back, or forward by a night in which the machine slept.
 */
const WALL_CLOCK: Record<string, string> = {
  'core/time.ts': 'is the clock',
  'app/connected.ts': 'people: since when a chat is connected, and when it is tried again',
  'comfy/wire/retry-after.ts': 'HTTP: a date at which to come again',
  'app/backend-seat.ts': 'stored: when a change of the backend began',
  'commands/operator/connect/connect.ts': 'stored: when something was set, and the audit log',
  'commands/menu-watch.ts': 'the audit log',
  'commands/offers.ts': 'the audit log',
  'commands/operator/account-watch.ts': 'people: when something was said of the account',
  'commands/operator/alerts.ts': 'stored: when somebody was told',
  'commands/operator/causes.ts': 'stored: since when the backend is held',
  'links/index.ts': 'stored, and in the link: until when a file may be fetched',
  'links/route.ts': 'a signed address: it names the time at which it expires',
  'files/index.ts': 'stored: until when a file is kept',
  'jobs/outages/breaker.ts': 'people, and stored: since when it holds',
  'jobs/job-files.ts': 'stored: until when pictures are kept',
  'jobs/runner/hand-over.ts': 'stored: when a run began',
  'jobs/outages/holds.ts': 'stored: since when jobs wait',
  'jobs/intake/intake.ts': 'stored: when a job was asked for',
  'jobs/delivery/post.ts': 'stored: since when a reply is tried',
  'jobs/runner/runner.ts': 'stored: since when a job waits',
  'jobs/outages/stretch.ts': 'compares both clocks: a machine that slept parts them',
  'jobs/delivery/delivery.ts': 'stored: when a job ended',
  'backups/data-folder.ts': 'people: the names of backups',
  'backups/make.ts': 'people: when a backup was made',
  'backups/restore.ts': 'people: the name of what is moved aside',
  'store/adapter.ts': 'stored: when a row is over',
  'store/index.ts': 'stored: when a row is over',
  'store/upgrade.ts': 'people: the name of a backup',
  'templates/library/index.ts': 'stored: when a version was published',
  'commands/audience.ts': 'people: when a reply was finished',
  'commands/operator/foreign-files.ts': 'stored: when a notice was posted',
  'commands/verbs/editor.ts': 'stored: the audit log',
  'commands/operator/operator-rules.ts': 'stored: the audit log',
  'commands/operator/departures.ts': 'stored: since when a guild is gone, and the audit log',
  'commands/operator/partner-notices.ts': 'stored: since when it is asked, and when the operator was told',
  'commands/verbs/settings.ts': 'stored: the audit log',
  'commands/verbs/usual-models.ts': 'stored: the audit log',
  'commands/operator/maxima.ts': 'stored: notices and the audit log',
  'commands/verbs/shelf.ts': 'stored: the audit log',
  'platforms/discord/gateway/logins.ts': 'stored: when a start was last tried',
  'platforms/discord/replies/ways.ts': "Discord's: when an interaction's token expires",
  'platforms/terminal/render.ts': 'people: today or another day',
  'platforms/web/door/session.ts': 'a cookie: it outlives the process',
  'platforms/web/reply.ts': 'stored: when something was said',
  'sandbox/engine/engine.ts': "ComfyUI's: timestamps of messages",
  'sandbox/engine/execute.ts': "ComfyUI's: timestamps of messages",
  'sandbox/files.ts': "ComfyUI's: when a file was written",
  'sandbox/routes/prompt.ts': "ComfyUI's: when a prompt came",
  'sandbox/routes/signed-files.ts': 'a signed address: it names the time at which it expires',
};

/** Who forgets the oldest without `lru-cache`, and why. */
const OWN_MEMORIES: Record<string, string> = {
  'files/folder.ts': 'files on disk',
  'files/timed.ts': 'files on disk',
  'jobs/store/graphs.ts': 'rows in the store, whose deletion is waited for',
  'sandbox/files.ts': "the first that was written goes, as one of ComfyUI's folders is emptied",
  'sandbox/engine/queue.ts': 'the first that ended goes, as in ComfyUI',
};

/** In the platform's folder, or in one of its own folders. */
const PLATFORM_FILES = ['index.ts', 'commands.ts', 'context.ts', 'reply.ts', 'render.ts'];
const MAX_LINES = 300;
/** Made of the English messages, a line each. */
const MADE = 'i18n/keys.ts';

interface Module {
  path: string;
  text: string;
  /** Specifiers as written. */
  imports: string[];
}

const withoutComments = (text: string) => text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');

const source = resolve(import.meta.dirname, '../src');

describe('The architecture', () => {
  let modules: Module[] = [];

  beforeAll(async () => {
    const files = await readdir(source, { recursive: true });
    modules = await Promise.all(
      files
        .filter((file) => file.endsWith('.ts'))
        .map(async (path) => {
          const text = await readFile(join(source, path), 'utf8');
          const imports = [
            ...text.matchAll(
              /^(?:import|export)\b[^'"`;]*?from '([^']+)'|\bimport\('([^']+)'\)|^import '([^']+)'/gms,
            ),
          ];
          return {
            path,
            text,
            imports: imports.map(([, from, dynamic, bare]) => from ?? dynamic ?? bare ?? ''),
          };
        }),
    );
  });

  const roomOf = (path: string) => (path.split('/')[0] ?? path).replace(/\.ts$/, '');
  const localImports = ({ path, imports }: Module) =>
    imports
      .filter((name) => name.startsWith('.'))
      .map((name) => relative(source, resolve(source, dirname(path), name)));

  it('has found the code', () => {
    expect(modules.length).toBeGreaterThan(50);
    expect(modules.flatMap(({ imports }) => imports).length).toBeGreaterThan(200);
  });

  it('lets imports point one way', () => {
    const wrong = modules.flatMap((module) => {
      const room = roomOf(module.path);
      const allowed = [room, ...(MAY_IMPORT[room] ?? [])];
      return localImports(module)
        .filter((target) => !allowed.includes(roomOf(target)))
        .map((target) => `${module.path} → ${target}`);
    });
    expect(wrong).toEqual([]);
    expect(modules.map(({ path }) => roomOf(path)).filter((room) => !(room in MAY_IMPORT))).toEqual([]);
  });

  it('keeps each platform to itself', () => {
    const platform = (path: string) => /^platforms\/([^/]+)\//.exec(path)?.[1];
    const wrong = modules.flatMap((module) =>
      localImports(module)
        .filter(
          (target) =>
            platform(target) !== undefined &&
            platform(target) !== 'kit' &&
            module.path.startsWith('platforms/') &&
            platform(target) !== platform(module.path),
        )
        .map((target) => `${module.path} → ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  it('lets the wire to a backend decide nothing, and runs know no kind of server', () => {
    const part = (path: string) => /^comfy\/[^/]+/.exec(path)?.[0] ?? 'elsewhere';
    const wrong = modules.flatMap((module) =>
      localImports(module)
        .filter((target) => target.startsWith('comfy/') && part(target) !== part(module.path))
        .filter((target) => !(COMFY_MAY_IMPORT[part(module.path)] ?? /^comfy\/index\.ts$/).test(target))
        .map((target) => `${module.path} → ${target}`),
    );
    expect(wrong).toEqual([]);
    const parts = modules.map(({ path }) => part(path)).filter((name) => name.startsWith('comfy/'));
    expect([...new Set(parts)].toSorted()).toEqual(Object.keys(COMFY_MAY_IMPORT).toSorted());
  });

  it('asks what a kind of server can do, not which kind it is', () => {
    const client = modules.filter(({ path }) => path.startsWith('comfy/'));
    const asking = client.filter(({ text }) => ASKS_KIND.test(withoutComments(text)));
    expect(asking.map(({ path }) => path).filter((path) => !path.startsWith('comfy/dialects/'))).toEqual([]);
  });

  it('has no cycle', () => {
    const graph = new Map(modules.map((module) => [module.path, localImports(module)]));
    const finished = new Set<string>();
    const visit = (path: string, trail: string[]): void => {
      if (trail.includes(path)) throw new Error(`cycle: ${[...trail, path].join(' → ')}`);
      if (finished.has(path)) return;
      for (const next of graph.get(path) ?? []) visit(next, [...trail, path]);
      finished.add(path);
    };
    for (const path of graph.keys()) visit(path, []);
    expect(finished.size).toBe(modules.length);
  });

  it('fences discord.js, Bolt, ws, undici, keyv, pino, sharp, yazl and mime in', () => {
    const wrong = modules.flatMap(({ path, imports }) =>
      imports
        .filter((name) => Object.hasOwn(FENCES, name) && !FENCES[name]?.test(path))
        .map((name) => `${path} → ${name}`),
    );
    expect(wrong).toEqual([]);
  });

  it('reads the environment in one place', () => {
    const readers = modules.filter(({ text }) => /process\.env\b/.test(withoutComments(text)));
    expect(readers.map(({ path }) => path)).toEqual(['config.ts']);
  });

  it('reads what a backend says in one place', () => {
    const readers = modules.filter(
      ({ path, text }) =>
        path.startsWith('comfy/') && /\bJSON\.parse\b|\bparseJson\b|\.json\(\)/.test(withoutComments(text)),
    );
    expect(readers.map(({ path }) => path)).toEqual(['comfy/wire/json.ts']);
  });

  it('asks the wall clock only where people, stored things and tokens want to know', () => {
    const asks = /(?<!performance)\.now\b|\bnew Date\(\)|\{[^{}]*\bnow\b[^{}]*\} = \w*clock/i;
    const written = modules.filter(({ path }) => path !== MADE);
    const found = written.filter(({ text }) => asks.test(withoutComments(text))).map(({ path }) => path);
    expect(found.filter((path) => !Object.hasOwn(WALL_CLOCK, path))).toEqual([]);
    expect(found.length).toBeGreaterThan(10);
  });

  it('waits with `within` and its siblings, since what AbortSignal combines stays on its sources', () => {
    const wrong = modules.filter(({ text }) => /AbortSignal\.(any|timeout)\b/.test(withoutComments(text)));
    expect(wrong.map(({ path }) => path).filter((path) => path !== 'core/time.ts')).toEqual([]);
  });

  it('knows no platform in core/ and templates/, not even in a comment', () => {
    const named = modules
      .filter(({ path }) => /^(?:core|templates)\//.test(path))
      .flatMap(({ path, text }) =>
        (/discord|slack|block kit/i.exec(text) ?? []).map((name) => `${path}: ${name}`),
      );
    expect(named).toEqual([]);
  });

  it('has one bounded memory, `lru-cache`', () => {
    const byHand = /\bconst \[oldest\] =|\(const oldest of\b|\.keys\(\)\.next\(\)/;
    const found = modules.filter(({ text }) => byHand.test(withoutComments(text))).map(({ path }) => path);
    expect(found.toSorted()).toEqual(Object.keys(OWN_MEMORIES).toSorted());
  });

  it('gives every platform the same files', async () => {
    const platforms = (await readdir(join(source, 'platforms'), { withFileTypes: true })).filter(
      (entry) => entry.isDirectory() && entry.name !== 'kit',
    );
    const missing = platforms.flatMap(({ name }) => {
      const own = modules.filter(({ path }) => path.startsWith(`platforms/${name}/`));
      return PLATFORM_FILES.filter((file) => !own.some(({ path }) => basename(path) === file)).map(
        (file) => `${name}: ${file}`,
      );
    });
    expect(platforms.length).toBeGreaterThan(3);
    expect(missing).toEqual([]);
    // the one from which the recipe is written
    expect(await readdir(resolve(import.meta.dirname, 'platforms/wire'))).toEqual(
      expect.arrayContaining(PLATFORM_FILES),
    );
  });

  it('has files of one idea: a sentence at the top, few lines, no default export', () => {
    for (const { path, text } of modules) {
      expect(text.startsWith('/**'), `${path} begins with its reason`).toBe(true);
      const lines = path === MADE ? 0 : text.split('\n').length;
      expect(lines, path).toBeLessThanOrEqual(MAX_LINES);
      expect(text, path).not.toMatch(/^export default|^(export )?(const )?enum /m);
    }
    expect(modules.find(({ path }) => path === 'main.ts')?.text.split('\n').length).toBeLessThan(40);
  });
});
