/** What the person who starts Easel at a keyboard reads first. */
import type { Config } from './config.ts';
import { en } from './i18n/en.ts';

/** `templates`: names of those that it comes with. */
export function terminalWelcome(
  { COMFY_URL }: Config,
  { backend, templates, logPath }: { backend: string; templates: string[]; logPath: string },
): string[] {
  const { terminal } = en;
  const first = templates.includes('imagine') ? ['imagine'] : templates;
  return [terminal.welcome(backend, first), ...sandboxNote(COMFY_URL), terminal.logs(logPath), ''];
}

/** The page is all that there is. */
export function pageWelcome({ COMFY_URL, ADMIN_TOKEN }: Config, link: string, logPath: string): string {
  const { startup, terminal } = en;
  const lines = [
    startup.open(link),
    ...(ADMIN_TOKEN === undefined ? [] : [startup.signIn()]),
    ...sandboxNote(COMFY_URL),
    terminal.logs(logPath),
    startup.ends(),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

/** What to open in a browser; `port` is the one that it got. It carries the token that Easel made, and no other. */
export function pageLink({ HOST }: Config, port: number, localToken: string | undefined): string {
  const everywhere = HOST === '0.0.0.0' || HOST === '::';
  const host = HOST.includes(':') ? `[${HOST}]` : HOST;
  const origin = `http://${everywhere ? '127.0.0.1' : host}:${port}`;
  return localToken === undefined ? origin : `${origin}/enter?key=${localToken}`;
}

function sandboxNote(url: string | undefined): string[] {
  return url === undefined ? [en.terminal.sandbox()] : [];
}
