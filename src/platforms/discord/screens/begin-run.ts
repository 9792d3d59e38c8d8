/** A template's form was sent: a job with a reply of its own comes of it, or the form's panel says why not. */
import { MessageFlags } from 'discord.js';
import type { Outcome } from '../../../commands/index.ts';
import type { Caller } from '../../../core/caller.ts';
import { EaselError, fieldOf } from '../../../core/errors.ts';
import { rankOf } from '../../../core/rank.ts';
import { words as line, type Screen } from '../../../core/screen.ts';
import { catalogue, sentence } from '../../../i18n/index.ts';
import { runPrepared, type RunOptions } from '../events/run.ts';
import type { Deed, ScreenInteraction } from './deed.ts';
import { formKey, withHeld } from './held-forms.ts';
import { screenPanel } from './render-screen.ts';

/** What is wrong is told in the form's panel, with what was sent; its button opens the form with that. */
export async function beginRun(
  interaction: ScreenInteraction,
  caller: Caller,
  at: string,
  entering: Promise<Deed>,
  options: RunOptions,
): Promise<void> {
  const { commands, held, signal } = options;
  const words = catalogue(caller.locale);
  const preparing = entering.then(async ({ action, entered }) => {
    const outcome = await commands.screens.act(caller, at, action, entered, { signal });
    if (outcome.prepared) return outcome.prepared;
    throw new Unfilled(outcome);
  });
  try {
    await runPrepared(interaction, preparing, options);
    held.drop(formKey(interaction, at));
  } catch (error) {
    const screen = await refusedScreen(error);
    if (!screen) throw error;
    const panel = screenPanel(withHeld(screen, held.of(formKey(interaction, at)), words), words);
    if (!interaction.deferred) {
      await interaction.deferUpdate();
      await interaction.editReply(panel);
    } else {
      // everybody was shown that something is coming
      await interaction.deleteReply();
      await interaction.followUp({ ...panel, flags: panel.flags | MessageFlags.Ephemeral });
    }
  }

  /** Undefined: nothing that a form could say, or be sent again after. */
  async function refusedScreen(thrown: unknown): Promise<Screen | undefined> {
    if (thrown instanceof Unfilled) return thrown.outcome.screen;
    if (!(thrown instanceof EaselError) || thrown.code === 'form-expired') return undefined;
    const { problem } = thrown;
    // who may not see it any more is told the first error
    const screen = await commands.screens.open(caller, at).catch(() => undefined);
    options.log.warn({ at, user: caller.user, err: thrown }, 'a form was refused');
    const said = sentence(words, problem, rankOf(caller));
    const key = fieldOf(problem);
    if (!screen) return undefined;
    if (!screen.fields.some((field) => field.key === key))
      return { ...screen, lines: [line(said, 'blocked'), ...screen.lines] };
    const fields = screen.fields.map((field) => (field.key === key ? { ...field, problem: said } : field));
    return { ...screen, fields };
  }
}

/** A form lacks something; its screen says what. */
class Unfilled extends Error {
  readonly outcome: Outcome;

  constructor(outcome: Outcome) {
    super('a form lacks something');
    this.outcome = outcome;
  }
}
