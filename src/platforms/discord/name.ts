/** What this platform is called in records, settings and addresses. */
export const DISCORD = 'discord';
