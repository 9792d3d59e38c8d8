/** A sentence for every problem, in English: what is wrong, and what the person can do. */
import { advised, clip, explain, platformName, type Sentences } from '../phrases.ts';
import { fieldName, TYPES } from './editor.ts';
import { connectionProblems } from './connection-problems.ts';
import { fileProblems } from './file-problems.ts';
import { outputProblems } from './output-problems.ts';
import { runProblems } from './run-problems.ts';
import { settingName } from './settings.ts';
import { article, bytes, count, list, range } from './phrases.ts';

/** Of what only who runs Easel can put right. */
const TELL = 'Please tell the person who runs me.';
const LOGGED = 'The log of Easel says why.';

/** Of what explains a problem. */
const more = (hidden: number): string => `… and ${hidden} more; /template edit shows them all.`;

export const problems: Sentences = {
  'unknown-template': ({ name, known, near }) =>
    near
      ? `There is no /${clip(name)} here. Did you mean ${list(
          near.map((k) => `/${k}`),
          'or',
        )}?`
      : `There is no /${clip(name)} here. There is ${list(known.map((k) => `/${k}`))}.`,
  'bad-command': ({ detail }) => `I could not read that: ${clip(detail, 300)}`,
  'unknown-slot': ({ slot, known, typed }) =>
    `There is no "${clip(slot)}" here. You can set ${list(known)}.${typed ? ' Words that are meant as text go in quotes.' : ''}`,
  'missing-value': ({ slot }) => `"${slot}" is needed. Please give it a value.`,
  'not-a-number': ({ slot, value, integer }) =>
    `"${slot}" must be a ${integer ? 'whole ' : ''}number; "${clip(value)}" is not.`,
  'out-of-bounds': ({ slot, value, min, max }) =>
    `"${slot}" must be ${range(min, max)}; you gave ${clip(value)}.`,
  'too-long': ({ slot, length, maxLength }) =>
    `"${slot}" can have ${maxLength} characters at most; yours has ${length}.`,
  'not-a-choice': ({ slot, value, choices }) =>
    `"${slot}" can't be "${clip(value)}". Choose ${list(choices, 'or')}.`,
  'choice-unclear': ({ slot, value, choices }) =>
    `"${clip(value)}" may mean several for "${slot}": ${list(choices, 'or')}.`,
  'choice-missing': ({ slot, value, choices }) =>
    `"${clip(value)}", the usual "${slot}", is not installed here, and I can't tell what would take its place. There is ${list(choices)}.`,
  'model-unlike': ({ slot, value, family, families }) =>
    `"${clip(value)}" is of the family ${family}, and this template draws with ${list(families, 'or')}. Choose another "${slot}".`,
  'not-a-boolean': ({ slot, value }) => `"${slot}" is a switch: say yes or no, not "${clip(value)}".`,
  'not-text': ({ slot }) => `"${slot}" takes text, not a file.`,
  ...fileProblems,

  'no-such-template': ({ name }) => `There is no template "${clip(name)}" here. /template list shows them.`,
  'no-such-draft': () =>
    'That template is no longer being edited: it was published or discarded, or a week has passed. Start again with /template edit or /template add.',
  'no-such-version': ({ name, version, known }) =>
    `"${clip(name)}" has no version ${clip(version)}. It has ${list(known.map(String))}.`,
  'bad-name': ({ name }) =>
    `"${clip(name)}" can't be a name: use 1–32 lowercase letters, digits, "-" or "_", beginning with a letter or digit.`,
  'reserved-name': ({ name }) => `/${clip(name)} is one of my own commands. Please choose another name.`,
  'name-taken': ({ name }) => `There is a template "${clip(name)}" here already. Please choose another name.`,
  'overrides-builtin': ({ name }) =>
    `This takes the place of the built-in /${clip(name)} here. Remove or rename it, and the built-in one is back.`,
  'builtin-template': ({ name }) =>
    `"${clip(name)}" is built in. You can disable it here, or publish a template of your own under its name.`,
  'bad-description': ({ length, max }) =>
    length === 0
      ? 'A description is needed: one line on what it makes.'
      : `The description has ${length} characters; ${max} is the most.`,
  'slot-exists': ({ slot }) => `There is a slot "${clip(slot)}" already. Please choose another name.`,
  'slot-broken': ({ slot, field, detail }) => `"${clip(slot)}" — ${fieldName(field)}: ${clip(detail, 200)}.`,
  'not-an-input': ({ node, input }) =>
    `Node ${clip(node)} has no input "${clip(input)}" that a slot could fill.`,
  'too-many-slots': ({ count: n, max }) =>
    `${n} slots are too many: a command takes ${max}. Please drop ${n - max}.`,
  'too-many-templates': ({ max }) => `${max} templates of your own are the most here. Remove one first.`,
  'too-many-drafts': ({ max }) =>
    `There are already ${max} drafts that somebody has worked on here. Publish or discard one first; each is forgotten a week after its last change.`,
  'drafts-too-large': ({ maxSize }) =>
    `The drafts here would be larger than ${bytes(maxSize)} together. Publish or discard one first; each is forgotten a week after its last change.`,
  'many-choices': ({ slot, count: n }) =>
    `"${slot}" has ${n} choices, more than Discord lists in one command: people type a few letters to find theirs.`,
  'description-cut': ({ length, max }) =>
    `The description has ${length} characters; Discord shows the first ${max}.`,
  'slots-typed-only': ({ name, slots, max }) =>
    `Discord’s command has room for ${max} options, the required ones first. ${list(slots.map((slot) => `"${clip(slot)}"`))} can be set with a typed line: /easel ${clip(name)} … --${clip(slots[0] ?? '')} …`,
  'two-images': ({ slot, first }) =>
    `"${slot}" is needed besides "${first}". With a mention or a message shortcut only one file can come along, so there people have to use the command or its form.`,
  'no-trial-file': ({ slot, type }) =>
    `"${slot}" needs ${article(TYPES[type])}, and I have none for a test run. Publish it and run it with one of yours.`,
  'value-unavailable': ({ slot, node, input, value }) =>
    `${slot === undefined ? `"${clip(node)}"` : `"${slot}"`}: the backend doesn't have "${clip(value)}" for ${clip(input)}.`,
  'values-unavailable': ({ values }) =>
    `The backend doesn't have ${list(values.map(({ slot, node, input, value }) => `"${clip(value)}" (${slot ?? clip(node, 40)} · ${clip(input, 40)})`))}.`,
  'nothing-to-pick': ({ slot, input }) =>
    `"${slot}": the backend has nothing to choose from for ${clip(input)}, since no such file is installed there.`,
  'foreign-file': ({ slot, node, value }) =>
    value === undefined
      ? `"${slot ?? clip(node)}" would open whatever file somebody names on the backend, other people's too. Make it a picture that people send.`
      : `"${slot ?? clip(node)}" names the file "${clip(value)}" on the backend, which wasn't sent through me from here. Make it a picture that people must send.`,
  'backend-unasked': ({ backend }) =>
    `${backend} could not be asked, so I don't know whether it has the nodes and models for this.`,
  'not-publishable': ({ findings }, reader) =>
    `It can't be published yet. ${explain(problems, findings, reader, more).join(' ')}`,
  'template-unfit': ({ name, findings }, reader) =>
    `/${clip(name)} doesn't fit the backend any more. ${explain(problems, findings, reader, more).join(' ')} ${advised(
      reader,
      {
        person: 'Its admins know; please use another one until they have changed it.',
        admin: `/template edit ${clip(name)} changes it.`,
      },
    )}`,
  'template-disabled': ({ name }) => `/${clip(name)} is switched off here.`,
  'commands-refused': () =>
    'Here it is done, but Discord did not take the commands. Check that I was added with the scope "applications.commands"; I try again when I start.',
  'not-in-menu': ({ platform, names, refused }) =>
    refused === undefined
      ? `${platformName(platform)}’s menu has no room for ${list(names.map((name) => `/${clip(name)}`))}. They run all the same: type /easel ${clip(names[0] ?? '')} … In the menu are the chosen and the most used ones.`
      : `${platformName(platform)} does not take ${list(names.map((name) => `/${clip(name)}`))} into its menu ("${clip(refused, 200)}"). It runs all the same: type /easel ${clip(names[0] ?? '')} …`,
  'options-left-out': ({ name, slots }) =>
    `The /${clip(name)} of this place has no ${list(
      slots.map((slot) => `"${clip(slot)}"`),
      'or',
    )}, so I left that out.`,

  'not-an-admin': () => 'Only admins can do that here.',
  banned: (_, reader) =>
    advised(reader, {
      person: 'You can’t use me here. If you think that is wrong, please ask an admin.',
      admin: 'You are on the list of those who can’t use me here. /settings takes you off it.',
    }),
  outsider: () => 'Only people of this workspace may use me here. An admin of it can change that.',
  'not-your-role': () => 'Your roles don’t allow that here. Please ask an admin.',
  'not-this-channel': ({ channels }) =>
    `Not in this channel, please. ${channels.length === 1 ? 'Another one is' : `${channels.length} others are`} meant for it; ask an admin which.`,
  'not-for-you': ({ name }) => `/${clip(name)} is only for some roles here, and yours are not among them.`,
  'not-here': ({ name }) => `/${clip(name)} is only for some channels, and this is not one of them.`,
  'age-restricted': ({ name }) => `/${clip(name)} works only in channels that are marked as age-restricted.`,
  'blocked-word': ({ slot }) => `"${slot}" has a word that is not allowed here.`,
  'not-served-here': () => 'I am not for use here. Only the person who runs me can change that.',
  'blocked-by-operator': () =>
    'You can’t use me. If you think that is wrong, please ask the person who runs me.',
  'direct-messages-off': () => 'I take no requests in direct messages. Please ask me in a server.',
  'user-installs-off': () =>
    'I work only where a server has added me, not for people who added me for themselves.',
  'not-taking-jobs': () => 'I am taking no jobs at the moment. Please try again later.',
  'partner-nodes': ({ nodes, allowed }, reader) => {
    const named = list(nodes.map((node) => clip(node)));
    const whose = reader === 'operator' ? 'your money' : 'money of the person who runs me';
    if (allowed) return `Each run spends ${whose}, through ${named}.`;
    return `${named} would spend ${whose}, which is not allowed here. ${advised(reader, {
      person: 'Please use another template.',
      admin: 'Use other nodes, or have it allowed with /easel operator or on the operator’s page.',
      operator: 'Allow it on the operator’s page, or use other nodes.',
    })}`;
  },

  'settings-damaged': (_, reader) =>
    `The settings of this place can’t be read, so I run nothing here. ${advised(reader, { person: TELL, admin: LOGGED })}`,
  'setting-not-a-number': ({ setting, value, min, max }) =>
    `${settingName(setting)} must be a whole number from ${min} to ${max}, or empty for the default; "${clip(value)}" is not.`,
  'setting-above-maximum': ({ setting, value, max }) =>
    `${settingName(setting)} can be ${max} at most here; "${clip(value)}" is more. Only the person who runs me can allow more.`,
  'setting-too-long': ({ setting, max }) => `${settingName(setting)}: ${max} entries are the most.`,
  'setting-changed': ({ setting, value }) =>
    `Somebody else has just changed ${settingName(setting)}: it is ${value === '' ? 'the default' : `"${clip(value)}"`} now. Nothing of yours was saved. Open this again, then save once more.`,
  'setting-unknown': ({ setting, value, known }) =>
    `${settingName(setting)} can't be "${clip(value)}". There is ${list(known)}.`,

  'user-waiting-cap': ({ cap }) =>
    `You already have ${count(cap, 'job')} waiting. Please wait for one to finish, or cancel one.`,
  'guild-waiting-cap': ({ cap }) =>
    `The line here is full: ${count(cap, 'job')} waiting. Please try again when some have finished.`,
  'person-waiting-cap': ({ cap }) =>
    `You already have ${count(cap, 'job')} waiting, all places together. Please wait for one to finish, or cancel one.`,
  'everybody-waiting-cap': () =>
    'So much is waiting everywhere that I can’t take more at the moment. Please try again later.',
  'shutting-down': () => 'Easel is restarting. Please try again in a minute.',

  ...connectionProblems,
  ...outputProblems,
  'form-expired': () => 'This chat waited too long for the form. Please try again.',
  'bad-request': () => 'I could not read what the page sent. Please reload it and try again.',
  'request-too-large': ({ maxSize }) =>
    `That is more than the ${bytes(maxSize)} that I can take at once. Please use a smaller picture.`,
  'too-many-pages': ({ max }) => `${max} pages are open already. Please close one of them.`,
  'file-gone': () => 'That file is no longer there.',
  'stars-full': () =>
    'Pictures with a star take half of the room for pictures already. Take a star from others, or delete some.',
  'words-blocked': () => 'The rules of this place do not let me say that here.',

  'no-such-job': () => 'I know no such job (any more).',
  'not-your-job': () => 'That job belongs to somebody else; only they or an admin can cancel it.',
  'already-ended': () => 'Too late to cancel: that one has already ended.',
  'which-job': ({ titles }) =>
    `You have several: ${list(titles.map((title) => `"${clip(title, 40)}"`))}. Say more of the one you mean.`,
  'nothing-to-cancel': () => 'You have nothing running or waiting here.',
  'again-needs-picture': ({ slot }) =>
    `That one was made with a picture for "${slot}", which I don't keep. Please run the command again with the picture.`,
  'again-needs-file': ({ slot, type }) =>
    `That one was made with ${article(TYPES[type])} for "${slot}", which I don't keep. Please run the command again and attach it.`,
  'store-failed': (_, reader) =>
    `I could not write that down, so I did not start it. ${advised(reader, { person: TELL, admin: LOGGED })}`,
  'record-unreadable': () =>
    'What I had written down of this can’t be read any more, so it can’t go on. Please start it anew.',
  'disk-nearly-full': ({ free }) =>
    `Only ${bytes(free)} are left on the disk of the data folder. When it is full, new jobs are refused.`,
  'delivery-failed': () => 'The result could not be sent.',

  'too-heavy': ({ ref }) =>
    `Easel went down three times over this result, so it is not sent. It may be too large: ask for fewer or smaller pictures.${ref === undefined ? '' : ` Whoever runs Easel finds it in the log as ${ref}.`}`,

  'data-full': ({ file }) =>
    file === undefined
      ? "Easel's disk is full, so it takes no new jobs for the moment. Those that wait go on. Please try again later."
      : `Easel's disk had no room for "${clip(file)}". Please ask for less at once, or try again later.`,
  'backend-unreachable': ({ backend }) => `${backend} can't be reached right now. Please try again later.`,
  'backend-timeout': ({ backend }) => `${backend} did not answer in time. Please try again later.`,
  'backend-broken': ({ backend, status, words }, reader) =>
    `${backend} gave an answer that I can't use${status ? ` (HTTP ${status})` : ''}. ${advised(reader, {
      person: 'Please try again later, or tell an admin.',
      admin: `Please try again later. ${LOGGED}`,
      operator: words && `It said: "${clip(words, 300)}". Please try again later.`,
    })}`,
  'wrong-api-key': ({ backend }, reader) =>
    `${backend} refused the API key. ${advised(reader, {
      person: 'An admin needs to check it.',
      admin: 'COMFY_API_KEY has to be set to one that it takes.',
    })}`,
  'login-refused': ({ backend }, reader) =>
    `${backend} does not let me in. ${advised(reader, {
      person: 'An admin needs to check it.',
      admin: 'The login in COMFY_URL has to be checked.',
    })}`,
  'no-credits': ({ backend }, reader) =>
    `The account at ${backend} has no credits left. ${advised(reader, {
      person: 'An admin needs to top it up.',
      admin: 'It has to be topped up.',
    })}`,
  'subscription-inactive': ({ backend }, reader) =>
    `The subscription at ${backend} is not active. ${advised(reader, {
      person: 'An admin needs to renew it.',
      admin: 'It has to be renewed.',
    })}`,
  'backend-forbids': ({ backend, words }, reader) =>
    `The account at ${backend} may not run this${words ? `: "${clip(words, reader === 'person' ? 120 : 300)}"` : ''}. ${advised(
      reader,
      {
        person: 'An admin needs to look at what its plan allows.',
        admin: 'Its plan has to allow it.',
      },
    )}`,
  'held-too-long': ({ backend, hours }) =>
    `${backend} took nothing for ${count(hours, 'hour')}, so I gave up waiting. Please try again.`,
  'backend-busy': ({ backend }) => `${backend} is too busy to take this. Please try again in a few minutes.`,
  ...runProblems,
  internal: ({ ref }, reader) =>
    `Something went wrong on my side. ${advised(reader, {
      person: `Please tell the person who runs me: ${ref}`,
      admin: `The log says why, at ${ref}`,
    })}`,
};
