import { describe, expect, it } from 'vitest';
import { EaselError } from '../../src/core/errors.ts';
import { createLog, prettily, redact } from '../../src/log.ts';

const SECRET = 'comfy-key-0123456789';

function logged(
  write: (log: ReturnType<typeof createLog>) => void,
  level = 'info',
): Record<string, unknown>[] {
  const lines: string[] = [];
  write(
    createLog({ level, secrets: [SECRET], destination: { write: (line: string) => void lines.push(line) } }),
  );
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('the log on a terminal', () => {
  function shown(write: (log: ReturnType<typeof createLog>) => void, colours = false): string {
    let text = '';
    const destination = prettily({ write: (line: string) => void (text += line) }, colours);
    write(createLog({ level: 'info', secrets: [SECRET], destination }));
    return text;
  }

  it('is a line a person can read, with its facts', () => {
    const text = shown((log) => log.warn({ job: 'j1', guild: 'g' }, 'reply failed'));
    expect(text).toMatch(/^\[\d\d:\d\d:\d\d\] WARN: reply failed \{"job":"j1","guild":"g"\}\n$/);
    expect(shown((log) => log.warn({}, 'x'), true)).toContain('\u001b[');
  });

  it('has no secret, and no signed address', () => {
    const text = shown((log) =>
      log.error({ err: new Error(`asked ${SECRET}`), url: 'https://x/y?sig=feedbeef' }, `with ${SECRET}`),
    );
    expect(text).not.toMatch(/comfy-key|feedbeef/);
    expect(text.match(/\[redacted\]/g)?.length).toBeGreaterThan(2);
  });

  it('lets nobody write to the terminal what is no text', () => {
    const text = shown((log) => log.info({ name: '\u001b[2Jcleared\u0007' }, 'a name'));
    for (const mark of ['\u001b', '\u0007']) expect(text).not.toContain(mark);
  });
});

describe('the log', () => {
  it('is one line of JSON an event, with its facts', () => {
    const [line, ...more] = logged((log) => log.info({ job: 'j', guild: 'g' }, 'two\nlines'));
    expect(line).toMatchObject({ job: 'j', guild: 'g', msg: 'two\nlines' });
    expect(more).toEqual([]);
    expect(logged((log) => log.debug({}, 'too much'))).toEqual([]);
  });

  it('tells an error with its causes, as far as they explain it', () => {
    const root = Object.assign(new Error('reset'), { code: 'ECONNRESET', request: { huge: true } });
    const error = new EaselError(
      { code: 'backend-unreachable', backend: 'b' },
      { cause: new Error('fetch failed', { cause: root }) },
    );
    const [line] = logged((log) => log.error({ err: error }, 'no'));
    expect(line?.['err']).toMatchObject({
      type: 'EaselError',
      cause: { message: 'fetch failed', cause: { code: 'ECONNRESET', message: 'reset' } },
    });
    expect(JSON.stringify(line)).not.toContain('huge');
  });

  it('survives causes that go in circles', () => {
    const error = new Error('round');
    error.cause = error;
    expect(logged((log) => log.error({ err: error }, 'no'))).toHaveLength(1);
  });

  it('shows no secret, wherever it stands', () => {
    const url = `http://x/?k=${SECRET}`;
    const deep = Object.assign(new Error(`asked ${url}`), { url });
    const text = JSON.stringify(
      logged((log) => {
        log.info({ url, nested: { list: [SECRET] } }, `message ${SECRET}`);
        log.error({ err: new Error('outer', { cause: new Error(SECRET, { cause: deep }) }) }, 'no');
        log.warn({ err: SECRET }, 'a thrown text');
      }),
    );
    expect(text).not.toContain(SECRET);
    expect(text).toContain('[redacted]');
  });

  it.each([
    [
      'an interaction token',
      'POST /interactions/123/aW50ZXJhY3Rpb246abc.DEF-_x/callback',
      'aW50ZXJhY3Rpb246abc.DEF-_x',
    ],
    ['a webhook token', 'https://discord.com/api/v10/webhooks/123/aW50ZX/messages/%40original', 'aW50ZX'],
    [
      'an S3 signature',
      'https://b.s3.aws/x.png?a=1&X-Amz-Signature=feedbeef&X-Amz-Credential=AKIA',
      'feedbeef',
    ],
    ['a GCS signature', 'https://storage.googleapis.com/x?X-Goog-Signature=feedbeef', 'feedbeef'],
    ['a CloudFront signature', 'https://x/y?Expires=1&Signature=feedbeef~&Key-Pair-Id=K', 'feedbeef'],
    [
      "Discord's CDN",
      'https://cdn.discordapp.com/attachments/1/2/a.png?ex=66&is=65&hm=feedbeef&',
      'feedbeef',
    ],
    ['an Azure signature', 'https://x.blob.core.windows.net/y?sv=1&sig=feedbeef%3D', 'feedbeef'],
    ['a socket token', 'wss://x/ws?clientId=1&token=feedbeef', 'feedbeef'],
  ])('blots out %s, and keeps the rest', (_name, url, secret) => {
    const line = redact(JSON.stringify({ err: { message: `failed: ${url}` }, after: 'kept' }), String);
    expect(line).not.toContain(secret);
    expect(JSON.parse(line)).toMatchObject({ after: 'kept' });
  });

  it('leaves harmless addresses alone', () => {
    const url = 'http://127.0.0.1:8188/view?filename=a.png&type=output&subfolder=x';
    expect(redact(url, String)).toBe(url);
  });
});
