/** A row as keyv writes it: the value, and when its time is over, as one JSON text. The column `expires` says so, too. */
import { isJsonObject, parseJson, writeJson } from '../core/json.ts';

/** What stands for the value of a row that is no JSON, or not ours: keyv takes what `parse` throws for an absent row. */
export const UNREADABLE = Symbol('unreadable');

/** `expires` in ms since 1970. */
export interface Row {
  value: unknown;
  expires?: number | undefined;
}

export const writeRow = (row: Row): string => writeJson(row);

/** Never throws. */
export function parseRow(text: unknown): Row {
  try {
    const row = typeof text === 'string' ? parseJson(text) : undefined;
    if (!isJsonObject(row) || row['value'] === undefined) return { value: UNREADABLE };
    const { value, expires } = row;
    return { value, expires: typeof expires === 'number' ? expires : undefined };
  } catch {
    return { value: UNREADABLE };
  }
}
