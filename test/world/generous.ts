/** A template that nothing is in the way of but what Discord takes: of options, of a description, of words in all. */
import { readFile } from 'node:fs/promises';

const SKETCH = 'test/fixtures/templates/sketch/workflow.json';
/** Beside the prompt. */
const CHOICES = 30;
export const WORDS = Array.from({ length: 20 }, (_none, at) => `${at} `.padEnd(60, 'x'));

export async function generous(): Promise<{ workflow: Buffer; settings: Buffer }> {
  const graph = JSON.parse(await readFile(SKETCH, 'utf8')) as Record<string, unknown>;
  const slots: Record<string, unknown> = { prompt: { type: 'text', into: [['6', 'text']] } };
  for (let at = 0; at < CHOICES; at += 1) {
    graph[`t${at}`] = { class_type: 'CLIPTextEncode', inputs: { text: WORDS[0], clip: ['4', 1] } };
    slots[`word_${at}`] = { type: 'choice', choices: WORDS, into: [[`t${at}`, 'text']] };
  }
  const settings = Buffer.from(JSON.stringify({ description: 'd'.repeat(150), slots }));
  return { workflow: Buffer.from(JSON.stringify(graph)), settings };
}
