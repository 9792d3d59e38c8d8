/** How it stands with a chat that Easel is connected to, or tries to be. */
import type { ChatAbout } from './chat.ts';
import type { Problem } from './errors.ts';

export type ConnectionState =
  /** Nobody has given its tokens. */
  | { kind: 'off' }
  /**
   * It is being dialled; after a try in vain `problem` is what it met, and `next` is when it is tried again. Times are wall
   * clock, in ms since 1970.
   */
  | { kind: 'connecting'; since: number; problem?: Problem | undefined; next?: number | undefined }
  | { kind: 'connected'; since: number; about: ChatAbout }
  /** It does not take our token: not tried again until there is another one. */
  | { kind: 'refused'; since: number; problem: Problem };
