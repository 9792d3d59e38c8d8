/**
 * A question before a run was answered: its panel says what was chosen and loses its buttons, and the job has a reply of its own
 * below it.
 */
import { escape, plainMessage } from '../replies/render.ts';
import { publicLocaleOf, type Caller } from '../../../core/caller.ts';
import { catalogue } from '../../../i18n/index.ts';
import { beginTold } from '../events/begin.ts';
import { addressOf, UNKNOWN_MESSAGE } from '../events/context.ts';
import type { RunOptions } from '../events/run.ts';
import type { Deed, ScreenInteraction } from './deed.ts';
import { screenPanel } from './render-screen.ts';

/** Rejects with what no screen could say. */
export async function answerQuestion(
  interaction: ScreenInteraction,
  caller: Caller,
  at: string,
  entering: Promise<Deed>,
  { commands, signal, log }: RunOptions,
): Promise<void> {
  const words = catalogue(caller.locale);
  const [deed] = await Promise.all([entering, interaction.deferUpdate()]);
  const { screen, prepared } = await commands.screens.act(caller, at, deed.action, deed.entered, { signal });
  if (!prepared) {
    if (screen) await interaction.editReply(screenPanel(screen, words));
    return;
  }
  const address = { ...addressOf(interaction, UNKNOWN_MESSAGE), beside: true as const };
  const { status } = catalogue(publicLocaleOf(caller));
  const noted = await commands.note(prepared, address, signal);
  await beginTold(noted, {
    tell: async () => (await interaction.followUp(plainMessage(escape(status.accepted())))).id,
    addressOf: (message) => ({ ...address, message }),
    about: { interaction: interaction.id },
    log,
  });
  const answered = await commands.screens.open(caller, at);
  await interaction.editReply(screenPanel(answered, words)).catch((error: unknown) => {
    // who presses once more is told what was chosen
    log.warn({ interaction: interaction.id, err: error }, 'an answered question kept its buttons');
  });
}
