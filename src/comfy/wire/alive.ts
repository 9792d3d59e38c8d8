/** Whether a server answers, and takes us. */
import { z } from 'zod';
import { askJson, type Http } from './http.ts';

const AnyObject = z.custom<object | null>((value) => typeof value === 'object');

/** `path` is one that needs a key where there are keys. Rejects with EaselError for anything but JSON. */
export async function getAlive(http: Http, path: string, signal: AbortSignal): Promise<void> {
  await askJson(http, AnyObject, path, { signal });
}
