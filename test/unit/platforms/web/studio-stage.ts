/** The studio's routes on real verbs, for the browser's own place and for one more. */
import type { OperatorVerbs } from '../../../../src/commands/operator/operator.ts';
import type { Draft } from '../../../../src/platforms/web/studio-api.ts';
import { studioRoutes } from '../../../../src/platforms/web/studio/routes.ts';
import { classes, GRAPH } from '../../commands/stage.ts';
import { webStage } from './stage.ts';

/** A place that this Easel serves besides its own. */
export const ELSEWHERE = 'platform=test&guild=guild-a';

/** A draft, or why not. */
type Shown = Draft & { error: string; field?: string };

export async function studioStage() {
  const stage = await webStage();
  stage.backend.classes = classes();
  const known = { platform: 'test', guild: 'guild-a', name: 'The guild' };
  const operator: OperatorVerbs = {
    ...stage.deps.operator,
    knownGuild: (platform, guild) =>
      platform === known.platform && guild === known.guild
        ? known
        : stage.deps.operator.knownGuild(platform, guild),
  };
  const routes = studioRoutes({ ...stage.deps, operator });

  async function ask(path: string, init: RequestInit = {}): Promise<{ status: number; body: unknown }> {
    const headers = { 'accept-language': 'en', ...(init.headers as Record<string, string>) };
    const answer = await routes.request(`/api/studio${path}`, { ...init, headers });
    return { status: answer.status, body: await answer.json() };
  }
  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- what the test expects
  const get = async <T>(path: string) => {
    const { status, body } = await ask(path);
    return { status, body: body as T };
  };
  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- what the test expects
  const post = async <T = Shown>(path: string, body?: unknown) => {
    const answer = await ask(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return { status: answer.status, body: answer.body as T };
  };
  const upload = async (files: Record<string, File | string>, query = '') => {
    const form = new FormData();
    for (const [name, value] of Object.entries(files)) form.set(name, value);
    const { status, body } = await ask(`/drafts${query}`, { method: 'POST', body: form });
    return { status, body: body as Shown };
  };
  /** A draft of the castle, in the browser's own place by default. */
  const begin = async (query = '') => (await upload({ file: castleFile() }, query)).body;
  return { ...stage, routes, get, post, upload, begin };
}

export function castleFile(
  name = 'castle.json',
  content: string | Uint8Array<ArrayBuffer> = JSON.stringify(GRAPH),
) {
  return new File([content], name);
}
