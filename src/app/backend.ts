/** Opens what jobs run on and are made from: the backend, or the sandbox in its place, and the templates that come along. */
import { createBackend, type BackendOptions, type Timing } from '../comfy/index.ts';
import { comfyHeaders, secretsOf, type Config } from '../config.ts';
import { SANDBOX } from '../core/backend-name.ts';
import type { Problem } from '../core/errors.ts';
import type { Log } from '../core/log.ts';
import type { Surroundings } from '../core/surroundings.ts';
import type { Template } from '../core/template.ts';
import type { Clock } from '../core/time.ts';
import { english } from '../i18n/index.ts';
import { sentence } from '../i18n/index.ts';
import { startSandbox, type Sandbox } from '../sandbox/index.ts';
import { StartupError } from '../startup.ts';
import { loadTemplates } from '../templates/library/load.ts';
import type { KnownDialects } from './known-dialects.ts';
import type { OpenedBackend } from './present-backend.ts';

export type { Timing as ComfyTiming } from '../comfy/index.ts';

export interface BackendDeps {
  /** Where Easel runs. */
  at: Surroundings;
  timing: Partial<Timing> | undefined;
  /** What servers have said they are. */
  dialects: KnownDialects;
  clock: Clock;
  log: Log;
}

/** What the configuration says of its backend, asked from where Easel runs; undefined: it names none. */
export function backendOptions(config: Config, at: Surroundings): Omit<BackendOptions, 'log'> | undefined {
  const { COMFY_URL: url, COMFY_DIALECT: dialect } = config;
  if (url === undefined) return undefined;
  return {
    url,
    apiKey: config.COMFY_API_KEY,
    partnerKey: config.COMFY_PARTNER_KEY,
    headers: comfyHeaders(config),
    dialect: dialect === 'auto' ? undefined : dialect,
    secrets: secretsOf(config),
    fileHosts: config.COMFY_FILE_HOSTS,
    inContainer: at === 'container',
  };
}

/** Started; the sandbox with it, where it is that. */
export async function openBackend(config: Config, deps: BackendDeps): Promise<OpenedBackend> {
  const { dialects, at, ...common } = deps;
  const given = backendOptions(config, at);
  const sandbox: Sandbox | undefined = given ? undefined : await startSandbox();
  const backend = createBackend(
    given
      ? { ...common, ...given, ...(await dialects.of(given.url)) }
      : { ...common, url: sandbox?.url ?? '', name: SANDBOX, dialect: 'comfyui' },
  );
  await backend.start();
  return {
    backend,
    sandbox: sandbox !== undefined,
    async close() {
      await backend.stop();
      await sandbox?.stop();
    },
  };
}

/** Rejects with StartupError where none can be used. */
export async function openTemplates(
  { TEMPLATES_DIR }: Config,
  log: Log,
): Promise<{ templates: Template[]; broken: Problem[] }> {
  try {
    const { templates, broken } = await loadTemplates(TEMPLATES_DIR);
    for (const error of broken) log.error({ ...error.problem, err: error }, 'template not loaded');
    if (templates.length === 0)
      throw new StartupError(
        english().startup.noTemplates(
          TEMPLATES_DIR,
          broken.map(({ problem }) => sentence(english(), problem, 'operator')),
        ),
      );
    return { templates, broken: broken.map(({ problem }) => problem) };
  } catch (error) {
    if (error instanceof StartupError) throw error;
    throw new StartupError(english().startup.templatesUnreadable(TEMPLATES_DIR), { cause: error });
  }
}
