/** What was entered into a form, as Slack's payloads have it. */
import { z } from 'zod';
import { SlackFile } from './context.ts';

const Option = z.object({ value: z.string() });
const Answer = z.object({
  value: z.string().nullish(),
  selected_option: Option.nullish(),
  selected_options: z.array(Option).nullish(),
  selected_users: z.array(z.string()).nullish(),
  selected_conversations: z.array(z.string()).nullish(),
  files: z.array(SlackFile).nullish(),
});
/** An input as the bot made it: Slack gives the form back with what was entered. */
const Input = z.object({
  type: z.literal('input'),
  block_id: z.string(),
  element: z.object({
    type: z.string(),
    action_id: z.string(),
    initial_value: z.string().nullish(),
    initial_option: Option.nullish(),
    initial_options: z.array(Option).nullish(),
    initial_users: z.array(z.string()).nullish(),
    initial_conversations: z.array(z.string()).nullish(),
  }),
});
type Input = z.infer<typeof Input>;
const State = z.record(z.string(), z.record(z.string(), Answer));

/** One block's answer. What the form does not ask for is undefined; so is what was left empty, but for lists. */
export interface Answered {
  asked: boolean;
  text: string | undefined;
  option: string | undefined;
  options: string[] | undefined;
  users: string[] | undefined;
  channels: string[] | undefined;
  file: SlackFile | undefined;
}

/** `state`: a view's `state.values`. The answer at a block, of which each has one input. */
export function answers(state: unknown): (block: string) => Answered {
  const blocks = State.parse(state);
  return (block) => {
    const [answer] = Object.hasOwn(blocks, block) ? Object.values(blocks[block] ?? {}) : [];
    return {
      asked: answer !== undefined,
      text: answer?.value ?? undefined,
      option: answer?.selected_option?.value,
      options: answer?.selected_options?.map(({ value }) => value),
      users: answer?.selected_users ?? undefined,
      channels: answer?.selected_conversations ?? undefined,
      file: answer?.files?.[0],
    };
  };
}

/** `blocks`: a view's. */
export function inputsIn(blocks: readonly unknown[]): Input[] {
  return blocks.flatMap((block) => Input.safeParse(block).data ?? []);
}

/** A state in which nobody has entered anything yet. */
export function initially(blocks: readonly unknown[]): unknown {
  return Object.fromEntries(
    inputsIn(blocks).map(({ block_id: block, element }) => [
      block,
      {
        [element.action_id]: {
          value: element.initial_value,
          selected_option: element.initial_option,
          selected_options: element.initial_options,
          selected_users: element.initial_users,
          selected_conversations: element.initial_conversations,
        },
      },
    ]),
  );
}
