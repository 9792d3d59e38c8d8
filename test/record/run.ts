/** One run of a workflow on a plain ComfyUI, as the least client does it: socket, prompt, history, the first picture. */
import { on, once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { z } from 'zod';

const Submitted = z.object({ prompt_id: z.string() });
const Told = z.object({ type: z.string() });
const History = z.record(
  z.string(),
  z.object({ outputs: z.record(z.string(), z.record(z.string(), z.unknown())) }),
);
const Picture = z.object({ filename: z.string(), subfolder: z.string(), type: z.string() });

const QUIET_MS = 300;

/** Ends with the run, or with its refusal. Rejects when it is not over within `ms`. */
export async function runWorkflow(url: string, workflow: string, ms: number): Promise<void> {
  const signal = AbortSignal.timeout(ms);
  const client = crypto.randomUUID();
  const socket = new WebSocket(`${url.replace('http', 'ws')}/ws?clientId=${client}`);
  try {
    await once(socket, 'open', { signal });
    socket.send('{"type":"feature_flags","data":{"supports_preview_metadata":true}}');
    const over = endOf(socket, signal);
    // who waits for it may be refused first
    over.catch(() => undefined);
    // as text: a seed may be larger than a number holds
    const body = `{"client_id":"${client}","extra_data":{"preview_method":"auto"},"prompt":${workflow}}`;
    const headers = { 'content-type': 'application/json' };
    const submitted = await fetch(`${url}/prompt`, { method: 'POST', headers, body, signal });
    const answer: unknown = await submitted.json();
    if (!submitted.ok) return;
    const { prompt_id: id } = Submitted.parse(answer);
    await over;
    // what the server says when a run has ended comes after its end
    await pause(QUIET_MS, undefined, { signal });
    const history = History.parse(await (await fetch(`${url}/history/${id}`, { signal })).json());
    const outputs = Object.values(history[id]?.outputs ?? {}).flatMap((output) =>
      Object.values(output).flat(),
    );
    const [first] = outputs.flatMap((output) => {
      const picture = Picture.safeParse(output);
      return picture.success ? [picture.data] : [];
    });
    if (first)
      await (await fetch(`${url}/view?${new URLSearchParams(first).toString()}`, { signal })).arrayBuffer();
  } finally {
    socket.terminate();
  }
}

/** The client has one run, so that any end is its end. */
async function endOf(socket: WebSocket, signal: AbortSignal): Promise<void> {
  for await (const [data, binary] of on(socket, 'message', { signal }) as AsyncIterable<[Buffer, boolean]>) {
    const told = binary ? undefined : Told.safeParse(JSON.parse(data.toString())).data;
    if (told && /^execution_(?:success|error|interrupted)$/.test(told.type)) return;
  }
}
