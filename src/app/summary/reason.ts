/** What the network has said, behind whatever was made of it. */

const MAX_CAUSES = 8;

/** The code that Node gave it, however deep. */
export function reasonOf(error: unknown): string | undefined {
  let cause = error;
  let reason: string | undefined;
  for (let depth = 0; cause instanceof Error && depth < MAX_CAUSES; depth += 1) {
    if ('code' in cause && typeof cause.code === 'string' && /^[A-Z][A-Z\d_]+$/.test(cause.code))
      reason = cause.code;
    cause = cause.cause;
  }
  return reason;
}
