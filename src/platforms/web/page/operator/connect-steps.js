/** How each service is connected: its fields, and the steps that lead to what belongs in them. */
/** @import { Connect } from '../../operator-api.ts' */
/** @import { Child } from '../shared/h.js' */
import { useState } from 'preact/hooks';
import { h } from '../shared/h.js';
import { words } from '../shared/words.js';

/**
 * `fields`: those to be typed; `more`: those that few need, and that another mode has not. `fixed`: what else is sent with them; null
 * takes it away. `options`: what there is to choose from, by value.
 *
 * @typedef {{
 *   name: string,
 *   label: string,
 *   secret: boolean,
 *   hint?: string,
 *   placeholder?: string,
 *   options?: Record<string, string>,
 * }} Field
 * @typedef {{
 *   id: string,
 *   label: string,
 *   fields: Field[],
 *   more?: { label: string, fields: Field[] },
 *   fixed: Record<string, string | null>,
 *   steps: Child[],
 * }} Mode
 */

const PORTAL = 'https://discord.com/developers/applications';
const SLACK_APPS = 'https://api.slack.com/apps';
const COMFY_KEYS = 'https://platform.comfy.org/login';
/** A longer address is cut somewhere on its way. */
const MAX_ADDRESS = 7500;

/** @param {string} href @param {string} text */
const link = (href, text) => h('a', { href, target: '_blank', rel: 'noreferrer' }, text);

/** @returns {Mode[]} */
export function discordModes() {
  return [
    {
      id: 'token',
      label: '',
      fields: [{ name: 'DISCORD_TOKEN', label: words.connect.discordToken(), secret: true }],
      fixed: {},
      steps: [
        h('li', {}, words.connect.discord1(), ' ', link(PORTAL, words.connect.discordPortal())),
        h('li', {}, words.connect.discord2()),
        h('li', {}, words.connect.discord3()),
      ],
    },
  ];
}

/** @param {Connect['manifests']} manifests @returns {Mode[]} */
export function slackModes({ socket, http }) {
  const bot = { name: 'SLACK_BOT_TOKEN', label: words.connect.slackBot(), secret: true };
  /** @param {string} manifest @param {string} last */
  const steps = (manifest, last) => [
    h('li', {}, words.connect.slack1(), h(Manifest, { manifest })),
    h('li', {}, words.connect.slack2()),
    h('li', {}, last),
  ];
  return [
    {
      id: 'socket',
      label: words.connect.socket(),
      fields: [bot, { name: 'SLACK_APP_TOKEN', label: words.connect.slackApp(), secret: true }],
      fixed: { SLACK_SIGNING_SECRET: null },
      steps: steps(socket, words.connect.slack3()),
    },
    {
      id: 'http',
      label: words.connect.http(),
      fields: [bot, { name: 'SLACK_SIGNING_SECRET', label: words.connect.slackSecret(), secret: true }],
      fixed: { SLACK_APP_TOKEN: null },
      steps: steps(http ?? socket, words.connect.slack3http()),
    },
  ];
}

/** @param {string} cloud @returns {Mode[]} */
export function comfyModes(cloud) {
  return [
    {
      id: 'own',
      label: words.connect.ownComfy(),
      fields: [
        {
          name: 'COMFY_URL',
          label: words.connect.comfyUrl(),
          secret: false,
          hint: words.connect.comfyUrlHint(),
          placeholder: 'http://127.0.0.1:8188',
        },
      ],
      more: { label: words.connect.comfyMore(), fields: gatewayFields() },
      fixed: {},
      steps: [h('li', {}, words.connect.comfy1()), h('li', {}, words.connect.comfy2())],
    },
    {
      id: 'cloud',
      label: words.connect.cloud(),
      fields: [{ name: 'COMFY_API_KEY', label: words.connect.cloudKey(), secret: true }],
      fixed: { COMFY_URL: cloud, COMFY_HEADERS: null, COMFY_PARTNER_KEY: null, COMFY_DIALECT: null },
      steps: [
        h('li', {}, words.connect.cloud1(), ' ', link(COMFY_KEYS, words.connect.cloudKeys())),
        h('li', {}, words.connect.cloud2()),
      ],
    },
  ];
}

/** @returns {Field[]} */
function gatewayFields() {
  return [
    {
      name: 'COMFY_HEADERS',
      label: words.connect.comfyHeaders(),
      secret: true,
      hint: words.connect.comfyHeadersHint(),
    },
    {
      name: 'COMFY_API_KEY',
      label: words.connect.comfyKey(),
      secret: true,
      hint: words.connect.comfyKeyHint(),
    },
    {
      name: 'COMFY_PARTNER_KEY',
      label: words.connect.comfyPartner(),
      secret: true,
      hint: words.connect.comfyPartnerHint(),
    },
    {
      name: 'COMFY_DIALECT',
      label: words.connect.comfyDialect(),
      secret: false,
      options: { '': words.connect.comfyAsked(), comfyui: 'ComfyUI', cloud: words.connect.cloud() },
    },
  ];
}

/** https://docs.slack.dev/app-manifests/configuring-apps-with-app-manifests @param {{ manifest: string }} props */
function Manifest({ manifest }) {
  const [copied, setCopied] = useState(false);
  const compact = JSON.stringify(JSON.parse(manifest));
  const address = `${SLACK_APPS}?new_app=1&manifest_json=${encodeURIComponent(compact)}`;
  const copy = async () => {
    await navigator.clipboard.writeText(manifest);
    setCopied(true);
  };
  const file = `data:application/json;charset=utf-8,${encodeURIComponent(manifest)}`;
  return h(
    'p',
    {},
    address.length <= MAX_ADDRESS
      ? link(address, words.connect.slackCreate())
      : link(SLACK_APPS, words.connect.slackApps()),
    h('button', { type: 'button', onClick: copy }, words.connect.slackCopy()),
    h('a', { href: file, download: 'manifest.json' }, words.connect.slackDownload()),
    h('span', { role: 'status', class: 'soft' }, copied && words.connect.slackCopied()),
  );
}
