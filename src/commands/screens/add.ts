/** A new template: the file that it is made from. */
import { EaselError } from '../../core/errors.ts';
import { requireAdmin } from '../../guilds/policy.ts';
import { cleanName, Name } from '../../templates/names.ts';
import { MAX_PICTURE_BYTES, MAX_TEMPLATE_BYTES } from '../../templates/files/workflow-file.ts';
import {
  fileOf,
  textOf,
  unknownAction,
  wordsOf,
  type Act,
  type GoTo,
  type Outcome,
  type ScreenDeps,
  type ScreenKind,
} from './kind.ts';

/** Its address may end with the name that the command shall have. */
export function addScreens({ editor }: ScreenDeps, goTo: GoTo): Record<'add', ScreenKind> {
  async function add({ caller, of, entered, signal }: Act): Promise<Outcome> {
    const file = fileOf(entered, 'workflow');
    const settings = fileOf(entered, 'settings');
    const name = (textOf(entered, 'name') ?? of[0])?.trim();
    requireAdmin(caller);
    if (!file) throw new EaselError({ code: 'empty-file', file: '' });
    const { draft } = await editor.add(caller, file, { ...(name && { name }), settings }, signal);
    return goTo(caller, `draft/${draft.id}`);
  }
  return {
    add: {
      async open(caller, [typed = '']) {
        requireAdmin(caller);
        const name = cleanName(typed);
        const isRight = Name.safeParse(name).success;
        const { shelf: say, editor: words } = wordsOf(caller);
        const { options: hints, adding } = say;
        const json = { types: ['application/json'], endings: ['json'] };
        return {
          at: isRight ? `add/${name}` : 'add',
          title: adding.title(),
          lines: [],
          fields: [
            {
              key: 'workflow',
              kind: 'file',
              types: [...json.types, 'image/png'],
              endings: [...json.endings, 'png'],
              maxBytes: MAX_PICTURE_BYTES,
              label: adding.file(),
              hint: hints.file(),
              required: true,
              group: 'files',
            },
            {
              key: 'settings',
              kind: 'file',
              ...json,
              maxBytes: MAX_TEMPLATE_BYTES,
              label: adding.settings(),
              hint: hints.settings(),
              group: 'files',
            },
            {
              key: 'name',
              kind: 'text',
              value: name,
              applies: '',
              label: adding.name(),
              hint: hints.newName(),
              group: 'files',
            },
          ],
          groups: { files: adding.choose() },
          save: 'add',
          atOnce: true,
          actions: [
            { key: 'add', label: adding.submit(), style: 'primary' },
            { key: 'back', label: words.back() },
          ],
          parent: 'templates',
        };
      },
      async act(act) {
        if (act.action === 'add') return add(act);
        return act.action === 'back' ? goTo(act.caller, 'templates') : unknownAction();
      },
      // what the template.json says is judged by its schema, without the name of its file
      fieldOf(problem, { entered }) {
        if (!('file' in problem)) return undefined;
        const { file = '' } = problem;
        const isSettings = file === fileOf(entered, 'settings')?.name || file.endsWith('/template.json');
        return fileOf(entered, 'settings') && isSettings ? 'settings' : 'workflow';
      },
    },
  };
}
