/** Every fault of a connection, tried against a server that behaves so, and told wherever somebody asks. */
import dns from 'node:dns';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import tls from 'node:tls';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { probe } from '../../../../src/app/probe.ts';
import { createAnnouncer } from '../../../../src/app/summary/announce.ts';
import { examine } from '../../../../src/app/summary/examine.ts';
import { summaryLines } from '../../../../src/app/summary/render.ts';
import { createBackend } from '../../../../src/comfy/index.ts';
import { readConfig, type Config } from '../../../../src/config.ts';
import type { ConnectionFault } from '../../../../src/core/connection-fault.ts';
import { EaselError, faultIn, type Problem } from '../../../../src/core/errors.ts';
import { createSecretBook } from '../../../../src/core/secrets.ts';
import { isWhole, type Summary } from '../../../../src/core/summary.ts';
import { catalogue, languages, sentence } from '../../../../src/i18n/index.ts';
import { FAULTY } from '../../../fakes/comfy/faulty.ts';
import { certificate, HERE, NO_RESOLVER, type Faulty } from '../../../fakes/comfy/faulty-servers.ts';
import { createRecordingLog } from '../../../fakes/recording-log.ts';
import { createManualClock } from '../../../fakes/manual-clock.ts';
import { PATIENCE_MS } from '../../../fakes/patience.ts';
import { startSandbox } from '../../../../src/sandbox/index.ts';
import { soon, workflow } from '../../comfy/backends.ts';

/** How long a server may be silent: what is known by its silence is not waited for. Timers of connections tick every half second. */
const patience = (askMs = PATIENCE_MS) => {
  return { askMs, timing: { connectMs: askMs / 4, requestMs: askMs, submitMs: askMs } };
};
type Patience = ReturnType<typeof patience>;
const usual = patience();
const promptId = '3b35b4b1-38ab-4175-a6c9-4337921bcc58';
const words = catalogue('en');

const ROWS = Object.entries(FAULTY).flatMap(([fault, rows]) =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as the table says
  rows.map((row) => ({ ...row, fault: fault as ConnectionFault })),
);

let folder: string;
let environment: (more: Record<string, string>) => Config;
const { lookup } = dns;
const authorities = tls.getCACertificates('default');

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'easel-unit-'));
  environment = (more) => readConfig({ DATA_DIR: folder, PORT: '0', ...more });
  const own = (['another-name', 'expired', 'early'] as const).map(certificate);
  tls.setDefaultCACertificates([...authorities, ...own]);
  // no name server is asked: of one name there is none, another one is this machine
  dns.lookup = ((name: string, ...rest: unknown[]) => {
    const done = rest.at(-1) as (error: Error | null) => void;
    if (name === NO_RESOLVER)
      return done(
        Object.assign(new Error(`getaddrinfo EAI_AGAIN ${name}`), {
          code: 'EAI_AGAIN',
          syscall: 'getaddrinfo',
        }),
      );
    return Reflect.apply(lookup, dns, [name === HERE ? '127.0.0.1' : name, ...rest]);
  }) as typeof lookup;
});
afterAll(async () => {
  dns.lookup = lookup;
  tls.setDefaultCACertificates(authorities);
  await rm(folder, { recursive: true, force: true });
});

async function started(start: () => Promise<Faulty>): Promise<Faulty & { config: Config; hidden: RegExp }> {
  const faulty = await start();
  onTestFinished(() => faulty.stop());
  const { url, key } = faulty;
  const { hostname } = new URL(url);
  const config = environment({ COMFY_URL: url, ...(key !== undefined && { COMFY_API_KEY: key }) });
  return { ...faulty, config, hidden: new RegExp(`${RegExp.escape(hostname)}|[A-Z]+_[A-Z]+|https?:`) };
}

/** The problem of a submit, as its reply tells it. */
async function replied({ url, key, at }: Faulty, { timing }: Patience): Promise<Problem> {
  const log = createRecordingLog();
  const backend = createBackend({ url, apiKey: key, inContainer: at === 'container', timing, log });
  const error: unknown = await backend
    .submit({ promptId, workflow }, soon())
    .catch((thrown: unknown) => thrown);
  await backend.stop();
  if (!(error instanceof EaselError)) throw new Error('it was accepted', { cause: error });
  return error.problem;
}

async function examined(config: Config, at: Faulty['at'] = 'shell', { askMs } = usual): Promise<Summary> {
  const start = { version: '1', surroundings: at, warnings: [] };
  const deps = { secrets: createSecretBook([]), log: createRecordingLog(), askMs };
  return examine(config, start, deps, soon());
}

/** What a terminal is told at a start. */
async function announced(
  summary: Summary,
  { url, key, at }: Faulty,
  { askMs, timing }: Patience,
): Promise<string> {
  const log = createRecordingLog();
  const backend = createBackend({ url, apiKey: key, inContainer: at === 'container', timing, log });
  const printed: string[] = [];
  const announcer = createAnnouncer({
    asked: { backend, sandbox: false, log, askMs },
    summary: async (found) => ({ ...summary, backend: found }),
    chats: () => [],
    print: (lines) => void printed.push(...lines),
    logIsThere: false,
    colours: false,
    words,
    clock: createManualClock(),
    log,
  });
  announcer.tell(await announcer.look(), {});
  await announcer.stop();
  await backend.stop();
  return printed.join('\n');
}

describe.each(ROWS)('$fault: $name', ({ fault, start, says, inReply = fault, silentMs }) => {
  it('is told by that name, with what to change, in the doctor, at the start, on the page and in replies', async () => {
    const faulty = await started(start);
    const { config, hidden, at = 'shell' } = faulty;
    const patient = patience(silentMs);

    const summary = await examined(config, at, patient);
    expect(summary.backend).toMatchObject({ answers: false, problem: { fault } });
    const found = summary.backend.problem as Problem;
    const named = { ...found, backend: summary.backend.name };
    const said = sentence(words, named, 'operator');
    expect(said).toMatch(says);
    expect(summaryLines(summary, { words, heading: 'doctor' }).join('\n')).toContain(`✗ Backend    ${said}`);
    expect(await announced(summary, faulty, patient)).toContain(`✗ Backend    ${said}`);

    const facts = await probe('comfy', config, createRecordingLog(), soon(), { at, timing: patient.timing });
    expect(facts.filter(({ kind }) => kind !== 'warning')).toEqual([{ kind: 'problem', problem: named }]);

    const problem = await replied(faulty, patient);
    expect(faultIn(problem)).toBe(inReply);
    for (const { tag } of languages()) {
      const person = sentence(catalogue(tag), problem, 'person');
      expect(person).not.toMatch(hidden);
      expect(person).toContain('backend' in problem ? problem.backend : '');
      // and every language says what to change
      const operator = sentence(catalogue(tag), named, 'operator');
      expect(operator.match(/[A-Z]+_[A-Z_]+/g)?.toSorted()).toEqual(
        said.match(/[A-Z]+_[A-Z_]+/g)?.toSorted(),
      );
    }
  });
});

describe('a test of what was entered', () => {
  /** What is told of any backend. */
  const KINDS = ['device', 'classes', 'checkpoints'];

  it.each<[string, string, 'shell' | 'container', string[]]>([
    ['leads to the API itself', '/api', 'shell', ['wrong-path', 'api-in-path']],
    ['has more after it', '/#graph', 'shell', ['backend', 'address-extras']],
    // what has come of it says the same
    ['is the container itself', '', 'container', ['container-loopback']],
  ])('says that the address %s', async (_what, end, at, told) => {
    const sandbox = await startSandbox();
    onTestFinished(() => sandbox.stop());
    if (at === 'container') await sandbox.stop();
    const config = environment({ COMFY_URL: `${sandbox.url}${end}` });
    const facts = await probe('comfy', config, createRecordingLog(), soon(), { at, timing: usual.timing });
    const named = facts.map((fact) => {
      if (fact.kind === 'warning') return fact.warning.code;
      return fact.kind === 'problem' ? faultIn(fact.problem) : fact.kind;
    });
    expect(named.filter((name) => name === 'backend' || !KINDS.includes(String(name)))).toEqual(told);
  });
});

describe('docs/troubleshooting.md', () => {
  it('has a row for each of them, in the same words', async () => {
    const text = await readFile(resolve(import.meta.dirname, '../../../../docs/troubleshooting.md'), 'utf8');
    const rows = Object.entries(words.connect.faults).map(([fault, { operator }]) => {
      const about = { backend: 'ComfyUI at HOST', ...(fault === 'moved' && { to: 'ADDRESS' }) };
      return `| \`${fault}\` | ${operator(about)} |`;
    });
    expect(text.split('\n').filter((line) => /^\| `[a-z]+(-[a-z]+)*` \| /.test(line))).toEqual(rows);
  });
});

describe('no-socket: a proxy that does not pass it on', () => {
  async function refusing(): Promise<string> {
    const sandbox = await startSandbox();
    onTestFinished(() => sandbox.stop());
    sandbox.faults.socket.refuse = true;
    return sandbox.url;
  }

  it('is told in the doctor and by a test on the page, while all else is well', async () => {
    const config = environment({ COMFY_URL: await refusing() });
    const summary = await examined(config);
    expect(summary.backend).toMatchObject({ answers: true, notes: [{ fault: 'no-socket' }] });
    expect(isWhole(summary)).toBe(false);
    const lines = summaryLines(summary, { words, heading: 'doctor' }).join('\n');
    expect(lines).toMatch(
      /! Backend +ComfyUI at \S+ .*\n +ComfyUI at \S+ answers, but does not open its WebSocket/,
    );
    const facts = await probe('comfy', config, createRecordingLog(), soon(), { timing: usual.timing });
    expect(facts.at(-1)).toMatchObject({ kind: 'note', problem: { fault: 'no-socket' } });
  });

  it('is once in the log', async () => {
    const log = createRecordingLog();
    const fast = { reconnectBaseMs: 5, reconnectCapMs: 10 };
    const backend = createBackend({ url: await refusing(), timing: { ...usual.timing, ...fast }, log });
    onTestFinished(() => backend.stop());
    await backend.start();
    const told = () => log.lines.filter(({ facts }) => facts['fault'] === 'no-socket');
    const dials = () => log.lines.filter(({ message }) => message === 'no socket').length;
    await expect.poll(() => told().length).toBe(1);
    const before = dials();
    await expect.poll(dials).toBeGreaterThan(before + 3);
    expect(told()).toMatchObject([{ level: 'warn' }]);
  });

  it('is nothing to tell while no requests are answered either', async () => {
    const log = createRecordingLog();
    const sandbox = await startSandbox();
    onTestFinished(() => sandbox.stop());
    sandbox.faults.socket.refuse = true;
    sandbox.faults.http.push({ route: /system_stats/, answer: { status: 502 } });
    const backend = createBackend({
      url: sandbox.url,
      timing: { ...usual.timing, reconnectBaseMs: 5, reconnectCapMs: 10 },
      log,
    });
    onTestFinished(() => backend.stop());
    await backend.start();
    await expect
      .poll(() => log.lines.filter(({ message }) => message === 'no socket').length)
      .toBeGreaterThan(5);
    expect(log.lines.filter(({ facts }) => facts['fault'] === 'no-socket')).toEqual([]);
  });
});
