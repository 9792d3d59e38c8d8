/** What Easel can be connected with, and by which settings; each is named as its variable in the environment. */

export const SERVICES = {
  discord: ['DISCORD_TOKEN'],
  slack: ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'SLACK_SIGNING_SECRET'],
  comfy: ['COMFY_URL', 'COMFY_API_KEY', 'COMFY_PARTNER_KEY', 'COMFY_DIALECT', 'COMFY_HEADERS'],
} as const;

export type Service = keyof typeof SERVICES;
export type ServiceSetting = (typeof SERVICES)[Service][number];
/** What is not there is not set. */
export type ServiceValues = Partial<Record<ServiceSetting, string>>;
