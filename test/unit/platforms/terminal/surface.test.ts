import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createSurface, type TerminalOutput } from '../../../../src/platforms/terminal/surface.ts';

/** What a terminal of this width would show: it knows the few sequences that Node's readline sends. */
function createTty(columns = 40): TerminalOutput & { rows(): string[] } {
  const rows: string[] = [''];
  let row = 0;
  let column = 0;
  const put = (text: string): void => {
    for (const character of text) {
      if (character === '\n') {
        row += 1;
        column = 0;
        rows[row] ??= '';
        continue;
      }
      if (character === '\r') {
        column = 0;
        continue;
      }
      if (column === columns) {
        row += 1;
        column = 0;
        rows[row] ??= '';
      }
      rows[row] = (rows[row] ?? '').padEnd(column).slice(0, column) + character;
      column += 1;
    }
  };
  const write = (text: string): void => {
    const SEQUENCE = String.raw`\u001B\[(\d*)([A-Z])`;
    let at = 0;
    for (const match of text.matchAll(new RegExp(SEQUENCE, 'g'))) {
      put(text.slice(at, match.index));
      at = match.index + match[0].length;
      const count = Number(match[1] || '1');
      if (match[2] === 'A') row = Math.max(0, row - count);
      else if (match[2] === 'G') column = count - 1;
      else if (match[2] === 'J') rows.splice(row, rows.length, (rows[row] ?? '').slice(0, column));
      else throw new Error(`an unknown sequence: ${JSON.stringify(match[0])}`);
    }
    put(text.slice(at));
  };
  const stream = new Writable({
    decodeStrings: false,
    write(chunk: string, _encoding, done) {
      write(chunk);
      done();
    },
  });
  return Object.assign(stream, {
    isTTY: true,
    columns,
    rows: () => rows.filter((line, n) => line || n < rows.length - 1),
  });
}

function createPipe(): TerminalOutput & { text(): string } {
  let text = '';
  const stream = new Writable({
    decodeStrings: false,
    write(chunk: string, _encoding, done) {
      text += chunk;
      done();
    },
  });
  return Object.assign(stream, { text: () => text });
}

describe('on a terminal', () => {
  it('a reply changes in place, and its last lines stay', () => {
    const tty = createTty();
    const screen = createSurface(tty);
    screen.print(['welcome']);
    screen.update('1', ['fox', '10 %'], 'a');
    screen.update('1', ['fox', '20 %'], 'a');
    expect(tty.rows()).toEqual(['welcome', 'fox', '20 %']);
    screen.finish('1', ['fox', 'Done', 'seed 7']);
    screen.print(['next']);
    expect(tty.rows()).toEqual(['welcome', 'fox', 'Done', 'seed 7', 'next']);
  });

  it('several replies live side by side, what is final goes above them', () => {
    const tty = createTty();
    const screen = createSurface(tty);
    screen.update('1', ['fox', '10 %'], 'a');
    screen.update('2', ['cat', 'waiting'], 'a');
    screen.update('1', ['fox', '60 %'], 'a');
    screen.print(['a note']);
    screen.finish('1', ['fox', 'Done']);
    expect(tty.rows()).toEqual(['a note', 'fox', 'Done', 'cat', 'waiting']);
  });

  it('a live line never wraps, since it could not be redrawn', () => {
    const tty = createTty(30);
    const screen = createSurface(tty);
    for (const percent of [1, 2, 3])
      screen.update('1', ['x'.repeat(100), `${percent} %`, '狐'.repeat(50)], 'a');
    expect(tty.rows()).toHaveLength(3);
    screen.finish('1', ['x'.repeat(100)]);
    expect(tty.rows().join('')).toBe('x'.repeat(100));
  });
});

describe('where the output is no terminal', () => {
  it('a reply gets a line for each stage, and no control characters', () => {
    const pipe = createPipe();
    const screen = createSurface(pipe);
    screen.print(['welcome']);
    screen.update('1', ['fox', 'waiting'], 'waiting');
    screen.update('1', ['fox', '10 %'], 'sampling');
    screen.update('1', ['fox', '20 %'], 'sampling');
    screen.finish('1', ['fox', 'Done']);
    expect(pipe.text()).toBe('welcome\nfox\nwaiting\n10 %\nfox\nDone\n');
  });
});
