/** What is too long for one menu: its options in pages, and those that hold some words. */
import { holdingWords, type Field, type Option, type Screen } from '../../../core/screen.ts';
import type { Catalogue } from '../../../i18n/index.ts';
import { idFor } from './address.ts';
import { button, MAX_OPTIONS, menu, panelOf, type Panel } from './layout.ts';
import { optionsOf, shown } from './options.ts';
import { escape } from '../replies/render.ts';

export function listPanel(
  screen: Screen,
  key: string,
  { page, words: sought }: { page: number; words?: string },
  { editor: say }: Catalogue,
): Panel {
  const all = optionsOf(screen, key);
  const found =
    sought === undefined
      ? all
      : holdingWords(
          all,
          sought,
          ({ label, description, value }) => `${label} ${description ?? ''} ${value}`,
        );
  const pages = Math.max(1, Math.ceil(found.length / MAX_OPTIONS));
  const at = Math.min(Math.max(0, page), pages - 1);
  const here = found.slice(at * MAX_OPTIONS, (at + 1) * MAX_OPTIONS);
  const field = fieldOf(screen, key);
  const isChosen = ({ value }: Option) => (field?.kind === 'some-of' ? field.value.includes(value) : false);
  const heading =
    sought === undefined ? say.listHeading(all.length) : say.found(sought, here.length, found.length);
  const pagesShown = sought === undefined && pages > 1;
  return panelOf([
    {
      lines: [
        `### ${escape(screen.menus?.find(({ action }) => action === key)?.label ?? field?.label ?? screen.title)}`,
        escape(heading),
        ...(pagesShown ? [`-# ${escape(say.page(at + 1, pages))}`] : []),
      ],
    },
    {
      row: menu(
        idFor(field ? 'set' : 'one', key, screen, at),
        say.pick(),
        here.map((option) => shown(option, isChosen(option))),
        field?.kind === 'some-of',
      ),
    },
    {
      row: [
        ...(pagesShown && at > 0 ? [button(idFor('list', key, screen, at - 1), say.previous())] : []),
        ...(pagesShown && at < pages - 1 ? [button(idFor('list', key, screen, at + 1), say.next())] : []),
        button(idFor('look', key, screen), say.find()),
        button(idFor('page', 'items', screen), say.back()),
      ],
    },
  ]);
}

function fieldOf({ fields }: Screen, key: string): Field | undefined {
  return fields.find((field) => field.key === key);
}
