/** A log that keeps its lines. */
import type { Log } from '../../src/core/log.ts';

export interface LogLine {
  level: 'debug' | 'info' | 'warn' | 'error';
  facts: Record<string, unknown>;
  message: string;
}

export interface RecordingLog extends Log {
  readonly lines: readonly LogLine[];
}

export function createRecordingLog(): RecordingLog {
  const lines: LogLine[] = [];
  const write =
    (level: LogLine['level']) =>
    (facts: Record<string, unknown>, message: string): void =>
      void lines.push({ level, facts, message });
  return { lines, debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}
