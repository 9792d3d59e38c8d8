/** Where a job stands, and how it ended. */
import { momentMark } from '../../core/moment.ts';
import type { Hold, WaitReason } from '../../core/standing.ts';
import type { Speaker } from '../speaker.ts';

export const status = (speaker: Speaker) => {
  const { say, duration } = speaker;
  return {
    accepted: () => say('status.accepted'),
    /** `own`: read by who waits. */
    waiting: (position: number, reason: WaitReason, platform: string, own: boolean) =>
      say('status.waiting', { position, reason: waitReason(speaker, reason, platform, own) }),
    submitting: () => say('status.submitting'),
    retrying: () => say('status.retrying'),
    running: (percent: number, node: string | undefined, step: { value: number; max: number } | undefined) =>
      say('status.running', {
        percent,
        named: node !== undefined,
        node: node ?? '',
        stepped: step !== undefined,
        step: step?.value ?? 0,
        steps: step?.max ?? 0,
      }),
    /** Short, and for people: what the backend said itself is for who runs Easel. */
    held: ({ kind, since }: Hold) => say(`status.held.${kind}`, { when: momentMark(since) }),
    linedUp: (ahead: number) => say('status.linedUp', { position: ahead + 1 }),
    cancelling: () => say('status.cancelling'),
    unstoppable: () => say('status.unstoppable'),
    delivering: () => say('status.delivering'),
    late: (since: number) => say('status.late', { since: momentMark(since) }),
    succeeded: (ms: number) => say('status.succeeded', { duration: duration(ms) }),
    cancelled: () => say('status.cancelled'),
    cancelledAway: () => say('status.cancelledAway'),
    /** Under every reply while no ComfyUI is connected; who reads it decides how that changes. */
    demo: (platform: string) =>
      say(`status.demo.${platform === 'terminal' || platform === 'web' ? platform : 'chat'}`),
  };
};

function waitReason({ say }: Speaker, reason: WaitReason, platform: string, own: boolean): string {
  switch (reason.kind) {
    case 'backend-changing':
    case 'data-full':
      return say(`status.reason.${reason.kind}`);
    case 'backend-held': {
      const { kind, since } = reason.hold;
      return say(`status.reason.backend-held.${kind}`, { when: momentMark(since) });
    }
    case 'guild-limit':
      return say(`status.reason.guild-limit.${placeOf(platform)}`, usage(reason));
    case 'user-limit':
    case 'person-limit':
      return say(`status.reason.${reason.kind}.${own ? 'own' : 'other'}`, usage(reason));
    case 'backend-busy':
      if (reason.used < reason.limit) return say('status.reason.backend-busy.starting');
      return say('status.reason.backend-busy', { limit: reason.limit });
  }
}

const usage = ({ used, limit }: { used: number; limit: number }) => ({ used, limit });

/** What people of a platform call whoever shares limits. */
function placeOf(platform: string): 'server' | 'workspace' | 'playground' {
  if (platform === 'slack') return 'workspace';
  return platform === 'web' ? 'playground' : 'server';
}
