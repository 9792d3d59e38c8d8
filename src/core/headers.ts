/** Headers as an operator writes them: lines of `Name: value`, as curl takes them, or a JSON object. */
import { isJsonObject, parseJson } from './json.ts';

/** A header's name is a token (RFC 9110, 5.6.2). */
const NAME = /^[\w!#$%&'*+.^`|~-]{1,100}$/;
/** What undici and ws take as one's value. */
const VALUE = /^[\t\u0020-\u007e\u0080-\u00ff]{1,8000}$/;
/** What the connection says itself, and what would change how an answer comes. */
const OURS =
  /^(?:host|connection|keep-alive|proxy-connection|transfer-encoding|te|trailer|upgrade|expect|content-.*|accept-encoding|sec-websocket-.*)$/;
const MAX_HEADERS = 20;
/** Shorter parts of a header could be part of any word. */
const MIN_SECRET = 8;

/** By name in small letters; undefined for what is none, a header twice, or one that is not to be set. */
export function readHeaders(text: string): Record<string, string> | undefined {
  const found = text.trim().startsWith('{') ? fromJson(text) : fromLines(text);
  const entries = found?.map(([name, value]) => [name.trim().toLowerCase(), value.trim()] as const);
  if (!entries || entries.length === 0 || entries.length > MAX_HEADERS) return undefined;
  const isGood = entries.every(([name, value]) => NAME.test(name) && !OURS.test(name) && VALUE.test(value));
  const headers = new Map(entries);
  return isGood && headers.size === entries.length ? Object.fromEntries(headers) : undefined;
}

function fromLines(text: string): [string, string][] | undefined {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const pairs = lines.map((line) => /^([^:]+):(.*)$/.exec(line));
  const good = pairs.filter((pair) => pair !== null);
  return good.length === pairs.length ? good.map(([, name = '', value = '']) => [name, value]) : undefined;
}

function fromJson(text: string): [string, string][] | undefined {
  try {
    const read = parseJson(text);
    if (!isJsonObject(read)) return undefined;
    const entries = Object.entries(read);
    const texts = entries.flatMap(([name, value]): [string, string][] =>
      typeof value === 'string' ? [[name, value]] : [],
    );
    return texts.length === entries.length ? texts : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** What of them must not be seen: each value, what it holds after its scheme, and the parts of a cookie. */
export function secretsInHeaders(headers: Readonly<Record<string, string>>): string[] {
  const secrets = Object.values(headers).flatMap((value) => {
    const [, scheme = '', rest = ''] = /^(\S+)\s+(.+)$/.exec(value) ?? [];
    const parts = value.split(/;\s*/).map((part) => part.replace(/^[^=]*=/, ''));
    return [value, rest, ...parts, ...(scheme.toLowerCase() === 'basic' ? passwordIn(rest) : [])];
  });
  return [...new Set(secrets)].filter((secret) => secret.length >= MIN_SECRET);
}

function passwordIn(pair: string): string[] {
  const text = Buffer.from(pair, 'base64').toString();
  return [text, text.slice(text.indexOf(':') + 1)];
}
