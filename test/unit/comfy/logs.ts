/** A log that a test can read and wait on. */
import type { Log } from '../../../src/core/log.ts';

export interface TestLog extends Log {
  readonly lines: { level: string; message: string; facts: Record<string, unknown> }[];
  /** Everything logged, errors with causes included, as one text to search for secrets. */
  text(): string;
  /** Resolves when a line with this message is there. */
  saw(message: string): Promise<void>;
}

export function createTestLog(): TestLog {
  const lines: TestLog['lines'] = [];
  const waiting = new Set<() => void>();
  const write =
    (level: string) =>
    (facts: Record<string, unknown>, message: string): void => {
      lines.push({ level, message, facts });
      for (const check of waiting) check();
    };
  return {
    lines,
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    text: () => lines.map(({ message, facts }) => `${message} ${spell(facts)}`).join('\n'),
    saw: async (message) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      const check = (): void => {
        if (lines.some((line) => line.message === message)) resolve();
      };
      waiting.add(check);
      check();
      await promise;
      waiting.delete(check);
    },
  };
}

function spell(facts: Record<string, unknown>): string {
  return JSON.stringify(facts, (_key, value: unknown) =>
    value instanceof Error
      ? { fields: Object.entries(value), message: value.message, stack: value.stack, cause: value.cause }
      : value,
  );
}
