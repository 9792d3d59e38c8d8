/** What admins see of published templates: the list, one of them, its versions, and who may use it where. */
import { time, TimestampStyles } from 'discord.js';
import type { ShelfEntry, ShelfVerbs } from '../../../commands/shelf.ts';
import type { Catalogue } from '../../../i18n/index.ts';
import { button, entityMenu, panel, type Panel } from './layout.ts';
import { escape } from '../replies/render.ts';
import { findingLine, slotLines } from './slot-lines.ts';

export const SHELF = 'shelf';
/** So that a page fits into one message. */
const ENTRIES_A_PAGE = 12;
/** Versions that a history shows. */
const MAX_VERSIONS = 25;

/** An action, and a template's name or a page. */
function shelfId(action: string, more: string | number): string {
  return `${SHELF}:${action}:${more}`;
}

export function listPanel(entries: readonly ShelfEntry[], page: number, words: Catalogue): Panel {
  const { shelf: say, editor } = words;
  const pages = Math.max(1, Math.ceil(entries.length / ENTRIES_A_PAGE));
  const at = Math.min(Math.max(0, page), pages - 1);
  const where = pages > 1 ? [`-# ${escape(editor.page(at + 1, pages))}`] : [];
  const shown = entries.slice(at * ENTRIES_A_PAGE, (at + 1) * ENTRIES_A_PAGE);
  return panel(
    [escape(say.heading(entries.length)), ...where, ...shown.flatMap((entry) => entryLines(entry, words))],
    [
      [
        ...(at > 0 ? [button(shelfId('list', at - 1), editor.previous())] : []),
        ...(at < pages - 1 ? [button(shelfId('list', at + 1), editor.next())] : []),
      ],
    ],
  );
}

export function entryPanel(entry: Awaited<ReturnType<ShelfVerbs['show']>>, words: Catalogue): Panel {
  const slots = Object.entries(entry.template?.slots ?? {});
  return panel([
    ...entryLines(entry, words),
    ...entry.misfits.map((problem) => findingLine({ problem, blocking: false }, words)),
    ...slots.flatMap(([name, slot]) => slotLines({ name, slot, into: [] }, words)),
  ]);
}

export function historyPanel(
  name: string,
  versions: Awaited<ReturnType<ShelfVerbs['history']>>,
  { shelf: say }: Catalogue,
): Panel {
  if (versions.length === 0) return panel([escape(say.noHistory(name))]);
  const lines = versions.slice(0, MAX_VERSIONS).map(({ number, by, at, from }) => {
    const again = from === undefined ? [] : [escape(say.broughtBack(from))];
    return [`**${escape(say.version(number))}**`, `<@${by}>`, ago(at), ...again].join(' · ');
  });
  return panel([escape(say.historyHeading(name)), ...lines]);
}

export function removePanel(name: string, { shelf: say }: Catalogue): Panel {
  return panel(
    [escape(say.removeAsk(name))],
    [
      [
        button(shelfId('remove', name), say.remove(), { style: 'danger' }),
        button(shelfId('keep', name), say.keep()),
      ],
    ],
  );
}

export function accessPanel(
  { name, access }: ShelfEntry,
  { shelf: say }: Catalogue,
  notes: readonly string[] = [],
): Panel {
  const roles = access.roles.map((id) => `<@&${id}>`).join(' ') || escape(say.everybody());
  const channels = access.channels.map((id) => `<#${id}>`).join(' ') || escape(say.everywhere());
  const age = access.ageRestricted;
  return panel(
    [
      ...notes,
      `### ${escape(say.accessHeading(name))}`,
      `**${escape(say.roles())}:** ${roles}`,
      `**${escape(say.channels())}:** ${channels}`,
      `**${escape(say.accessAge())}:** ${escape(age ? say.yes() : say.no())}`,
    ],
    [
      [entityMenu('roles', shelfId('roles', name), say.accessRoles(), access.roles)],
      [entityMenu('channels', shelfId('channels', name), say.accessChannels(), access.channels)],
      [
        age
          ? button(shelfId('anywhere', name), say.accessAnywhere())
          : button(shelfId('age', name), say.accessAge()),
      ],
    ],
  );
}

/** Discord shows it in the reader's language and time zone. */
export function ago(ms: number): string {
  return time(Math.floor(ms / 1000), TimestampStyles.RelativeTime);
}

function entryLines(entry: ShelfEntry, { shelf: say }: Catalogue): string[] {
  const { name, description, origin, version, off, access, misfits } = entry;
  const facts = [
    origin === 'built-in' || version === undefined ? say.builtin() : say.version(version),
    off && say.off(),
    say.limited(access.roles.length, access.channels.length),
    access.ageRestricted && say.ageRestricted(),
    misfits.length > 0 && say.misfits(misfits.length),
  ].filter(Boolean);
  return [`**/${escape(name)}** — ${escape(description)}`, `-# ${escape(facts.join(' · '))}`];
}
