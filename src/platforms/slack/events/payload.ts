/** The parts of Slack's interactions that Easel reads, checked where they come in. */
import { z } from 'zod';

/**
 * Who did something. In channels that are shared with other workspaces (Slack Connect) `team` and `user.team_id` are those
 * of whoever acts, not of whom the form or the message belongs to; where an organisation is involved, `team` is null.
 */
const WHO = {
  team: z.object({ id: z.string() }).nullish(),
  user: z.object({ id: z.string(), team_id: z.string().nullish() }),
  /** Whose form it is, where it happened in one. */
  view: z.object({ app_installed_team_id: z.string().nullish() }).nullish(),
};
export const Who = z.object(WHO);
export type Who = z.infer<typeof Who>;

export const SeenView = z.object({
  id: z.string(),
  hash: z.string(),
  app_installed_team_id: z.string().nullish(),
  root_view_id: z.string().nullish(),
  /** Of the form that it lies on. */
  previous_view_id: z.string().nullish(),
  callback_id: z.string(),
  private_metadata: z.string(),
  title: z.object({ text: z.string() }),
  blocks: z.array(z.unknown()),
  state: z.object({ values: z.unknown() }),
});
export type SeenView = z.infer<typeof SeenView>;

const Action = z.object({
  action_id: z.string(),
  block_id: z.string(),
  value: z.string().optional(),
  selected_option: z.object({ value: z.string() }).nullish(),
});

const PRESSED = { ...WHO, trigger_id: z.string(), actions: z.tuple([Action]) };

/** Something in a form was pressed or picked. */
export const PressedInForm = z.object({ ...PRESSED, view: SeenView });
export type PressedInForm = z.infer<typeof PressedInForm>;

/** A button of a message was pressed. */
export const PressedInMessage = z.object({
  ...PRESSED,
  channel: z.object({ id: z.string() }),
  container: z.object({ message_ts: z.string().optional(), thread_ts: z.string().optional() }),
});

/** Somebody types into a select that asks for its options. */
export const Typing = z.object({ ...WHO, block_id: z.string(), value: z.string(), view: SeenView });
export type Typing = z.infer<typeof Typing>;

/** Where whoever acts belongs, as far as the payload says. */
export function teamOf({ team, user }: Who): string | undefined {
  return user.team_id ?? team?.id;
}

/** What a form carries along. */
export function memoryOf<T>(schema: z.ZodType<T>, view: Pick<SeenView, 'private_metadata'>): T {
  return schema.parse(JSON.parse(view.private_metadata));
}
