/** What Easel is connected with: chats and the backend, with the steps to each, a test, and what takes effect at once. */
/** @import { Connect as Connected } from '../../operator-api.ts' */
import { Fragment } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { ask, sentenceOf } from '../shared/frame.js';
import { h } from '../shared/h.js';
import { words } from '../shared/words.js';
import { Service } from './connect-service.js';
import { comfyModes, discordModes, slackModes } from './connect-steps.js';

const PATH = '/api/operator/connect';
/** Between two looks: while something is about to change, and else; in ms. */
const SOON_MS = 2000;
const LATER_MS = 20_000;
/** The page's own bar of parts, in px. */
const BAR = 56;

export function Connect() {
  const [connected, setConnected] = useState(/** @type {Connected | undefined} */ (undefined));
  const [trouble, setTrouble] = useState('');
  useLooks(connected, setConnected, setTrouble);
  useAddress(connected !== undefined);

  if (!connected)
    return h(
      'p',
      { role: 'status', class: trouble ? 'problem' : 'soft' },
      trouble || words.connect.loading(),
    );

  const { services, manifests, cloud } = connected;
  const own = services.comfy.settings.find(({ name }) => name === 'COMFY_URL')?.value ?? '';
  const isCloud = own.startsWith(cloud);
  const take = { path: PATH, onChange: setConnected };
  return h(
    Fragment,
    {},
    h('p', { class: 'soft' }, words.connect.about()),
    trouble && h('p', { class: 'problem', role: 'status' }, trouble),
    h(
      'div',
      { class: 'services' },
      h(Service, {
        ...take,
        service: 'discord',
        name: words.connect.discord(),
        state: services.discord,
        modes: discordModes(),
        first: 'token',
      }),
      h(Service, {
        ...take,
        service: 'slack',
        name: words.connect.slack(),
        state: services.slack,
        modes: slackModes(manifests),
        first: services.slack.settings.some(({ name }) => name === 'SLACK_SIGNING_SECRET')
          ? 'http'
          : 'socket',
      }),
      h(Service, {
        ...take,
        service: 'comfy',
        name: words.connect.comfy(),
        state: services.comfy,
        modes: comfyModes(cloud),
        first: isCloud ? 'cloud' : 'own',
      }),
    ),
  );
}

/**
 * @param {Connected | undefined} connected
 * @param {(fresh: Connected) => void} take
 * @param {(trouble: string) => void} tell
 */
function useLooks(connected, take, tell) {
  const [looks, setLooks] = useState(0);
  const states = Object.values(connected?.services ?? {}).map(({ state }) => state.tone);
  const isMoving = states.includes('odd') || states.includes('bad');
  const first = looks === 0;
  useEffect(() => {
    const look = async () => {
      try {
        take(await ask(PATH));
        tell('');
      } catch (error) {
        tell(sentenceOf(error));
      }
      setLooks((before) => before + 1);
    };
    const timer = setTimeout(look, first ? 0 : isMoving ? SOON_MS : LATER_MS);
    return () => clearTimeout(timer);
  }, [looks, isMoving]);
}

/** The address may name this part, which is not there before its answer. @param {boolean} isThere */
function useAddress(isThere) {
  const gone = useRef(false);
  useEffect(() => {
    if (!isThere || gone.current) return;
    gone.current = true;
    const part = document.getElementById('connect');
    const main = document.getElementById('main');
    // the main part alone: the page around it stays where it is
    if (location.hash === '#connect' && part && main)
      main.scrollTop += part.getBoundingClientRect().top - main.getBoundingClientRect().top - BAR;
  }, [isThere]);
}
