/** `GET /api/view`: one file, over redirects. */
import { EaselError } from '../../core/errors.ts';
import type { StoredFile } from '../../core/files.ts';
import type { Output } from '../../core/run.ts';
import type { FileHosts } from './file-hosts.ts';
import type { Http } from './http.ts';
import { MAX_HOPS, nextHop } from './redirect.ts';
import { anyStatus, isRedirect } from './status.ts';
import { Unanswered, type Answer, type Ask } from './transport.ts';

export interface ViewOptions extends Required<Pick<Ask, 'keep' | 'maxBytes' | 'pace' | 'signal'>> {
  base: URL;
  hosts: FileHosts;
}

/** Rejects with EaselError, and as `keep` does. */
export async function getView(http: Http, output: Output, options: ViewOptions): Promise<StoredFile> {
  const { filename: name, subfolder, type } = output;
  const { base, hosts, ...ask } = options;
  const query = new URLSearchParams({ filename: name, subfolder, type });
  const path = `api/view?${query.toString()}`;
  try {
    let url = new URL(path, base);
    let answer = await http.ask(path, { ...ask, accepts: anyStatus });
    let keyed = true;
    for (let hop = 0; isRedirect(answer.status); hop += 1) {
      const next = hop < MAX_HOPS ? nextHop(answer.location, url, base, hosts) : undefined;
      if (!next) throw unusable(http, answer, 'a redirect that must not be followed');
      url = next;
      keyed = false;
      answer = await http.get(url, ask);
    }
    // a storage is not the backend: it knows neither our key nor our credits, and a pause that it wants is its own
    if (!keyed && ![200, 404, 410].includes(answer.status))
      throw new EaselError({ code: 'backend-broken', backend: http.server.name, status: answer.status });
    return fileOf(http, answer, name);
  } catch (error) {
    if (!(error instanceof Unanswered) || error.reason !== 'too-large') throw error;
    throw new EaselError({ code: 'output-too-large', name, maxSize: ask.maxBytes }, { cause: error });
  }
}

function fileOf(http: Http, answer: Answer, name: string): StoredFile {
  const { status, file } = answer;
  // the storage behind a redirect answers 410 or 404; ComfyUI 404 for a file that was deleted or never written
  if (status === 404 || status === 410) throw new EaselError({ code: 'output-gone', name });
  if (!file) throw unusable(http, answer, status === 200 ? 'something else than a file' : undefined);
  return file;
}

function unusable(http: Http, answer: Answer, detail?: string): Error {
  return http.unusable(answer, 'view', { detail });
}
