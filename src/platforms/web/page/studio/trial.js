/** The test run of a draft, live beside the editor. */
/** @import { Acts } from '../shared/reply.js' */
/** @import { Draft } from '../../studio-api.ts' */
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Announcer } from '../shared/announce.js';
import { ask, sentenceOf } from '../shared/frame.js';
import { h } from '../shared/h.js';
import { Lightbox } from '../shared/lightbox.js';
import { picturesOf } from '../shared/media.js';
import { Entry } from '../shared/reply.js';
import { useStream } from '../shared/stream.js';
import { words } from '../shared/words.js';
import { draftPath } from './draft.js';

const OVER = ['done', 'failed', 'cancelled'];

/**
 * `onEnded`: how a run ended may be worth knowing of the draft.
 *
 * @param {{ draft: Draft, ifKept: (work: () => Promise<void>) => Promise<void>, onEnded: () => void }} props
 */
export function Trial({ draft: { id, testable }, ifKept, onEnded }) {
  const { messages, known } = useStream(id);
  const [starting, setStarting] = useState(false);
  const [problem, setProblem] = useState('');
  const [large, setLarge] = useState(/** @type {string | undefined} */ (undefined));
  /** @type {Acts} */
  const acts = useMemo(
    () => ({
      edit: () => undefined,
      enlarge: ({ file: { url } }) => setLarge(url),
      changed: () => undefined,
    }),
    [],
  );
  const latest = messages.at(-1);
  const running = useRef(/** @type {string | undefined} */ (undefined));
  const isOver = latest?.reply !== undefined && OVER.includes(latest.reply.tone);
  useEffect(() => {
    if (!isOver) running.current = latest?.id;
    else if (running.current === latest?.id) {
      running.current = undefined;
      onEnded();
    }
  }, [latest?.id, isOver]);

  const run = async () => {
    setProblem('');
    setStarting(true);
    try {
      await ifKept(() => ask(draftPath(id, 'test'), { method: 'POST' }));
    } catch (error) {
      setProblem(sentenceOf(error));
    } finally {
      setStarting(false);
    }
  };
  // another one is a press on the same button, so the reply's own would only be one more
  const shown = latest?.reply && {
    ...latest,
    reply: { ...latest.reply, buttons: latest.reply.buttons.filter(({ action }) => action === 'cancel') },
  };
  return h(
    'section',
    { class: 'trial card', 'aria-labelledby': 'trial' },
    h(
      'div',
      { class: 'row' },
      h('h2', { id: 'trial' }, words.studio.trial()),
      h(
        'button',
        { onClick: run, disabled: !testable || starting },
        (starting ? words.studio.starting : latest ? words.studio.trialAgain : words.studio.test)(),
      ),
    ),
    h('p', { class: 'soft small' }, testable ? words.studio.trialHint() : words.studio.trialBlocked()),
    h('p', { class: 'problem', role: 'alert' }, problem),
    shown && h(Entry, { message: shown, editable: false, acts }),
    h(Announcer, { messages, known }),
    large !== undefined &&
      latest &&
      h(Lightbox, {
        items: picturesOf(latest),
        url: large,
        acts,
        onMove: setLarge,
        onClose: () => setLarge(undefined),
      }),
  );
}
