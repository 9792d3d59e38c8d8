/** A sentence for every problem, in English: what is wrong, and what the person can do. */
import { dayMark } from '../../core/moment.ts';
import { clip, explain, platformName, type Sentences } from '../phrases.ts';
import { fieldName, TYPES } from './editor.ts';
import { settingName } from './settings.ts';
import { article, bytes, count, list, range } from './phrases.ts';

/** The menu in ComfyUI, as it is called there. */
const EXPORT = 'Workflow → Export (API)';

/** Which tokens, and where they are. */
const TOKENS: Partial<Record<string, string>> = {
  discord: 'Discord refused DISCORD_TOKEN. Copy it anew from the Developer Portal, page "Bot".',
  slack:
    'Slack refused the tokens. Set SLACK_BOT_TOKEN (xoxb-…) and either SLACK_APP_TOKEN (xapp-…) or SLACK_SIGNING_SECRET, copied anew from the app’s pages.',
};

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
  'not-a-boolean': ({ slot, value }) => `"${slot}" is a switch: say yes or no, not "${clip(value)}".`,
  'not-text': ({ slot }) => `"${slot}" takes text, not a file.`,
  'not-an-image': ({ slot, name }) =>
    `"${slot}" needs a picture (PNG, JPEG, WebP or GIF); "${clip(name)}" is not one that I can read.`,
  'image-too-large': ({ slot, size, maxSize }) =>
    `The picture for "${slot}" is ${bytes(size)}; ${bytes(maxSize)} is the most I can take. Please make it smaller.`,
  'image-too-many-pixels': ({ slot, width, height, maxPixels }) =>
    `The picture for "${slot}" is ${width}×${height}; ${Math.round(maxPixels / 1e6)} megapixels is the most I can take.`,
  'image-unreachable': ({ slot, name }) =>
    `I could not get the picture "${clip(name)}" for "${slot}". Please attach it again.`,
  'not-such-a-file': ({ slot, type, name, formats }) =>
    `"${slot}" needs ${article(TYPES[type])} (${list(formats, 'or')}); "${clip(name)}" is not one that I can read.`,
  'attached-too-large': ({ slot, type, size, maxSize }) =>
    `The ${TYPES[type]} for "${slot}" is ${bytes(size)}; ${bytes(maxSize)} is the most I can take. Please make it smaller.`,
  'attached-unreachable': ({ slot, type, name }) =>
    `I could not get the ${TYPES[type]} "${clip(name)}" for "${slot}". Please attach it again.`,

  'template-broken': ({ file, path, detail }) =>
    `${clip(file)}${path ? ` at ${clip(path)}` : ''}: ${clip(detail, 300)}`,
  'ui-format-workflow': ({ file, picture }) =>
    picture
      ? `"${clip(file)}" has only the editor's side of the workflow in it. Drop it onto ComfyUI, choose ${EXPORT}, and send me that file.`
      : `"${clip(file)}" is a workflow as ComfyUI's editor saves it. Easel needs the API format: in ComfyUI choose ${EXPORT}.`,
  'empty-file': ({ file }) => `"${clip(file)}" is empty. Export it again, and send me the new file.`,
  'file-unreachable': ({ file }) => `I could not get "${clip(file)}". Please attach it again.`,
  'file-too-large': ({ file, maxSize }) =>
    `"${clip(file)}" is larger than the ${bytes(maxSize)} that I can take. Of a workflow, send what ${EXPORT} writes, without pictures inside it.`,
  'not-a-workflow-file': ({ file, found }) =>
    `"${clip(file)}" is ${found ? `a file of the type ${found}` : 'neither JSON (in UTF-8) nor a PNG'}. Send me what ${EXPORT} in ComfyUI writes, or a PNG as ComfyUI saved it.`,
  'not-a-template-file': ({ file }) =>
    `"${clip(file)}" is not a template.json: I see no slots in it. Send me the template.json that Easel exported, or one like it.`,
  'picture-without-workflow': ({ file }) =>
    `"${clip(file)}" has no workflow in it. ComfyUI puts one into its PNGs, but chats and editors strip it from pictures: send it as a file, not as a photo, or send what ${EXPORT} writes.`,
  'picture-damaged': ({ file }) =>
    `"${clip(file)}" is damaged or was cut off. Send it again as a file, or send what ${EXPORT} in ComfyUI writes.`,
  'template-as-workflow': ({ file }) =>
    `"${clip(file)}" is a template.json, which describes a workflow. Send me the workflow itself: in ComfyUI choose ${EXPORT}.`,
  'not-a-workflow': ({ file, found }) =>
    `"${clip(file)}" holds ${{ list: 'a list', value: 'a single value', nothing: 'no nodes' }[found]}, not a workflow. In ComfyUI choose ${EXPORT}, and send me that file.`,
  'invalid-json': ({ file, line, column, cutOff }) =>
    cutOff
      ? `"${clip(file)}" ends too early, in line ${line}: part of it is missing. Export or send it again.`
      : `"${clip(file)}" is not valid JSON: look at line ${line}, column ${column}. If nobody edited it, export it again.`,
  'json-too-complex': ({ file, limit, max }) =>
    limit === 'depth'
      ? `"${clip(file)}" is nested more than ${max} levels deep. No workflow needs that; please export it again.`
      : `"${clip(file)}" has more than ${max} values. Please split the workflow, or take unused nodes out.`,
  'too-many-nodes': ({ file, count: nodes, max }) =>
    `"${clip(file)}" has ${count(nodes, 'node')}; ${max} is the most I can take. Please take unused ones out.`,
  'workflow-circle': ({ file, nodes }) =>
    `The workflow in "${clip(file)}" goes in a circle through ${list(nodes.map((node) => clip(node)))}. Unlink one of them in ComfyUI, and export it again.`,

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
  'no-output-nodes': () => 'None of its nodes saves or shows anything, so there would be nothing to post.',
  'value-unavailable': ({ slot, node, input, value }) =>
    `${slot === undefined ? `"${clip(node)}"` : `"${slot}"`}: the backend doesn't have "${clip(value)}" for ${clip(input)}.`,
  'foreign-file': ({ slot, node, value }) =>
    value === undefined
      ? `"${slot ?? clip(node)}" would open whatever file somebody names on the backend, other people's too. Make it a picture that people send.`
      : `"${slot ?? clip(node)}" names the file "${clip(value)}" on the backend, which wasn't sent through me from here. Make it a picture that people must send.`,
  'backend-unasked': ({ backend }) =>
    `${backend} could not be asked, so I don't know whether it has the nodes and models for this.`,
  'not-publishable': ({ findings }) => `It can't be published yet. ${explain(problems, findings).join(' ')}`,
  'template-unfit': ({ name, findings }) =>
    `/${clip(name)} doesn't fit the backend any more. ${explain(problems, findings).join(' ')} Its admins know; please use another one until they have changed it.`,
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
  banned: () => 'You can’t use me here. If you think that is wrong, please ask an admin.',
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
  'partner-nodes': ({ nodes, allowed }) =>
    allowed
      ? `Each run spends money of the person who runs me, through ${list(nodes.map((node) => clip(node)))}.`
      : `${list(nodes.map((node) => clip(node)))} would spend money of the person who runs me, who has not allowed that here. Ask them, or use other nodes.`,

  'settings-damaged': () =>
    'The settings of this place can’t be read, so I run nothing here. Please tell the person who runs me.',
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

  'token-refused': ({ platform }) =>
    TOKENS[platform] ?? `${platformName(platform)} refused the token. Copy it anew.`,
  'chat-unreachable': ({ platform }) =>
    `${platformName(platform)} could not be reached. Check the network; the log has the details.`,
  'chat-away': ({ platform }) =>
    `${platformName(platform)} does not answer. Replies go out by themselves when it does.`,
  'chat-login-later': ({ platform, until, failed }) =>
    failed === undefined
      ? `${platformName(platform)} allows a number of logins a day, and too few are left for a start. Easel connects from ${dayMark(until)} on; the log has the figures.`
      : `${failed} starts in a row failed at ${platformName(platform)}. So as not to use up the day’s logins, Easel tries the next one from ${dayMark(until)} on; the log says what went wrong.`,
  'scope-missing': ({ platform, scope }) =>
    `${platformName(platform)} does not let me do that: the app lacks the scope "${scope}". An admin needs to update it from its manifest and install it again.`,
  'direct-messages-unheard': ({ platform, scope }) =>
    `What people write to me directly in ${platformName(platform)} gets no answer: the app lacks the scope "${scope}". Update it from the manifest that npm run slack:manifest prints, and install it again.`,
  'set-in-environment': ({ setting }) =>
    `${setting} is set in the environment, which always wins. Change it there, or take it out and start Easel again.`,
  'connection-value': ({ setting }) =>
    setting === 'COMFY_URL'
      ? 'COMFY_URL must be an address that begins with http:// or https://.'
      : `${setting} is no such token: it holds spaces or other characters that no token has. Copy it anew.`,
  'connection-needs': ({ setting }) =>
    setting === 'SLACK_APP_TOKEN'
      ? 'Slack needs SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP mode) besides the bot token.'
      : `${setting} is needed.`,
  'key-again': () =>
    'The address is another one. Enter COMFY_API_KEY again: the kept key is sent to no other server than the one that it was given for.',
  'admin-token-needed': () =>
    'In HTTP mode the world can reach this page. Set ADMIN_TOKEN in the environment to a secret of at least 16 characters and start Easel again; or use Socket Mode.',
  'secrets-unreadable': () =>
    'What was set here cannot be read: the file “secret” in the data folder is another one than when it was saved. Enter it again, or bring that file back from a backup.',
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
  'store-failed': () =>
    'I could not write that down, so I did not start it. Please tell the person who runs me.',
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
  'backend-broken': ({ backend, status }) =>
    `${backend} gave an answer that I can't use${status ? ` (HTTP ${status})` : ''}. Please try again later, or tell an admin.`,
  'wrong-api-key': ({ backend }) => `${backend} refused the API key. An admin needs to check COMFY_API_KEY.`,
  'no-credits': ({ backend }) =>
    `The account at ${backend} has no credits left. An admin needs to top it up.`,
  'subscription-inactive': ({ backend }) =>
    `The subscription at ${backend} is not active. An admin needs to renew it.`,
  'backend-forbids': ({ backend }) =>
    `The account at ${backend} may not run this. An admin needs to look at what its plan allows.`,
  'held-too-long': ({ backend, hours }) =>
    `${backend} took nothing for ${count(hours, 'hour')}, so I gave up waiting. Please try again.`,
  'backend-busy': ({ backend }) => `${backend} is too busy to take this. Please try again in a few minutes.`,
  'too-large-for-backend': ({ backend }) => `That is too large for ${backend}. Please use a smaller picture.`,
  'missing-node': ({ node }) =>
    `The backend doesn't have the node "${clip(node)}" that this template needs. An admin needs to install it.`,
  'model-missing': ({ input, slot = input, value, choices = [] }) =>
    choices.length > 0
      ? `The backend doesn't have "${clip(value)}" for "${slot}". It has ${list(choices)}: choose one of them, or ask an admin to install it.`
      : `The backend doesn't have "${clip(value)}" for "${slot}". Choose another one, or ask an admin to install it.`,
  'workflow-refused': ({ detail, slot }) =>
    slot === undefined
      ? `The backend refused the workflow: ${clip(detail, 300)}`
      : `The backend refused "${slot}": ${clip(detail, 300)}`,
  'run-failed': ({ node, detail }) => `It failed at "${clip(node)}": ${clip(detail, 300)}`,
  'out-of-memory': ({ node }) =>
    `The backend ran out of memory at "${clip(node)}". Try a smaller size or fewer pictures at once.`,
  'model-download-failed': ({ detail }) => `The backend could not download a model: ${clip(detail, 300)}`,
  'image-download-failed': ({ detail }) =>
    `The backend could not read an input picture: ${clip(detail, 300)}`,
  interrupted: () => 'It was stopped at the backend before it was done. Please start it again.',
  'run-lost': ({ backend }) =>
    `${backend} keeps losing this job, probably because it restarts. Please try again later.`,
  'run-too-long': ({ minutes }) => `It was not done after ${count(minutes, 'minute')}, so I stopped it.`,
  'no-outputs': () => 'It ran, but produced nothing to show. An admin should look at the template.',
  'output-gone': ({ name }) =>
    `The backend no longer has "${clip(name)}". Please run it again; another seed makes sure that it is drawn anew.`,
  'output-too-large': ({ name, maxSize }) =>
    `"${clip(name)}" is larger than the ${bytes(maxSize)} that I can fetch.`,
  internal: ({ ref }) => `Something went wrong on my side. Please tell the person who runs me: ${ref}`,
};
