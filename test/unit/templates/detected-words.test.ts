/** What the slots of a workflow are said to be for: in the words of who adds it, and never those of its nodes. */
import { describe, expect, it } from 'vitest';
import { languages } from '../../../src/i18n/index.ts';
import { classes, graph, sampler, slotsOf, suggested, TEXT_TO_IMAGE, type Sketch } from './graphs.ts';
import { labelledGraphs, serverClasses } from './labelled.ts';

const nodes = serverClasses();
const tags = languages().map(({ tag }) => tag);

const described = (sketch: Sketch, locale = 'en') =>
  Object.fromEntries(
    Object.entries(suggested(graph({ ...TEXT_TO_IMAGE, ...sketch }), undefined, locale).slots).map(
      ([name, { description }]) => [name, description],
    ),
  );

describe('the description of a slot', () => {
  it.each(['My prompt!', 'x'.repeat(500), 'CLIPTextEncode', '\u202e \n', '正面提示词'])(
    'does not come from a node called %j',
    (title) => {
      const known = classes({ CLIPTextEncode: [{ text: 'STRING' }, ['CONDITIONING'], 'CLIP Text Encode'] });
      const bad: Sketch[string] = ['CLIPTextEncode', { text: 'b', clip: ['model', 1] }, title];
      expect(slotsOf({ bad }, known)['negative']?.description).toBe('What to leave out');
    },
  );

  it.each([
    ['en', 'What to draw', 'Make a picture from a prompt'],
    ['ja', '描きたいもの', 'プロンプトから画像を作ります'],
    ['ko', '그리고 싶은 것', '이미지 만들기(프롬프트 사용)'],
    ['zh', '想画的内容', '用提示词生成图像'],
    ['zh-TW', '想畫的內容', '用提示詞產生圖片'],
  ])('is in the language of who adds the workflow: %s', (locale, prompt, template) => {
    const { slots, description } = suggested(graph(TEXT_TO_IMAGE), undefined, locale);
    expect(slots['prompt']?.description).toBe(prompt);
    expect(description).toBe(template);
  });

  it('says of which sampler a setting is, where samplers differ', () => {
    const passes = {
      second: sampler({ latent_image: ['sampler', 0], steps: 20, cfg: 7, denoise: 1 }),
      third: sampler({ latent_image: ['second', 0], steps: 30, cfg: 7, denoise: 1 }),
      decode: ['VAEDecode', { samples: ['third', 0], vae: ['model', 2] }],
    } satisfies Sketch;
    expect(described(passes)).toMatchObject({
      steps: 'More steps take longer and show more detail (1st sampler)',
      steps_2: 'More steps take longer and show more detail (3rd sampler)',
      cfg: 'How strictly to follow the prompt',
    });
    expect(described(passes, 'ja')['steps_2']).toMatch(/（3番目のサンプラー）$/);
    expect(described(passes, 'ko')['steps_2']).toMatch(/\(3번째 샘플러\)$/);
    expect(described(passes, 'zh')['steps_2']).toMatch(/（第 3 个采样器）$/);
  });

  it('of a slot that its author named is that name and its type', () => {
    const good: Sketch[string] = ['CLIPTextEncode', { text: 'a', clip: ['model', 1] }, 'slot:style'];
    expect(described({ good })['style']).toBe('style: text');
    expect(described({ good }, 'ja')['style']).toBe('style：テキスト');
  });

  it.each(tags)('is short, and another for every slot of real workflows: %s', (locale) => {
    for (const { name, workflow } of labelledGraphs()) {
      const { slots, description } = suggested(workflow, nodes, locale);
      const words = Object.values(slots).map((slot) => slot.description ?? '');
      const purposes = words.filter((one) => one.length === 0 || one.length > 100);
      expect(purposes, name).toEqual([]);
      expect(description.length).toBeLessThanOrEqual(100);
      expect(new Set(words).size, `${name}: ${words.join(' | ')}`).toBe(words.length);
    }
  });
});
