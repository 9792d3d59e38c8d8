/** Buttons and forms of versions before there were screens: what they meant opens as it is now. */
import type { App, types, ViewSubmitAction } from '@slack/bolt';
import { z } from 'zod';
import type { Caller } from '../../../core/caller.ts';
import { words } from '../../../core/screen.ts';
import { catalogue } from '../../../i18n/index.ts';
import { memoryOf, PressedInForm, SeenView } from '../events/payload.ts';
import { refused, tell } from '../replies/private.ts';
import { VALUE } from './blocks.ts';
import type { FormListenOptions } from './listen-screens.ts';
import { replace, replacedBy } from './outcome.ts';
import { renderScreen } from './render-screen.ts';

const OldMemory = z.object({
  channel: z.string(),
  thread: z.string().optional(),
  draft: z.string().default(''),
  slot: z.string().default(''),
  template: z.string().default(''),
  file: z.object({ slot: z.string(), id: z.string() }).optional(),
});
type OldMemory = z.infer<typeof OldMemory>;

/** By callback_id. */
const FORMS: Record<string, (memory: OldMemory) => string> = {
  editor: ({ draft }) => `draft/${draft}`,
  'slot-form': ({ draft, slot }) => `slot/${draft}/${slot}`,
  settings: () => 'settings',
  add: () => 'add',
  limit: ({ template }) => `access/${template}`,
  run: ({ template }) => `run/${template}`,
};
/** What could be pressed or picked in them. */
const PRESSES = [
  { action_id: 'slot' },
  { action_id: 'add-slot' },
  { action_id: 'test' },
  { action_id: 'discard' },
  { block_id: 'type', action_id: VALUE },
];

/** Buttons in messages, by action_id; with their value. */
export const OLD_BUTTONS: Record<string, (value: string) => string> = {
  'open-add': (name) => (name === '' ? 'add' : `add/${name}`),
  'open-draft': (draft) => `draft/${draft}`,
  'open-limit': (name) => `access/${name}`,
  'open-settings': () => 'settings',
  'remove-template': (name) => `remove/${name}`,
};

export function listenToOldForms(app: App, options: FormListenOptions): void {
  const { commands, recognised, settle } = options;

  async function anew(caller: Caller, view: SeenView): Promise<types.ModalView> {
    const memory = memoryOf(OldMemory, view);
    const { channel, thread, file } = memory;
    const screen = await commands.screens.open(caller, FORMS[view.callback_id]?.(memory) ?? '');
    const notice = words(catalogue(caller.locale).slack.renewed(), 'warning');
    return renderScreen(screen, { channel, thread, under: [], file }, caller.locale, [notice]);
  }

  for (const callback of Object.keys(FORMS))
    app.view<ViewSubmitAction>(callback, async ({ view: raw, body, ack }) => {
      const view = SeenView.parse(raw);
      const caller = await recognised(body, memoryOf(OldMemory, view).channel);
      const title = view.title.text;
      await settle({ view, ack, caller, title }, async () => replacedBy(await anew(caller, view), true));
    });

  for (const press of PRESSES)
    app.action(press, async ({ ack, body }) => {
      await ack();
      const { view, trigger_id: trigger, ...who } = PressedInForm.parse(body);
      if (!options.isNew(trigger)) return;
      const { channel, thread } = memoryOf(OldMemory, view);
      const caller = await recognised({ ...who, view }, channel);
      try {
        await replace(view.id, await anew(caller, view), options, caller);
      } catch (error) {
        await tell(caller, { channel, thread }, refused(caller, error, options), options);
      }
    });
}
