/** What somebody does in an open screen. */
import type { AnySelectMenuInteraction, ButtonInteraction, ModalSubmitInteraction } from 'discord.js';
import type { Entered, Shown } from '../../../commands/index.ts';

export type ScreenInteraction = ButtonInteraction | AnySelectMenuInteraction | ModalSubmitInteraction;

/** What was done, and what had been shown. */
export interface Deed {
  action: string;
  entered: Entered;
  shown?: Shown | (() => Shown | undefined) | undefined;
}
