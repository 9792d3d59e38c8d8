/** What the studio in the browser says of templates as chat does, in English. */

export const shelf = {
  options: { to: () => 'The new name' },
  builtin: () => 'built in',
  off: () => 'switched off',
  renamed: (name: string, to: string) => `/${name} is now /${to}.`,
  disabled: (name: string) => `/${name} is switched off here.`,
  enabled: (name: string) => `/${name} is back.`,
  removed: (name: string) => `/${name} is removed.`,
  remove: () => 'Remove it',
  keep: () => 'Keep it',
  historyHeading: (name: string) => `Versions of /${name}:`,
};
