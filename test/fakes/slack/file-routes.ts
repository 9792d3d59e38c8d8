/** The two doors of files: where uploads are sent, and where downloads come from. */
import type { IncomingHttpHeaders } from 'node:http';
import type { FakeFile } from './file.ts';
import { hasScope } from './manifest.ts';
import { changed } from '../wait.ts';
import type { World } from './world.ts';

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** The body of an upload; once, and of exactly the promised length. */
export function receiveUpload(world: World, fileId: string, bytes: Buffer): Answer {
  const file = world.files.get(fileId);
  const wrong = !file
    ? 'this upload address does not exist'
    : file.state !== 'promised'
      ? 'this upload address was used already'
      : bytes.length !== file.length
        ? `${bytes.length} bytes were sent, ${file.length} were promised`
        : undefined;
  if (wrong !== undefined || !file) {
    world.violations.push(`upload: ${wrong}`);
    return { status: 400, body: 'Invalid upload' };
  }
  file.bytes = bytes;
  file.state = 'received';
  changed(world);
  return { status: 200, body: `OK - ${bytes.length}` };
}

/** Without a good token Slack shows its login page, with status 200: a careless bot takes it for the file. */
export function download(world: World, fileId: string, headers: IncomingHttpHeaders): Answer {
  const login = {
    status: 200,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: '<!DOCTYPE html><html><head><title>Slack: sign in</title></head><body></body></html>',
  };
  if (headers.authorization !== `Bearer ${world.botToken}`) {
    world.violations.push(`download: ${fileId} was asked for without the bot token`);
    return login;
  }
  if (world.faults.revoked) return login;
  if (!hasScope(world, ['files:read'])) {
    world.violations.push('download: the manifest lacks files:read');
    return login;
  }
  const file = world.files.get(fileId);
  if (!file || file.deleted || !file.visibleToBot(world)) return { status: 404, body: 'Not Found' };
  return { status: 200, headers: { 'content-type': typeOf(file) }, body: file.bytes };
}

function typeOf(file: FakeFile): string {
  return file.mimetype === '' ? 'application/octet-stream' : file.mimetype;
}
