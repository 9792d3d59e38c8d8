/**
 * How long a test waits for a state before it says what never came, in ms. It ends what hangs and measures nothing: a
 * machine with other work to do takes many times as long as a quiet one. Less than vitest's own limit, which says less.
 */
export const PATIENCE_MS = 40_000;
