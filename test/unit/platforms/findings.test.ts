import { describe, expect, it } from 'vitest';
import type { Command, Finding } from '../../../src/core/finding.ts';
import { commandFindings } from '../../../src/platforms/discord/menu/findings.ts';
import { formFindings } from '../../../src/platforms/slack/findings.ts';
import { withChoices } from '../../../src/templates/choices.ts';
import { loadTemplates } from '../../../src/templates/library/load.ts';
import { parseTemplate } from '../../../src/templates/parse.ts';
import { suggested } from '../templates/graphs.ts';
import { labelledGraphs, serverClasses } from '../templates/labelled.ts';

const CHATS: Record<string, (command: Command) => Finding[]> = {
  discord: commandFindings,
  slack: formFindings,
};

function blocked(command: Command): string[] {
  return Object.entries(CHATS).flatMap(([chat, findings]) =>
    findings(command)
      .filter(({ blocking }) => blocking)
      .map(({ problem }) => `${chat}: ${problem.code}`),
  );
}

describe('every chat takes', () => {
  it('the templates that come with Easel', async () => {
    const { templates } = await loadTemplates('templates');
    expect(templates.map((template) => [template.name, blocked(template)])).toEqual(
      templates.map(({ name }) => [name, []]),
    );
  });

  it.each(labelledGraphs().map((graph) => [graph.name, graph] as const))(
    'what is suggested for a workflow: %s',
    (name, { text, workflow }) => {
      const nodes = serverClasses();
      for (const { slots, description } of [suggested(workflow), suggested(workflow, nodes)]) {
        const template = parseTemplate({
          name,
          template: { text: JSON.stringify({ description, slots }, bigints), file: 'template.json' },
          workflow: { text, file: 'workflow.json' },
        });
        expect(blocked(template)).toEqual([]);
        expect(blocked(withChoices(template, nodes))).toEqual([]);
      }
    },
  );
});

const bigints = (_key: string, value: unknown) => (typeof value === 'bigint' ? Number(value) : value);
