/** The test run of a draft, live beside the editor. */
/** @import { MessageFile } from '../../api.ts' */
/** @import { Draft } from '../../studio-api.ts' */
/** @import { Shown } from '../shared/lightbox.js' */
import { useMemo, useState } from 'preact/hooks';
import { html } from 'htm/preact';
import { Announcer } from '../shared/announce.js';
import { ask, sentenceOf, word } from '../shared/frame.js';
import { Lightbox } from '../shared/lightbox.js';
import { Entry } from '../shared/reply.js';
import { useStream } from '../shared/stream.js';
import { draftPath } from './draft.js';

/** @param {{ draft: Draft, ifKept: (work: () => Promise<void>) => Promise<void> }} props */
export function Trial({ draft: { id, publishable }, ifKept }) {
  const { messages, known } = useStream(id);
  const [starting, setStarting] = useState(false);
  const [problem, setProblem] = useState('');
  const [large, setLarge] = useState(/** @type {Shown | undefined} */ (undefined));
  const acts = useMemo(
    () => ({
      edit: () => undefined,
      /** @param {string} title @param {MessageFile[]} pictures @param {number} index */
      enlarge: (title, pictures, index) => setLarge({ title, pictures, index }),
    }),
    [],
  );
  const latest = messages.at(-1);

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
  return html`<section class="trial card" aria-labelledby="trial">
    <div class="row">
      <h2 id="trial">${word('studio', 'trial')}</h2>
      <button onClick=${run} disabled=${!publishable || starting}>
        ${word('studio', starting ? 'starting' : latest ? 'trialAgain' : 'test')}
      </button>
    </div>
    <p class="soft small">${word('studio', publishable ? 'trialHint' : 'trialBlocked')}</p>
    <p class="problem" role="alert">${problem}</p>
    ${shown && html`<${Entry} message=${shown} editable=${false} acts=${acts} />`}
    <${Announcer} messages=${messages} known=${known} />
    ${
      large &&
      html`<${Lightbox}
        ...${large}
        onMove=${(/** @type {number} */ index) => setLarge({ ...large, index })}
        onClose=${() => setLarge(undefined)}
      />`
    }
  </section>`;
}
