/** A sentence for everything about the environment that is hardly meant so. Names are those of variables. */
import type { Warning } from '../../core/summary.ts';
import { clip, platformName } from '../phrases.ts';
import type { Speaker } from '../speaker.ts';

type Warnings = { [Code in Warning['code']]: (warning: Extract<Warning, { code: Code }>) => string };

export const warnings = ({ say }: Speaker): Warnings => ({
  'unknown-variable': ({ name, nearest }) =>
    nearest === undefined
      ? say('summary.warnings.unknown-variable', { name: clip(name) })
      : say('summary.warnings.unknown-variable.near', { name: clip(name), nearest }),
  'unused-variable': ({ name, needs }) => say('summary.warnings.unused-variable', { name, needs }),
  overruled: ({ name, by }) => say('summary.warnings.overruled', { name, by }),
  'quoted-value': ({ name }) => say('summary.warnings.quoted-value', { name }),
  'odd-characters': ({ name }) => say('summary.warnings.odd-characters', { name }),
  'placeholder-value': ({ name }) => say('summary.warnings.placeholder-value', { name }),
  'guessable-value': ({ name }) => say('summary.warnings.guessable-value', { name }),
  'wrong-token': ({ name, belongs }) =>
    belongs === undefined
      ? say('summary.warnings.wrong-token', { name })
      : say('summary.warnings.wrong-token.belongs', { name, belongs }),
  'key-without-url': ({ name, url }) => say('summary.warnings.key-without-url', { name, url }),
  'cloud-without-key': ({ name }) => say('summary.warnings.cloud-without-key', { name }),
  'key-for-own-server': ({ name, host }) =>
    say('summary.warnings.key-for-own-server', { name, host: clip(host) }),
  'key-in-clear': ({ name, host }) => say('summary.warnings.key-in-clear', { name, host: clip(host) }),
  'not-the-cloud': ({ name, host, right }) =>
    say('summary.warnings.not-the-cloud', { name, host: clip(host), right }),
  'own-address': ({ name }) => say('summary.warnings.own-address', { name }),
  'no-destination': ({ name, host }) => say('summary.warnings.no-destination', { name, host: clip(host) }),
  'address-extras': ({ name }) => say('summary.warnings.address-extras', { name }),
  'api-in-path': ({ name }) => say('summary.warnings.api-in-path', { name }),
  'loopback-in-container': ({ name, host }) =>
    say('summary.warnings.loopback-in-container', { name, host: clip(host) }),
  'loopback-page-in-container': ({ name }) => say('summary.warnings.loopback-page-in-container', { name }),
  'too-late': ({ name }) => say('summary.warnings.too-late', { name }),
  'operator-elsewhere': ({ name, platform }) =>
    say('summary.warnings.operator-elsewhere', { name, platform: platformName(platform) }),
  'concurrency-above-plan': ({ name, given, atOnce }) =>
    say('summary.warnings.concurrency-above-plan', { name, given, atOnce }),
});
