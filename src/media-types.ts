/**
 * Which media type a file's name stands for: one table for every room. Each room says which extensions it means, since a
 * type that is believed decides what a browser shows and what counts as a picture.
 */
import { Mime } from 'mime';
import other from 'mime/types/other.js';
import standard from 'mime/types/standard.js';

/** Registered by RFC 9639; `mime` has the older `audio/x-flac`. */
const types = new Mime(standard, other).define({ 'audio/flac': ['flac'] }, true);

export type Extensions = ReadonlySet<string>;

/** In lower case, without dots. */
export function extensions(names: string): Extensions {
  return new Set(names.split(' '));
}

/** Undefined for a name whose extension is none of these, or has no type. */
export function typeByName(name: string, known: Extensions): string | undefined {
  const extension = /\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  return known.has(extension) ? (types.getType(extension) ?? undefined) : undefined;
}
