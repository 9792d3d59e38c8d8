/** What people read around every page of the browser: navigation, signing in, what went wrong, in English. Plain sentences: `{name}` stands for what the page puts in. */

export const frame = {
  title: 'Easel',
  chat: 'Chat',
  studio: 'Studio',
  operator: 'Operator',
  pages: 'Pages',
  skip: 'Skip to the content',
  here: 'This page',
  sandbox: 'These pictures are drawn by a demo painter, not by an AI model.',
  realPictures: 'Get real pictures',
  signOut: 'Sign out',
  unreachable: 'Easel does not answer. Is it still running?',
  failed: 'That did not work. Reload the page and try again.',
} as const;
