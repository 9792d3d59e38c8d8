/**
 * A deadline that moves while bytes come: a large file on a slow line takes its time, but one that stalls, or sends a byte
 * now and then, does not hold its reader for ever.
 */
export interface Limits {
  /** For all of it, before the time that its bytes buy. */
  totalMs: number;
  /** Between two bytes, and before the first one; may depend on how many have come. */
  idleMs: number | ((received: number) => number);
  /** As many bytes buy another second; 0: none does. */
  bytesPerSecond: number;
}

export interface Pace {
  /** Aborts with a TimeoutError when a limit is reached. */
  readonly signal: AbortSignal;
  got(bytes: number): void;
  stop(): void;
}

export function startPace({ totalMs, idleMs, bytesPerSecond }: Limits): Pace {
  const late = new AbortController();
  const begun = performance.now();
  let lastAt = begun;
  let received = 0;
  let timer: NodeJS.Timeout | undefined;

  function check(): void {
    const bought = bytesPerSecond > 0 ? (received / bytesPerSecond) * 1000 : 0;
    const idle = typeof idleMs === 'number' ? idleMs : idleMs(received);
    const left = Math.min(begun + totalMs + bought, lastAt + idle) - performance.now();
    // never again by a byte, only when the time is up that was left
    if (left > 0) timer = setTimeout(check, Math.ceil(left)).unref();
    else late.abort(new DOMException(`too slow: ${received} bytes`, 'TimeoutError'));
  }
  check();

  return {
    signal: late.signal,
    got(bytes) {
      received += bytes;
      lastAt = performance.now();
    },
    stop: () => clearTimeout(timer),
  };
}
