/** `GET /api/object_info`: a server's node classes, megabytes of them. */
import type { Http } from './http.ts';
import { readNodeClasses, type NodeReading } from './node-classes.ts';

/** Rejects with EaselError, also where there are no classes in the answer. */
export async function getNodeClasses(
  http: Http,
  limits: { timeoutMs: number; maxBytes: number },
  signal: AbortSignal,
): Promise<NodeReading> {
  const answer = await http.ask('api/object_info', { ...limits, signal });
  const reading = readText(new TextDecoder().decode(answer.bytes), (cause) =>
    http.unusable(answer, 'other', { cause }),
  );
  // another server's JSON; ComfyUI is never without classes
  if (reading.classes.size === 0)
    throw http.unusable(answer, 'other', { detail: 'no node classes in the answer', fault: 'not-comfyui' });
  return reading;
}

function readText(text: string, unreadable: (cause: unknown) => Error): NodeReading {
  try {
    return readNodeClasses(text);
  } catch (error) {
    throw error instanceof SyntaxError ? unreadable(error) : error;
  }
}
