/** The content type of an output, by its extension; what a browser could execute is not named. */
import { extensions, typeByName } from '../../media-types.ts';

const NAMED = extensions('png jpg jpeg webp gif flac wav mp3 mp4 webm txt');

export function mediaType(name: string): string {
  return typeByName(name, NAMED) ?? 'application/octet-stream';
}
