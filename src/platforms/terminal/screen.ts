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
}

export interface Screen {
  /** Shows a reply's lines in place. `stage` changes when a log-like output should get a new line. */
  update(id: string, lines: string[], stage: string): void;
  /** The reply is final: its lines are printed for good. */
  finish(id: string, lines: string[]): void;
  /** Prints lines for good. */
  print(lines: string[]): void;
  /** The prompt to keep below the replies; undefined when there is none. */
  attach(prompt: Interface | undefined): void;
}

export function createScreen(output: TerminalOutput): Screen {
  return output.isTTY ? liveScreen(output) : plainScreen(output);
}

function plainScreen(output: TerminalOutput): Screen {
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
    attach: () => undefined,
  };
}

function liveScreen(output: TerminalOutput): Screen {
  const replies = new Map<string, string[]>();
  let prompt: Interface | undefined;
  /** Rows between the first live line and the cursor's row. */
  let above = 0;

  function draw(printed: string[]): void {
    moveCursor(output, 0, -above);
    cursorTo(output, 0);
    clearScreenDown(output);
    const width = Math.max(20, output.columns ?? 80) - 1;
    const live = [...replies.values()].flat().map((line) => cliTruncate(line, width));
    // what is printed for good may wrap; what is redrawn may not, or its rows could not be counted
    output.write([...printed, ...live].map((line) => `${line}\n`).join(''));
    above = live.length;
    if (!prompt) return;
    prompt.prompt(true);
    above += prompt.getCursorPos().rows;
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
    print: draw,
    attach(next) {
      prompt = next;
    },
  };
}
