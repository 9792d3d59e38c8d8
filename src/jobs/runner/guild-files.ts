/**
 * What a guild's files are called on a backend that others use too. A name can't be guessed, is the same for the same
 * picture in the same guild (so the backend's cache and disk stay well), and proves whose it is: the second half is made
 * from the first and the guild, with a secret.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

export interface GuildFiles {
  /**
   * Of a picture that goes up, by its SHA-256 in hexadecimal digits, with its ending: flat, in small letters, which every
   * file system keeps apart.
   */
  nameOf(guild: string, digest: string, name: string): string;
  /** Whether a workflow's words name a file that this guild sent through Easel. */
  isOwn(guild: string, value: string): boolean;
  /** The folder of its outputs, `easel/4f0a…`. */
  folderOf(guild: string): string;
}

/** Where inputs are, and what outputs begin with. */
export const FOLDER = 'easel';
/** Hexadecimal digits. */
const CONTENT = 32;
const PROOF = 16;
const OWN = new RegExp(
  String.raw`^${FOLDER}[/-]([0-9a-f]{${CONTENT}})([0-9a-f]{${PROOF}})\.[a-z0-9]{1,5}( \[input\])?$`,
);

export function createGuildFiles(secret: Uint8Array): GuildFiles {
  const sign = (purpose: string, guild: string, text: string): string =>
    createHmac('sha256', secret)
      .update(JSON.stringify([purpose, guild, text]))
      .digest('hex');
  const proof = (guild: string, content: string) => sign('name', guild, content).slice(0, PROOF);

  return {
    nameOf(guild, digest, name) {
      const content = sign('content', guild, digest).slice(0, CONTENT);
      const ending = /\.([a-z0-9]{1,5})$/i.exec(name)?.[1]?.toLowerCase() ?? 'png';
      return `${content}${proof(guild, content)}.${ending}`;
    },
    isOwn(guild, value) {
      const [, content, given] = OWN.exec(value) ?? [];
      if (content === undefined || given === undefined) return false;
      return timingSafeEqual(Buffer.from(given), Buffer.from(proof(guild, content)));
    },
    folderOf: (guild) => `${FOLDER}/${sign('folder', guild, '').slice(0, 12)}`,
  };
}
