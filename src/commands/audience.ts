/** Joins jobs to the platforms: finds a job's chat and gives it the view to show. */
import type { Audience, Delivery } from '../core/audience.ts';
import { bodyNamed, dressed } from '../core/bodies.ts';
import type { Chat } from '../core/chat.ts';
import { EaselError } from '../core/errors.ts';
import type { Job } from '../core/job.ts';
import type { Clock } from '../core/time.ts';
import type { View } from '../core/view.ts';
import { catalogue } from '../i18n/index.ts';
import { presentEnd, presentStanding, withDemo } from './present.ts';

/** As plain as `delivery.body` says. */
function viewOf(job: Job, delivery: Delivery, now: number): View {
  const words = catalogue(job.locale).bodies;
  if (delivery.body === 'note')
    return {
      tone: 'failed',
      title: '',
      status: words.unshown(job.rank ?? 'person'),
      facts: [],
      notes: [],
      buttons: [],
      plain: true,
    };
  const view = presentEnd(job, delivery, now);
  if (delivery.body === undefined) return view;
  const { view: plain } = dressed(bodyNamed('plain'), { view, files: [] }, words);
  return delivery.body === 'plain'
    ? plain
    : { ...plain, notes: [...plain.notes, words.unshown(job.rank ?? 'person')] };
}

/**
 * `chats` may grow and shrink after this call, since a chat needs the commands, which need the audience. `languageOf`: of
 * what everybody in a guild reads today, where it has one. `isDemo`: whether pictures come from the sandbox just now.
 */
export function createAudience(
  chats: ReadonlyMap<string, Chat>,
  clock: Clock,
  languageOf: (guild: string) => string | undefined,
  isDemo: () => boolean = () => false,
): Audience {
  const told = (job: Job, view: View): View => (isDemo() ? withDemo(job, view) : view);
  /** In the language of its readers, as it is today and not as it was when it was asked for. */
  const spokenTo = (job: Job, chat: Chat): Job => {
    if (chat.isPrivate?.(job.reply)) return job;
    const locale = languageOf(job.guild) ?? job.locale;
    return locale === job.locale ? job : { ...job, locale };
  };
  return {
    knows: (platform) => chats.has(platform),
    takesAll: (platform) => chats.get(platform)?.takesAll === true,
    reaches: ({ platform, reply }) => chats.get(platform)?.reaches(reply) ?? false,
    show(job, standing) {
      const chat = chats.get(job.platform);
      chat?.show(job, () => {
        const spoken = spokenTo(job, chat);
        return told(spoken, presentStanding(spoken, standing));
      });
    },
    async check(platform, signal) {
      const chat = chats.get(platform);
      // what is to be said there waits until it is connected again
      if (!chat) throw new EaselError({ code: 'chat-away', platform });
      await chat.check(signal);
    },
    async claim(job, signal) {
      const chat = chats.get(job.platform);
      return chat?.claim?.(spokenTo(job, chat), signal);
    },
    async deliver(job, delivery, signal) {
      const chat = chats.get(job.platform);
      if (!chat) throw new Error(`platform ${job.platform} is off`);
      const spoken = spokenTo(job, chat);
      const view = told(spoken, viewOf(spoken, delivery, clock.now()));
      await chat.deliver(spoken, view, delivery.files, delivery.sent, signal);
    },
  };
}
