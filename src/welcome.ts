/** What the person who starts Easel at a keyboard reads first. */
import type { Config } from './config.ts';
import type { Catalogue } from './i18n/index.ts';

/** Of a terminal that is ready. `templates`: names of those that it comes with, the default one first. */
export function terminalWelcome(
  { COMFY_URL }: Config,
  {
    backend,
    templates,
    logPath,
    words: { terminal },
  }: { backend: string; templates: string[]; logPath: string | undefined; words: Catalogue },
): string[] {
  const sandbox = COMFY_URL === undefined ? [terminal.sandbox()] : [];
  const logs = logPath === undefined ? [] : [terminal.logs(logPath)];
  return [terminal.welcome(backend, templates), ...sandbox, ...logs, ''];
}

/** What to open in a browser; `port` is the one that it got. It carries the token that Easel made, and no other. */
export function pageLink({ HOST }: Config, port: number, localToken: string | undefined): string {
  const everywhere = HOST === '0.0.0.0' || HOST === '::';
  const host = HOST.includes(':') ? `[${HOST}]` : HOST;
  const origin = `http://${everywhere ? '127.0.0.1' : host}:${port}`;
  return localToken === undefined ? origin : `${origin}/enter?key=${localToken}`;
}
