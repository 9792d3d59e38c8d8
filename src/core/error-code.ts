/** What the network has said, behind whatever was made of it. */

const MAX_CAUSES = 8;
/** OpenSSL's has a slash: `ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE`. */
const CODE = /^[A-Z][A-Z\d_/]+$/;

/** The deepest code that Node, undici or OpenSSL gave it; of an aggregate (all addresses of a name failed) the first one's. */
export function errorCode(error: unknown): string | undefined {
  let code: string | undefined;
  for (const each of causesOf(error))
    if ('code' in each && typeof each.code === 'string' && CODE.test(each.code)) ({ code } = each);
  return code;
}

/** It, and what it was thrown for, from the outside in. */
export function causesOf(error: unknown): Error[] {
  const found: Error[] = [];
  let cause = error;
  while (cause instanceof Error && found.length < MAX_CAUSES) {
    found.push(cause);
    cause = cause.cause ?? (cause instanceof AggregateError ? cause.errors[0] : undefined);
  }
  return found;
}
