/**
 * The terminal's surface: replies that change in place above the prompt, or, where the output is no terminal, a
 * line for every stage they go through.
 */
import { clearScreenDown, cursorTo, moveCursor, type Interface } from 'node:readline';
import type { Writable } from 'node:stream';
import cliTruncate from 'cli-truncate';

export interface TerminalOutput extends Writable {
  isTTY?: boolean;
  columns?: number;
  /** Of a terminal's stream: whether it shows colours, and the person wants them. */
  hasColors?: () => boolean;
}

export interface Surface {
  /** Shows a reply's lines in place. `stage` changes when a log-like output should get a new line. */
  update(id: string, lines: string[], stage: string): void;
  /** The reply is final: its lines are printed for good. */
  finish(id: string, lines: string[]): void;
  /** Prints lines for good. */
  print(lines: string[]): void;
  /** A line was entered at the prompt: it stays, above the replies that still change. */
  entered(line: string): void;
  /** The prompt to keep below the replies; undefined when there is none. */
  attach(prompt: Interface | undefined): void;
}

const DEFAULT_COLUMNS = 80;
const MIN_COLUMNS = 20;

export function createSurface(output: TerminalOutput): Surface {
  return output.isTTY ? liveScreen(output) : plainScreen(output);
}

function plainScreen(output: TerminalOutput): Surface {
  const stages = new Map<string, string>();
  const print = (lines: string[]) => void output.write(lines.map((line) => `${line}\n`).join(''));
  return {
    update(id, lines, stage) {
      if (stages.get(id) === stage) return;
      const known = stages.has(id);
      stages.set(id, stage);
      print(known ? lines.slice(1) : lines);
    },
    finish(id, lines) {
      stages.delete(id);
      print(lines);
    },
    print,
    entered: () => undefined,
    attach: () => undefined,
  };
}

function liveScreen(output: TerminalOutput): Surface {
  const replies = new Map<string, string[]>();
  let prompt: Interface | undefined;
  /** Live lines on the screen; the prompt is below them. */
  let live = 0;
  const columns = () => Math.max(MIN_COLUMNS, output.columns ?? DEFAULT_COLUMNS);

  /** `below`: rows between the last live line and the cursor's row. */
  function draw(printed: string[], below = prompt?.getCursorPos().rows ?? 0): void {
    moveCursor(output, 0, -(live + below));
    cursorTo(output, 0);
    clearScreenDown(output);
    // what is printed for good may wrap; what is redrawn may not, or its rows could not be counted
    const lines = [...replies.values()].flat().map((line) => cliTruncate(line, columns() - 1));
    output.write([...printed, ...lines].map((line) => `${line}\n`).join(''));
    live = lines.length;
    prompt?.prompt(true);
  }

  return {
    update(id, lines) {
      replies.set(id, lines);
      draw([]);
    },
    finish(id, lines) {
      replies.delete(id);
      draw(lines);
    },
    print: (lines) => draw(lines),
    entered(line) {
      const typed = `${prompt?.getPrompt() ?? ''}${line}`;
      // Enter has moved the cursor below what was typed
      draw([typed], Math.max(1, Math.ceil(typed.length / columns())));
    },
    attach(next) {
      prompt = next;
    },
  };
}
