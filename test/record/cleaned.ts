/**
 * What of a recording may be kept: nobody's secrets, hosts and home folders, ids that are the same each time, and no more of
 * what repeats itself than shows how it does.
 */
import { parseJson, writeJson, isJsonObject, type Json } from '../../src/core/json.ts';
import { blotter } from '../../src/core/secrets.ts';

export interface Exchange {
  method: string;
  path: string;
  status: number;
  type: string;
  request?: string | undefined;
  /** Text; of anything else how many bytes it had. */
  body: string | number;
}
export interface Frame {
  /** A text, or what came as bytes. */
  data: string | Buffer;
}
export interface Recording {
  /** A line each. */
  http: string[];
  frames: string[];
  /** The first binary frame of each event, by its number. */
  binary: Map<number, Buffer>;
}

/** Of one body in characters; a longer one is named by its length. */
const MAX_BODY = 64_000;
/** Of frames that tell how far a node is: so many at the beginning, and the last. */
const KEPT_STEPS = 2;

const ID = /\b[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}\b|\b[\da-f]{32}\b/gi;
const SECRET_NAME = /token|api_?key|secret|password|authorization|cookie/i;
const SECRET_QUERY =
  /([?&](?:[\w-]*(?:token|key|sig|signature|credential|secret)|expires|x-[\w-]+)=)[^&"'\s\\]+/gi;
const HOME = /(\/home\/|\/Users\/|\b[A-Z]:\\+Users\\+)[^/\\"'\s:]+/g;

/** `hosts` as they stand in addresses; `secrets` in any form in which they may come back. */
export function clean(
  { exchanges, frames }: { exchanges: readonly Exchange[]; frames: readonly Frame[] },
  { hosts, secrets }: { hosts: readonly string[]; secrets: readonly string[] },
): Recording {
  const ids = numbered();
  const blotSecrets = blotter(secrets, 'SECRET');
  const blotHosts = blotter(hosts, 'backend.example');
  const text = (given: string): string =>
    ids(blotHosts(blotSecrets(given)).replaceAll(SECRET_QUERY, '$1SECRET').replaceAll(HOME, '$1somebody'));
  const bodyOf = (given: string): Json => {
    const found = json(given);
    if (found === undefined) return text(given.slice(0, MAX_BODY));
    const whole = text(writeJson(withoutSecrets(found)));
    return whole.length > MAX_BODY ? { trimmed: whole.length } : parseJson(whole);
  };
  const classes = new Set(exchanges.flatMap(({ request }) => classesIn(request)));

  const http = exchanges.map(({ method, path, status, type, request, body }) =>
    writeJson({
      method,
      path: text(path),
      status,
      type,
      ...(request !== undefined && { request: bodyOf(request) }),
      body: typeof body === 'number' ? { bytes: body } : bodyOf(onlyClasses(path, body, classes)),
    }),
  );
  const texts = frames.flatMap(({ data }) => (typeof data === 'string' ? [data] : []));
  const binary = new Map<number, Buffer>();
  for (const { data } of frames) {
    if (typeof data === 'string' || data.length < 4 || binary.has(data.readUInt32BE(0))) continue;
    // an id is replaced by one of its length, so that the lengths inside stay true
    binary.set(data.readUInt32BE(0), Buffer.from(ids(data.toString('latin1')), 'latin1'));
  }
  return { http, frames: fewer(texts).map((frame) => writeJson(bodyOf(frame))), binary };
}

/** The first id becomes …001, the next …002; one that comes again stays the same. */
function numbered(): (text: string) => string {
  const known = new Map<string, string>();
  let count = 0;
  return (text) =>
    text.replaceAll(ID, (id) => {
      const found = known.get(id.toLowerCase());
      if (found !== undefined) return found;
      const digits = String((count += 1));
      const made = id.includes('-')
        ? `00000000-0000-4000-8000-${digits.padStart(12, '0')}`
        : digits.padStart(id.length, '0');
      known.set(id.toLowerCase(), made);
      // what was cleaned once is cleaned again as a part of something larger
      known.set(made, made);
      return made;
    });
}

function withoutSecrets(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      SECRET_NAME.test(key) && typeof item === 'string' ? 'SECRET' : withoutSecrets(item),
    ]),
  );
}

/** Undefined for what is none, such as Python's NaN. */
function json(text: string): Json | undefined {
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The node classes of a prompt. */
function classesIn(request: string | undefined): string[] {
  const body = json(request ?? '');
  const prompt = isJsonObject(body) ? body['prompt'] : undefined;
  if (!isJsonObject(prompt)) return [];
  return Object.values(prompt).flatMap((node) =>
    isJsonObject(node) && typeof node['class_type'] === 'string' ? [node['class_type']] : [],
  );
}

/** A list of all node classes is megabytes, and names every model of who recorded it. */
function onlyClasses(path: string, body: string, classes: ReadonlySet<string>): string {
  const all = /\/object_info\/?(?:\?|$)/.test(path) ? json(body) : undefined;
  if (!isJsonObject(all)) return body;
  return writeJson(Object.fromEntries(Object.entries(all).filter(([name]) => classes.has(name))));
}

/** Without most of the steps of each node. */
function fewer(frames: readonly string[]): string[] {
  const keys = frames.map(stepOf);
  return frames.filter((_frame, at) => {
    const key = keys[at];
    if (key === undefined) return true;
    const before = keys.slice(0, at).filter((other) => other === key).length;
    return before < KEPT_STEPS || !keys.includes(key, at + 1);
  });
}

/** What a frame counts, where it does nothing else: the node and its state. */
function stepOf(frame: string): string | undefined {
  const read = json(frame);
  if (!isJsonObject(read) || !isJsonObject(read['data'])) return undefined;
  const { type, data } = read;
  if (type === 'progress') return `progress ${writeJson(data['node'])}`;
  if (type !== 'progress_state' || !isJsonObject(data['nodes'])) return undefined;
  const states = Object.entries(data['nodes']).map(([id, node]) => [id, isJsonObject(node) && node['state']]);
  return `progress_state ${writeJson(states)}`;
}
