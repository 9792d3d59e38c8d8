/**
 * Secrets at rest: AES-256-GCM under a key that is derived from the data folder's own secret. Whoever has the database alone
 * has none of them; a backup holds both, and is kept like a password.
 */
import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { z } from 'zod';

/** `key`: which key it was sealed with, without saying what that is. */
export const Sealed = z.object({
  v: z.literal(1),
  key: z.string(),
  iv: z.base64(),
  tag: z.base64(),
  data: z.base64(),
});
export type Sealed = z.infer<typeof Sealed>;

export interface Seal {
  /** `about`: what it is of; it opens for nothing else. */
  close(text: string, about: string): Sealed;
  /** Undefined for what was sealed with another key or for something else, and for what has been changed since. */
  open(sealed: Sealed, about: string): string | undefined;
}

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
/** NIST SP 800-38D: 96 bits, never the same twice. */
const IV_BYTES = 12;
const TAG_BYTES = 16;
const ID_LENGTH = 16;

export function createSeal(secret: Uint8Array): Seal {
  const key = new Uint8Array(hkdfSync('sha256', secret, '', 'easel sealed v1', KEY_BYTES));
  const id = createHash('sha256').update('easel key id').update(key).digest('hex').slice(0, ID_LENGTH);
  const aad = (about: string) => Buffer.from(about);
  return {
    close(plain, about) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES }).setAAD(aad(about));
      const data = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      const text = (bytes: Buffer) => bytes.toString('base64');
      return { v: 1, key: id, iv: text(iv), tag: text(cipher.getAuthTag()), data: text(data) };
    },
    open(sealed, about) {
      if (sealed.key !== id) return undefined;
      const bytes = (text: string) => Buffer.from(text, 'base64');
      const { iv, tag, data } = { iv: bytes(sealed.iv), tag: bytes(sealed.tag), data: bytes(sealed.data) };
      if (iv.length !== IV_BYTES || tag.length !== TAG_BYTES) return undefined;
      const decipher = createDecipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES })
        .setAAD(aad(about))
        .setAuthTag(tag);
      try {
        return Buffer.concat([decipher.update(data), decipher.final()]).toString('utf8');
      } catch {
        // whatever was changed, there is but one answer
        return undefined;
      }
    },
  };
}
