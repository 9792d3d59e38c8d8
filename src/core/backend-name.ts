/**
 * What people call a backend. Records and problems hold either what it calls itself (`ComfyUI`, `Comfy Cloud`), or one of
 * the names here, for which each language has its own word.
 */

/** Of the server that Easel brings along. */
export const SANDBOX = 'sandbox';

/** What records from before said of it in English, in whatever language they were made. */
const OLD_SANDBOX = 'the sandbox';

/** Of what a damaged record does not name any more. */
const UNKNOWN: readonly string[] = ['', 'backend', 'the backend'];

/** With where it is, for logs and for who runs Easel: `ComfyUI at 127.0.0.1:8188`. */
export function nameAt(name: string, host: string): string {
  return `${name} at ${host}`;
}

/** What `nameAt` put together. */
export function nameAndHost(text: string): { name: string; host: string } | undefined {
  const [, name, host] = /^(.+) at (\S+)$/.exec(text) ?? [];
  return name !== undefined && host !== undefined ? { name, host } : undefined;
}

/** `named`: it has a name of its own, which is the same in every language. */
export function kindOfBackendName(name: string): 'sandbox' | 'unknown' | 'named' {
  if (name === SANDBOX || name === OLD_SANDBOX) return 'sandbox';
  return UNKNOWN.includes(name) ? 'unknown' : 'named';
}
