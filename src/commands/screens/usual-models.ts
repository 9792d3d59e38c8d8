/** The model that each template takes where nobody names one. Admins only: the verbs see to that. */
import { words as line, type Field } from '../../core/screen.ts';
import {
  again,
  textOf,
  unknownAction,
  wordsOf,
  type GoTo,
  type ScreenDeps,
  type ScreenKind,
  type Shown,
} from './kind.ts';

export function usualModelScreens(
  { usualModels }: Pick<ScreenDeps, 'usualModels'>,
  goTo: GoTo,
): { models: ScreenKind } {
  const models: ScreenKind = {
    async open(caller) {
      const { settings: say, editor } = wordsOf(caller);
      const all = await usualModels.list(caller);
      const fields = all.map(({ template, model, isGone, installed }): Field => ({
        key: template,
        label: `/${template}`,
        kind: 'one-of',
        value: model,
        options: [...(isGone ? [model] : []), ...installed].map((name) => ({ value: name, label: name })),
        none: say.modelNone(),
        group: template,
      }));
      return {
        at: 'models',
        title: say.modelsHeading(),
        lines: [line(fields.length > 0 ? say.modelsHint() : say.modelsEmpty(), 'minor')],
        fields,
        groups: Object.fromEntries(all.map(({ template }) => [template, `/${template}`])),
        save: 'save',
        actions: [
          ...(fields.length > 0 ? [{ key: 'save', label: say.save(), style: 'primary' as const }] : []),
          { key: 'back', label: editor.back() },
        ],
        parent: 'settings',
      };
    },
    async act(act) {
      const { caller, action, entered, shown } = act;
      if (action === 'back') return goTo(caller, 'settings');
      if (action !== 'save') return unknownAction();
      const chosen = Object.keys(entered).map((key) => [key, textOf(entered, key) ?? ''] as const);
      await usualModels.choose(caller, Object.fromEntries(chosen), shown && texts(shown));
      return again(models, act, [line(wordsOf(caller).settings.saved(), 'ok')]);
    },
  };
  return { models };
}

function texts(shown: Shown): Record<string, string> {
  const all = Object.entries(shown).flatMap(([key, value]) =>
    typeof value === 'string' ? [[key, value] as const] : [],
  );
  return Object.fromEntries(all);
}
