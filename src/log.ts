/**
 * pino, one line an event, and the last line of defence for secrets: whatever reaches the stream has configured
 * secrets, interaction tokens and signed URLs blotted out, wherever in the line they stand.
 */
import { pino, type DestinationStream, type Logger } from 'pino';
import { isColorSupported, prettyFactory } from 'pino-pretty';
import { blotter, type Blot, type SecretBook } from './core/secrets.ts';

const BLOT = '[redacted]';

const PATTERNS: [RegExp, string][] = [
  // Discord interaction and webhook tokens stand in URL paths
  [/\/(webhooks|interactions)\/(\d+)\/[\w.%-]+/g, `/$1/$2/${BLOT}`],
  // signed URLs (S3, GCS, Discord's CDN) and socket URLs carry theirs in the query
  [
    /([?&](?:token|ex|is|hm|sig|se|key|Signature|Expires|Policy|X-(?:Amz|Goog)-[A-Za-z-]+)=)[^&\s"\\]+/gi,
    `$1${BLOT}`,
  ],
];

export interface LogOptions {
  level: string;
  secrets: readonly string[] | SecretBook;
  destination: DestinationStream;
}

export function createLog({ level, secrets, destination }: LogOptions): Logger {
  const blot = 'blotter' in secrets ? secrets.blotter(BLOT) : blotter(secrets, BLOT);
  return pino(
    {
      level,
      base: null,
      serializers: { err: describe },
      hooks: { streamWrite: (line) => redact(line, blot) },
    },
    destination,
  );
}

export function redact(line: string, blot: Blot): string {
  return PATTERNS.reduce((text, [pattern, mark]) => text.replaceAll(pattern, mark), blot(line));
}

/** What waits for a reader, or for a disk that is full. In bytes. */
const WAITING = 1024 ** 2;

/** Of a process. */
export const OUTPUT = 1;
export const ERRORS = 2;

/** Written at once. What cannot be is lost, and never ends Easel. `pretty`: for a person, instead of JSON. */
export function standardStream(fd: typeof OUTPUT | typeof ERRORS, pretty: boolean): DestinationStream {
  const stream = pino.destination({ dest: fd, sync: true, maxLength: WAITING });
  // the disk that it is sent to is full, or its reader is gone: written with the next line, as far as there is room
  stream.on('error', () => undefined);
  return pretty ? prettily(stream) : stream;
}

/** What was blotted out stays so: lines come here as they would be written. */
export function prettily(stream: DestinationStream, colorize = isColorSupported): DestinationStream {
  const inWords = prettyFactory({
    colorize,
    translateTime: 'SYS:HH:MM:ss',
    errorLikeObjectKeys: [], // ours have been read, and their causes with them
    singleLine: true,
  });
  return { write: (line) => stream.write(inWords(line)) };
}

const MAX_CAUSES = 5;

/** Errors of HTTP clients carry whole requests, files included; only what explains them is logged. */
function describe(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return error;
  const facts: Record<string, unknown> = { type: error.name, message: error.message };
  for (const key of ['code', 'status', 'method', 'url', 'syscall'])
    if (key in error) facts[key] = Reflect.get(error, key);
  if (depth === 0) facts['stack'] = error.stack;
  if (error.cause !== undefined && depth < MAX_CAUSES) facts['cause'] = describe(error.cause, depth + 1);
  return facts;
}
