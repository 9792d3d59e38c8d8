/** Who acts, where, and with which rights; what a test leaves out is an ordinary person in an ordinary channel. */
export interface Actor {
  /** User id; the fake's first person unless told. */
  readonly user?: string;
  /** Guild id; null is a direct message with the bot. The fake's first guild unless told. */
  readonly guild?: string | null;
  /** Channel id; the guild's first channel unless told. */
  readonly channel?: string;
  readonly locale?: string;
  /** Of the member; an ordinary one unless told. 8n is an administrator. */
  readonly memberPermissions?: bigint;
  /** Ids of the member's roles; none unless told. */
  readonly roles?: readonly string[];
}

/** View channel, send messages, embed links, attach files, use application commands. */
export const ORDINARY = (1n << 10n) | (1n << 11n) | (1n << 14n) | (1n << 15n) | (1n << 31n);
