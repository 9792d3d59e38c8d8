/** What the server itself says to a browser: at the door, and in what a page shows. The page's own words go to it as they are. */
import type { Speaker } from '../speaker.ts';

export const web = ({ say, list }: Speaker) => ({
  title: () => say('web.frame.title'),
  /** The page's own place among servers and workspaces. */
  here: () => say('web.frame.here'),
  list: (names: readonly string[]) => list(names),
  /** Signing in, and why somebody may not come in or what is not there. */
  door: {
    signIn: () => say('web.door.signIn'),
    signInFirst: () => say('web.door.signInFirst'),
    token: () => say('web.door.token'),
    tokenHint: () => say('web.door.tokenHint'),
    wrongToken: () => say('web.door.wrongToken'),
    link: () => say('web.door.link'),
    linkHint: () => say('web.door.linkHint'),
    wrongLink: () => say('web.door.wrongLink'),
    otherName: () => say('web.door.otherName'),
    behindProxy: () => say('web.door.behindProxy'),
    otherSite: () => say('web.door.otherSite'),
    nothingHere: () => say('web.door.nothingHere'),
    noSuchPlace: () => say('web.door.noSuchPlace'),
    placeGone: () => say('web.door.placeGone'),
  },
});
