/** Why a backend cannot be used, and what to change. docs/troubleshooting.md has the same table. */
import type { ConnectionFault } from '../../core/connection-fault.ts';
import type { Speaker } from '../speaker.ts';

/** What is known of a connection that does not work. */
interface FaultAbout {
  /** Its name; for who runs Easel with its host. */
  backend: string;
  status?: number | undefined;
  /** The address that would be right. */
  to?: string | undefined;
}

/** For people, without host and variable, and for who runs Easel, with what to change. */
type FaultSentences = Record<'person' | 'operator', (about: FaultAbout) => string>;

/** Those of which more is said than the backend's name, or less. */
type Particular = 'moved' | 'wrong-path' | 'nothing-behind' | 'key-unsendable';

export function connectionFaults({ say }: Speaker): Record<ConnectionFault, FaultSentences> {
  const person = (what: 'away' | 'late' | 'wrong' | 'locked', operator: FaultSentences['operator']) => ({
    person: ({ backend }: FaultAbout) => say(`connect.faults.person.${what}`, { backend }),
    operator,
  });
  const of =
    (fault: Exclude<ConnectionFault, Particular>) =>
    ({ backend }: FaultAbout) =>
      say(`connect.faults.${fault}.operator`, { backend });
  return {
    'nobody-listens': person('away', of('nobody-listens')),
    'container-loopback': person('away', of('container-loopback')),
    'no-such-host': person('away', of('no-such-host')),
    'no-resolver': person('away', of('no-resolver')),
    'no-route': person('away', of('no-route')),
    'no-connection': person('away', of('no-connection')),
    'no-answer': person('late', of('no-answer')),
    'hung-up': person('away', of('hung-up')),
    'not-http': person('wrong', of('not-http')),
    'plain-to-tls': person('wrong', of('plain-to-tls')),
    'tls-to-plain': person('wrong', of('tls-to-plain')),
    'tls-refused': person('wrong', of('tls-refused')),
    'certificate-untrusted': person('wrong', of('certificate-untrusted')),
    'certificate-other-name': person('wrong', of('certificate-other-name')),
    'certificate-expired': person('wrong', of('certificate-expired')),
    'certificate-early': person('wrong', of('certificate-early')),
    'login-wanted': person('locked', of('login-wanted')),
    'login-refused': person('locked', of('login-refused')),
    'key-wanted': person('locked', of('key-wanted')),
    'login-page': person('locked', of('login-page')),
    moved: person('wrong', ({ backend, to }) =>
      to === undefined
        ? say('connect.faults.moved.operator', { backend })
        : say('connect.faults.moved.operator.to', { backend, to }),
    ),
    'wrong-path': person('wrong', ({ backend, to }) =>
      to === undefined
        ? say('connect.faults.wrong-path.operator', { backend })
        : say('connect.faults.wrong-path.operator.to', { backend, to }),
    ),
    'not-comfyui': person('wrong', of('not-comfyui')),
    'front-forbids': person('locked', of('front-forbids')),
    'nothing-behind': person('away', ({ backend, status }) =>
      say('connect.faults.nothing-behind.operator', {
        backend,
        told: status !== undefined,
        status: status ?? 0,
      }),
    ),
    'origin-guard': person('wrong', of('origin-guard')),
    'key-unsendable': person('wrong', () => say('connect.faults.key-unsendable.operator')),
    'no-socket': person('away', of('no-socket')),
  };
}
