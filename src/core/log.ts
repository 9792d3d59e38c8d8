/** The part of pino that Easel uses: one line an event, facts first, a static message after. */
type Write = (facts: Record<string, unknown>, message: string) => void;

export interface Log {
  debug: Write;
  info: Write;
  warn: Write;
  error: Write;
}
