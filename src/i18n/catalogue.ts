/** Everything that a person reads, said in one language. */
import { advice } from './sentences/advice.ts';
import { alerts, drift } from './sentences/alerts.ts';
import { amounts } from './sentences/amounts.ts';
import { backendName, withBackendNamed } from './sentences/names.ts';
import { usage } from './sentences/usage.ts';
import { bodies } from './sentences/bodies.ts';
import { connect } from './sentences/connect.ts';
import { ask, buttons, cancel, form, help, question, queue } from './sentences/chat-words.ts';
import { commandNames } from './sentences/command-names.ts';
import { commands } from './sentences/commands.ts';
import { data } from './sentences/data.ts';
import { detected } from './sentences/detected.ts';
import { editor } from './sentences/editor.ts';
import { files } from './sentences/files.ts';
import { operatorLine } from './sentences/operator-line.ts';
import { settings } from './sentences/settings.ts';
import { shelf } from './sentences/shelf.ts';
import { slack } from './sentences/slack.ts';
import { startup, terminal } from './sentences/startup.ts';
import { status } from './sentences/status.ts';
import { summary } from './sentences/summary.ts';
import { problems } from './sentences/problems.ts';
import { slotNames } from './sentences/slot-names.ts';
import { templateWords } from './sentences/template-words.ts';
import { web } from './sentences/web.ts';
import type { Speaker } from './speaker.ts';

export type Catalogue = ReturnType<typeof catalogueOf>;

export function catalogueOf(speaker: Speaker) {
  return {
    alerts: alerts(speaker),
    ask: ask(speaker),
    backendName: (name: string) => backendName(speaker, name),
    withBackendNamed: <P extends object>(problem: P) => withBackendNamed(speaker, problem),
    amounts: amounts(speaker),
    usage: usage(speaker),
    bodies: bodies(speaker),
    connect: connect(speaker),
    buttons: buttons(speaker),
    cancel: cancel(speaker),
    commandNames: commandNames(speaker),
    commands: commands(speaker),
    data: data(speaker),
    detected: detected(speaker),
    drift: drift(speaker),
    editor: editor(speaker),
    files: files(speaker),
    form: form(speaker),
    help: help(speaker),
    operatorLine: operatorLine(speaker),
    problems: problems(speaker),
    question: question(speaker),
    queue: queue(speaker),
    settings: settings(speaker),
    shelf: shelf(speaker),
    slack: slack(speaker),
    startup: startup(speaker),
    status: status(speaker),
    summary: summary(speaker),
    terminal: terminal(speaker),
    slotNames: slotNames(speaker),
    templateWords: templateWords(speaker),
    web: { ...web(speaker), advice: advice(speaker) },
  };
}
