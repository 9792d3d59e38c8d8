/** What is wrong with the backend, or with the account there. */
import { clip } from '../phrases.ts';
import type { Speaker } from '../speaker.ts';
import type { SomeProblems } from './problem-sentences.ts';

export const backendProblems = ({ say }: Speaker) =>
  ({
    'backend-unreachable': ({ backend }) => say('problems.backend-unreachable', { backend }),
    'backend-timeout': ({ backend }) => say('problems.backend-timeout', { backend }),
    // what it said is for who runs Easel; empty: it stands beside this
    'backend-broken': ({ backend, status = 0, words }, reader) => {
      const about = { backend, status, http: status !== 0 };
      if (reader !== 'operator' || words === undefined)
        return say('problems.backend-broken', { ...about, reader });
      return words === ''
        ? say('problems.backend-broken.alone', about)
        : say('problems.backend-broken.said', { ...about, words: clip(words, 300) });
    },
    'wrong-api-key': ({ backend }, reader) => say('problems.wrong-api-key', { backend, reader }),
    'login-refused': ({ backend }, reader) => say('problems.login-refused', { backend, reader }),
    'no-credits': ({ backend }, reader) => say('problems.no-credits', { backend, reader }),
    'subscription-inactive': ({ backend }, reader) =>
      say('problems.subscription-inactive', { backend, reader }),
    'backend-forbids': ({ backend, words }, reader) =>
      words
        ? say('problems.backend-forbids.said', {
            backend,
            words: clip(words, reader === 'person' ? 120 : 300),
            reader,
          })
        : say('problems.backend-forbids', { backend, reader }),
    'held-too-long': ({ backend, hours }) => say('problems.held-too-long', { backend, hours }),
    'backend-busy': ({ backend }) => say('problems.backend-busy', { backend }),
  }) satisfies SomeProblems;
