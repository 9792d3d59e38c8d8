/** An admin at work on the fake Discord: commands, panels, forms. Every act resolves once its answer is there. */
import { z } from 'zod';
import type { FakeDiscord, FakeFile, FakeInteraction, FakeMessage } from '../fakes/discord/index.ts';
import type { ModalInputs } from '../fakes/discord/modal-values.ts';

/** Discord's "Manage Server". */
export const MANAGE = 0x20n;

interface Who {
  user?: string;
  guild?: string;
  channel?: string;
  memberPermissions?: bigint;
  roles?: readonly string[];
}

type Options = Record<string, string | number | boolean | FakeFile>;

export interface Admin {
  /** `/template add …` and the like; resolves to the answer, once it is complete. */
  ask(name: string, subcommand: string, options?: Options): Promise<FakeMessage>;
  /** Presses the button with this label. */
  press(message: FakeMessage, label: string): Promise<FakeInteraction>;
  /** Picks the option with this label, or ids, in the menu with this placeholder. */
  pick(message: FakeMessage, placeholder: string, ...picked: string[]): Promise<FakeInteraction>;
  /** Presses the button and fills in the form that opens. */
  fill(message: FakeMessage, label: string, values: ModalInputs): Promise<FakeInteraction>;
  /** What the form behind the button holds. */
  form(message: FakeMessage, label: string): Promise<Record<string, string>>;
}

/** `discord` is asked for anew at each act, since each test has its own. */
export function adminOf(discord: () => FakeDiscord, who: Who = { memberPermissions: MANAGE }): Admin {
  async function answered(
    acted: FakeInteraction,
    message: FakeMessage,
    before: number,
  ): Promise<FakeInteraction> {
    await acted.acknowledged;
    if (acted.ackMs === undefined || acted.ackMs >= 1000)
      throw new Error(`acknowledged after ${acted.ackMs} ms`);
    const isOver = () =>
      message.edits.length > before ||
      acted.followUps.length > 0 ||
      acted.modal !== undefined ||
      acted.ackType === 4 ||
      // a reply of its own comes
      acted.ackType === 5;
    await discord().until(isOver);
    return acted;
  }

  const press: Admin['press'] = async (message, label) => {
    const found = message.buttons.find((button) => button.label === label);
    if (!found)
      throw new Error(`no button ${label}; there is ${message.buttons.map((one) => one.label).join()}`);
    const before = message.edits.length;
    const customId = String(found.custom_id);
    return answered(await discord().click({ message, customId, ...who }), message, before);
  };

  const submit = async (opened: FakeInteraction, message: FakeMessage, values: ModalInputs) => {
    const before = message.edits.length;
    const sent = await discord().submitModal({ interaction: opened, values });
    return answered(sent, message, before);
  };

  return {
    async ask(name, subcommand, options = {}) {
      const asked = await discord().slash({ name, subcommand, options, ...who });
      await asked.acknowledged;
      if (!asked.ephemeral) throw new Error(`/${name} ${subcommand} was answered in public`);
      return asked.waitFor(({ loading }) => !loading);
    },
    press,
    async pick(message, placeholder, ...picked) {
      const menus = message.flatComponents.filter(({ type }) => type === 3 || (type >= 5 && type <= 8));
      const menu = menus.find((one) => one['placeholder'] === placeholder);
      if (!menu)
        throw new Error(
          `no menu ${placeholder}; there is ${menus.map((one) => String(one['placeholder'])).join()}`,
        );
      const options = optionsOf(menu);
      const values = picked.map((one) => options.find(({ label }) => label === one)?.value ?? one);
      const before = message.edits.length;
      const customId = String(menu.custom_id);
      return answered(await discord().select({ message, customId, values, ...who }), message, before);
    },
    async fill(message, label, values) {
      return submit(await press(message, label), message, values);
    },
    async form(message, label) {
      const { modal } = await press(message, label);
      const labels = Labels.parse(modal?.components ?? []);
      return Object.fromEntries(labels.map(({ component }) => [component.custom_id, shownIn(component)]));
    },
  };
}

const Component = z.looseObject({
  custom_id: z.string(),
  value: z.string().nullish(),
  default: z.boolean().nullish(),
  options: z.array(z.object({ value: z.string(), default: z.boolean().nullish() })).nullish(),
  default_values: z.array(z.object({ id: z.string() })).nullish(),
});
const Labels = z.array(z.object({ component: Component }));

function shownIn({
  value,
  default: ticked,
  options,
  default_values: ids,
}: z.infer<typeof Component>): string {
  if (typeof ticked === 'boolean') return String(ticked);
  const chosen = options?.filter((option) => option.default === true).map((option) => option.value);
  return value ?? (chosen ?? ids?.map(({ id }) => id) ?? []).join();
}

/** Of a menu of plain options. */
export function optionsOf(menu: Record<string, unknown>): { label: string; value: string }[] {
  const { options } = menu;
  if (!Array.isArray(options)) return [];
  return options.map((option: { label: unknown; value: unknown }) => ({
    label: String(option.label),
    value: String(option.value),
  }));
}
