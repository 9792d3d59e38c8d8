/** Blocks and forms as a bot that draws would send them. */
import type { types } from '@slack/bolt';

export function BAR(percent: number): types.KnownBlock[] {
  return [
    { type: 'section', text: { type: 'mrkdwn', text: `Drawing: *${percent} %*` } },
    {
      type: 'actions',
      elements: [
        { type: 'button', action_id: 'cancel', text: plain('Cancel'), style: 'danger', value: 'job-1' },
      ],
    },
  ];
}

function plain(text: string): types.PlainTextElement {
  return { type: 'plain_text', text };
}

function option(value: string) {
  return { text: plain(value), value };
}

export const BYE: types.ActionsBlock = {
  type: 'actions',
  elements: [{ type: 'button', action_id: 'bye', text: plain('Remove this') }],
};

export const FORM: types.ModalView = {
  type: 'modal',
  callback_id: 'form',
  title: plain('Imagine'),
  submit: plain('Draw'),
  close: plain('Cancel'),
  blocks: [
    {
      type: 'input',
      block_id: 'prompt',
      label: plain('What to draw'),
      element: { type: 'plain_text_input', action_id: 'text', multiline: true, max_length: 100 },
    },
    {
      type: 'input',
      block_id: 'steps',
      optional: true,
      label: plain('Steps'),
      element: {
        type: 'number_input',
        action_id: 'steps',
        is_decimal_allowed: false,
        initial_value: '20',
        min_value: '1',
        max_value: '60',
      },
    },
    {
      type: 'input',
      block_id: 'size',
      label: plain('Size'),
      element: {
        type: 'static_select',
        action_id: 'size',
        options: [option('square'), option('wide')],
        initial_option: option('square'),
      },
    },
    {
      type: 'input',
      block_id: 'hires',
      optional: true,
      label: plain('Extras'),
      element: { type: 'checkboxes', action_id: 'hires', options: [option('yes')] },
    },
    {
      type: 'input',
      block_id: 'image',
      optional: true,
      label: plain('Start from'),
      element: { type: 'file_input', action_id: 'image', filetypes: ['png', 'jpg'], max_files: 1 },
    },
  ],
};
