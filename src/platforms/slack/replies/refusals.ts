/** What the next try is for every error that Slack documents of `chat.*`, `conversations.open`, `files.*` and `views.*`. */
import type { Blame } from '../../kit/tries.ts';

/**
 * `later`: the same again, it may pass. `token`: as `later`, and nothing works until an admin has put the token right.
 * `account`: what the workspace lets the app do, an admin's matter; another way may be open, else it is tried again.
 * `late`: a form came too late for what the person did: they are told in a message. Else what is minded: the place, or
 * the part of the content that a plainer body is without.
 */
export type Next = 'later' | 'token' | 'account' | 'late' | Blame;

/** Of every method. */
const COMMON: Record<string, Next> = {
  fatal_error: 'later',
  internal_error: 'later',
  service_unavailable: 'later',
  request_timeout: 'later',
  ratelimited: 'later',
  rate_limited: 'later',
  accesslimited: 'later',
  team_added_to_org: 'later',
  org_login_required: 'later',

  invalid_auth: 'token',
  not_authed: 'token',
  account_inactive: 'token',
  token_revoked: 'token',
  token_expired: 'token',

  missing_scope: 'account',
  not_allowed_token_type: 'account',
  two_factor_setup_required: 'account',
  enterprise_is_restricted: 'account',
  team_access_not_granted: 'account',
  app_access_restricted: 'account',
  as_user_not_supported: 'account',
  method_deprecated: 'account',
  deprecated_endpoint: 'account',
  unknown_method: 'account',
  is_bot: 'account',

  access_denied: 'place',
  no_permission: 'place',
  ekm_access_denied: 'place',

  invalid_arguments: 'content',
  invalid_arg_name: 'content',
  invalid_array_arg: 'content',
  invalid_charset: 'content',
  invalid_form_data: 'content',
  invalid_post_type: 'content',
  missing_post_type: 'content',
};

const MESSAGES: Record<string, Next> = {
  message_limit_exceeded: 'later',
  external_channel_migrating: 'later',
  update_failed: 'later',

  channel_not_found: 'place',
  not_in_channel: 'place',
  user_not_in_channel: 'place',
  is_archived: 'place',
  is_inactive: 'place',
  messages_tab_disabled: 'place',
  restricted_action: 'place',
  restricted_action_read_only_channel: 'place',
  restricted_action_thread_only_channel: 'place',
  restricted_action_non_threadable_channel: 'place',
  restricted_action_thread_locked: 'place',
  cannot_reply_to_message: 'place',
  thread_locked: 'place',
  thread_not_found: 'place',
  team_not_found: 'place',
  send_on_behalf_not_allowed: 'place',
  message_not_found: 'place',
  cant_update_message: 'place',
  cant_delete_message: 'place',
  cant_broadcast_message: 'place',
  edit_window_closed: 'place',
  streaming_state_conflict: 'place',
  duplicate_channel_not_found: 'place',
  duplicate_message_not_found: 'place',

  invalid_blocks_format: 'form',
  msg_blocks_too_long: 'form',
  block_mismatch: 'form',
  invalid_attachments: 'form',
  too_many_attachments: 'form',
  attachment_payload_limit_exceeded: 'form',
  too_many_contact_cards: 'form',
  markdown_text_conflict: 'form',
  invalid_metadata_format: 'form',
  invalid_metadata_schema: 'form',
  metadata_too_large: 'form',
  metadata_must_be_sent_from_app: 'form',
  no_dual_broadcast_content_update: 'form',

  msg_too_long: 'words',
  no_text: 'content',
  // Slack names no part: pictures are what is most often not ready for a block
  invalid_blocks: 'files',

  draft_already_deleted: 'content',
  draft_already_sent: 'content',
  draft_has_conflict: 'content',
  draft_not_found: 'content',
};

const FILES: Record<string, Next> = {
  file_not_found: 'files',
  file_deleted: 'files',
  file_is_deleted: 'files',
  missing_file_data: 'files',
  missing_argument: 'files',
  not_visible: 'files',
  template_not_visible: 'files',
  file_type_not_allowed: 'files',
  blocked_file_type: 'files',
  file_upload_size_restricted: 'files',
  file_uploads_disabled: 'files',
  file_uploads_except_images_disabled: 'files',
  file_update_failed: 'files',
  file_share_limit_reached: 'files',
  max_file_sharing_exceeded: 'files',
  unable_to_share_files: 'files',
  storage_limit_reached: 'files',
  alt_txt_too_large: 'files',
  snippet_too_large: 'files',
  unknown_snippet_type: 'files',
  unknown_subtype: 'files',
  canvas_disabled_file_team: 'files',
  canvas_disabled_user_team: 'files',
  canvas_globally_disabled: 'files',
  slack_connect_blocked_file_type: 'files',
  slack_connect_canvas_sharing_blocked: 'files',
  slack_connect_clip_sharing_blocked: 'files',
  slack_connect_file_link_sharing_blocked: 'files',
  slack_connect_file_upload_sharing_blocked: 'files',
  slack_connect_lists_sharing_blocked: 'files',

  posting_to_channel_denied: 'place',
  invalid_channel: 'place',
  channels_limit_exceeded: 'place',
};

/** Opening a direct message: nothing but another way helps. */
const PEOPLE: Record<string, Next> = {
  user_not_found: 'place',
  user_not_visible: 'place',
  user_disabled: 'place',
  users_list_not_supplied: 'place',
  not_enough_users: 'place',
  too_many_users: 'place',
  invalid_user_combination: 'place',
  method_not_supported_for_channel_type: 'place',
};

const FORMS: Record<string, Next> = {
  expired_trigger_id: 'late',
  exchanged_trigger_id: 'late',
  invalid_trigger_id: 'late',
  trigger_expired: 'late',
  trigger_exchanged: 'late',
  hash_conflict: 'late',
  not_found: 'late',
  push_limit_reached: 'content',
  duplicate_external_id: 'content',
  view_too_large: 'content',
};

export const REFUSALS: Readonly<Record<string, Next>> = {
  ...COMMON,
  ...MESSAGES,
  ...FILES,
  ...PEOPLE,
  ...FORMS,
};

/** What Slack does not document is taken for something about the content. */
export function nextAfter(code: string): Next {
  return (Object.hasOwn(REFUSALS, code) ? REFUSALS[code] : undefined) ?? 'content';
}
