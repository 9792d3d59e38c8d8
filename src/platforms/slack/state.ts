/** What somebody has entered into a form, as Slack's payloads have it. */
import { z } from 'zod';
import { VALUE } from './blocks.ts';
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
    const answer = blocks[block]?.[VALUE];
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
