/** What this platform is called in records, settings and addresses. */
export const SLACK = 'slack';

/** Where Slack posts to in HTTP mode. */
export const SLACK_PATH = '/slack/events';
