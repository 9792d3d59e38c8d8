import { describe, expect, it } from 'vitest';
import { optionLabels } from '../../../../src/platforms/kit/option-label.ts';

describe('labels of options', () => {
  it('are the texts where they fit, equal ones too', () => {
    expect(optionLabels(['fox', 'fox', 'wolf'], 20)).toEqual(['fox', 'fox', 'wolf']);
  });

  it('are cut in the middle, so that both ends can be read, and no character in half', () => {
    expect(optionLabels(['models/checkpoints/fox-v2.safetensors'], 21)).toEqual(['models/che…afetensors']);
    const [cut = ''] = optionLabels(['🦊'.repeat(30)], 20);
    expect(cut.isWellFormed()).toBe(true);
    expect(cut.length).toBeLessThanOrEqual(20);
  });

  it('stay apart where both ends are equal', () => {
    const texts = ['a', 'b'].map((letter) => `${'x'.repeat(80)}${letter}${'y'.repeat(80)}`);
    const labels = optionLabels(texts, 100);
    expect(new Set(labels).size).toBe(2);
    for (const label of labels) expect(label).toMatch(/^x+…y+ #[0-9a-f]{6}$/);
    for (const label of labels) expect(label.length).toBeLessThanOrEqual(100);
  });
});
