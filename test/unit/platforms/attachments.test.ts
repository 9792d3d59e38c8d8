/** Every platform offers a slot that takes a file as something to attach, whatever kind of file it is. */
import { describe, expect, it } from 'vitest';
import type { Slot, SlotType, Template } from '../../../src/core/template.ts';
import { catalogue } from '../../../src/i18n/index.ts';
import { slotOptions } from '../../../src/platforms/discord/menu/options.ts';
import { runScreens } from '../../../src/commands/screens/run.ts';
import { renderScreen } from '../../../src/platforms/slack/screens/render-screen.ts';
import { withFiles } from '../../../src/platforms/terminal/context.ts';
import { slotField } from '../../../src/platforms/web/offer.ts';
import {
  definitionOf,
  fileProblems,
  SLOT_TYPE_NAMES,
  SlotSchema,
} from '../../../src/templates/slots/index.ts';
import { ada } from '../commands/stage.ts';
import { temporaryFolder } from '../temporary.ts';
import { parse } from '../templates/sources.ts';

const TYPES = SLOT_TYPE_NAMES.filter((type) => definitionOf(type).file);
const slotOf = (type: SlotType): Slot => SlotSchema.parse({ type, into: [['10', 'image']], required: true });

const offeredOf = (template: Template) => ({
  template: async () => template,
  welcome: async () => undefined,
  prepare: () => Promise.reject(new Error('nothing runs')),
});

describe.each(TYPES.map((type) => [type]))('a slot for a file of type %s', (type) => {
  const slot = slotOf(type);
  const template = parse({ it: slot });
  const endings = definitionOf(type).file?.formats.flatMap((format) => format.endings) ?? [];

  it('is an attachment on Discord', () => {
    expect(slotOptions({ it: slot })).toMatchObject([{ name: 'it', type: 11, required: true }]);
  });

  it('is a file input on Slack, with the endings that it takes', async () => {
    const { run } = runScreens(offeredOf(template));
    const screen = await run.open(ada, [template.name]);
    const view = renderScreen(screen, { channel: 'C0123456789', under: [] }, 'en');
    expect(view.blocks).toContainEqual(
      expect.objectContaining({
        optional: false,
        element: expect.objectContaining({ type: 'file_input', filetypes: endings, max_files: 1 }),
      }),
    );
  });

  it('is a file input on the page, by media type and by ending', () => {
    const field = slotField('it', slot, { main: false, words: catalogue('en') });
    expect(field).toMatchObject({ type, kind: 'file', required: true });
    expect(field.accept).toEqual(expect.arrayContaining(endings.map((ending) => `.${ending}`)));
    expect(field.accept?.some((one) => one.startsWith(`${type}/`))).toBe(true);
  });

  it('is a path at the terminal', async () => {
    const there = `${await temporaryFolder()}/none.bin`;
    const { run } = runScreens(offeredOf(template));
    const { fields } = await run.open(ada, [template.name]);
    await expect(withFiles({ it: there }, fields)).rejects.toMatchObject({
      problem: fileProblems(type).unreachable('it', there),
    });
  });
});
