/** What people read at the door of the page: signing in, and why they may not come in or what is not there, in English. */

export const door = {
  signIn: 'Sign in',
  signInFirst: 'Sign in first.',
  token: 'Admin token',
  tokenHint: 'What ADMIN_TOKEN is set to where Easel runs.',
  wrongToken: 'That is not the token.',
  link: 'Link or key',
  linkHint:
    'Easel printed a link in its terminal when it started; npm run link prints it again. Open that link, or paste it here.',
  wrongLink: 'That link is not the right one any more. npm run link prints the one that is.',
  otherName:
    'Without ADMIN_TOKEN this page opens only on the computer that Easel runs on, as localhost or 127.0.0.1.',
  behindProxy:
    'This came through a proxy, so others could come this way too. Set ADMIN_TOKEN and start Easel again.',
  otherSite:
    'This did not come from the page itself. If a proxy stands before Easel, it has to pass the Host header on.',
  nothingHere: 'There is nothing at this address.',
  noSuchPlace: 'Easel serves no such place.',
  placeGone: 'This Easel knows no such place. It may have left it.',
};
