/** A message of the fake Discord as Discord's own app shows it, in its dark theme: for the README's picture. */
import type { FlatComponent } from '../fakes/discord/component-walk.ts';
import { flatten } from '../fakes/discord/component-walk.ts';
import type { FakeMessage, MessageVersion } from '../fakes/discord/message.ts';

/** One state of a reply, and the command that it answers. */
export interface Shown {
  message: FakeMessage;
  version: MessageVersion;
  command: string;
}

/** A whole page, with the states beside each other. */
export function discordPage(channel: string, states: readonly Shown[]): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><style>${STYLE}</style>
<main><header><span>#</span>${escaped(channel)}</header><div class="states">${states.map(stateOf).join('')}</div></main></html>`;
}

function stateOf({ command, message, version }: Shown): string {
  const asker = message.origin.interaction?.user.username ?? '';
  const files = version.attachments.map(
    ({ bytes, contentType = 'image/png' }) =>
      `<img class="file" alt="" src="data:${contentType};base64,${Buffer.from(bytes).toString('base64')}">`,
  );
  const buttons = flatten(version.components).filter(isButton);
  return `<article>
<p class="asked"><i style="background:#c9743c">${escaped(asker.slice(0, 1))}</i><b>${escaped(asker)}</b> used <em>/${escaped(command)}</em></p>
<div class="said"><i class="bot" style="background:#5865f2">E</i><div>
<p class="who"><b>Easel</b><span class="app">APP</span><time>Today at 14:02</time></p>
<div class="text">${marked(version.content)}</div>${files.join('')}
<div class="buttons">${buttons.map(({ label }) => `<button>${escaped(String(label))}</button>`).join('')}</div>
</div></div></article>`;
}

function isButton({ type }: FlatComponent): boolean {
  return type === 2;
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

/** Of Discord's markdown what a reply uses: bold, code, small lines, and the backslash that takes their effect. */
export function marked(content: string): string {
  return content
    .split('\n')
    .map((line) => {
      const small = line.startsWith('-# ');
      return `<p${small ? ' class="small"' : ''}>${inline(small ? line.slice(3) : line)}</p>`;
    })
    .join('');
}

function inline(line: string): string {
  const held: string[] = [];
  const hold = (html: string): string => `\u{e000}${held.push(html) - 1}\u{e001}`;
  return escaped(
    line
      .replace(/\\([^\w\s])/g, (_, char: string) => hold(escaped(char)))
      .replace(/`([^`]+)`/g, (_, code: string) => hold(`<code>${escaped(code)}</code>`)),
  )
    .replace(/\*\*(.+?)\*\*/g, '<b>$1</b>')
    .replace(/\u{e000}(\d+)\u{e001}/gu, (_, index: string) => held[Number(index)] ?? '');
}

const STYLE = `
* { box-sizing: border-box; margin: 0; }
body { background: #313338; color: #dbdee1; font: 15px/1.375 "gg sans", "Noto Sans", "Liberation Sans", sans-serif; }
main { width: 1060px; padding-bottom: 18px; }
header { padding: 12px 18px; border-bottom: 1px solid #26272b; color: #f2f3f5; font-weight: 600; }
header span { margin-right: 8px; color: #80848e; font-size: 20px; font-weight: 400; }
.states { display: grid; grid-template-columns: 1fr 1fr; gap: 12px; padding: 14px 18px 0; align-items: start; }
i { display: grid; place-items: center; border-radius: 50%; color: #fff; font-style: normal; text-transform: uppercase; }
.asked { display: flex; align-items: center; gap: 5px; margin: 0 0 4px 44px; color: #b5bac1; font-size: 13px; }
.asked i { width: 16px; height: 16px; font-size: 10px; }
.asked b { color: #e0c08a; font-weight: 500; }
.asked em { color: #00a8fc; font-style: normal; }
.said { display: grid; grid-template-columns: 40px 1fr; gap: 14px; }
.bot { width: 40px; height: 40px; font-size: 19px; font-weight: 600; }
.who { display: flex; align-items: center; gap: 6px; }
.who b { color: #f2f3f5; font-weight: 500; }
.app { padding: 0 5px; border-radius: 4px; background: #5865f2; color: #fff; font-size: 10px; font-weight: 600; line-height: 15px; }
time { color: #949ba4; font-size: 12px; }
.text b { font-weight: 700; }
.small { color: #949ba4; font-size: 12.5px; }
code { padding: 1px 4px; border-radius: 4px; background: #2b2d31; font-family: "DejaVu Sans Mono", monospace; font-size: 12px; }
.file { display: block; max-width: 360px; max-height: 360px; margin-top: 6px; border-radius: 8px; }
.buttons { display: flex; gap: 8px; margin-top: 8px; }
button { padding: 7px 16px; border: 0; border-radius: 8px; background: #4e5058; color: #fff; font: 500 14px/1.2 inherit; font-family: inherit; }
`;
